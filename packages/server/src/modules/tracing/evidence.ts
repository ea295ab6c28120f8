/** From a meeting to the evidence the pack classifies by: setting, seats, living together. Pure. */
import type { ExposureFacts } from '@levee/contract';
import type { ContactEvidence, Setting } from '@levee/protocol';
import type { Affiliations } from '../people/index.ts';
import type { Place } from '../places/index.ts';

export interface Seat {
  readonly row: number;
  readonly column: string | null;
}

/** What the registers say about one meeting. */
export interface MeetingFacts {
  readonly setting: Setting;
  readonly indoors: boolean;
  readonly household: boolean;
  /** Rows between the seats of a vehicle; tables apart in a restaurant. */
  readonly seatRows: number | null;
  /** Estimated from both seats. */
  readonly distanceMetres: number | null;
  /** Known nearness: same table, or one of the two serves the other. */
  readonly near: boolean | null;
}

/** Common coach: rows 0.8 m apart, seats 0.5 m. Our estimate, not the pack's; the evidence says it is one. */
const ROW_METRES = 0.8;
const SEAT_METRES = 0.5;
/** Wider than a seat: between B and C of four seats in a row. */
const AISLE_METRES = 0.4;

/**
 * What kind of meeting a place stands for. Two who work or learn at the place are colleagues whatever it is; at a
 * restaurant or in a ward, one who works there serves the other.
 */
export function meetingFacts(
  place: Pick<Place, 'id' | 'level' | 'class' | 'indoors'>,
  source: Affiliations,
  person: Affiliations,
  seats: { source: Seat | null; person: Seat | null },
): MeetingFacts {
  const household = person.householdId !== null && person.householdId === source.householdId;
  const belongs = (one: Affiliations) => one.workId === place.id || one.schoolId === place.id;
  const serves = belongs(source) !== belongs(person);
  const setting = household ? 'household' : settingOf(place, belongs(source) && belongs(person), serves);
  const seated = seats.source && seats.person;
  const seatRows = seated ? Math.abs(seats.source!.row - seats.person!.row) : null;
  const near = setting === 'meal' && (serves || seatRows === 0) ? true : null;
  return {
    setting,
    indoors: place.indoors,
    household,
    seatRows,
    distanceMetres: setting === 'transport' && seated ? seatDistance(seats.source!, seats.person!) : null,
    near,
  };
}

function settingOf(place: Pick<Place, 'level' | 'class'>, bothBelong: boolean, serves: boolean): Setting {
  if (place.level === 'vehicle') return 'transport';
  if (bothBelong) return 'work_or_study';
  switch (place.class) {
    case 'school':
    case 'work':
    case 'laboratory':
      return 'work_or_study';
    case 'catering':
      return 'meal';
    case 'gathering_indoor':
    case 'gathering_outdoor':
      return 'entertainment';
    case 'care':
      return serves ? 'care' : 'public_place';
    case 'market':
    case 'transport':
    case 'lodging':
    case 'checkpoint':
    case 'test_site':
    case 'isolation_site':
    case 'public_office':
      return 'public_place';
    default:
      // A visit to a dwelling, a meeting in an area: what happened there only the people know.
      return 'other';
  }
}

/** Metres between two seats; null where a column is not known. */
export function seatDistance(a: Seat, b: Seat): number | null {
  if (!a.column || !b.column) return null;
  const across = (column: string) => {
    const number = column.charCodeAt(0) - 65;
    return number * SEAT_METRES + (number >= 2 ? AISLE_METRES : 0);
  };
  const metres = Math.hypot((a.row - b.row) * ROW_METRES, across(a.column) - across(b.column));
  return Math.round(metres * 10) / 10;
}

/** What the pack is asked: the registers' facts, a person's facts over them. */
export function toEvidence(
  order: 1 | 2,
  known: MeetingFacts,
  minutes: number | null,
  facts: ExposureFacts,
  via?: { setting: Setting; minutes: number },
): ContactEvidence {
  return {
    order,
    setting: known.setting,
    indoors: known.indoors,
    minutes: minutes ?? 0,
    seatDistanceRows: known.seatRows ?? undefined,
    distanceMetres: known.distanceMetres ?? undefined,
    near: known.near ?? undefined,
    ...(via && { via }),
    ...(facts as Partial<ContactEvidence>),
  };
}
