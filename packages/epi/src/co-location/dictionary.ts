/** Names outside, dense numbers inside: person and place ids take 4 bytes a stay instead of 36. */
export class Dictionary {
  readonly names: string[];
  readonly #indexes: Map<string, number>;

  constructor(names: readonly string[] = []) {
    this.names = [...names];
    this.#indexes = new Map(names.map((name, index) => [name, index]));
  }

  find(name: string): number | undefined {
    return this.#indexes.get(name);
  }

  findOrAdd(name: string): number {
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    this.names.push(name);
    this.#indexes.set(name, this.names.length - 1);
    return this.names.length - 1;
  }
}
