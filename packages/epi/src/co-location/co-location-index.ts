import { Dictionary } from './dictionary.ts';
import { meetingSeconds, NO_MEETING } from './meeting-seconds.ts';
import { decodeSnapshot, encodeSnapshot, type IndexState } from './snapshot.ts';
import type {
  EpochSeconds,
  FirstOrderOptions,
  Meeting,
  SearchWindow,
  SecondOrderMeeting,
  SecondOrderOptions,
  Stay,
} from './stay.ts';
import { sortStays, UnsortedStays } from './stay-columns.ts';
import { StayStore, type VisitStay } from './stay-store.ts';

/**
 * Who shared a place and a time with whom, over all stays: columns sorted by place, then time, plus a small buffer of
 * later stays that every answer includes. The definition of a meeting is in the README.
 *
 * Assumes that stays are true. An answer is only as complete as the registers behind it: a person without a stay was
 * not seen, which is not the same as not there. A stay without a known end must be given one by the caller.
 *
 * A search costs one binary search per stay of the source plus about 15 ns per stay it may meet; one very long stay at
 * a place makes searches at that place look back as far.
 *
 * @example
 * const index = CoLocationIndex.build([
 *   { person: 'case', place: 'coach 4', from: 0, until: 3600 },
 *   { person: 'b', place: 'coach 4', from: 1800, until: 7200 },
 * ]);
 * index.searchFirstOrder([{ person: 'case', from: 0, until: 86400 }]);
 * // [{ window: 0, person: 'b', place: 'coach 4', from: 1800, until: 3600, minutes: 30, sourceStay: 0, contactStay: 1 }]
 */
export class CoLocationIndex {
  readonly #persons: Dictionary;
  readonly #places: Dictionary;
  readonly #stays: StayStore;
  #nextOrdinal: number;

  private constructor({ columns, places, persons, nextOrdinal }: IndexState) {
    this.#stays = new StayStore(columns);
    this.#places = new Dictionary(places);
    this.#persons = new Dictionary(persons);
    this.#nextOrdinal = nextOrdinal;
  }

  /**
   * Builds an index; the stays get the ordinals 0, 1, 2 … in the order given.
   *
   * @throws RangeError on a stay whose times are not whole seconds from 1970 to 2106 or run backwards, naming its ordinal
   */
  static build(stays: Iterable<Stay>): CoLocationIndex {
    const building = new IndexBuilding();
    for (const stay of stays) building.push(stay);
    return new CoLocationIndex(building.finish());
  }

  /** As `build`, from a stream of batches (a database cursor): batches, because awaiting every row would be slow. */
  static async buildFromStream(batches: AsyncIterable<Iterable<Stay>>): Promise<CoLocationIndex> {
    const building = new IndexBuilding();
    for await (const batch of batches) for (const stay of batch) building.push(stay);
    return new CoLocationIndex(building.finish());
  }

  /** An index on the state of another one, in a worker for instance. The columns are shared and never written to. */
  static fromState(state: IndexState): CoLocationIndex {
    return new CoLocationIndex(state);
  }

  /** @throws RangeError when the bytes are no undamaged snapshot */
  static deserialise(bytes: Uint8Array): { index: CoLocationIndex; asOf: string } {
    const { state, asOf } = decodeSnapshot(bytes);
    return { index: new CoLocationIndex(state), asOf };
  }

  /** Compacts, then gives the state to share with other threads. */
  toState(): IndexState {
    this.compact();
    return {
      columns: this.#stays.columns,
      places: this.#places.names,
      persons: this.#persons.names,
      nextOrdinal: this.#nextOrdinal,
    };
  }

  /**
   * Compacts, then gives the snapshot as parts to be written one after another.
   *
   * @param asOf what the caller needs to continue from here, such as the number of the last event included
   */
  serialise(asOf: string): Uint8Array[] {
    return encodeSnapshot(this.toState(), asOf);
  }

