import { LeveeError, type PersonDetail, type PersonSummary, refuse, type Sex } from '@levee/contract';
import { civilDayOf } from '../../platform/clock.ts';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { findPlaceByIdOrThrow, findPlacesByIds, type Place, pathsOf } from '../places/index.ts';
import * as people from './people.repository.ts';
import {
  identityIndex,
  nameKeys,
  openIdentity,
  openPhone,
  type Person,
  phoneIndex,
  readIdentityNumber,
  sealNumbers,
  toPersonSummary,
} from './person.ts';

const todayOf = ({ now, platform }: Context) => civilDayOf(now, platform.config.LEVEE_TIME_ZONE);

/** Masked, and put on record as opened. For every module that answers with people. */
export function summarise(context: Context, found: readonly Person[]): PersonSummary[] {
  context.opened(
    'person',
    found.map(({ id }) => id),
  );
  const today = todayOf(context);
  return found.map((person) => toPersonSummary(person, context.platform.cipher, today));
}

/** Summaries of those of `ids` inside the reader's area, by id. */
export async function personSummaries(
  context: Context,
  ids: readonly string[],
): Promise<Map<string, PersonSummary>> {
  const found = await people.findPeopleByIds(context.trx, ids);
  return new Map(summarise(context, [...found.values()]).map((summary) => [summary.id, summary]));
}

export async function searchPeople(
  context: Context,
  query: { q: string; within?: string | undefined },
  offset: number,
  limit: number,
): Promise<{ items: PersonSummary[]; total: number }> {
  const { items, total } = await people.searchPeopleByName(context.trx, query.q, query.within, offset, limit);
  return { items: summarise(context, items), total };
}

/** By the whole identity number or the whole phone; a part finds nothing. */
export async function findByNumber(context: Context, number: string): Promise<PersonSummary[]> {
  const { cipher } = context.platform;
  if (/^1\d{10}$/.test(number)) {
    return summarise(context, await people.findPeopleByPhone(context.trx, phoneIndex(cipher, number)));
  }
  const identity = readIdentityNumber(number);
  const person = await people.findPersonByIdentity(context.trx, identityIndex(cipher, identity.number));
  return summarise(context, person ? [person] : []);
}

/**
 * The id of the person who shows this card, wherever in the prefecture they are registered; null where nobody is.
 * Who stands at a desk of another county is served there, but their record stays where it is.
 */
export function findPersonIdByCard(context: Context, identityNumber: string): Promise<string | null> {
  const { number } = readIdentityNumber(identityNumber);
  return people.findPersonIdByIdentity(context.trx, identityIndex(context.platform.cipher, number));
}

/** As `findPersonIdByCard`, for a list of valid numbers; in its order. */
export function findPersonIdsByCards(
  context: Context,
  identityNumbers: readonly string[],
): Promise<(string | null)[]> {
  const { cipher } = context.platform;
  return people.findPersonIdsByIdentities(
    context.trx,
    identityNumbers.map((number) => identityIndex(cipher, number)),
  );
}

export async function personById(context: Context, id: string): Promise<PersonDetail> {
  return detailOf(context, await people.findPersonByIdOrThrow(context.trx, id));
}

async function detailOf(context: Context, person: Person): Promise<PersonDetail> {
  const ids = [person.placeId, person.schoolId, person.workId].filter((id) => id !== null);
  const places = await findPlacesByIds(context.trx, ids);
  const paths = await pathsOf(context.trx, [person.placeId]);
  const ref = (place: Place | undefined) =>
    place ? { id: place.id, nameZh: place.nameZh, nameEn: place.nameEn } : null;
  const home = ref(places.get(person.placeId));
  return {
    ...summarise(context, [person])[0]!,
    dateBirth: person.dateBirth,
    householdId: person.householdId,
    home: [...(paths.get(person.placeId) ?? []), ...(home ? [home] : [])],
    school: person.schoolId ? ref(places.get(person.schoolId)) : null,
    work: person.workId ? ref(places.get(person.workId)) : null,
    version: person.version,
  };
}

export async function householdOf(context: Context, personId: string) {
  const { householdId } = await people.findPersonByIdOrThrow(context.trx, personId);
  const members = householdId ? await people.findPeopleByHousehold(context.trx, householdId) : [];
  return { householdId, members: summarise(context, members) };
}

