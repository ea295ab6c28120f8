import type { FoundIn } from '@levee/protocol';
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';

/** What a rule has to know of a positive sample to say how it was found. */
export interface Sampling {
  readonly sampleId: string;
  readonly personId: string;
  readonly division: string;
  /** By the desk; of a re-sample the first sample's. */
  readonly stated: FoundIn;
  /** Of the first swab, where this one checks a pool again: what followed from the pool did not find the person. */
  readonly sampledAt: string;
}

export async function findSampling(trx: Trx, sampleId: string): Promise<Sampling | undefined> {
  const { rows } = await sql<Sampling>`
    select sample.id as "sampleId", sample.person_id as "personId", sample.division,
           coalesce(decided.stated, first.found_in, sample.found_in) as stated,
           coalesce(first.taken_at, sample.taken_at) as "sampledAt"
      from sample
      left join sample as first on first.pool_id = sample.resample_of and first.person_id = sample.person_id
                               and first.withdrawn_at is null
      left join found_in_decision as decided on decided.sample_id = sample.id
     where sample.id = ${sampleId}`.execute(trx);
  return rows[0];
}

export interface FoundInDecision {
  readonly sampleId: string;
  readonly resultId: string;
  readonly stated: FoundIn;
  readonly foundIn: FoundIn;
  readonly basis: 'measure' | 'contact' | 'statement';
  readonly recordId: string | null;
  readonly recordKind: string | null;
  readonly sampledAt: string;
  readonly decidedAt: string;
}

/** A later result of the same sample decides anew; the sample carries what was decided. */
export async function putDecision(
  trx: Trx,
  { personId, division }: Pick<Sampling, 'personId' | 'division'>,
  one: FoundInDecision,
): Promise<void> {
  const said = {
    result_id: one.resultId,
    found_in: one.foundIn,
    basis: one.basis,
    record_id: one.recordId,
    record_kind: one.recordKind,
    sampled_at: one.sampledAt,
    decided_at: one.decidedAt,
  };
  await trx
    .insertInto('found_in_decision')
    .values({ sample_id: one.sampleId, person_id: personId, division, stated: one.stated, ...said })
    .onConflict((conflict) => conflict.column('sample_id').doUpdateSet(said))
    .execute();
  await trx.updateTable('sample').set({ found_in: one.foundIn }).where('id', '=', one.sampleId).execute();
}

export async function findDecision(trx: Trx, sampleId: string): Promise<FoundInDecision | undefined> {
  const row = await trx
    .selectFrom('found_in_decision')
    .select([
      'sample_id as sampleId',
      'result_id as resultId',
      'stated',
      'found_in as foundIn',
      'basis',
      'record_id as recordId',
      'record_kind as recordKind',
      'sampled_at as sampledAt',
      'decided_at as decidedAt',
    ])
    .where('sample_id', '=', sampleId)
    .executeTakeFirst();
  return row && (row as FoundInDecision);
}
