import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';

/** Names of the counties and the prefecture in scope. */
export async function countyNames(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name_zh as name from place where code ~ '^\\d{6}$'`.execute(trx);
  return rows.map(({ name }) => name);
}
