/** Those missed become the duty of whoever looks after their community. */
import { newId } from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { closeTasksOf, openTask } from '../../tasks/index.ts';
import * as areas from './areas.repository.ts';
import type { Round } from './round.ts';

export const CALL_TASK = 'testing.round_missed';
/** At least this long is left to somebody who is asked when the round is nearly over: the house's own limit. */
const CALL_HOURS = 4;

/** Opens one task a community with people missed, for its steward, or for the post where it has none. Asking twice asks once. */
export async function callMissed(context: Context, round: Round, within: string) {
  const { trx, now } = context;
  let called = 0;
  let people = 0;
  for (const line of await areas.communitiesToCall(trx, round.id, within)) {
    const id = newId(Date.parse(now));
    if (!(await areas.insertCall(trx, { id, roundId: round.id, ...line, at: now }))) continue;
    const dueAt = Math.max(Date.parse(now) + CALL_HOURS * 3_600_000, Date.parse(round.endsAt));
    await openTask(context, {
      kind: CALL_TASK,
      key: `${CALL_TASK}:${id}`,
      title: {
        zh: `第${round.number}轮核酸补采：${line.nameZh} ${line.missed}人`,
        en: `Round ${round.number}: bring in ${line.missed} missed in ${line.nameEn}`,
      },
      division: line.division,
      ...(line.stewardId ? { ownerId: line.stewardId } : { role: 'field_worker' as const }),
      dueAt: new Date(dueAt).toISOString(),
      evidenceWanted: {
        zh: '逐人采样，或登记免采、外出及原因',
        en: 'Each sampled, or recorded as exempt or away with the reason',
      },
      source: { type: 'round_call', id },
      incidentId: round.incidentId,
    });
    called += 1;
    people += line.missed;
  }
  if (called > 0) {
    await emit(context, {
      kind: 'round.missed_called',
      division: round.division,
      subject: { type: 'screening_round', id: round.id },
      incidentId: round.incidentId,
      data: { called, people },
    });
  }
  return { called, people };
}

/** A community where nobody is missed any longer closes its duty by itself. */
export async function closeCallsMet(
  context: Context,
  moved: readonly { roundId: string; area: string }[],
): Promise<void> {
  for (const [roundId, own] of Map.groupBy(moved, (one) => one.roundId)) {
    const met = await areas.callsMet(context.trx, roundId, [...new Set(own.map(({ area }) => area))]);
    for (const id of met) {
      const text = '本社区已无漏采人员 · nobody is missed here any longer';
      await closeTasksOf(context, { type: 'round_call', id }, { text }, { kind: CALL_TASK });
    }
  }
}
