import type { LevelLine } from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import { cancelTasksOf, openTask } from '../tasks/index.ts';
import { DRAFT_WITHIN_HOURS, type Incident, roleOfLine } from './incident.ts';

/** What a level brings and ends, as tasks: an added line becomes a task; an ended one cancels the task it had opened. */
export async function adoptLines(
  context: Context,
  incident: Pick<Incident, 'id' | 'division'>,
  lines: readonly LevelLine[],
): Promise<void> {
  for (const line of lines) {
    const source = { type: `level_line:${line.id}`, id: incident.id };
    if (line.effect === 'end') {
      await cancelTasksOf(context, source, '响应级别调整');
      continue;
    }
    const hours = line.dueHours ?? DRAFT_WITHIN_HOURS;
    await openTask(context, {
      kind: line.kind === 'measure' ? 'incidents.draft_measure' : 'incidents.level_task',
      title:
        line.kind === 'measure'
          ? { zh: `拟定措施：${line.text.zh}`, en: `Draft the measure: ${line.text.en}` }
          : line.text,
      division: incident.division,
      role: roleOfLine(line),
      dueAt: new Date(Date.parse(context.now) + hours * 3_600_000).toISOString(),
      source,
      incidentId: incident.id,
    });
  }
}
