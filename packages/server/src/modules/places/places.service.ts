import type { VenueClass } from '@levee/contract';
import { pinyin } from 'pinyin-pro';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import type { Place, PlaceName } from './place.ts';
import * as places from './places.repository.ts';

export type PlaceWithPath = Place & { path: PlaceName[] };

export async function withPaths(context: Context, found: readonly Place[]): Promise<PlaceWithPath[]> {
  const paths = await places.pathsOf(
    context.trx,
    found.map(({ id }) => id),
  );
  return found.map((place) => ({ ...place, path: paths.get(place.id) ?? [] }));
}

export async function placeById(context: Context, id: string): Promise<PlaceWithPath> {
  const place = await places.findPlaceByIdOrThrow(context.trx, id);
  return (await withPaths(context, [place]))[0]!;
}

/** `qbz qiabuqiazhen`: initials, then the whole, both lower case: what a person types to find 恰卜恰镇. */
export function pinyinKey(name: string): string {
  const whole = pinyin(name, { toneType: 'none', separator: '', nonZh: 'consecutive' });
  const initials = pinyin(name, { pattern: 'first', toneType: 'none', separator: '', nonZh: 'consecutive' });
  return `${initials} ${whole}`.toLowerCase();
}

export interface NewVenue {
  readonly id: string;
  readonly parentId: string;
  readonly class: VenueClass;
  readonly nameZh: string;
  readonly nameEn?: string | undefined;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly indoors: boolean;
}

/** Registers a venue under an area or building; it takes its division from there. */
export async function addVenue(context: Context, venue: NewVenue): Promise<PlaceWithPath> {
  const parent = await places.findPlaceByIdOrThrow(context.trx, venue.parentId);
  requireScope(context, parent.division);
  const place: Place = {
    ...venue,
    nameEn: venue.nameEn ?? pinyin(venue.nameZh, { toneType: 'none' }),
    code: null,
    level: 'venue',
    division: parent.division,
    // A person who names a position vouches for it; none given is the parent's, and says so.
    lon: venue.lon ?? parent.lon,
    lat: venue.lat ?? parent.lat,
    approximate: venue.lon === null,
    headcount: 0,
  };
  await places.insertPlaces(context.trx, [{ ...place, pinyin: pinyinKey(place.nameZh) }]);
  await emit(context, {
    kind: 'place.added',
    division: place.division,
    subject: { type: 'place', id: place.id },
    data: { class: place.class },
  });
  return placeById(context, place.id);
}
