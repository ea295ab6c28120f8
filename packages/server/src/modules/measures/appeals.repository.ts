import { LeveeError, type MeasureKind } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import type { Appeal } from './appeal.ts';

const appealRows = (trx: Trx) =>
  trx
    .selectFrom('appeal')
    .innerJoin('measure', 'measure.id', 'appeal.measure_id')
    .selectAll('appeal')
    .select([
      'measure.kind as measure_kind',
      'measure.subject_type',
      'measure.author_id',
      'measure.approver_id',
      'measure.pack_id',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof appealRows>['executeTakeFirstOrThrow']>>;
const time = (value: unknown) => value as string | null;
const ref = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

const toAppeal = (row: Row): Appeal => ({
  id: row.id,
  measureId: row.measure_id,
  measureKind: row.measure_kind as MeasureKind,
  packId: row.pack_id,
  liberty: row.subject_type === 'person',
  involved: [row.author_id, row.approver_id].filter((id) => id !== null),
  division: row.division,
  channel: row.channel as Appeal['channel'],
  statement: row.statement,
  lodgedAt: row.lodged_at as unknown as string,
  acknowledgedAt: time(row.acknowledged_at),
  acknowledgedBy: ref(row.acknowledged_by_id, row.acknowledged_by_name),
  confirmedAt: time(row.confirmed_at),
  confirmedBy: ref(row.confirmed_by_id, row.confirmed_by_name),
  confirmedReason: row.confirmed_reason,
  decidedAt: time(row.decided_at),
  decider: ref(row.decider_id, row.decider_name),
  outcome: row.outcome as Appeal['outcome'],
  reason: row.reason,
});

export async function lockAppeal(trx: Trx, id: string): Promise<Appeal> {
  await sql`select id from appeal where id = ${id} for update`.execute(trx);
  const row = await appealRows(trx).where('appeal.id', '=', id).executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toAppeal(row);
}

export async function listAppeals(
  trx: Trx,
  filter: { open?: boolean | undefined; measureId?: string | undefined },
  offset: number,
  limit: number,
) {
  const rows = await appealRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(filter.open === true, (query) => query.where('decided_at', 'is', null))
    .$if(filter.open === false, (query) => query.where('decided_at', 'is not', null))
    .$if(Boolean(filter.measureId), (query) => query.where('measure_id', '=', filter.measureId!))
    .orderBy(sql`decided_at is null`, 'desc')
    .orderBy('lodged_at')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(toAppeal), total: Number(rows[0]?.total ?? 0) };
}

export async function insertAppeal(
  trx: Trx,
  appeal: Pick<Appeal, 'id' | 'measureId' | 'division' | 'channel' | 'statement' | 'lodgedAt'> & {
    lodgedById: string;
  },
): Promise<void> {
  await trx
    .insertInto('appeal')
    .values({
      id: appeal.id,
      measure_id: appeal.measureId,
      division: appeal.division,
      channel: appeal.channel,
      statement: appeal.statement,
      lodged_at: appeal.lodgedAt,
      lodged_by_id: appeal.lodgedById,
    })
    .execute();
}

type By = { readonly id: string; readonly name: string };

export async function acknowledge(trx: Trx, id: string, by: By, at: string): Promise<void> {
  await trx
    .updateTable('appeal')
    .set({ acknowledged_at: at, acknowledged_by_id: by.id, acknowledged_by_name: by.name })
    .where('id', '=', id)
    .execute();
}

export async function confirm(trx: Trx, id: string, by: By, at: string, reason: string): Promise<void> {
  await trx
    .updateTable('appeal')
    .set({ confirmed_at: at, confirmed_by_id: by.id, confirmed_by_name: by.name, confirmed_reason: reason })
    .where('id', '=', id)
    .execute();
}

export async function decide(
  trx: Trx,
  id: string,
  by: By,
  at: string,
  decision: { outcome: 'granted' | 'upheld'; reason: string },
): Promise<void> {
  await trx
    .updateTable('appeal')
    .set({ decided_at: at, decider_id: by.id, decider_name: by.name, ...decision })
    .where('id', '=', id)
    .execute();
}

export async function figures(trx: Trx, at: string) {
  const { rows } = await sql<{
    lodged: number;
    granted: number;
    upheld: number;
    open: number;
    overdue: number;
    median: number | null;
    suspended: number;
  }>`
    select count(*)::int as lodged,
           count(*) filter (where outcome = 'granted')::int as granted,
           count(*) filter (where outcome = 'upheld')::int as upheld,
           count(*) filter (where decided_at is null)::int as open,
           count(*) filter (where decided_at is null and lodged_at + case when subject_type = 'person'
             then interval '24 hours' else interval '72 hours' end < ${at})::int as overdue,
           round((percentile_cont(0.5) within group (order by extract(epoch from decided_at - lodged_at) / 3600)
             filter (where decided_at is not null))::numeric, 1)::float8 as median,
           count(distinct measure.id) filter (where measure_phase(measure, ${at}) = 'suspended')::int as suspended
      from appeal join measure on measure.id = appeal.measure_id
     where lodged_at <= ${at}`.execute(trx);
  return rows[0]!;
}
