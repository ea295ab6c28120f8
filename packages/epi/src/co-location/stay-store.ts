import { firstAtLeast } from './columns.ts';
import { IncomingStays } from './incoming-stays.ts';
import { meetingSeconds, NO_MEETING } from './meeting-seconds.ts';
import { StayBuffer, TAKEN_BACK } from './stay-buffer.ts';
import { LONG, type StayColumns, sortStays } from './stay-columns.ts';

export type VisitStay = (place: number, from: number, until: number) => void;
/** A contact, the common interval, and the contact's whole stay. */
export type VisitMeeting = (
  contact: number,
  from: number,
  until: number,
  stayFrom: number,
  stayUntil: number,
) => void;

/** Stays under dense numbers: sorted columns, the stays added since, a bit for each one taken back since. */
export class StayStore {
  columns: StayColumns;
  buffer = new StayBuffer();
  /** One bit a position; null while nothing was taken back. The columns are shared, so they are never written to. */
  removed: Uint8Array | null = null;
  #removedCount = 0;
  #takenBackCount = 0;

  constructor(columns: StayColumns) {
    this.columns = columns;
  }

  get staysCount(): number {
    return this.columns.person.length - this.#removedCount + this.buffer.length - this.#takenBackCount;
  }

  get deltasCount(): number {
    return this.buffer.length + this.#removedCount;
  }

  get byteLength(): number {
    const columns = Object.values(this.columns).reduce((sum, column) => sum + column.byteLength, 0);
    return columns + this.buffer.byteLength + (this.removed?.byteLength ?? 0);
  }

  secondsAt(position: number): number {
    const { duration, longPosition, longSeconds } = this.columns;
    const seconds = duration[position]!;
    if (seconds !== LONG) return seconds;
    return longSeconds[firstAtLeast(longPosition, position, 0, longPosition.length)]!;
  }

  isRemoved(position: number): boolean {
    return this.removed !== null && (this.removed[position >>> 3]! & (1 << (position & 7))) !== 0;
  }

  placeAt(position: number): number {
    const { placeStart } = this.columns;
    return firstAtLeast(placeStart, position + 1, 0, placeStart.length) - 1;
  }

  /** Takes one stay with exactly these times back; false when there is none. */
  remove(place: number, person: number, from: number, until: number): boolean {
    const { place: places, person: persons } = this.buffer;
    for (let entry = persons.first(person); entry !== -1; entry = persons.next(entry)) {
      if (persons.keys.at(entry) === TAKEN_BACK || places.keys.at(entry) !== place) continue;
      if (this.buffer.from.at(entry) !== from || this.buffer.until.at(entry) !== until) continue;
      persons.keys.set(entry, TAKEN_BACK);
      this.#takenBackCount++;
      return true;
    }
    const { personStart, byPerson } = this.columns;
    for (let i = personStart[person] ?? 0; i < (personStart[person + 1] ?? 0); i++) {
      const position = byPerson[i]!;
      if (this.isRemoved(position) || this.columns.from[position] !== from) continue;
      if (from + this.secondsAt(position) !== until || this.placeAt(position) !== place) continue;
      this.removed ??= new Uint8Array(Math.ceil(this.columns.person.length / 8));
      this.removed[position >>> 3]! |= 1 << (position & 7);
      this.#removedCount++;
      return true;
    }
    return false;
  }

  /** New columns with the buffered stays and without those taken back; the old ones stay whole for other readers. */
  compact(placesCount: number, personsCount: number): void {
    const { placeStart, person, from } = this.columns;
    const stays = new IncomingStays();
    for (let place = 0; place < placeStart.length - 1; place++) {
      for (let i = placeStart[place]!; i < placeStart[place + 1]!; i++) {
        if (!this.isRemoved(i)) stays.push(place, person[i]!, from[i]!, this.secondsAt(i));
      }
    }
    const { buffer } = this;
    for (let entry = 0; entry < buffer.length; entry++) {
      const who = buffer.person.keys.at(entry);
      const start = buffer.from.at(entry);
      if (who !== TAKEN_BACK)
        stays.push(buffer.place.keys.at(entry), who, start, buffer.until.at(entry) - start);
    }
    this.adopt(sortStays(stays, placesCount, personsCount));
  }

  /** Goes on from columns that hold everything added and taken back so far. */
  adopt(columns: StayColumns): void {
    this.columns = columns;
    this.buffer = new StayBuffer();
    this.removed = null;
    this.#removedCount = 0;
    this.#takenBackCount = 0;
  }

  visitStays(person: number, visit: VisitStay): void {
    const { personStart, byPerson, from } = this.columns;
    for (let i = personStart[person] ?? 0; i < (personStart[person + 1] ?? 0); i++) {
      const position = byPerson[i]!;
      if (this.isRemoved(position)) continue;
      visit(this.placeAt(position), from[position]!, from[position]! + this.secondsAt(position));
    }
    const { person: persons, place, from: froms, until } = this.buffer;
    for (let entry = persons.first(person); entry !== -1; entry = persons.next(entry)) {
      if (persons.keys.at(entry) !== TAKEN_BACK)
        visit(place.keys.at(entry), froms.at(entry), until.at(entry));
    }
  }

  /**
   * Everybody's stays at a place, but the source's own, that meet [sourceFrom, sourceUntil) for at least `minSeconds`;
   * visited with the common interval.
   */
  visitMeetings(
    place: number,
    source: number | undefined,
    sourceFrom: number,
    sourceUntil: number,
    minSeconds: number,
    visit: VisitMeeting,
  ): void {
    const consider = (contact: number, from: number, until: number, position: number) => {
      if (contact === source) return;
      const seconds = meetingSeconds(sourceFrom, sourceUntil, from, until);
      if (seconds === NO_MEETING || seconds < minSeconds || (position !== -1 && this.isRemoved(position)))
        return;
      visit(contact, Math.max(from, sourceFrom), Math.min(until, sourceUntil), from, until);
    };
    const { placeStart, longestStay, person, from, duration, longStart, longPosition, longSeconds } =
      this.columns;
    if (place < longestStay.length) {
      const end = placeStart[place + 1]!;
      // Whoever came earlier than this has left before the source came, even after the longest stay seen here.
      const earliest = sourceFrom - longestStay[place]!;
      for (let i = firstAtLeast(from, earliest, placeStart[place]!, end); i < end; i++) {
        if (from[i]! > sourceUntil) break;
        if (duration[i] !== LONG) consider(person[i]!, from[i]!, from[i]! + duration[i]!, i);
      }
      for (let l = longStart[place]!; l < longStart[place + 1]!; l++) {
        const i = longPosition[l]!;
        consider(person[i]!, from[i]!, from[i]! + longSeconds[l]!, i);
      }
    }
    const { place: places, person: persons, from: froms, until } = this.buffer;
    for (let entry = places.first(place); entry !== -1; entry = places.next(entry)) {
      const contact = persons.keys.at(entry);
      if (contact !== TAKEN_BACK) consider(contact, froms.at(entry), until.at(entry), -1);
    }
  }
}
