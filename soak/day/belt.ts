/** What waits between two hands of the day: boxes on the road, tubes before the analyser. */
export class Belt<Item> {
  readonly #items: Item[] = [];
  #closed = false;
  #wake: (() => void)[] = [];

  push(...items: readonly Item[]): void {
    this.#items.push(...items);
    this.#ring();
  }

  /** Nothing more comes: what waits is handed out, then nothing. */
  close(): void {
    this.#closed = true;
    this.#ring();
  }

  /** At least `least` at once, fewer only when nothing more comes; none when all is done. */
  async take(most: number, least = 1): Promise<Item[]> {
    while (this.#items.length < least && !this.#closed) {
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
    return this.#items.splice(0, most);
  }

  #ring(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}
