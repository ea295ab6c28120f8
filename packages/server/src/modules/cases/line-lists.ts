/** Lists of cases that no incident of ours holds: outbreaks from elsewhere or from the past. */
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

interface LineList {
  readonly id: string;
  readonly name: string;
  readonly division: string;
  readonly packId: string | null;
}

export async function listLineLists(trx: Trx) {
  const { rows } = await sql<LineList & { casesCount: number; linksCount: number; createdAt: string }>`
    select id, name, division, pack_id as "packId", created_at as "createdAt",
           (select count(*) from case_file where line_list_id = line_list.id) as "casesCount",
           (select count(*) from case_link where line_list_id = line_list.id) as "linksCount"
      from line_list order by created_at desc, id`.execute(trx);
  return rows;
}

export async function findLineListById(trx: Trx, id: string): Promise<LineList | undefined> {
  const row = await trx
    .selectFrom('line_list')
    .select(['id', 'name', 'division', 'pack_id as packId'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row;
}

export async function lineListExists(trx: Trx, id: string): Promise<boolean> {
  return (
    (await trx.selectFrom('line_list').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  );
}

export async function insertLineList(
  trx: Trx,
  list: LineList,
  by: { readonly id: string; readonly at: string },
): Promise<void> {
  const { packId, ...rest } = list;
  await trx
    .insertInto('line_list')
    .values({ ...rest, pack_id: packId, created_at: by.at, created_by: by.id })
    .execute();
}
