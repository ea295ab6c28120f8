/** What the ledger tells of an incident by county, and which risk areas hold: for what is made public. */
import type { AreaLevel, Bilingual } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import { type CountyCount, insideArea } from '../places/index.ts';

export interface LedgerQuestion {
  readonly incidentId: string;
  readonly within: string;
  readonly at: string;
  /** Also limits that name no incident: only where the incident is the one running can they be its own. */
  readonly withUnnamed: boolean;
}

const ofIncident = ({ incidentId, withUnnamed }: LedgerQuestion) =>
  withUnnamed ? sql`(incident_id = ${incidentId} or incident_id is null)` : sql`incident_id = ${incidentId}`;

/** People under isolation now, each once. */
export async function countIsolatedByCounty(trx: Trx, asked: LedgerQuestion): Promise<CountyCount[]> {
  const { rows } = await sql<CountyCount>`
    select left(division, 6) as county, count(distinct subject_id)::int as value from measure
     where kind in ('centralised_isolation', 'home_isolation') and measure_active(measure, ${asked.at})
       and ${ofIncident(asked)} and ${insideArea('division', asked.within)}
     group by 1 order by 1`.execute(trx);
  return rows;
}

/** Risk areas of a level that hold now. */
export async function countRiskAreasByCounty(
  trx: Trx,
  asked: LedgerQuestion & { level: AreaLevel },
): Promise<CountyCount[]> {
  const { rows } = await sql<CountyCount>`
    select left(division, 6) as county, count(*)::int as value from measure
     where kind = 'risk_area' and level = ${asked.level} and measure_active(measure, ${asked.at})
       and ${ofIncident(asked)} and ${insideArea('division', asked.within)}
     group by 1 order by 1`.execute(trx);
  return rows;
}

export interface RiskArea {
  readonly placeId: string;
  readonly level: AreaLevel;
  readonly since: string;
  /** Its end, or the hour an unapproved emergency lapses. */
  readonly until: string;
  /** What the signed notice says to people there. */
  readonly what: Bilingual;
}

/** Risk areas that hold now or are decided for later, of every incident. Limits on persons and on single venues are not areas. */
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
