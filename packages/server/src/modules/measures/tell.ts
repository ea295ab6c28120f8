import type { Context } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import type { Measure } from './measure.ts';

/** The event of one act on a measure: codes, times and counts. */
export async function tell(
  context: Context,
  measure: Measure,
  kind:
    | 'measure.drafted'
    | 'measure.approved'
    | 'measure.rejected'
    | 'measure.withdrawn'
    | 'measure.extended'
    | 'measure.reviewed',
  more: Record<string, unknown> = {},
): Promise<void> {
  await emit(context, {
    kind,
    division: measure.division,
    subject: { type: 'measure', id: measure.id },
    incidentId: measure.incidentId,
    data: {
      kind: measure.kind,
      level: measure.level,
      subjectType: measure.subjectType,
      subjectId: measure.subjectId,
      emergency: measure.emergency,
      from: measure.startsAt,
      until: measure.endsAt,
      peopleCount: measure.peopleCount,
      ...more,
    },
  });
}
