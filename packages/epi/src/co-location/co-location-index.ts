import { Dictionary } from './dictionary.ts';
import { PairTally } from './pair-tally.ts';
import { PairsFound } from './pairs-found.ts';
import { PeoplePull } from './people-pull.ts';
import { PeopleTally } from './people-tally.ts';
import { decodeSnapshot, encodeSnapshot, type IndexState } from './snapshot.ts';
import { type NumberedWindow, SourcesByPlace, visitSourceStays, WindowByPerson } from './source-stays.ts';
import type {
  EpochSeconds,
  FirstOrderOptions,
  Meeting,
  PairsMet,
  PeopleAlgorithm,
  PeopleMet,
  PeopleOptions,
  PersonWindows,
  SearchWindow,
  SecondOrderMeeting,
  SecondOrderOptions,
  Stay,
  TotalOptions,
} from './stay.ts';
import { StayStore } from './stay-store.ts';
import { checkTimes, StaysBuilding } from './stays-building.ts';

/** From this share of all persons on, reading all stays is cheaper than looking up those of each source. */
const MANY_SOURCES = 1 / 20;

/**
 * Who shared a place and a time with whom, over all stays: columns sorted by place, then time, plus a small buffer of
 * later stays that every answer includes. Definition of a meeting, algorithms and memory: README.md beside this file.
 *
 * Assumes that stays are true. An answer is only as complete as the registers behind it: a person without a stay was
 * not seen, which is not the same as not there. A stay without a known end must be given one by the caller.
 *
 * @example
 * const index = CoLocationIndex.build([
 *   { person: 'case', place: 'coach 4', from: 0, until: 3600 },
 *   { person: 'b', place: 'coach 4', from: 1800, until: 7200 },
 * ]);
 * index.searchFirstOrder([{ person: 'case', from: 0, until: 86400 }]);
 * // [{ window: 0, person: 'b', place: 'coach 4', from: 1800, until: 3600, minutes: 30,
 * //    sourceStay: { from: 0, until: 3600 }, contactStay: { from: 1800, until: 7200 } }]
 */
export class CoLocationIndex {
  #persons: Dictionary;
  #places: Dictionary;
  readonly #stays: StayStore;
  #pairTally: PairTally | null = null;

  private constructor({ columns, places, persons }: IndexState) {
    this.#stays = new StayStore(columns);
    this.#places = new Dictionary(places);
    this.#persons = new Dictionary(persons);
  }

  /** Throws as `StaysBuilding.push`. */
  static build(stays: Iterable<Stay>): CoLocationIndex {
    const building = new StaysBuilding();
    for (const stay of stays) building.push(stay);
    return new CoLocationIndex(building.finish());
  }

  /** As `build`, from a stream of batches (a database cursor): batches, because awaiting every row would be slow. */
  static async buildFromStream(batches: AsyncIterable<Iterable<Stay>>): Promise<CoLocationIndex> {
    const building = new StaysBuilding();
    for await (const batch of batches) for (const stay of batch) building.push(stay);
    return new CoLocationIndex(building.finish());
  }

  /** An index on the state of another one, in a worker for instance. All of it is shared and never written to. */
  static fromState(state: IndexState): CoLocationIndex {
    return new CoLocationIndex(state);
  }

  /**
   * Bytes that lie on a SharedArrayBuffer are used where they are; others are copied.
   *
   * @throws RangeError when the bytes are no undamaged snapshot of this version
   */
  static deserialise(bytes: Uint8Array): { index: CoLocationIndex; asOf: string } {
    const { state, asOf } = decodeSnapshot(bytes);
    return { index: new CoLocationIndex(state), asOf };
  }

