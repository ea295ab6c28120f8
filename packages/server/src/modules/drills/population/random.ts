/** A stream of numbers that is the same on every machine for the same seed (sfc32, 32-bit integers only). */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [low, high]. */
  between(low: number, high: number): number;
  chance(proportion: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/**
 * One stream per (seed, parts): what is drawn for one village never moves what is drawn for another.
 *
 * Parts are whole numbers of any size; the generator is C. Doty-Humphrey's sfc32 (PractRand), seeded by
 * MurmurHash3's finaliser. Not for secrets.
 */
export function randomStream(seed: number, ...parts: number[]): Random {
  let hash = mix(seed >>> 0);
  for (const part of parts) {
    hash = mix(hash ^ (part >>> 0));
    hash = mix(hash ^ Math.floor(part / 4294967296));
  }
  let a = hash;
  let b = mix(hash + 0x9e3779b9);
  let c = mix(hash + 0x3c6ef372);
  let counter = 1;

  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  }
  for (let i = 0; i < 12; i++) next();

  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (proportion) => next() < proportion,
    pick: (items) => items[Math.floor(next() * items.length)]!,
  };
}

function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A draw by weight; the weights need not sum to one. */
export function pickWeighted<T>(random: Random, table: readonly (readonly [T, number])[]): T {
  let total = 0;
  for (const [, weight] of table) total += weight;
  let rest = random.next() * total;
  for (const [value, weight] of table) {
    rest -= weight;
    if (rest < 0) return value;
  }
  return table.at(-1)![0];
}
