import { LeveeError, refuse } from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { type CaseFile, findCaseByIdOrThrow } from '../cases/index.ts';
import { findIncidentByIdOrThrow } from '../incidents/index.ts';
import { personSummaries } from '../people/index.ts';
import { findPlaceByCode, findPlacesByIds } from '../places/index.ts';
import { adoptFindings } from './adopt.ts';
import { contactsOfCase } from './contacts.repository.ts';
import { countStays, findMeetings } from './meetings.repository.ts';
import * as searches from './searches.repository.ts';
import { stayIndexOf } from './stay-index/stay-index.ts';
import { type FindMeetings, trace } from './trace.ts';
import { packOrRefuse, windowOf } from './trace-source.ts';
import { countByClass, differs, type KeptWindow, type SearchRecord } from './tracing.ts';
import { countyOf, inWiderScope, isOwn } from './wider-scope.ts';

interface TracedCase {
  readonly caseFile: CaseFile;
  readonly personId: string;
  readonly incidentId: string;
  readonly packId: string;
}

async function tracedCase(context: Context, caseId: string, packId?: string): Promise<TracedCase> {
  const caseFile = await findCaseByIdOrThrow(context.trx, caseId);
  context.opened('case', [caseId]);
  const { personId, incidentId } = caseFile;
  if (personId === null || incidentId === null) {
    throw refuse(
      {
        zh: '该病例未关联登记人员或事件，无停留记录可查',
        en: 'this case has no registered person or no incident: there are no stays to search',
      },
      { zh: '在病例中关联人员和事件后再排查。', en: 'Join the case to a person and an incident first.' },
    );
  }
  const incident = await findIncidentByIdOrThrow(context.trx, incidentId);
  return { caseFile, personId, incidentId, packId: packId ?? incident.packId };
}

/** The window the pack gives for a case, and how many stays lie in it. */
export async function windowOfCase(context: Context, caseId: string, packId?: string) {
  const traced = await tracedCase(context, caseId, packId);
  const window = keptWindow(context, traced);
  const staysCount = await inWiderScope(context, (trx) =>
    countStays(trx, traced.personId, window.from, window.until),
  );
  return { ...toWindow(window), staysCount };
}

function keptWindow(context: Context, { caseFile, packId }: TracedCase): KeptWindow {
  const pack = packOrRefuse(packId);
  return { ...windowOf(pack, caseFile, context.now), packId, packTitle: pack.title };
}

export interface SearchOrder {
  readonly id: string;
  readonly caseId: string;
  readonly packId?: string | undefined;
  readonly window?: { readonly from: string; readonly until: string } | undefined;
  readonly minMinutes: number;
  readonly lingeringMinutes: number;
  readonly placeIds?: string[] | undefined;
  readonly path?: 'index' | 'sql' | undefined;
  readonly adopt: boolean;
}

/**
 * Searches who met the person of a case, keeps what was asked and found, and answers with the reader's own area; people
 * of other areas are counted by county.
 */
