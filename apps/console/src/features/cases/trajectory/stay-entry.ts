/** A stay while it is being typed, and what is sent of it. Pure. */
import type { NewStay, StayAnswer, StayDraftAnswer } from '@levee/contract';
import { dayOf, formatHour } from '@levee/ui';
import { addDays, instantOf, readHour } from './moments.ts';

export interface EntryPlace {
  readonly id: string;
  readonly name: string;
  readonly isVehicle: boolean;
}

export interface StayEntry {
  readonly place: EntryPlace | null;
  /** What was typed where no place was chosen. */
  readonly placeText: string;
  /** Civil day the stay began. */
  readonly day: string;
  readonly from: string;
  readonly until: string;
  readonly source: NewStay['source'];
  readonly certainty: NewStay['certainty'];
  readonly seatRow: string;
  readonly seatColumn: string;
  readonly note: string;
}

export const emptyEntry = (day: string): StayEntry => ({
  place: null,
  placeText: '',
  day,
  from: '',
  until: '',
  source: 'interview',
  certainty: 'certain',
  seatRow: '',
  seatColumn: '',
  note: '',
});

/** As the server takes it; what cannot be read is left out, and the server keeps the rest as a draft that says so. */
export function newStayOf(entry: StayEntry): Omit<NewStay, 'id'> {
  const seatRow = Number.parseInt(entry.seatRow, 10);
  const column = entry.seatColumn.trim().toUpperCase();
  return {
    placeId: entry.place?.id ?? null,
    placeText: entry.place ? null : entry.placeText.trim() || null,
    from: instantOf(entry.day, entry.from),
    until: instantOf(entry.day, entry.until),
    source: entry.source,
    certainty: entry.certainty,
    seatRow: seatRow >= 1 && seatRow <= 200 ? seatRow : null,
    seatColumn: /^[A-K]$/.test(column) ? column : null,
    note: entry.note.trim() || null,
  };
}

/** The next entry after this one was kept: it goes on where and when this one ended. */
export function nextEntry(entry: StayEntry): StayEntry {
  const until = readHour(entry.until);
  return {
    ...emptyEntry(until ? addDays(entry.day, until.daysLater) : entry.day),
    source: entry.source,
    certainty: entry.certainty,
    from: until?.hour ?? '',
  };
}

/** A stay or draft back in the form, for mending. */
export function entryOf(
  kept: StayAnswer | StayDraftAnswer,
  nameOf: (place: { nameZh: string; nameEn: string }) => string,
  today: string,
): StayEntry {
  const place = 'place' in kept ? kept.place : null;
  const day = kept.from ? dayOf(kept.from) : kept.until ? dayOf(kept.until) : today;
  const later = kept.until !== null && dayOf(kept.until) > day;
  return {
    place: place && { id: place.id, name: nameOf(place), isVehicle: place.level === 'vehicle' },
    placeText: 'placeText' in kept ? (kept.placeText ?? '') : '',
    day,
    from: kept.from ? formatHour(kept.from) : '',
    until: kept.until ? `${later ? '+' : ''}${formatHour(kept.until)}` : '',
    source: kept.source,
    certainty: kept.certainty,
    seatRow: kept.seatRow === null ? '' : String(kept.seatRow),
    seatColumn: kept.seatColumn ?? '',
    note: kept.note ?? '',
  };
}

/** What a stay was, to put it back. */
export const givenOf = (stay: StayAnswer | StayDraftAnswer): Omit<NewStay, 'id'> => ({
  placeId: 'place' in stay ? stay.place.id : stay.placeId,
  placeText: 'placeText' in stay ? stay.placeText : null,
  from: stay.from,
  until: stay.until,
  source: stay.source,
  certainty: stay.certainty,
  seatRow: stay.seatRow,
  seatColumn: stay.seatColumn,
  note: stay.note,
});
