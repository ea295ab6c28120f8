/** What a long run finds: facts that must hold, and figures that are only measured. */
export interface Finding {
  readonly what: string;
  readonly found: string | number;
  /** What it must be; null for a measurement. */
  readonly wanted: string | number | null;
  readonly holds: boolean;
}

export interface SoakOptions {
  /** Everything random in a run comes from it: the same number plants the same day. */
  readonly seed: number;
  readonly print: (line: string) => void;
}

/** Thrown where this machine lacks what a run needs: nothing was tried, so nothing is said to hold. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}

/** What `soak/<name>.ts` exports. */
export interface Soak<Defaults extends Record<string, number> = Record<string, number>> {
  readonly name: string;
  /** One line: what is done to the system and what it must bear. */
  readonly title: string;
  /** Numbers a caller may change as `--people 20k`. */
  readonly defaults: Defaults;
  run(options: Defaults & SoakOptions): Promise<Finding[]>;
}

/** A fact: what was found must equal what was wanted. */
export const equal = (what: string, found: number | string, wanted: number | string): Finding => ({
  what,
  found,
  wanted,
  holds: found === wanted,
});

/** A fact with a bound. `bound` is told in the table, `holds` decides. */
export const within = (what: string, found: number | string, bound: string, holds: boolean): Finding => ({
  what,
  found,
  wanted: bound,
  holds,
});

export const measured = (what: string, found: number | string): Finding => ({
  what,
  found,
  wanted: null,
  holds: true,
});

/** @returns the value below which the part `at` of the values lies; 0 where there are none */
export function quantile(values: readonly number[], at: number): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))]!;
}

/** `12.3 / 45.6 / 78.9 ms`: median, 95 of 100, slowest. */
export const spread = (milliseconds: readonly number[]): string =>
  `${[0.5, 0.95, 1].map((at) => quantile(milliseconds, at).toFixed(0)).join(' / ')} ms (n ${milliseconds.length})`;
