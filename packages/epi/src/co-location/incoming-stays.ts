const BLOCK = 1 << 14;

type Block = { place: Uint32Array; person: Uint32Array; from: Uint32Array; seconds: Uint32Array };

/** Stays in the order they come, in blocks: growing copies nothing, and draining frees one block after another. */
export class IncomingStays {
  #blocks: Block[] = [];
  length = 0;

  push(place: number, person: number, from: number, seconds: number): void {
    const at = this.length++ % BLOCK;
    if (at === 0) this.#blocks.push(emptyBlock());
    const block = this.#blocks[this.#blocks.length - 1]!;
    block.place[at] = place;
    block.person[at] = person;
    block.from[at] = from;
    block.seconds[at] = seconds;
  }

  /** Where each place begins when the stays are laid out place by place; one more entry than there are places. */
  startsByPlace(placesCount: number): Uint32Array {
    const starts = new Uint32Array(placesCount + 1);
    let left = this.length;
    for (const { place } of this.#blocks) {
      for (let i = 0; i < Math.min(left, BLOCK); i++) starts[place[i]! + 1]!++;
      left -= BLOCK;
    }
    for (let place = 0; place < placesCount; place++) starts[place + 1]! += starts[place]!;
    return starts;
  }

  /** Gives every stay once, in the order they came, and keeps none. */
  drain(take: (place: number, person: number, from: number, seconds: number) => void): void {
    this.#blocks.reverse();
    for (let block = this.#blocks.pop(); block !== undefined; block = this.#blocks.pop()) {
      const count = Math.min(this.length, BLOCK);
      for (let i = 0; i < count; i++)
        take(block.place[i]!, block.person[i]!, block.from[i]!, block.seconds[i]!);
      this.length -= count;
    }
  }
}

function emptyBlock(): Block {
  const column = () => new Uint32Array(BLOCK);
  return { place: column(), person: column(), from: column(), seconds: column() };
}