  get staysCount(): number {
    return this.#stays.staysCount;
  }

  /** Stays added or taken back since the last compaction. The owner decides when it is time to compact. */
  get deltasCount(): number {
    return this.#stays.deltasCount;
  }

  /** Bytes held by the columns; names and buffered stays come on top. */
  get columnBytes(): number {
    return Object.values(this.#stays.columns).reduce((sum, column) => sum + column.byteLength, 0);
  }

  /** Adds one stay and returns its ordinal; the next search finds it. Throws as `build`. */
  add(stay: Stay): number {
    const ordinal = this.#nextOrdinal;
    checkStay(stay, ordinal);
    this.#nextOrdinal++;
    this.#stays.add({
      place: this.#places.findOrAdd(stay.place),
      person: this.#persons.findOrAdd(stay.person),
      from: stay.from,
      until: stay.until,
      ordinal,
    });
    return ordinal;
  }

  /** Takes a stay back (corrected or deleted at its source). False when this person has no such stay. */
  remove(person: string, ordinal: number): boolean {
    if (!this.stay(person, ordinal)) return false;
    this.#stays.remove(ordinal);
    return true;
  }

  /** One stay of a person by its ordinal. Costs as much as the person has stays. */
  stay(person: string, ordinal: number): Stay | undefined {
    const number = this.#persons.find(person);
    if (number === undefined) return undefined;
    let found: Stay | undefined;
    this.#stays.visitStays(number, (place, from, until, candidate) => {
      if (candidate === ordinal) found = { person, place: this.#places.names[place]!, from, until };
    });
    return found;
  }

  /** All stays of a person with their ordinals, to find the one that was corrected at its source. */
  staysOf(person: string): (Stay & { ordinal: number })[] {
    const number = this.#persons.find(person);
    const stays: (Stay & { ordinal: number })[] = [];
    if (number === undefined) return stays;
    this.#stays.visitStays(number, (place, from, until, ordinal) => {
      stays.push({ person, place: this.#places.names[place]!, from, until, ordinal });
    });
    return stays;
  }

  /** Sorts buffered stays into the columns and drops those taken back: linear in all stays. Answers do not change. */
  compact(): void {
    if (this.deltasCount > 0) this.#stays.compact(this.#places.names.length, this.#persons.names.length);
  }

  /**
   * Everybody who met the sources within their windows, one row per pair of stays.
   *
   * The stays of a window's person are cut to [from, until), then lengthened by lingering. A person met twice, or by two
   * windows, gives two rows; whether minutes add up is the protocol's decision. Persons of other windows are found too.
   *
   * @returns ordered by window, from, contact's stay, source's stay; the same before and after compaction
   * @throws RangeError on a window that ends before it begins or lingers less than 0 minutes, naming it
   */
  searchFirstOrder(windows: readonly SearchWindow[], { minMinutes = 0 }: FirstOrderOptions = {}): Meeting[] {
    const meetings: Meeting[] = [];
    windows.forEach((window, number) => {
      checkWindow(window, number);
      const lingering = 60 * (window.lingeringMinutes ?? 0);
      const person = window.person === undefined ? undefined : this.#persons.find(window.person);
      const meet = (place: number, from: number, until: number, sourceStay: number | null) =>
        this.#stays.visitMeetings(
          place,
          person,
          from,
          until + lingering,
          60 * minMinutes,
          (contact, start, end, contactStay) =>
            meetings.push({
              window: number,
              person: this.#persons.names[contact]!,
              place: this.#places.names[place]!,
              from: start,
              until: end,
              minutes: (end - start) / 60,
              sourceStay,
              contactStay,
            }),
        );
      if (window.place === undefined) this.#visitStaysWithin(person, window, meet);
      else {
        const place = this.#places.find(window.place);
        if (place !== undefined) meet(place, window.from, window.until, null);
      }
    });
    return meetings.sort(
      (a, b) =>
        a.window - b.window ||
        a.from - b.from ||
        a.contactStay - b.contactStay ||
        (a.sourceStay ?? 0) - (b.sourceStay ?? 0),
    );
  }

  /**
   * Contacts, and those the contacts met in turn: each contact is followed from the start of the first meeting with a
   * source until isolation (`isolatedAt`, else `until`).
   *
   * Sources and contacts are not repeated in `second`: they are known as something closer already. A person met by two
   * contacts gives a row for each (`via`).
   *
   * @returns `second` ordered by via (in order of first exposure), from, contact's stay, source's stay
   */
  searchSecondOrder(
    windows: readonly SearchWindow[],
    options: SecondOrderOptions,
  ): { first: Meeting[]; second: SecondOrderMeeting[] } {
    const sources = new Set(windows.map((window) => window.person));
    const first = this.searchFirstOrder(windows, options);
    const firstExposure = new Map<string, EpochSeconds>();
    for (const { person, from } of first.toSorted((a, b) => a.from - b.from)) {
      if (!sources.has(person) && !firstExposure.has(person)) firstExposure.set(person, from);
    }

    const followed = [...firstExposure]
      .map(([person, from]) => ({
        person,
        from,
        until: options.isolatedAt?.get(person) ?? options.until,
        lingeringMinutes: options.secondLingeringMinutes,
      }))
      .filter((window) => window.from < window.until);
    const second = this.searchFirstOrder(followed, {
      minMinutes: options.secondMinMinutes ?? options.minMinutes,
    })
      .filter(({ person }) => !sources.has(person) && !firstExposure.has(person))
      .map(({ window, sourceStay, ...meeting }) => ({
        ...meeting,
        via: followed[window]!.person,
        sourceStay: sourceStay!,
      }));
    return { first, second };
  }

  /** Stays of a person cut to a window. An empty window holds nothing, not even the moment it stands for. */
  #visitStaysWithin(person: number | undefined, { from, until }: SearchWindow, visit: VisitStay): void {
    if (person === undefined || from === until) return;
    this.#stays.visitStays(person, (place, stayFrom, stayUntil, ordinal) => {
      if (meetingSeconds(from, until, stayFrom, stayUntil) === NO_MEETING) return;
      visit(place, Math.max(from, stayFrom), Math.min(until, stayUntil), ordinal);
    });
  }
}

