/**
 * The counts behind a bulletin's figures, by county. Read-only questions over the records themselves and not over the
 * live counters: what is published must be found again by counting the line list.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

export interface CountyCount {
  /** Six-digit code; empty where a record hangs at the prefecture itself. */
  readonly county: string;
  readonly value: number;
}

export interface Asked {
  readonly incidentId: string;
  /** The bulletin's area: everything whose code starts with it. */
  readonly within: string;
  readonly at: string;
  readonly dayStart: string;
}

const count = async (trx: Trx, query: RawBuilder<CountyCount>): Promise<CountyCount[]> =>
  (await query.execute(trx)).rows;

const inside = (column: string, { within }: Asked) =>
  sql`${sql.ref(column)} >= ${within} and ${sql.ref(column)} < ${`${within}~`}`;

/** Cases of the incident by class; a discarded one is none. */
export const countCases = (trx: Trx, asked: Asked, classifications: readonly string[]) =>
  count(
    trx,
    sql<CountyCount>`
      select left(division, 6) as county, count(*)::int as value from case_file
       where incident_id = ${asked.incidentId} and classification = any(${classifications as string[]}::text[])
         and ${inside('division', asked)}
       group by 1 order by 1`,
  );

/** People, not meetings: somebody who met two cases counts once. */
export const countContacts = (trx: Trx, asked: Asked, contactClass: string) =>
  count(
    trx,
    sql<CountyCount>`
      select left(division, 6) as county, count(distinct person_id)::int as value from contact
       where incident_id = ${asked.incidentId} and state = 'accepted' and class = ${contactClass}
         and ${inside('division', asked)}
       group by 1 order by 1`,
  );

export const countUnderIsolation = (trx: Trx, asked: Asked) =>
  count(
    trx,
    sql<CountyCount>`
      select left(division, 6) as county, count(distinct subject_id)::int as value from measure
       where kind in ('centralised_isolation', 'home_isolation') and measure_active(measure, ${asked.at})
         and ${inside('division', asked)}
       group by 1 order by 1`,
  );

export const countSamplesToday = (trx: Trx, asked: Asked) =>
  count(
    trx,
    sql<CountyCount>`
      select left(division, 6) as county, count(*)::int as value from sample
       where taken_at >= ${asked.dayStart} and taken_at <= ${asked.at} and withdrawn_at is null
         and ${inside('division', asked)}
       group by 1 order by 1`,
  );

export const countRiskAreas = (trx: Trx, asked: Asked, level: string) =>
  count(
    trx,
    sql<CountyCount>`
      select left(division, 6) as county, count(*)::int as value from measure
       where kind = 'risk_area' and level = ${level} and measure_active(measure, ${asked.at})
         and ${inside('division', asked)}
       group by 1 order by 1`,
  );
