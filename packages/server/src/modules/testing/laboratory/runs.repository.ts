import type { Bilingual, Target, TestOutcome } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';

export interface Run {
  readonly id: string;
  readonly labId: string;
  readonly division: string;
  readonly assay: string;
  readonly plateCode: string;
  readonly startedAt: string;
  readonly openedBy: string;
  readonly openedByName: string;
  readonly readAt: string | null;
  readonly state: 'open' | 'reported' | 'invalid';
  readonly invalidReason: string | null;
}

export interface Well {
  readonly well: string;
  readonly kind: 'tube' | 'positive_control' | 'negative_control';
  readonly poolId: string | null;
  readonly tubeCode: string | null;
  readonly targets: readonly Target[];
  readonly outcome: TestOutcome | null;
  readonly decision: 'reported' | 'recheck' | 'refused' | null;
  readonly problem: Bilingual | null;
}

const runRows = (trx: Trx) =>
  trx
    .selectFrom('lab_run')
    .select([
      'id',
      'lab_id as labId',
      'division',
      'assay',
      'plate_code as plateCode',
      'started_at as startedAt',
      'opened_by as openedBy',
      'opened_by_name as openedByName',
      'read_at as readAt',
      'state',
      'invalid_reason as invalidReason',
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof runRows>['executeTakeFirstOrThrow']>>;
const toRun = (row: Row): Run => ({ ...row, state: row.state as Run['state'] });

export async function insertRun(
  trx: Trx,
  run: Omit<Run, 'readAt' | 'state' | 'invalidReason'>,
  wells: readonly Pick<Well, 'well' | 'kind' | 'poolId'>[],
): Promise<boolean> {
  const inserted = await trx
    .insertInto('lab_run')
    .values({
      id: run.id,
      lab_id: run.labId,
      division: run.division,
      assay: run.assay,
      plate_code: run.plateCode,
      started_at: run.startedAt,
      opened_by: run.openedBy,
      opened_by_name: run.openedByName,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!inserted) return false;
  await trx
    .insertInto('lab_run_well')
    .values(
      wells.map(({ well, kind, poolId }) => ({
        run_id: run.id,
        well,
        kind,
        pool_id: poolId,
        division: run.division,
      })),
    )
    .execute();
  return true;
}

export async function findRun(trx: Trx, id: string): Promise<Run | undefined> {
  const row = await runRows(trx).where('id', '=', id).executeTakeFirst();
  return row && toRun(row);
}

export async function lockRun(trx: Trx, id: string): Promise<Run | undefined> {
  const row = await runRows(trx).where('id', '=', id).forUpdate().executeTakeFirst();
  return row && toRun(row);
}

export async function wellsOf(trx: Trx, runIds: readonly string[]): Promise<Map<string, Well[]>> {
  if (runIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom('lab_run_well as well')
    .leftJoin('pool', 'pool.id', 'well.pool_id')
    .select([
      'well.run_id as runId',
      'well.well',
      'well.kind',
      'well.pool_id as poolId',
      'pool.tube_code as tubeCode',
      'well.targets',
      'well.outcome',
      'well.decision',
      'well.problem',
    ])
    .where('well.run_id', 'in', [...runIds])
    .execute();
  const wells = rows.map(({ runId, ...row }) => ({
    runId,
    one: {
      ...row,
      kind: row.kind as Well['kind'],
      targets: (row.targets ?? []) as unknown as Target[],
      outcome: row.outcome as TestOutcome | null,
      decision: row.decision as Well['decision'],
      problem: row.problem as Bilingual | null,
    },
  }));
  const byRun = Map.groupBy(wells, ({ runId }) => runId);
  return new Map([...byRun].map(([id, all]) => [id, all.map(({ one }) => one).sort(byPlace)]));
}

const byPlace = (one: Well, other: Well) =>
  one.well[0]!.localeCompare(other.well[0]!) || Number(one.well.slice(1)) - Number(other.well.slice(1));

/** Another run that has the tube in it and is not read yet. */
export async function findOpenRunOf(trx: Trx, poolId: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('lab_run_well as well')
    .innerJoin('lab_run as run', 'run.id', 'well.run_id')
    .select('run.plate_code as plateCode')
    .where('well.pool_id', '=', poolId)
    .where('run.state', '=', 'open')
    .executeTakeFirst();
  return row?.plateCode;
}

export async function updateWell(
  trx: Trx,
  runId: string,
  well: string,
  read: Pick<Well, 'targets' | 'outcome' | 'decision' | 'problem'>,
): Promise<void> {
  await trx
    .updateTable('lab_run_well')
    .set({
      targets: JSON.stringify(read.targets),
      outcome: read.outcome,
      decision: read.decision,
      problem: read.problem && JSON.stringify(read.problem),
    })
    .where('run_id', '=', runId)
    .where('well', '=', well)
    .execute();
}

export async function updateRun(
  trx: Trx,
  id: string,
  facts: Pick<Run, 'state'> & { readonly readAt: string; readonly invalidReason: string | null },
): Promise<void> {
  await trx
    .updateTable('lab_run')
    .set({ state: facts.state, read_at: facts.readAt, invalid_reason: facts.invalidReason })
    .where('id', '=', id)
    .execute();
}

/** Newest first. */
export async function listRuns(
  trx: Trx,
  filter: { readonly labId?: string | undefined; readonly state?: Run['state'] | undefined },
  offset: number,
  limit: number,
) {
  const rows = await runRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(filter.labId !== undefined, (query) => query.where('lab_id', '=', filter.labId!))
    .$if(filter.state !== undefined, (query) => query.where('state', '=', filter.state!))
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(({ total: _, ...row }) => toRun(row)), total: rows[0]?.total ?? 0 };
}
