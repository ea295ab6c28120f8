import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';

export interface LoadRow {
  readonly labId: string;
  readonly waiting: number;
  readonly recheck: number;
  readonly inTransit: number;
  readonly oldestReceivedAt: string | null;
  /** In the hours before `now`. */
  readonly arrived: number;
  readonly resulted: number;
  /** Receipt to result, of tubes resulted in the last 24 hours. */
  readonly medianHours: number | null;
  readonly p90Hours: number | null;
}

/** One row for each laboratory that has had a tube; the fullest first. */
export async function loadRows(trx: Trx, now: string, paceHours: number): Promise<LoadRow[]> {
  const ago = (hours: number) => new Date(Date.parse(now) - hours * 3_600_000).toISOString();
  const { rows } = await sql<LoadRow>`
    with tube as (
      select id, lab_id, state, received_at, resulted_at,
             extract(epoch from resulted_at - received_at) / 3600 as hours
        from pool
       where lab_id is not null and (state in ('sent', 'received') or resulted_at > ${ago(24)} or received_at > ${ago(24)})
    )
    select lab_id as "labId",
           count(*) filter (where state = 'received')::int as waiting,
           count(*) filter (where state = 'sent')::int as "inTransit",
           count(*) filter (where state = 'received' and (
             select well.decision from lab_run_well as well join lab_run as run on run.id = well.run_id
              where well.pool_id = tube.id and run.state <> 'open'
              order by run.read_at desc nulls last limit 1) = 'recheck')::int as recheck,
           min(received_at) filter (where state = 'received') as "oldestReceivedAt",
           count(*) filter (where received_at > ${ago(paceHours)} and received_at <= ${now})::int as arrived,
           count(*) filter (where resulted_at > ${ago(paceHours)} and resulted_at <= ${now})::int as resulted,
           percentile_cont(0.5) within group (order by hours)
             filter (where resulted_at > ${ago(24)} and hours >= 0)::float8 as "medianHours",
           percentile_cont(0.9) within group (order by hours)
             filter (where resulted_at > ${ago(24)} and hours >= 0)::float8 as "p90Hours"
      from tube
     group by lab_id
     order by waiting desc, lab_id`.execute(trx);
  return rows;
}