export async function makeSearch(context: Context, order: SearchOrder) {
  const started = performance.now();
  const traced = await tracedCase(context, order.caseId, order.packId);
  const traceWindow = keptWindow(context, traced);
  const window = order.window ?? traceWindow;
  if (Date.parse(window.from) > Date.parse(window.until)) {
    throw refuse(
      { zh: '时段的结束早于开始', en: 'the window ends before it begins' },
      { zh: '调整开始或结束时间。', en: 'Move its start or its end.' },
    );
  }
  const { path, find } = implementation(context, order.path);
  const pack = packOrRefuse(traced.packId);
  const { findings, exposures, search } = await inWiderScope(context, async (trx) => {
    const found = await trace(trx, find, {
      pack,
      personId: traced.personId,
      from: window.from,
      until: window.until,
      now: context.now,
      minMinutes: order.minMinutes,
      lingeringMinutes: order.lingeringMinutes,
      placeIds: order.placeIds ? new Set(order.placeIds) : null,
    });
    const own = found.findings.filter(({ division }) => isOwn(context, division));
    const foreign = found.findings.filter(({ division }) => !isOwn(context, division));
    const search: SearchRecord = {
      id: order.id,
      caseId: order.caseId,
      personId: traced.personId,
      incidentId: traced.incidentId,
      division: traced.caseFile.division,
      packId: traced.packId,
      from: window.from,
      until: window.until,
      traceWindow,
      adjusted: order.window !== undefined && !sameWindow(order.window, traceWindow),
      minMinutes: order.minMinutes,
      lingeringMinutes: order.lingeringMinutes,
      placeIds: order.placeIds ?? null,
      path,
      asOf: context.now,
      purpose: context.purpose ?? 'contact_tracing',
      staysCount: await countStays(trx, traced.personId, window.from, window.until),
      meetingsCount: found.meetingsCount,
      milliseconds: Math.round(performance.now() - started),
      counts: countByClass(own.map((finding) => finding.class)),
      outside: [...Map.groupBy(foreign, ({ division }) => countyOf(division))]
        .map(([division, people]) => ({ division, peopleCount: people.length }))
        .sort((a, b) => (a.division < b.division ? -1 : 1)),
      actor: { id: context.actor.id, name: context.actor.name },
      at: context.now,
      adoptedAt: null,
    };
    await searches.insertSearch(trx, search);
    await searches.insertFound(trx, search, found.findings, found.exposures);
    return { ...found, search };
  });
  await emit(context, {
    kind: 'search.made',
    division: search.division,
    subject: { type: 'search', id: search.id },
    incidentId: search.incidentId,
    data: {
      caseId: search.caseId,
      packId: search.packId,
      path,
      ...search.counts,
      outsideCount: findings.length - findings.filter(({ division }) => isOwn(context, division)).length,
      exposuresCount: exposures.filter(({ division }) => isOwn(context, division)).length,
    },
  });
  if (order.adopt) await adoptSearch(context, search.id);
  return resultOf(context, search.id);
}

/** Both sides of the one definition; the index where it is ready and nobody asked for SQL. */
function implementation(
  context: Context,
  asked: 'index' | 'sql' | undefined,
): { path: 'index' | 'sql'; find: FindMeetings } {
  const index = stayIndexOf(context.platform);
  if (asked !== 'sql' && index?.isReady()) return { path: 'index', find: index.meetings };
  if (asked === 'index') {
    throw new LeveeError('unavailable');
  }
  return { path: 'sql', find: findMeetings };
}

const sameWindow = (a: { from: string; until: string }, b: { from: string; until: string }) =>
  Date.parse(a.from) === Date.parse(b.from) && Date.parse(a.until) === Date.parse(b.until);

export async function adoptSearch(context: Context, searchId: string) {
  const search = await searches.findSearchByIdOrThrow(context.trx, searchId);
  const latest = (await searches.listSearches(context.trx, search.caseId, 0, 1)).items[0];
  if (latest && latest.id !== search.id && latest.adoptedAt !== null && latest.at > search.at) {
    throw refuse(
      { zh: '已采纳更新的排查结果', en: 'a later search has been adopted already' },
      { zh: '按需要的条件重新排查，再采纳。', en: 'Search again with these settings, then adopt that.' },
    );
  }
  return adoptFindings(context, search, await searches.findingsOfSearch(context.trx, searchId));
}

export async function listSearches(
  context: Context,
  caseId: string | undefined,
  offset: number,
  limit: number,
) {
  const { items, total } = await searches.listSearches(context.trx, caseId, offset, limit);
  return { items: await Promise.all(items.map((search) => toSearch(context, search))), total };
}

