/** The queue at the sites of running rounds, into the public store: times and counts, nobody. */
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';

const WINDOW_MINUTES = 30;
/** Fewer than this say nothing about a pace. */
const LEAST = 5;

/**
 * Renews every site of every running round and takes away those of closed ones. The pace is the slower of median and mean:
 * households are swabbed in one moment, and a median of nothing would promise no wait.
 */
export async function publishSites(trx: Trx, now: string): Promise<void> {
  await sql`
    insert into public_test_site (site_id, division, county_zh, county_en, name_zh, name_en, open_from, open_until,
                                  seconds_per_person, waiting, waiting_counted_at, updated_at)
    select site.id, site.division, coalesce(county.name_zh, ''), coalesce(county.name_en, ''), site.name_zh, site.name_en,
           min(round.starts_at), max(round.ends_at),
           (select case when count(*) >= ${LEAST}::integer
                        then greatest(1, avg(gap), percentile_cont(0.5) within group (order by gap))::integer end
              from (select extract(epoch from taken_at - lag(taken_at) over (order by taken_at)) as gap from sample
                     where sample.site_id = site.id and withdrawn_at is null
                       and taken_at > ${now}::timestamptz - make_interval(mins => ${WINDOW_MINUTES}::integer)
                       and taken_at <= ${now}::timestamptz) as arrival),
           max(queue.waiting), max(queue.counted_at), ${now}::timestamptz
      from screening_round round
      join round_site on round_site.round_id = round.id
      join place site on site.id = round_site.site_id
      left join place county on county.code = left(site.division, 6)
      left join site_queue queue on queue.site_id = site.id
     where round.closed_at is null
     group by site.id, county.name_zh, county.name_en
    on conflict (site_id) do update
       set open_from = excluded.open_from, open_until = excluded.open_until, name_zh = excluded.name_zh,
           name_en = excluded.name_en, seconds_per_person = excluded.seconds_per_person, waiting = excluded.waiting,
           waiting_counted_at = excluded.waiting_counted_at, updated_at = excluded.updated_at`.execute(trx);
  await sql`
    delete from public_test_site where not exists (
      select 1 from round_site join screening_round round on round.id = round_site.round_id
       where round_site.site_id = public_test_site.site_id and round.closed_at is null)`.execute(trx);
}

/** True once a minute: when the store was last renewed is written in it. */
export async function isDue(trx: Trx, now: string): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select coalesce(max(updated_at) < ${now}::timestamptz - interval '60 seconds', true) as due
      from public_test_site`.execute(trx);
  return rows[0]!.due;
}

export async function putQueue(
  trx: Trx,
  queue: { siteId: string; division: string; waiting: number; at: string; by: string },
): Promise<void> {
  const values = { waiting: queue.waiting, counted_at: queue.at, counted_by: queue.by };
  await trx
    .insertInto('site_queue')
    .values({ site_id: queue.siteId, division: queue.division, ...values })
    .onConflict((conflict) => conflict.column('site_id').doUpdateSet(values))
    .execute();
}