export interface NewPerson {
  readonly id: string;
  readonly nameZh: string;
  readonly sex?: Sex | undefined;
  readonly dateBirth?: string | undefined;
  readonly identityNumber?: string | undefined;
  readonly phone?: string | undefined;
  readonly occupation?: string | undefined;
  readonly placeId: string;
  readonly householdId?: string | undefined;
}

/** Registers a person where they live. An identity number that is known already is refused. */
export async function registerPerson(context: Context, person: NewPerson): Promise<PersonDetail> {
  const { trx, platform } = context;
  const home = await findPlaceByIdOrThrow(trx, person.placeId);
  requireScope(context, home.division);
  if (person.householdId && !(await people.householdExists(trx, person.householdId))) {
    throw new LeveeError('not_found');
  }
  const identity = person.identityNumber ? readIdentityNumber(person.identityNumber) : null;
  const inserted = await people.insertPerson(
    trx,
    {
      id: person.id,
      householdId: person.householdId ?? null,
      placeId: home.id,
      division: home.division,
      nameZh: person.nameZh,
      ...nameKeys(person.nameZh),
      sex: identity?.sex ?? person.sex ?? 'unknown',
      dateBirth: identity?.birthDate ?? person.dateBirth ?? null,
      occupation: person.occupation ?? null,
      ...sealNumbers(platform.cipher, {
        identityNumber: identity?.number ?? null,
        phone: person.phone ?? null,
      }),
    },
    context.now,
  );
  if (!inserted) {
    throw refuse(
      { zh: '此人已登记，不能重复登记', en: 'This person is registered already' },
      {
        zh: '按证件号查找并使用已有记录；不在本辖区的，由其所在县办理。',
        en: 'Find the record by the number and use it; if it is another county’s, ask there.',
      },
    );
  }
  await emit(context, {
    kind: 'person.registered',
    division: home.division,
    subject: { type: 'person', id: person.id },
    data: { placeId: home.id },
  });
  return personById(context, person.id);
}

export interface PersonCorrection {
  readonly version: number;
  readonly nameZh?: string | undefined;
  readonly phone?: string | null | undefined;
  readonly occupation?: string | null | undefined;
  readonly placeId?: string | undefined;
}

/** Puts a wrong entry right (R13). A clash shows what stands there now, masked. */
export async function correctPerson(
  context: Context,
  id: string,
  correction: PersonCorrection,
): Promise<PersonDetail> {
  const { trx, platform } = context;
  const before = await people.findPersonByIdOrThrow(trx, id);
  const home = correction.placeId ? await findPlaceByIdOrThrow(trx, correction.placeId) : undefined;
  if (home) requireScope(context, home.division);
  const { nameZh, phone, occupation } = correction;
  const sealed =
    phone === undefined ? undefined : sealNumbers(platform.cipher, { identityNumber: null, phone });
  const updated = await people.updatePerson(trx, id, correction.version, {
    ...(nameZh !== undefined && { nameZh: { text: nameZh, ...nameKeys(nameZh) } }),
    ...(sealed && { phone: { sealed: sealed.phoneSealed, index: sealed.phoneIndex } }),
    ...(occupation !== undefined && { occupation }),
    ...(home && { place: { id: home.id, division: home.division } }),
  });
  const after = await personById(context, id);
  if (!updated) throw new LeveeError('edit.clash', {}, { detail: { theirs: after } });
  const fields = (['nameZh', 'phone', 'occupation', 'placeId'] as const).filter(
    (field) => correction[field] !== undefined,
  );
  await emit(context, {
    kind: 'person.corrected',
    division: before.division,
    subject: { type: 'person', id },
    data: { fields },
  });
  return after;
}

/** The one way to a whole number: one record, one field, a purpose, on record, and told to whoever watches. */
export async function reveal(context: Context, id: string, field: 'identity' | 'phone') {
  const person = await people.findPersonByIdOrThrow(context.trx, id);
  context.opened(`person.${field}`, [id]);
  await emit(context, {
    kind: 'person.revealed',
    division: person.division,
    subject: { type: 'person', id },
    data: { field, purpose: context.purpose },
  });
  const { cipher } = context.platform;
  return { value: field === 'identity' ? openIdentity(person, cipher) : openPhone(person, cipher) };
}
