/** Batches that look like something other than epidemiology: told to the auditor, who stands outside the command (R4). */
import { type ActorRef, type MeasureKind, newId } from '@levee/contract';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { inScopedTransaction, type Trx } from '../../platform/db/pool.ts';
import { emit } from '../../platform/outbox/emit.ts';
import type { Measure } from './measure.ts';

/** Within one hour, by one author. */
export const REFUSALS = 5;
export const SAME_GROUND = 20;
export const VOLUME = 200;

interface Attempt {
  readonly division: string;
  readonly author: ActorRef;
  readonly kind: MeasureKind;
}

/**
 * Notes an attempt that was refused for want of ground. The refusal undoes its own transaction, so this is written in
 * another, after the answer is on its way: waiting for a second connection while holding one could stop the house.
 */
export function noteRefusal(context: Context, attempt: Attempt): void {
  const { platform, actor, now } = context;
  setImmediate(() => {
    inScopedTransaction(platform.db, actor.scope, async (trx) => {
      await trx
        .insertInto('measure_refusal')
        .values({ at: now, division: attempt.division, author_id: attempt.author.id, kind: attempt.kind })
        .execute();
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from measure_refusal
         where author_id = ${attempt.author.id} and at > ${now}::timestamptz - interval '1 hour'`.execute(
        trx,
      );
      const count = rows[0]!.count;
      if (count >= REFUSALS) await raise({ ...context, trx }, attempt, 'no_ground', count);
    }).catch((err) => platform.log.error({ err }, 'a refused measure could not be noted'));
  });
}

/** After a draft: many people on one and the same evidence, or unusually many at once. */
export async function noteBatch(context: Context, measure: Measure): Promise<void> {
  if (measure.subjectType !== 'person') return;
  const { rows } = await sql<{ all: number; same: number }>`
    select count(distinct subject_id)::int as all,
           count(distinct subject_id) filter (where ground = ${JSON.stringify(measure.ground)}::jsonb)::int as same
      from measure
     where author_id = ${measure.author.id} and subject_type = 'person'
       and drafted_at > ${context.now}::timestamptz - interval '1 hour'`.execute(context.trx);
  const { all, same } = rows[0]!;
  const attempt = { division: measure.division, author: measure.author, kind: measure.kind };
  if (same > SAME_GROUND) await raise(context, attempt, 'same_ground', same);
  if (all > VOLUME) await raise(context, attempt, 'volume', all);
}

async function raise(
  context: Pick<Context, 'trx' | 'now' | 'actor'>,
  { division, author }: Attempt,
  reason: 'no_ground' | 'same_ground' | 'volume',
  count: number,
): Promise<void> {
  const { trx, now } = context;
  const { rows } = await sql<{ id: string }>`
    insert into measure_alarm (id, at, division, author_id, author_name, reason, count, hour)
    values (${newId(Date.parse(now))}, ${now}, ${division}, ${author.id}, ${author.name}, ${reason}, ${count},
            date_trunc('hour', ${now}::timestamptz))
    on conflict (author_id, reason, hour) do nothing returning id`.execute(trx);
  if (!rows[0]) return;
  await emit(context, {
    kind: 'measure.batch_alarm',
    division,
    subject: { type: 'measure_alarm', id: rows[0].id },
    data: { reason, count, authorId: author.id },
  });
}

export async function listAlarms(trx: Trx, offset: number, limit: number) {
  const rows = await trx
    .selectFrom('measure_alarm')
    .selectAll()
    .select(sql<number>`count(*) over ()`.as('total'))
    .orderBy('at', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  const items = rows.map((row) => ({
    id: row.id,
    at: row.at as unknown as string,
    division: row.division,
    author: { id: row.author_id, name: row.author_name },
    reason: row.reason as 'no_ground' | 'same_ground' | 'volume',
    count: row.count,
  }));
  return { items, total: Number(rows[0]?.total ?? 0) };
}
