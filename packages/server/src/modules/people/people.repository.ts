import { LeveeError, type Sex } from '@levee/contract';
import { sql } from 'kysely';
import { divisionNameOf, divisionNames } from '../../platform/db/division-name.ts';
import { plainArray } from '../../platform/db/plain-array.ts';
import { plannedOnce } from '../../platform/db/planned-once.ts';
import type { Trx } from '../../platform/db/pool.ts';
import type { Affiliations, Person, SealedNumbers } from './person.ts';

const unnamedRows = (trx: Trx) =>
  trx
    .selectFrom('person')
    .select([
      'person.id',
      'person.household_id as householdId',
      'person.place_id as placeId',
      'person.division',
      'person.name_zh as nameZh',
      'person.sex',
      'person.date_birth as dateBirth',
      'person.occupation',
      'person.identity_sealed as identitySealed',
      'person.phone_sealed as phoneSealed',
      'person.school_id as schoolId',
      'person.work_id as workId',
      'person.synthetic',
      'person.version',
    ]);
const personRows = (trx: Trx) =>
  unnamedRows(trx).select(divisionNameOf('person.division').as('divisionName'));

type Row = Awaited<ReturnType<ReturnType<typeof personRows>['executeTakeFirstOrThrow']>>;
const toPerson = (row: Row): Person => ({ ...row, sex: row.sex as Sex });

export async function findPersonById(trx: Trx, id: string): Promise<Person | undefined> {
  const row = await personRows(trx).where('person.id', '=', id).executeTakeFirst();
  return row && toPerson(row);
}

/** @throws LeveeError `not_found`, the same for a person of another area */
export async function findPersonByIdOrThrow(trx: Trx, id: string): Promise<Person> {
  const person = await findPersonById(trx, id);
  if (!person) throw new LeveeError('not_found');
  return person;
}

/**
 * Those of `ids` inside the transaction's scope, by id. Hundreds live in a few areas, whose names are asked for once: asked for
 * with every person they took longer than the people.
 */
export async function findPeopleByIds(trx: Trx, ids: readonly string[]): Promise<Map<string, Person>> {
  if (ids.length === 0) return new Map();
  const rows = await unnamedRows(trx)
    .modifyFront(plannedOnce)
    .where('person.id', '=', sql<string>`any(${plainArray([...new Set(ids)])}::uuid[])`)
    .execute();
  const nameOf = await divisionNames(
    trx,
    rows.map(({ division }) => division),
  );
  return new Map(rows.map((row) => [row.id, toPerson({ ...row, divisionName: nameOf(row.division) })]));
}

