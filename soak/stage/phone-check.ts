/**
 * What phones said was saved, against the tables: asked of the database by nobody the server can influence. A phone says it twice:
 * by the green screen when it was recorded, and by what is stored on it.
 */
import pg from 'pg';
import { equal, type Finding, measured } from '../soak.ts';
import type { Phone } from './phone.ts';

export interface PhoneSaid {
  readonly phone: Phone;
  /** Person → tube, of every record the screen was green for. */
  readonly said: ReadonlyMap<string, string>;
  /** People of whom nobody knows whether they were recorded: the phone died under the answer. */
  readonly unknown: readonly string[];
}

/** @param shared people met on two phones: both records are kept, and may stand in two tubes where the first was full already */
export async function checkPhones(
  adminUrl: string,
  phones: readonly PhoneSaid[],
  shared: readonly string[] = [],
): Promise<Finding[]> {
  const stored = (await Promise.all(phones.map(({ phone }) => phone.device.stored()))).flat();
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  try {
    await database.query('create temporary table said (person_id uuid, tube_code text)');
    await database.query('create temporary table stored (id uuid, state text)');
    const said = phones.flatMap(({ said }) => [...said]);
    const insert = (table: string, one: readonly string[], two: readonly string[], types: string) =>
      database.query(`insert into ${table} select * from unnest(${types})`, [one, two]);
    await insert(
      'said',
      said.map(([person]) => person),
      said.map(([, tube]) => tube),
      '$1::uuid[], $2::text[]',
    );
    await insert(
      'stored',
      stored.map(({ id }) => id),
      stored.map(({ state }) => state),
      '$1::uuid[], $2::text[]',
    );
    const { rows } = await database.query<Record<string, number>>(
      `
      with standing as (
        select person_id, tube_code, count(*)::int as times
          from sample join pool on pool.id = sample.pool_id where withdrawn_at is null group by 1, 2),
      kept as (
        select (body -> 'who' ->> 'personId')::uuid as person_id, body ->> 'tubeCode' as tube_code, site_id, settled_at
          from intake_outcome where state = 'quarantined' and kind = 'sample')
      select
        (select count(*)::int from said left join standing using (person_id, tube_code) left join kept using (person_id, tube_code)
          where standing.person_id is null and kept.person_id is null) as lost,
        (select count(*)::int from standing where times > 1) as twice,
        (select count(*)::int from (select person_id from standing join said using (person_id, tube_code)
          where person_id <> all ($2::uuid[]) group by person_id having count(*) > 1) as one) as "inTwoTubes",
        (select count(*)::int from standing left join said using (person_id, tube_code)
          where said.person_id is null and standing.person_id <> all ($1::uuid[])) as strangers,
        (select count(*)::int from kept) as quarantined,
        (select count(*)::int from kept left join task on task.kind = 'testing.quarantine' and task.source_id = kept.site_id
          where task.id is null) as "withoutTask",
        (select count(*)::int from (select id from intake_outcome group by id having count(*) > 1) as one) as "settledTwice",
        (select count(*)::int from stored left join intake_outcome using (id)
          where stored.state <> 'undone' and intake_outcome.id is null) as "notSettled",
        (select count(*)::int from intake_outcome left join stored using (id) where stored.id is null) as unheld,
        (select count(*)::int from stored join intake_outcome using (id)
          where (stored.state = 'attention') <> (intake_outcome.state = 'quarantined')) as "toldOtherwise",
        (select count(*)::int from pool where member_count <>
          (select count(*) from sample where pool_id = pool.id and withdrawn_at is null)) as miscounted,
        (select count(*)::int from intake) as waiting`,
      [phones.flatMap(({ unknown }) => unknown), shared],
    );
    const found = rows[0]!;
    const unsent = stored.filter(({ state }) => ['saved', 'queued', 'sent'].includes(state)).length;
    return [
      measured('samples the screens were green for', said.length),
      equal('of them neither in their tube nor kept with a reason', found['lost']!, 0),
      equal('people twice in a tube', found['twice']!, 0),
      equal('people in two tubes at once', found['inTwoTubes']!, 0),
      equal('people in a tube no screen named', found['strangers']!, 0),
      measured('kept for a decision', found['quarantined']!),
      equal('of them without a task', found['withoutTask']!, 0),
      measured('records stored on the phones', stored.length),
      equal('of them not settled by the server', found['notSettled']!, 0),
      equal('settled twice', found['settledTwice']!, 0),
      equal('settled, and on no phone', found['unheld']!, 0),
      equal('a phone says otherwise than the server', found['toldOtherwise']!, 0),
      equal('not handed over at the end', unsent, 0),
      equal('tubes whose count is not their samples', found['miscounted']!, 0),
      equal('waiting to be applied', found['waiting']!, 0),
    ];
  } finally {
    await database.end();
  }
}
