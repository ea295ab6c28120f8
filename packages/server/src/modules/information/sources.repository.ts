/** What a bulletin has to know of incidents, headquarters and risk areas. */
import { type Bilingual, LeveeError, type PublicArea } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

export async function getIncidentNameOrThrow(trx: Trx, id: string): Promise<Bilingual> {
  const row = await trx
    .selectFrom('incident')
    .select(['name_zh as zh', 'name_en as en'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return row;
}

export const findHeadquartersName = (trx: Trx, division: string): Promise<Bilingual | undefined> =>
  trx
    .selectFrom('headquarters')
    .select(['name_zh as zh', 'name_en as en'])
    .where('division', '=', division)
    .executeTakeFirst();

export interface RiskArea {
  readonly placeId: string;
  readonly level: PublicArea['level'];
  readonly since: string;
  /** Its end, or the hour an unapproved emergency lapses. */
  readonly until: string;
  /** What the signed notice says to people there. */
  readonly what: Bilingual;
}

/** Risk areas that hold now or are decided for later. Limits on persons and on single venues are not areas. */
export async function listRiskAreas(trx: Trx, at: string): Promise<RiskArea[]> {
  const { rows } = await sql<RiskArea>`
    select subject_id as "placeId", level, starts_at as since,
           case when approved_at is null then least(ends_at, drafted_at + interval '12 hours') else ends_at end as until,
           jsonb_build_object('zh', notice -> 'what' ->> 'zh', 'en', notice -> 'what' ->> 'en') as what
      from measure
     where kind = 'risk_area' and level is not null and measure_active(measure, greatest(starts_at, ${at}))
     order by division, starts_at`.execute(trx);
  return rows;
}
