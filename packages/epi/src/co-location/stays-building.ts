import { Dictionary } from './dictionary.ts';
import { IncomingStays } from './incoming-stays.ts';
import type { IndexState } from './snapshot.ts';
import type { Stay, StayTimes } from './stay.ts';
import { sortStays } from './stay-columns.ts';

/**
 * An index while its stays come in, one by one. `push` takes names; a reader of binary data saves itself making strings
 * by asking for numbers (`place`, `person`) and pushing those.
 */
export class StaysBuilding {
  readonly places = new Dictionary();
  readonly persons = new Dictionary();
  #stays = new IncomingStays();

  get count(): number {
    return this.#stays.length;
  }

  /** @throws RangeError on a stay whose times are not whole seconds from 1970 to 2106 or run backwards, naming its number */
  push(stay: Stay): void {
    this.pushNumbered(
      this.places.findOrAdd(stay.place),
      this.persons.findOrAdd(stay.person),
      stay.from,
      stay.until,
    );
  }

  pushNumbered(place: number, person: number, from: number, until: number): void {
    if (from >>> 0 !== from || until >>> 0 !== until || until < from)
      checkTimes({ from, until }, `stay ${this.count}`);
    this.#stays.push(place, person, from, until - from);
  }

  finish(): IndexState {
    const columns = sortStays(this.#stays, this.places.count, this.persons.count);
    return { columns, places: this.places.share(), persons: this.persons.share() };
  }
}

const isEpochSeconds = (value: number) => value >>> 0 === value;

export function checkTimes({ from, until }: StayTimes, which: string): void {
  if (!isEpochSeconds(from) || !isEpochSeconds(until)) {
    throw new RangeError(`${which}: ${from} to ${until} are not whole seconds between 1970 and 2106`);
  }
  if (until < from) throw new RangeError(`${which} ends (${until}) before it begins (${from})`);
}
