import { once } from 'node:events';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { writeBinary } from '../co-location/copy-binary.ts';
import type { Workload } from '../co-location/workload.ts';
import type { WorkloadColumns } from '../co-location/workload-columns.ts';

const TOWN = '632521100';

/** Puts people, places and stays of a workload past the server into its tables, and opens a case for each of `cases`. */
export async function loadWorld(
  adminUrl: string,
  workload: Workload,
  columns: WorkloadColumns,
  cases: readonly number[],
): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const id = (kind: number, number: string) =>
    `('018f2c4e-${kind}000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
  try {
    // Foreign keys are checked by triggers; this world needs no checking.
    await client.query(`set session_replication_role = replica`);
    await client.query(
      `insert into incident (id, name_zh, name_en, division, pack_id, level, reason, activated_at, activated_by, activated_by_name)
       values (${id(4, '0')}, '测试事件', 'Test incident', '6325', 'covid19-cn-9', 'III', '测试', '2022-08-11', ${id(5, '0')}, '测试')`,
    );
    await client.query(
      `insert into place (id, parent_id, level, class, division, name_zh, name_en, indoors)
       select ${id(2, 'n')}, town.id, 'venue', 'market', '${TOWN}', '场所' || n, 'place ' || n, true
         from generate_series(0, $1::int - 1) n, (select id from place where division = '${TOWN}' and code = '${TOWN}') town`,
      [workload.placesCount],
    );
    await client.query(
      `insert into person (id, place_id, division, name_zh, sex, created_at)
       select ${id(1, 'n')}, ${id(2, '0')}, '${TOWN}', '居民' || n, 'female', '2022-08-01'
         from generate_series(0, $1::int - 1) n`,
      [workload.personsCount],
    );
    await client.query(
      'create temporary table raw (person integer, place integer, "from" integer, "until" integer)',
    );
    const stream = client.query(copyFrom('copy raw from stdin (format binary)'));
    await writeBinary(stream, columns);
    await once(stream.end(), 'finish');
    await client.query(`set work_mem = '512MB'`);
    await client.query(
      `insert into stay (id, person_id, place_id, from_at, until_at, source, division, recorded_at)
       select ${id(3, 'row_number() over ()')}, ${id(1, 'person')}, ${id(2, 'place')},
              to_timestamp("from"), to_timestamp("until"), 'everyday', '${TOWN}', '2022-08-15'
         from (select * from raw order by place, "from") raw`,
    );
    await client.query('analyze stay; analyze person; analyze place');
    const { rows } = await client.query<{ id: string }>(
      `insert into case_file (id, external_id, incident_id, person_id, classification, date_onset, division, opened_at, changed_at)
       select ${id(6, 'n')}, 'bench-' || n, ${id(4, '0')}, ${id(1, 'n')}, 'confirmed', '2022-08-14', '${TOWN}', '2022-08-15', '2022-08-15'
         from unnest($1::int[]) n returning id`,
      [cases],
    );
    return rows.map((row) => row.id);
  } finally {
    await client.end();
  }
}
