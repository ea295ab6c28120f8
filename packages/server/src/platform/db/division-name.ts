/** Names of areas in both languages; the view `division_name` says how they are put together. */
import type { Bilingual } from '@levee/contract';
import { type RawBuilder, sql } from 'kysely';
import { plannedOnce } from './planned-once.ts';
import type { Trx } from './pool.ts';

/**
 * The name of the area in `column` (`person.division`), for a select list; a grid, a building or a unit goes by its
 * community. The code itself where no such area is known in the reader's scope.
 */
export function divisionNameOf(column: string): RawBuilder<Bilingual> {
  const code = sql.ref(column);
  return sql`coalesce(
    (select json_build_object('zh', division_name.zh, 'en', division_name.en) from division_name
      where division_name.code = left(${code}, 12)),
    json_build_object('zh', ${code}, 'en', ${code}))`;
}

/** The same for codes at hand: asked once, then looked up. */
export async function divisionNames(
  trx: Trx,
  codes: readonly string[],
): Promise<(code: string) => Bilingual> {
  const names = await findDivisionNames(trx, codes.map(communityOf));
  return (code) => names.get(communityOf(code)) ?? { zh: code, en: code };
}

const communityOf = (code: string) => code.slice(0, 12);

/** By code, those known in the reader's scope. */
export async function findDivisionNames(trx: Trx, codes: readonly string[]): Promise<Map<string, Bilingual>> {
  if (codes.length === 0) return new Map();
  const { rows } = await sql<Bilingual & { code: string }>`
    select ${plannedOnce} code, zh, en from division_name where code = any(${[...new Set(codes)]}::text[])`.execute(
    trx,
  );
  return new Map(rows.map(({ code, zh, en }) => [code, { zh, en }]));
}
