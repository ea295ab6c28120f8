/** Every acknowledged record present once, every other at most once: asked of the tables, by nobody the server can influence. */
import pg from 'pg';
import type { Finding } from '../soak.ts';
import { equal, measured } from '../soak.ts';
import type { Fleet } from './fleet.ts';

/** As long as applying goes on it is waited for: how long it takes is a figure, that it goes on is a fact. */
const STANDSTILL_MS = 60_000;

export async function checkSets(
  adminUrl: string,
  fleet: Pick<Fleet, 'acknowledged' | 'sent'>,
): Promise<Finding[]> {
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  try {
    const began = performance.now();
    const unsettled = await untilSettled(database);
    const settledSeconds = (performance.now() - began) / 1000;
    await database.query(
      'create temporary table ledger (id uuid primary key, acknowledged boolean not null)',
    );
    const ids = [...fleet.sent];
    for (let at = 0; at < ids.length; at += 50_000) {
      const part = ids.slice(at, at + 50_000);
      await database.query('insert into ledger select * from unnest($1::uuid[], $2::boolean[])', [
        part,
        part.map((id) => fleet.acknowledged.has(id)),
      ]);
    }
    const { rows } = await database.query<Record<string, number>>(`
      with kept as (select id, count(*) as times from (select id from intake_outcome) as one group by id)
      select (select count(*)::int from ledger left join kept using (id) where acknowledged and kept.id is null) as missing,
             (select count(*)::int from ledger join kept using (id) where times > 1) as twice,
             (select count(*)::int from ledger left join sample using (id) where acknowledged and sample.id is null) as unapplied,
             (select count(*)::int from kept left join ledger using (id) where ledger.id is null) as strangers,
             (select count(*)::int from intake_outcome where state = 'quarantined') as quarantined,
             (select count(*)::int from pool where member_count <>
               (select count(*) from sample where pool_id = pool.id and withdrawn_at is null)) as miscounted`);
    const found = rows[0]!;
    return [
      measured('records sent', fleet.sent.size),
      measured('records acknowledged', fleet.acknowledged.size),
      equal('acknowledged and missing', found['missing']!, 0),
      equal('acknowledged and not applied to a tube', found['unapplied']!, 0),
      equal('present twice', found['twice']!, 0),
      equal('present and never sent', found['strangers']!, 0),
      equal('kept for attention, though plain', found['quarantined']!, 0),
      equal('tubes whose count is not their samples', found['miscounted']!, 0),
      measured('applied, after the last acknowledgement', `${settledSeconds.toFixed(1)} s`),
      equal('waiting to be applied when nothing more was for a minute', unsettled, 0),
    ];
  } finally {
    await database.end();
  }
}

async function untilSettled(database: pg.Client): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let until = Date.now() + STANDSTILL_MS; ; ) {
    const { rows } = await database.query<{ count: number }>('select count(*)::int as count from intake');
    const { count } = rows[0]!;
    if (count < least) {
      least = count;
      until = Date.now() + STANDSTILL_MS;
    }
    if (count === 0 || Date.now() > until) return count;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
