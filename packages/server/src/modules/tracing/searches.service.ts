import { LeveeError, refuse } from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { type CaseFile, findCaseByIdOrThrow } from '../cases/index.ts';
import { findPackIdOrThrow } from '../incidents/index.ts';
import { personSummaries } from '../people/index.ts';
import { findPlacesByIds } from '../places/index.ts';
import { adoptFindings } from './adopt.ts';
import { countStays, findMeetings } from './meetings.repository.ts';
import { nameOf, searchAnswer, toPlace, toSearch, toWindow } from './search-answer.ts';
import * as searches from './searches.repository.ts';
import { stayIndexOf } from './stay-index/stay-index.ts';
import { type FindMeetings, trace } from './trace.ts';
import { packOrRefuse, windowOf } from './trace-source.ts';
import { countByClass, type KeptWindow } from './tracing.ts';
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
  return {
    caseFile,
    personId,
    incidentId,
    packId: packId ?? (await findPackIdOrThrow(context.trx, incidentId)),
  };
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
  const made = await inWiderScope(context, async (trx) => {
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
    const search = await searches.insertSearch(trx, {
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
      meetingsCount: found.meetingsCount,
      milliseconds: Math.round(performance.now() - started),
      counts: countByClass(own.map((finding) => finding.class)),
      outside: [...Map.groupBy(foreign, ({ division }) => countyOf(division))]
        .map(([division, people]) => ({ division, peopleCount: people.length }))
        .sort((a, b) => (a.division < b.division ? -1 : 1)),
      actor: { id: context.actor.id, name: context.actor.name },
      at: context.now,
      adoptedAt: null,
    });
    if (!search) return null;
    await searches.insertFound(trx, search, found.findings, found.exposures);
    return {
      search,
      findings: own,
      exposures: found.exposures.filter(({ division }) => isOwn(context, division)),
      places: new Map([...found.places].filter(([, { division }]) => isOwn(context, division))),
      outsideCount: foreign.length,
    };
  });
  if (!made) return resultOfEarlier(context, order);
  const { search, findings, exposures, places, outsideCount } = made;
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
      outsideCount,
      exposuresCount: exposures.length,
    },
  });
  if (!order.adopt) return searchAnswer(context, search, findings, exposures, places);
  await adoptSearch(context, search.id);
  return resultOf(context, search.id);
}

/** The same command again: its answer is not kept beside it, the search is. */
async function resultOfEarlier(context: Context, order: SearchOrder) {
  const earlier = await searches.findSearchById(context.trx, order.id);
  if (earlier?.caseId !== order.caseId) throw new LeveeError('command.id_reused');
  return resultOf(context, order.id);
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
  const meetings = await searches.meetingsOfSearch(context.trx, searchId);
  const places = await findPlacesByIds(
    context.trx,
    meetings.map(({ placeId }) => placeId),
  );
  return searchAnswer(context, search, findings, meetings, places);
}

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
