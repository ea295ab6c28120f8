/** Risk areas: what the pack proposes for where the cases were, and what an area still waits for. */
import type { AreaLevel, AreaProposal, Evidence } from '@levee/contract';
import {
  type AreaPlace,
  type CaseStay,
  type PlaceLevel,
  type ProtocolPack,
  proposeAreas,
  stepDown,
} from '@levee/protocol';
import type { Context } from '../../platform/context.ts';
import { countResidents } from '../people/index.ts';
import { findPlacesByIds } from '../places/index.ts';
import { milderWays } from './alternatives.ts';
import * as areas from './areas.repository.ts';
import { packOrRefuse } from './drafting.service.ts';
import { AREA_REVIEW_HOURS, daysBetweenInstants, hoursAfter, longestHours } from './measure.ts';
import { activeMeasures, findMeasureByIdOrThrow, listMeasures } from './measures.repository.ts';
import { placeRefs } from './place-refs.ts';

/** Our tree in the words of the packs: a grid is the compound people live in, a community the village. */
const LEVELS: Readonly<Record<string, PlaceLevel>> = {
  prefecture: 'prefecture',
  county: 'county',
  township: 'township',
  community: 'village',
  grid: 'compound',
  building: 'building',
  unit: 'unit',
  venue: 'building',
};
/** A stay indoors from here on may have spread; several or long ones are frequent with high risk. */
const POSSIBLE_MINUTES = 15;
const FREQUENT_STAYS = 3;
const FREQUENT_MINUTES = 240;

const kindOf = (place: { id: string; level: string }): AreaPlace => ({
  code: place.id,
  level: LEVELS[place.level] ?? 'building',
});

/** Areas the pack would draw for an incident, each with the smaller one it could be and milder ways. Restricts nobody. */
export async function areaProposals(
  context: Context,
  input: { incidentId: string; packId: string; spreadUnclear: boolean },
) {
  const { trx, now } = context;
  const pack = packOrRefuse(input.packId);
  const found = await areas.placesOfCases(trx, input.incidentId, hoursAfter(now, -24 * 14));
  const ladder = await areas.ladders(
    trx,
    found.map(({ placeId }) => placeId),
  );
  const stays = found.flatMap((each): CaseStay[] => {
    const up = ladder.filter(({ leaf }) => leaf === each.placeId);
    const own = up.find(({ id }) => id === each.placeId);
    if (!own) return [];
    const frequent = each.stayCount >= FREQUENT_STAYS || each.minutes >= FREQUENT_MINUTES;
    return [
      {
        caseId: each.caseId,
        place: kindOf(own),
        within: up.filter(({ id }) => id !== each.placeId).map(kindOf),
        kind: each.kind,
        frequent,
        transmissionRisk:
          each.kind === 'home' || (frequent && each.indoors)
            ? 'high'
            : each.indoors && each.minutes >= POSSIBLE_MINUTES
              ? 'possible'
              : 'low',
      },
    ];
  });
  const { proposals, without } = proposeAreas(pack, stays, { spreadUnclear: input.spreadUnclear });
  const ids = proposals.flatMap(({ area, smaller }) => [area.code, ...(smaller ? [smaller.code] : [])]);
  const places = await findPlacesByIds(trx, ids);
  const refs = await placeRefs(trx, ids);
  const standing = await activeMeasures(trx, { placeIds: ids }, now);
  const { items: waiting } = await listMeasures(
    trx,
    { phase: ['awaiting'], kind: ['risk_area'], subjectType: 'place' },
    now,
    0,
    500,
  );
  const answers: AreaProposal[] = [];
  for (const proposal of proposals) {
    const place = places.get(proposal.area.code);
    if (!place) continue;
    const level = proposal.level as AreaLevel;
    const residents = await countResidents(trx, place, now);
    const smallerPlace = proposal.smaller ? places.get(proposal.smaller.code) : undefined;
    const smallest = smallerPlace
      ? {
          ...refs.get(smallerPlace.id)!,
          peopleCount: (await countResidents(trx, smallerPlace, now)).peopleCount,
        }
      : null;
    const endsAt = hoursAfter(now, longestHours(pack, 'risk_area') ?? AREA_REVIEW_HOURS);
    answers.push({
      level,
      place: refs.get(place.id)!,
      division: place.division,
      ...residents,
      caseIds: proposal.caseIds,
      ground: proposal.caseIds.map((id): Evidence => ({ type: 'case', id })),
      reason: proposal.reason,
      rule: proposal.rule,
      source: sourceWords(proposal.source),
      confidence: proposal.confidence,
      smallest,
      startsAt: now,
      endsAt,
      duties: pack.areas.measures[level]?.value ?? { zh: '', en: '' },
      alternatives: milderWays({
        kind: 'risk_area',
        level,
        peopleCount: residents.peopleCount,
        days: daysBetweenInstants(now, endsAt),
        smaller: smallest,
        pack,
      }),
      standingId: standing.find(({ subjectId }) => subjectId === place.id)?.id ?? null,
      awaitingId: waiting.find(({ subjectId }) => subjectId === place.id)?.id ?? null,
    });
  }
  return {
    asOf: now,
    packId: pack.id,
    proposals: answers,
    without: without.map(({ caseId, reason }) => ({ caseId, reason })),
  };
}

const sourceWords = (source: ProtocolPack['areas']['levels']['source']) =>
  [source.title, source.section].filter(Boolean).join(' ');

/** The clock of a risk area, from facts: never stored, so a late case moves it back by itself (D1). */
export async function stepDownOf(context: Context, measureId: string) {
  const { trx, now } = context;
  const measure = await findMeasureByIdOrThrow(trx, measureId, now);
  const pack = packOrRefuse(measure.packId);
  const place = (await findPlacesByIds(trx, [measure.subjectId])).get(measure.subjectId);
  const since =
    measure.approvedAt && measure.approvedAt > measure.startsAt ? measure.approvedAt : measure.startsAt;
  const cases = place ? await areas.casesInside(trx, place, now) : { lastAt: null, count: 0 };
  const days = place?.code ? await areas.screeningDays(trx, place.code, pack.tz, now) : [];
  const others = await activeMeasures(trx, { division: measure.division.slice(0, 6) }, now);
  const answer = stepDown(
    pack,
    { level: measure.level ?? 'low', since },
    {
      lastNewCaseAt: cases.lastAt,
      screenings: days.map(({ day, people, open, bad }) => ({
        sampledOn: day,
        // Complete when everybody the register knows inside was sampled that day.
        complete: people >= measure.peopleCount && measure.peopleCount > 0,
        allNegative: open > 0 ? null : bad === 0,
      })),
      otherAreasAbove: others.filter(
        ({ id, level }) => id !== measure.id && (level === 'high' || level === 'medium'),
      ).length,
    },
    now,
  );
  return {
    asOf: now,
    level: answer.level,
    nextLevel: answer.nextLevel,
    clockFrom: answer.clockFrom,
    daysWithout: answer.daysWithout,
    daysNeeded: answer.daysNeeded,
    earliestAt: answer.earliestAt,
    ready: answer.ready,
    blocking: answer.blocking.map(({ why, clearsAt }) => ({ why, clearsAt: clearsAt ?? null })),
    rule: answer.rule ?? null,
    source: answer.source ? sourceWords(answer.source) : null,
    facts: { lastNewCaseAt: cases.lastAt, casesInArea: cases.count, screeningsKnown: days.length },
  };
}