/** The state of an index while its stays come in. */
class IndexBuilding {
  readonly #persons = new Dictionary();
  readonly #places = new Dictionary();
  readonly #stays = new UnsortedStays();
  #nextOrdinal = 0;

  push(stay: Stay): void {
    checkStay(stay, this.#nextOrdinal);
    const place = this.#places.findOrAdd(stay.place);
    const person = this.#persons.findOrAdd(stay.person);
    this.#stays.push(place, person, stay.from, stay.until, this.#nextOrdinal++);
  }

  finish(): IndexState {
    const places = this.#places.names;
    const persons = this.#persons.names;
    const columns = sortStays(this.#stays, places.length, persons.length);
    return { columns, places, persons, nextOrdinal: this.#nextOrdinal };
  }
}

const isEpochSeconds = (value: number) => value >>> 0 === value;

function checkStay({ from, until }: Stay, ordinal: number): void {
  if (!isEpochSeconds(from) || !isEpochSeconds(until)) {
    throw new RangeError(`stay ${ordinal}: ${from} to ${until} are not whole seconds between 1970 and 2106`);
  }
  if (until < from) throw new RangeError(`stay ${ordinal} ends (${until}) before it begins (${from})`);
}

function checkWindow({ from, until, lingeringMinutes = 0 }: SearchWindow, number: number): void {
  if (!(from <= until)) throw new RangeError(`window ${number} ends (${until}) before it begins (${from})`);
  if (!(lingeringMinutes >= 0))
    throw new RangeError(`window ${number}: lingeringMinutes is ${lingeringMinutes}`);
}
