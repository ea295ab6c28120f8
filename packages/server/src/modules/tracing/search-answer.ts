/** A search and what it found, as answered: named and placed by what the reader may see. */

import type { Context } from '../../platform/context.ts';
import { divisionNames } from '../../platform/db/division-name.ts';
import { personSummaries } from '../people/index.ts';
import type { Place } from '../places/index.ts';
import { contactsOfCase } from './contacts.repository.ts';
import type { FindingRecord } from './findings.ts';
import { type MetWhere, metPlaces } from './met-places.ts';
import { differs, type KeptWindow, type SearchRecord } from './tracing.ts';
import { inWiderScope } from './wider-scope.ts';

const CLASSES = ['close', 'contact_of_contact', 'general'];

/** Close contacts first, then those living together, then the longer met. */
const inOrder = (a: FindingRecord, b: FindingRecord) =>
  CLASSES.indexOf(a.class) - CLASSES.indexOf(b.class) ||
  (b.minutes ?? Number.MAX_SAFE_INTEGER) - (a.minutes ?? Number.MAX_SAFE_INTEGER) ||
  (a.personId < b.personId ? -1 : 1);

/**
 * What a search found in the reader's area, against the contacts of the case as they stand. `places`: those of the meetings
 * that lie in the reader's area, by id.
 */
export async function searchAnswer(
  context: Context,
  search: SearchRecord,
  found: readonly FindingRecord[],
  meetings: readonly MetWhere[],
  places: ReadonlyMap<string, Place>,
) {
  const findings = found.toSorted(inOrder);
  const contacts = new Map(
    (await contactsOfCase(context.trx, search.caseId)).map((one) => [one.personId, one]),
  );
  const met = metPlaces(meetings);
  const foundIds = new Set(findings.map(({ personId }) => personId));
  const dropped = [...contacts.values()].filter(
    (contact) => !foundIds.has(contact.personId) && contact.state !== 'rejected' && contact.lostAt === null,
  );
  const people = await personSummaries(context, [
    ...findings.flatMap(({ personId, viaPersonId }) => (viaPersonId ? [personId, viaPersonId] : [personId])),
    ...dropped.map(({ personId }) => personId),
  ]);
  const placesOf = new Map<string, string[]>();
  for (const { placeId, personIds } of met) {
    if (!places.has(placeId)) continue;
    for (const personId of personIds) {
      const before = placesOf.get(personId);
      if (before) before.push(placeId);
      else placesOf.set(personId, [placeId]);
    }
  }
  return {
    search: await toSearch(context, search),
    findings: findings.flatMap((finding) => {
      const person = people.get(finding.personId);
      if (!person) return [];
      const contact = contacts.get(finding.personId);
      return [
        {
          person,
          class: finding.class,
          ...proposalAnswer(finding, people),
          placeIds: placesOf.get(finding.personId) ?? [],
          difference: !contact
            ? ('added' as const)
            : differs(contact, finding)
              ? ('changed' as const)
              : ('unchanged' as const),
          contactId: contact?.id ?? null,
        },
      ];
    }),
    places: met.flatMap(({ placeId, personIds, from, until }) => {
      const place = places.get(placeId);
      return place ? [{ place: toPlace(place), peopleCount: personIds.size, from, until }] : [];
    }),
    dropped: dropped.flatMap((contact) => {
      const person = people.get(contact.personId);
      return person
        ? [
            {
              contactId: contact.id,
              person,
              class: contact.class ?? contact.proposedClass,
              state: contact.state,
            },
          ]
        : [];
    }),
  };
}

type Names = ReadonlyMap<string, { id: string; nameZh: string }>;
export const nameOf = (people: Names, id: string | null) => {
  const person = id === null ? undefined : people.get(id);
  return person ? { id: person.id, nameZh: person.nameZh } : null;
};

/** The proposal as answered: who stands in between is named only inside the reader's area. */
export const proposalAnswer = (
  finding: Omit<FindingRecord, 'personId' | 'division' | 'class'>,
  people: Names,
) => ({
  order: finding.order,
  via: nameOf(people, finding.viaPersonId),
  rule: finding.rule,
  source: finding.source,
  confidence: finding.confidence,
  reasons: [...finding.reasons],
  undecided: finding.undecided.map((open) => ({ ...open, missing: [...open.missing] })),
  firstExposure: finding.firstExposure,
  lastExposure: finding.lastExposure,
  minutes: finding.minutes,
  meetingsCount: finding.meetingsCount,
});

export const toPlace = (place: {
  id: string;
  nameZh: string;
  nameEn: string;
  class: string | null;
  level: string;
  division: string;
  indoors: boolean;
}) => ({
  id: place.id,
  nameZh: place.nameZh,
  nameEn: place.nameEn,
  class: place.class,
  level: place.level,
  division: place.division,
  indoors: place.indoors,
});

export async function toSearch(context: Context, search: SearchRecord) {
  const { division: _, purpose: __, from, until, outside, traceWindow, ...rest } = search;
  return {
    ...rest,
    window: { from, until },
    traceWindow: toWindow(traceWindow),
    outside: await namedOutside(context, outside),
  };
}

export const toWindow = ({
  packId,
  packTitle,
  from,
  until,
  kind,
  rule,
  source,
  confidence,
  open,
  empty,
  reasons,
}: KeptWindow) => ({
  packId,
  packTitle,
  from,
  until,
  kind,
  rule,
  source,
  confidence,
  open,
  empty,
  reasons: [...reasons],
});

/** The names of counties are no secret; the people behind the numbers are. */
export async function namedOutside<Count extends { readonly division: string }>(
  context: Context,
  outside: readonly Count[],
) {
  if (outside.length === 0) return [];
  const codes = outside.map(({ division }) => division);
  const names = await inWiderScope(context, (trx) => divisionNames(trx, codes));
  return outside.map((one) => ({ ...one, divisionName: names(one.division) }));
}
