/** The accounting of every running round is checked by the clock; a hole is somebody's duty until it is gone. */
import { sql } from 'kysely';
import type { Context } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { closeTasksOf, openTask } from '../../tasks/index.ts';
import { roundAccounting } from './round-accounting.ts';
import { lockRoundByIdOrThrow } from './rounds.repository.ts';

const CHECK_EVERY_SECONDS = 60;
/** The house's own limit: a tube that is lost is found in the first half hour or not at all. */
const HOLE_MINUTES = 30;
export const HOLE_TASK = 'testing.round_hole';

/** Rounds that run, and those closed whose results are still coming in, are looked at once a minute. */
export async function checkRounds(context: Context): Promise<void> {
  const before = new Date(Date.parse(context.now) - CHECK_EVERY_SECONDS * 1000).toISOString();
  const { rows } = await sql<{ id: string }>`
    select id from screening_round
     where checked_at < ${before} and (closed_at is null or closed_at > ${context.now}::timestamptz - interval '3 days')
     order by checked_at limit 20`.execute(context.trx);
  for (const { id } of rows) await checkRound(context, id);
}

async function checkRound(context: Context, id: string): Promise<void> {
  const { trx, now } = context;
  const round = await lockRoundByIdOrThrow(trx, id);
  const { identities } = await roundAccounting(trx, round, now);
  const holes = identities.filter(({ gap }) => gap !== 0);
  const source = { type: 'screening_round', id };
  let { holeSince } = round;
  if (holes.length > 0 && holeSince === null) {
    holeSince = now;
    await emit(context, {
      kind: 'round.hole_found',
      division: round.division,
      subject: source,
      incidentId: round.incidentId,
      data: { gaps: Object.fromEntries(holes.map(({ name, gap }) => [name, gap])) },
    });
    const [worst] = holes.toSorted((a, b) => Math.abs(b.gap) - Math.abs(a.gap));
    await openTask(context, {
      kind: HOLE_TASK,
      key: `${HOLE_TASK}:${id}:${now}`,
      title: {
        zh: `第${round.number}轮核酸对账不平：${worst!.text.zh}，相差${Math.abs(worst!.gap)}人`,
        en: `Round ${round.number} does not balance: ${worst!.text.en}, ${Math.abs(worst!.gap)} people apart`,
      },
      division: round.division,
      role: 'duty_officer',
      dueAt: new Date(Date.parse(now) + HOLE_MINUTES * 60_000).toISOString(),
      evidenceWanted: {
        zh: '查明差在哪一管、哪一批，并补齐记录',
        en: 'Which tube or batch it is, and the record made whole',
      },
      source,
      incidentId: round.incidentId,
    });
  } else if (holes.length === 0 && holeSince !== null) {
    holeSince = null;
    const text = '对账已平 · the accounting balances again';
    await closeTasksOf(context, source, { text }, { kind: HOLE_TASK });
  }
  await trx
    .updateTable('screening_round')
    .set({ checked_at: now, hole_since: holeSince })
    .where('id', '=', id)
    .execute();
}
