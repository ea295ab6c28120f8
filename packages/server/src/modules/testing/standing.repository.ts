import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

/** What a desk has to know of a person before it takes a swab. */
export interface Standing {
  readonly lastSampledAt: string | null;
  /** Of a tube that was not clean: a single sample is wanted. */
  readonly resampleWanted: boolean;
}

/** By person id; somebody never sampled and not wanted is absent. */
export async function standingOf(trx: Trx, personIds: readonly string[]): Promise<Map<string, Standing>> {
  if (personIds.length === 0) return new Map();
  const { rows } = await sql<{ personId: string } & Standing>`
    select id as "personId", max(taken_at) as "lastSampledAt", coalesce(bool_or(wanted), false) as "resampleWanted" from (
      select person_id as id, taken_at, false as wanted from sample
       where person_id = any(${personIds}::uuid[]) and withdrawn_at is null
      union all
      select person_id, null, true from resample_request
       where person_id = any(${personIds}::uuid[]) and met_at is null and cancelled_at is null
    ) as known group by id`.execute(trx);
  return new Map(rows.map(({ personId, ...standing }) => [personId, standing]));
}