/** What a search found in the reader's area, against the contacts of the case as they stand. */
export async function resultOf(context: Context, searchId: string) {
  const search = await searches.findSearchByIdOrThrow(context.trx, searchId);
  const findings = await searches.findingsOfSearch(context.trx, searchId);
  const contacts = new Map(
    (await contactsOfCase(context.trx, search.caseId)).map((one) => [one.personId, one]),
  );
  const met = await searches.placesOfSearch(context.trx, searchId);
  const places = await findPlacesByIds(
    context.trx,
    met.map(({ placeId }) => placeId),
  );
  const found = new Set(findings.map(({ personId }) => personId));
  const dropped = [...contacts.values()].filter(
    (contact) => !found.has(contact.personId) && contact.state !== 'rejected' && contact.lostAt === null,
  );
  const people = await personSummaries(context, [
    ...findings.flatMap(({ personId, viaPersonId }) => (viaPersonId ? [personId, viaPersonId] : [personId])),
    ...dropped.map(({ personId }) => personId),
  ]);
  const placesOf = new Map<string, string[]>();
  for (const { placeId, personIds } of met) {
    if (!places.has(placeId)) continue;
    for (const personId of personIds) placesOf.set(personId, [...(placesOf.get(personId) ?? []), placeId]);
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
    places: met.flatMap(({ placeId, peopleCount, from, until }) => {
      const place = places.get(placeId);
      return place ? [{ place: toPlace(place), peopleCount, from, until }] : [];
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
const nameOf = (people: Names, id: string | null) => {
  const person = id === null ? undefined : people.get(id);
  return person ? { id: person.id, nameZh: person.nameZh } : null;
};

/** The proposal as answered: who stands in between is named only inside the reader's area. */
export const proposalAnswer = (
  finding: Pick<
    Parameters<typeof differs>[1],
    | 'order'
    | 'viaPersonId'
    | 'rule'
    | 'source'
    | 'confidence'
    | 'reasons'
    | 'undecided'
    | 'firstExposure'
    | 'lastExposure'
    | 'minutes'
    | 'meetingsCount'
  >,
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

/** @throws LeveeError `not_found` where the search found no such person in the reader's area */
export async function exposuresOfFinding(context: Context, searchId: string, personId: string) {
  const exposures = await exposuresAnswer(context, searchId, personId);
  if (exposures.length === 0) throw new LeveeError('not_found');
  return exposures;
}

/** The meetings of one person in a search: the evidence. */
export async function exposuresAnswer(context: Context, searchId: string, personId: string) {
  const exposures = await searches.exposuresOf(context.trx, searchId, personId);
  const places = await findPlacesByIds(
    context.trx,
    exposures.map(({ placeId }) => placeId),
  );
  const people = await personSummaries(
    context,
    exposures.map(({ metPersonId }) => metPersonId),
  );
  context.opened('person', [personId]);
  return exposures.map((exposure) => {
    const place = places.get(exposure.placeId);
    return {
      id: exposure.id,
      personId,
      met: nameOf(people, exposure.metPersonId),
      order: exposure.order,
      setting: exposure.facts.setting ?? exposure.setting,
      place: place ? toPlace(place) : null,
      from: exposure.from,
      until: exposure.until,
      minutes: exposure.minutes,
      indoors: exposure.indoors,
      household: exposure.household,
      seatRows: exposure.seatRows,
      distanceMetres: exposure.distanceMetres,
      facts: exposure.facts,
      class: exposure.decision.class,
      rule: exposure.decision.rule,
      reasons: [...exposure.decision.reasons],
      undecided: exposure.decision.undecided.map((open) => ({ ...open, missing: [...open.missing] })),
    };
  });
}

async function toSearch(context: Context, search: SearchRecord) {
  const { division: _, purpose: __, from, until, outside, traceWindow, ...rest } = search;
  // The names of counties are no secret; the people behind the numbers are.
  const names =
    outside.length === 0
      ? []
      : await inWiderScope(context, (trx) =>
          Promise.all(outside.map(({ division }) => findPlaceByCode(trx, division))),
        );
  return {
    ...rest,
    window: { from, until },
    traceWindow: toWindow(traceWindow),
    outside: outside.map((one, index) => ({ ...one, divisionName: names[index]?.nameZh ?? one.division })),
  };
}

const toWindow = ({
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
