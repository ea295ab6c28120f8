/** The area status as published: places by name, level, since, until and what is allowed there; never a person (R9). */
import { type Bilingual, checkBulletinText, newId, type PublicArea } from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { listRiskAreas, type RiskArea } from '../measures/index.ts';
import { findPlaceByCode, findPlacesByIds, type Place } from '../places/index.ts';
import { replaceAreas } from './public-store.repository.ts';

/** Said where the signed notice does not lend itself to publication. */
const allowedByLevel: Readonly<Record<PublicArea['level'], Bilingual>> = {
  high: {
    zh: '足不出户，生活物资和就医由社区上门服务；急症就医不受限制。',
    en: 'Stay at home; the community brings supplies and care. Emergency care is never held up.',
  },
  medium: {
    zh: '人不出区，可错峰到指定地点取物；急症就医不受限制。',
    en: 'Stay inside the area; fetch supplies at set times and places. Emergency care is never held up.',
  },
  low: {
    zh: '可正常出行，做好个人防护，避免聚集。',
    en: 'Move about as usual; protect yourself and avoid gatherings.',
  },
};

/** Codes longer than a village's or community's are buildings and doors. */
const COMMUNITY_DIGITS = 12;

/** Writes the store anew from the measures of now. Called by a reaction: the system sees the whole jurisdiction. */
export async function refreshAreaStatus(context: Context): Promise<void> {
  const { trx, now } = context;
  const measures = await listRiskAreas(trx, now);
  const places = await findPlacesByIds(
    trx,
    measures.map(({ placeId }) => placeId),
  );
  const areas = new Map<string, PublicArea & { id: string }>();
  for (const measure of measures) {
    const place = places.get(measure.placeId);
    const area = place && (await publishable(context, place, measure));
    if (!area) continue;
    // Two buildings of one community are one area: the stricter level and the later end stand.
    const key = `${area.division} ${area.level}`;
    const known = areas.get(key);
    areas.set(
      key,
      known
        ? {
            ...known,
            since: [known.since, area.since].sort()[0]!,
            until: [known.until, area.until].sort()[1]!,
          }
        : { ...area, id: newId(Date.parse(now)) },
    );
  }
  await replaceAreas(trx, [...areas.values()], now);
  const { LEVEE_JURISDICTION } = context.platform.config;
  const jurisdiction = await findPlaceByCode(trx, LEVEE_JURISDICTION);
  await emit(context, {
    kind: 'area_status.changed',
    division: LEVEE_JURISDICTION,
    subject: { type: 'place', id: jurisdiction?.id ?? newId(Date.parse(now)) },
    data: { areas: areas.size },
  });
}

/** A place as it may be named: a building or a door is published as its community, a venue as where it lies. */
async function publishable(
  context: Context,
  place: Place,
  measure: RiskArea,
): Promise<PublicArea | undefined> {
  const code = place.division.slice(0, COMMUNITY_DIGITS);
  const named = await findPlaceByCode(context.trx, code);
  if (!named) return undefined;
  const county = (await findPlaceByCode(context.trx, code.slice(0, 6))) ?? named;
  return {
    division: code,
    county: { zh: county.nameZh, en: county.nameEn },
    // The rest of the community is not restricted, and must not read that it is.
    name:
      place.division.length > COMMUNITY_DIGITS || place.code === null
        ? { zh: `${named.nameZh}部分区域`, en: `Part of ${named.nameEn}` }
        : { zh: named.nameZh, en: named.nameEn },
    level: measure.level,
    since: measure.since,
    until: measure.until,
    allowed: saysNobody(measure.what) ? measure.what : allowedByLevel[measure.level],
  };
}

const NOTHING = { zh: '', en: '' };

function saysNobody(text: Bilingual): boolean {
  if (!text.zh?.trim() || !text.en?.trim()) return false;
  const written = { title: NOTHING, body: text, tibetan: null };
  const findings = checkBulletinText({
    written,
    lock: { lockedAt: '1970-01-01T00:00:00Z', figures: [] },
    names: [],
  });
  return findings.every(({ severity }) => severity !== 'blocking');
}
