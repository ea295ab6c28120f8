import { LeveeError, type Target, type TestOutcome } from '@levee/contract';
import type { Trx } from '../../platform/db/pool.ts';

export interface Result {
  readonly id: string;
  readonly poolId: string;
  /** Of a tube of one: whose it is. */
  readonly sampleId: string | null;
  readonly personId: string | null;
  readonly division: string;
  readonly labId: string;
  readonly outcome: TestOutcome;
  readonly targets: readonly Target[];
  readonly testedAt: string;
  readonly reportedAt: string;
  readonly reportedBy: string;
  /** The result this one took the place of. */
  readonly supersedes: string | null;
  readonly current: boolean;
}

const resultRows = (trx: Trx) =>
  trx
    .selectFrom('result')
    .select([
      'id',
      'pool_id as poolId',
      'sample_id as sampleId',
      'person_id as personId',
      'division',
      'lab_id as labId',
      'outcome',
      'targets',
      'tested_at as testedAt',
      'reported_at as reportedAt',
      'reported_by as reportedBy',
      'supersedes',
      'current',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof resultRows>['executeTakeFirstOrThrow']>>;
const toResult = (row: Row): Result => ({
  ...row,
  outcome: row.outcome as TestOutcome,
  targets: row.targets as unknown as Target[],
});

export async function findResultById(trx: Trx, id: string): Promise<Result | undefined> {
  const row = await resultRows(trx).where('id', '=', id).executeTakeFirst();
  return row && toResult(row);
}

export async function findResultByIdOrThrow(trx: Trx, id: string): Promise<Result> {
  const result = await findResultById(trx, id);
  if (!result) throw new LeveeError('not_found');
  return result;
}

export async function findCurrentResult(trx: Trx, poolId: string): Promise<Result | undefined> {
  const row = await resultRows(trx)
    .where('pool_id', '=', poolId)
    .where('current', '=', true)
    .executeTakeFirst();
  return row && toResult(row);
}

/** All there ever were of the tube, the one in force first. */
export async function findResultsOfPool(trx: Trx, poolId: string): Promise<Result[]> {
  const rows = await resultRows(trx)
    .where('pool_id', '=', poolId)
    .orderBy('current', 'desc')
    .orderBy('reported_at', 'desc')
    .execute();
  return rows.map(toResult);
}

/** Puts the result in force; the one it supersedes stays readable. */
export async function insertResult(trx: Trx, result: Omit<Result, 'current'>): Promise<void> {
  if (result.supersedes) {
    await trx.updateTable('result').set({ current: false }).where('id', '=', result.supersedes).execute();
  }
  await trx
    .insertInto('result')
    .values({
      id: result.id,
      pool_id: result.poolId,
      sample_id: result.sampleId,
      person_id: result.personId,
      division: result.division,
      lab_id: result.labId,
      outcome: result.outcome,
      targets: JSON.stringify(result.targets),
      tested_at: result.testedAt,
      reported_at: result.reportedAt,
      reported_by: result.reportedBy,
      supersedes: result.supersedes,
    })
    .execute();
}

export interface Amendment {
  readonly id: string;
  readonly resultId: string;
  readonly division: string;
  readonly outcome: TestOutcome;
  readonly targets: readonly Target[];
  readonly reason: string;
  readonly authorId: string;
  readonly authorName: string;
  readonly at: string;
  readonly deciderId: string | null;
  readonly deciderName: string | null;
  readonly decidedAt: string | null;
  readonly decision: 'confirmed' | 'refused' | null;
}

const amendmentRows = (trx: Trx) =>
  trx
    .selectFrom('result_amendment as amendment')
    .select([
      'amendment.id',
      'amendment.result_id as resultId',
      'amendment.division',
      'amendment.outcome',
      'amendment.targets',
      'amendment.reason',
      'amendment.author_id as authorId',
      'amendment.author_name as authorName',
      'amendment.at',
      'amendment.decider_id as deciderId',
      'amendment.decider_name as deciderName',
      'amendment.decided_at as decidedAt',
      'amendment.decision',
    ]);

type AmendmentRow = Awaited<ReturnType<ReturnType<typeof amendmentRows>['executeTakeFirstOrThrow']>>;
const toAmendment = (row: AmendmentRow): Amendment => ({
  ...row,
  outcome: row.outcome as TestOutcome,
  targets: row.targets as unknown as Target[],
  decision: row.decision as Amendment['decision'],
});

export async function lockAmendmentById(trx: Trx, id: string): Promise<Amendment> {
  const row = await amendmentRows(trx).where('amendment.id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toAmendment(row);
}

export async function findAmendmentsOfPool(trx: Trx, poolId: string): Promise<Amendment[]> {
  const rows = await amendmentRows(trx)
    .innerJoin('result', 'result.id', 'amendment.result_id')
    .where('result.pool_id', '=', poolId)
    .orderBy('amendment.at', 'desc')
    .execute();
  return rows.map(toAmendment);
}

/** False where another amendment of the result is still undecided. */
export async function insertAmendment(
  trx: Trx,
  amendment: Omit<Amendment, 'deciderId' | 'deciderName' | 'decidedAt' | 'decision'>,
): Promise<boolean> {
  const inserted = await trx
    .insertInto('result_amendment')
    .values({
      id: amendment.id,
      result_id: amendment.resultId,
      division: amendment.division,
      outcome: amendment.outcome,
      targets: JSON.stringify(amendment.targets),
      reason: amendment.reason,
      author_id: amendment.authorId,
      author_name: amendment.authorName,
      at: amendment.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function decideAmendment(
  trx: Trx,
  id: string,
  decider: { id: string; name: string },
  decision: 'confirmed' | 'refused',
  at: string,
): Promise<Amendment> {
  await trx
    .updateTable('result_amendment')
    .set({ decision, decider_id: decider.id, decider_name: decider.name, decided_at: at })
    .where('id', '=', id)
    .execute();
  return lockAmendmentById(trx, id);
}
