import type { Occupation } from '@levee/contract';
/** The rows the generator yields, and the order of their columns for COPY. */

export type PlaceLevel =
  | 'prefecture'
  | 'county'
  | 'township'
  | 'community'
  | 'grid'
  | 'building'
  | 'unit'
  | 'venue'
  | 'vehicle';

export type VenueClass =
  | 'dwelling'
  | 'school'
  | 'work'
  | 'market'
  | 'catering'
  | 'care'
  | 'lodging'
  | 'transport'
  | 'gathering_indoor'
  | 'gathering_outdoor'
  | 'checkpoint'
  | 'test_site'
  | 'isolation_site'
  | 'laboratory'
  | 'public_office';

export interface PlaceRow {
  id: string;
  parentId: string | null;
  /** GB/T code or its extension; null for venues and vehicles. */
  code: string | null;
  level: PlaceLevel;
  class: VenueClass | null;
  division: string;
  nameZh: string;
  nameEn: string;
  /** WGS-84 degrees; never surveyed here. */
  lon: number;
  lat: number;
  approximate: true;
  indoors: boolean;
  /** Residents of an area or dwelling, exact. For a venue its planned capacity. */
  headcount: number;
  /** Of a vehicle: seats in rows of four, A to D; otherwise null. */
  seatCount: number | null;
}

export interface HouseholdRow {
  id: string;
  /** Unit in a town, grid (社) in a village. */
  placeId: string;
  division: string;
}

export interface PersonRow {
  id: string;
  householdId: string;
  placeId: string;
  /** The division of the dwelling, so 12 digits and deeper. */
  division: string;
  nameZh: string;
  sex: 'male' | 'female';
  /** Civil day. */
  dateBirth: string;
  occupation: Occupation;
  identityNumber: string;
  /** Null under twelve years: reached through the household. */
  phone: string | null;
  /** The classroom; its parent place is the school. */
  schoolId: string | null;
  /** The place of work; of a teacher the classroom. */
  workId: string | null;
  synthetic: true;
}

/** A stay outside the home. Being at home is not a stay: the household says it. */
export interface StayRow {
  id: string;
  personId: string;
  placeId: string;
  division: string;
  /** Instants with the prefecture's offset. */
  from: string;
  until: string;
  /** Row and letter in a vehicle, such as 5C; otherwise null. */
  seat: string | null;
  source: 'synthetic';
}

export const PLACE_COLUMNS = [
  'id',
  'parentId',
  'code',
  'level',
  'class',
  'division',
  'nameZh',
  'nameEn',
  'lon',
  'lat',
  'approximate',
  'indoors',
  'headcount',
  'seatCount',
] as const satisfies readonly (keyof PlaceRow)[];

export const HOUSEHOLD_COLUMNS = [
  'id',
  'placeId',
  'division',
] as const satisfies readonly (keyof HouseholdRow)[];

export const PERSON_COLUMNS = [
  'id',
  'householdId',
  'placeId',
  'division',
  'nameZh',
  'sex',
  'dateBirth',
  'occupation',
  'identityNumber',
  'phone',
  'schoolId',
  'workId',
  'synthetic',
] as const satisfies readonly (keyof PersonRow)[];

export const STAY_COLUMNS = [
  'id',
  'personId',
  'placeId',
  'division',
  'from',
  'until',
  'seat',
  'source',
] as const satisfies readonly (keyof StayRow)[];

export { OCCUPATIONS, type Occupation } from '@levee/contract';

const KINDS = ['division', 'dwelling', 'venue', 'household', 'person', 'stay'] as const;

/**
 * A UUID of version 8 (RFC 9562 §5.8): seed, kind, ordinal in plain sight. No two rows of one seed share it, it sorts in
 * the order of making (a fast index build), and a reader sees at once that it is synthetic.
 */
export function syntheticId(seed: number, kind: (typeof KINDS)[number], ordinal: number): string {
  const head = (seed >>> 0).toString(16).padStart(8, '0');
  return `${head}-000${KINDS.indexOf(kind)}-8000-8000-${ordinal.toString(16).padStart(12, '0')}`;
}
