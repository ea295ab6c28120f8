/** One question as every engine is asked it. A contact shared at least 15 person-minutes, all meetings added up. */
export type Job = {
  readonly name: string;
  readonly kind: 'first' | 'second pairs' | 'second people';
  readonly cases: readonly number[];
};

export const LEAST_SECONDS = 15 * 60;

/** Enough of an answer to see that two engines gave the same: how many rows, and sums over all of them. */
export type Answer = { rows: number; seconds: number; checksum: number };

export const CHECK_MODULUS = 1_000_003;

export interface Engine {
  readonly name: string;
  /** @throws Error when it takes longer */
  answer(job: Job, limitMilliseconds: number): Promise<Answer>;
  close(): Promise<void>;
}
