export type BufferedStay = { place: number; person: number; from: number; until: number; ordinal: number };

/** Stays added since the columns were sorted, reachable by place and by person. Small by intent: compaction empties it. */
export class StayBuffer {
  readonly stays: BufferedStay[] = [];
  readonly #byPlace = new Map<number, BufferedStay[]>();
  readonly #byPerson = new Map<number, BufferedStay[]>();

  push(stay: BufferedStay): void {
    this.stays.push(stay);
    append(this.#byPlace, stay.place, stay);
    append(this.#byPerson, stay.person, stay);
  }

  atPlace(place: number): readonly BufferedStay[] {
    return this.#byPlace.get(place) ?? [];
  }

  ofPerson(person: number): readonly BufferedStay[] {
    return this.#byPerson.get(person) ?? [];
  }
}

function append(lists: Map<number, BufferedStay[]>, key: number, stay: BufferedStay): void {
  const list = lists.get(key);
  if (list) list.push(stay);
  else lists.set(key, [stay]);
}