  /** Compacts, then gives the state to share with other threads. */
  toState(): IndexState {
    this.compact();
    return { columns: this.#stays.columns, places: this.#places.share(), persons: this.#persons.share() };
  }

  /** Goes on from the state of another index that took in the same stays: their memory is held once then. */
  adopt({ columns, places, persons }: IndexState): void {
    this.#stays.adopt(columns);
    this.#places = new Dictionary(places);
    this.#persons = new Dictionary(persons);
    this.#pairTally = null;
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

  /** Bytes held by stays, deltas and names: all but what a search needs while it runs. */
  get byteLength(): number {
    return this.#stays.byteLength + this.#places.byteLength + this.#persons.byteLength;
  }

  /** Numbers of persons are dense, from 0, and stay the same for the life of an index and its snapshots. */
  personNumber(person: string): number | undefined {
    return this.#persons.find(person);
  }

  personName(number: number): string {
    return this.#persons.name(number);
  }

  /** Adds one stay; the next search finds it. Equal stays count each. Throws as `build`. */
  add(stay: Stay): void {
    checkTimes(stay, 'the stay');
    const place = this.#places.findOrAdd(stay.place);
    this.#stays.buffer.push(place, this.#persons.findOrAdd(stay.person), stay.from, stay.until);
  }

  /** Takes one stay back (corrected or deleted at its source). False when there is none like it. */
  remove({ person, place, from, until }: Stay): boolean {
    const [who, where] = [this.#persons.find(person), this.#places.find(place)];
    return who !== undefined && where !== undefined && this.#stays.remove(where, who, from, until);
  }

  /** All stays of a person, in order of time. */
  staysOf(person: string): Stay[] {
    const number = this.#persons.find(person);
    const stays: Stay[] = [];
    if (number === undefined) return stays;
    this.#stays.visitStays(number, (place, from, until) => {
      stays.push({ person, place: this.#places.name(place), from, until });
    });
    return stays.sort((a, b) => a.from - b.from || a.until - b.until || compare(a.place, b.place));
  }

  /** Sorts buffered stays into the columns and drops those taken back: linear in all stays. Answers do not change. */
  compact(): void {
    if (this.deltasCount > 0) this.#stays.compact(this.#places.count, this.#persons.count);
  }

  /**
   * Everybody who met the sources within their windows, one row per pair of stays.
   *
   * The stays of a window's person are cut to [from, until), then lengthened by lingering. A person met twice, or by two
   * windows, gives two rows; whether minutes add up is the protocol's decision. Persons of other windows are found too.
   *
   * @returns ordered by window, from, until, person, place, then by the two stays; the same before and after compaction
   * @throws RangeError on a window that ends before it begins or lingers less than 0 minutes, naming it
   */
  searchFirstOrder(windows: readonly SearchWindow[], { minMinutes = 0 }: FirstOrderOptions = {}): Meeting[] {
    const meetings: Meeting[] = [];
    this.#numbered(windows).forEach((window, number) => {
      visitSourceStays(this.#stays, window, (where, sourceFrom, sourceUntil, stayFrom, stayUntil) => {
        const place = window.place === undefined ? this.#places.name(where) : windows[number]!.place!;
        const sourceStay = window.place === undefined ? { from: stayFrom, until: stayUntil } : null;
        const { person: source } = window;
        const minSeconds = 60 * minMinutes;
        this.#stays.visitMeetings(
          where,
          source,
          sourceFrom,
          sourceUntil,
          minSeconds,
          (contact, from, until, ...stay) => {
            meetings.push({
              window: number,
              person: this.#persons.name(contact),
              place,
              from,
              until,
              minutes: (until - from) / 60,
              sourceStay,
              contactStay: { from: stay[0], until: stay[1] },
            });
          },
        );
      });
    });
    return meetings.sort(inOrder);
  }

  /**
   * Contacts, and those the contacts met in turn: each contact is followed from the start of the first meeting with a
   * source until isolation (`isolatedAt`, else `until`).
   *
   * Sources and contacts are not repeated in `second`: they are known as something closer already. A person met by two
   * contacts gives a row for each (`via`).
   *
   * @returns `second` ordered by via (in order of first exposure), then as `searchFirstOrder`
   */
  searchSecondOrder(
    windows: readonly SearchWindow[],
    options: SecondOrderOptions,
  ): { first: Meeting[]; second: SecondOrderMeeting[] } {
    const sources = new Set(windows.map((window) => window.person));
    const first = this.searchFirstOrder(windows, options);
    const firstExposure = new Map<string, EpochSeconds>();
    for (const { person, from } of first.toSorted((a, b) => a.from - b.from || compare(a.person, b.person))) {
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

  /**
   * Who met any of the sources, with all their meetings added up: for sets of any size, up to all cases of a year. Persons
   * of the windows are not found. Throws as `searchFirstOrder`.
   */
  searchPeople(
    windows: readonly SearchWindow[] | PersonWindows,
    { minTotalMinutes = 0, known, totals = true, algorithm }: PeopleOptions = {},
  ): PeopleMet {
    const numbered = this.#numbered(windows);
    if (numbered.length === 1 && algorithm === undefined) {
      // For one source the totals by person are those by pair, whose tally is kept from search to search.
      const { persons, seconds, firstFrom } = this.searchPairs(windows, { minTotalMinutes, known });
      if (!totals) return { persons, seconds: new Float64Array(0), firstFrom: new Float64Array(0) };
      return { persons, seconds: Float64Array.from(seconds), firstFrom: Float64Array.from(firstFrom) };
    }
    const minSeconds = 60 * minTotalMinutes;
    const enough = totals ? undefined : minSeconds;
    const tally = new PeopleTally(this.#stays, this.#persons.count, { enough, algorithm });
    for (const { person } of numbered) if (person !== undefined) tally.leaveOut(person);
    for (const person of known ?? []) tally.leaveOut(person);
    const byPerson = this.#asWindowByPerson(numbered, algorithm);
    const pull = byPerson && !totals && this.#pull(byPerson, minSeconds, algorithm);
    if (pull) {
      const met: number[] = [];
      for (let person = 0; person < this.#persons.count; person++) {
        if (tally.isOpen(person) && pull.isMet(person)) met.push(person);
      }
      return { persons: Uint32Array.from(met), seconds: new Float64Array(0), firstFrom: new Float64Array(0) };
    }
    if (byPerson) byPerson.visit(this.#stays, this.#places.count, tally.add.bind(tally));
    else this.#sourcesByPlace(numbered).visit(this.#places.count, tally.add.bind(tally));
    const found = { persons: [] as number[], seconds: [] as number[], firstFrom: [] as number[] };
    tally.drain(minSeconds, (person, seconds, firstFrom) => {
      found.persons.push(person);
      if (!totals) return;
      found.seconds.push(seconds);
      found.firstFrom.push(firstFrom);
    });
    return {
      persons: Uint32Array.from(found.persons),
      seconds: Float64Array.from(found.seconds),
      firstFrom: Float64Array.from(found.firstFrom),
    };
  }

  /**
   * Who met which source, with the meetings of each pair added up: the evidence for a link, at 15 ns a pair of stays.
   * Nobody is found by their own window; persons of other windows are, unless `known`. Throws as `searchFirstOrder`.
   */
  searchPairs(
    windows: readonly SearchWindow[] | PersonWindows,
    { minTotalMinutes = 0, known }: TotalOptions = {},
  ): PairsMet {
    const minSeconds = 60 * minTotalMinutes;
    const numbered = this.#numbered(windows);
    const leftOut = new Uint8Array(this.#persons.count);
    for (const person of known ?? []) leftOut[person] = 1;
    if (this.#pairTally?.personsCount !== this.#persons.count)
      this.#pairTally = new PairTally(this.#stays, this.#persons.count);
    const tally = this.#pairTally;
    const found = new PairsFound();
    const start = new Uint32Array(numbered.length + 1);
    numbered.forEach((window, number) => {
      visitSourceStays(this.#stays, window, (place, from, until) => tally.add(place, from, until));
      const own = window.person ?? leftOut.length;
      const before = leftOut[own];
      leftOut[own] = 1;
      tally.drain(found, minSeconds, leftOut);
      start[number + 1] = found.count;
      leftOut[own] = before ?? 0;
    });
    return found.take(start);
  }

  /** The windows by person, when there are enough of them to make reading all stays worth while. */
  #asWindowByPerson(windows: readonly NumberedWindow[], algorithm: PeopleAlgorithm | undefined) {
    const many = windows.length > MANY_SOURCES * this.#persons.count || algorithm === 'pull';
    if (!many || !WindowByPerson.suits(windows)) return undefined;
    return new WindowByPerson(windows, this.#persons.count);
  }

  #pull(windows: WindowByPerson, enough: number, algorithm: PeopleAlgorithm | undefined) {
    const pull = new PeoplePull(this.#stays, windows, enough);
    if (algorithm !== undefined) return algorithm === 'pull' ? pull : undefined;
    return pull.isCheap(this.#persons.count, this.staysCount) ? pull : undefined;
  }

  #sourcesByPlace(windows: readonly NumberedWindow[]): SourcesByPlace {
    const sources = new SourcesByPlace();
    for (const window of windows) {
      visitSourceStays(this.#stays, window, (place, from, until) => sources.push(place, from, until));
    }
    return sources;
  }

  /** Windows of unknown persons and places stay, with nothing in them, so that the numbers of the windows are those given. */
  #numbered(windows: readonly SearchWindow[] | PersonWindows): NumberedWindow[] {
    if (isColumns(windows)) {
      const at = (column: number | ArrayLike<number>, i: number) =>
        typeof column === 'number' ? column : column[i]!;
      return Array.from(windows.persons, (person, i) =>
        checked({ ...windows, from: at(windows.from, i), until: at(windows.until, i) }, i, person, undefined),
      );
    }
    return windows.map((window, i) => {
      const person = window.person === undefined ? undefined : this.#persons.find(window.person);
      const place = window.place === undefined ? undefined : this.#places.find(window.place);
      const numbered = checked(window, i, person, place);
      const nowhere = window.place !== undefined && place === undefined;
      return nowhere ? { ...numbered, until: numbered.from } : numbered;
    });
  }
}

const isColumns = (windows: readonly SearchWindow[] | PersonWindows): windows is PersonWindows =>
  !Array.isArray(windows);

function checked(
  {
    from,
    until,
    lingeringMinutes = 0,
  }: { from: number; until: number; lingeringMinutes?: number | undefined },
  number: number,
  person: number | undefined,
  place: number | undefined,
): NumberedWindow {
  if (!(from <= until)) throw new RangeError(`window ${number} ends (${until}) before it begins (${from})`);
  if (!(lingeringMinutes >= 0))
    throw new RangeError(`window ${number}: lingeringMinutes is ${lingeringMinutes}`);
  return { person, place, from, until, lingeringSeconds: 60 * lingeringMinutes };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function inOrder(a: Meeting, b: Meeting): number {
  return (
    a.window - b.window ||
    a.from - b.from ||
    a.until - b.until ||
    compare(a.person, b.person) ||
    compare(a.place, b.place) ||
    (a.sourceStay?.from ?? 0) - (b.sourceStay?.from ?? 0) ||
    (a.sourceStay?.until ?? 0) - (b.sourceStay?.until ?? 0) ||
    a.contactStay.from - b.contactStay.from ||
    a.contactStay.until - b.contactStay.until
  );
}