/** Where people live, learn and work: what tracing asks of thousands, and no name. */
export async function findAffiliationsByIds(
  trx: Trx,
  ids: readonly string[],
): Promise<Map<string, Affiliations>> {
  const { rows } = await sql<Affiliations>`
    select ${plannedOnce} id, division, household_id as "householdId", work_id as "workId", school_id as "schoolId"
      from person where id = any(${plainArray([...new Set(ids)])}::uuid[])`.execute(trx);
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findPeopleByHousehold(trx: Trx, householdId: string): Promise<Person[]> {
  const rows = await personRows(trx)
    .where('person.household_id', '=', householdId)
    .orderBy('person.date_birth', (order) => order.nullsLast())
    .orderBy('person.id')
    .execute();
  return rows.map(toPerson);
}

export async function findPeopleByPhone(trx: Trx, phoneIndex: Buffer): Promise<Person[]> {
  const rows = await personRows(trx)
    .where('person.phone_index', '=', phoneIndex)
    .orderBy('person.id')
    .limit(50)
    .execute();
  return rows.map(toPerson);
}

export async function findPersonByIdentity(trx: Trx, identityIndex: Buffer): Promise<Person | undefined> {
  const row = await personRows(trx).where('person.identity_index', '=', identityIndex).executeTakeFirst();
  return row && toPerson(row);
}

/** The id behind a whole identity number anywhere in the prefecture, and nothing else of the record. */
export async function findPersonIdByIdentity(trx: Trx, identityIndex: Buffer): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select person_id_by_identity(${identityIndex}) as id`.execute(trx);
  return rows[0]?.id ?? null;
}

/** As `findPersonIdByIdentity`, for a whole list in one question; in the order of the list. */
export async function findPersonIdsByIdentities(
  trx: Trx,
  identityIndexes: readonly Buffer[],
): Promise<(string | null)[]> {
  if (identityIndexes.length === 0) return [];
  const { rows } = await sql<{ id: string | null }>`
    select person_id_by_identity(wanted) as id
      from unnest(${[...identityIndexes]}::bytea[]) with ordinality as list (wanted, place) order by place`.execute(
    trx,
  );
  return rows.map(({ id }) => id);
}

/** Ids only, for other modules' searches: whose name, pinyin or initials begin with `q`. */
export async function findPersonIdsByName(trx: Trx, q: string, limit: number): Promise<string[]> {
  const { items } = await searchPeopleByName(trx, q, undefined, 0, limit);
  return items.map(({ id }) => id);
}

/** People whose name begins with `q`, or whose pinyin or initials do. */
export async function searchPeopleByName(
  trx: Trx,
  q: string,
  within: string | undefined,
  offset: number,
  limit: number,
): Promise<{ items: Person[]; total: number }> {
  const prefix = `${q
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&')}%`;
  const matching = (query: ReturnType<typeof personRows>) =>
    query
      .where((where) =>
        where.or([
          where(sql<string>`person.name_zh collate "C"`, 'like', prefix),
          where('person.name_pinyin', 'like', prefix),
          where('person.name_initials', 'like', prefix),
        ]),
      )
      .$if(within !== undefined, (scoped) =>
        scoped.where('person.division', '>=', within!).where('person.division', '<', `${within}~`),
      );
  const rows = await matching(personRows(trx))
    .select(sql<number>`count(*) over ()`.as('total'))
    .orderBy('person.name_pinyin')
    .orderBy('person.division')
    .orderBy('person.id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(({ total: _, ...row }) => toPerson(row)), total: rows[0]?.total ?? 0 };
}

export interface PersonRow extends SealedNumbers {
  readonly id: string;
  readonly householdId: string | null;
  readonly placeId: string;
  readonly division: string;
  readonly nameZh: string;
  readonly pinyin: string;
  readonly initials: string;
  readonly sex: Sex;
  readonly dateBirth: string | null;
  readonly occupation: string | null;
}

/** False where the id or the identity number is taken. */
export async function insertPerson(trx: Trx, person: PersonRow, createdAt: string): Promise<boolean> {
  const inserted = await trx
    .insertInto('person')
    .values({
      id: person.id,
      household_id: person.householdId,
      place_id: person.placeId,
      division: person.division,
      name_zh: person.nameZh,
      name_pinyin: person.pinyin,
      name_initials: person.initials,
      sex: person.sex,
      date_birth: person.dateBirth,
      occupation: person.occupation,
      identity_sealed: person.identitySealed,
      identity_index: person.identityIndex,
      phone_sealed: person.phoneSealed,
      phone_index: person.phoneIndex,
      created_at: createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export interface PersonChange {
  readonly nameZh?: { readonly text: string; readonly pinyin: string; readonly initials: string };
  readonly phone?: { readonly sealed: Buffer | null; readonly index: Buffer | null };
  readonly occupation?: string | null;
  readonly place?: { readonly id: string; readonly division: string };
}

/** False where `version` is no longer the person's. */
export async function updatePerson(
  trx: Trx,
  id: string,
  version: number,
  change: PersonChange,
): Promise<boolean> {
  const updated = await trx
    .updateTable('person')
    .set({
      version: version + 1,
      ...(change.nameZh && {
        name_zh: change.nameZh.text,
        name_pinyin: change.nameZh.pinyin,
        name_initials: change.nameZh.initials,
      }),
      ...(change.phone && { phone_sealed: change.phone.sealed, phone_index: change.phone.index }),
      ...(change.occupation !== undefined && { occupation: change.occupation }),
      ...(change.place && { place_id: change.place.id, division: change.place.division }),
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst();
  return updated !== undefined;
}

export async function householdExists(trx: Trx, id: string): Promise<boolean> {
  return (
    (await trx.selectFrom('household').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  );
}
