/** A source of chance that can be replayed: the same seed gives the same numbers on every machine. */
export type Random = {
  /** Uniform on the open interval (0, 1), 53 random bits; never 0 or 1, so its logarithm is safe. */
  uniform(): number;
  /** A whole number from 0 to `bound` - 1, each equally likely. */
  below(bound: number): number;
};

/**
 * A seeded generator: xoshiro128**, period 2^128 - 1, seeded through splitmix32.
 *
 * For simulation, not for secrets. Give each worker or replicate its own seed (`createRandom(seed + replicate)`):
 * neighbouring seeds give unrelated sequences. Blackman D, Vigna S. ACM Trans Math Softw 2021, doi:10.1145/3460772
 *
 * @param seed a whole number from 0 to 2^53 - 1
 * @throws RangeError on any other seed
 * @example createRandom(1).uniform() === createRandom(1).uniform() // true
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`seed is ${seed}; it must be a whole number from 0 to 2^53 - 1`);
  }
  const mix = splitmix32(seed >>> 0, Math.floor(seed / 2 ** 32));
  let [a, b, c, d] = [mix(), mix(), mix(), mix()];

  const next = (): number => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const uniform = (): number => {
    const high = next() >>> 5;
    const low = next() >>> 6;
    return (high * 67_108_864 + low + 0.5) / 9_007_199_254_740_992;
  };
  return { uniform, below: (bound) => Math.floor(uniform() * bound) };
}

/** Spreads the two halves of a seed over as many well-mixed words as are asked for. */
function splitmix32(low: number, high: number): () => number {
  let state = low ^ Math.imul(high, 0x9e3779b1);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = state;
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return (word ^ (word >>> 15)) | 0;
  };
}
