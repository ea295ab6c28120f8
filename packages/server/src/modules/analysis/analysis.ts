/** What is known of the cases at a cut-off, and how much an estimate needs before it is told. */
import type { CURVE_BASES, EstimateAnswer, Lacking } from '@levee/contract';
import type { Estimate } from '@levee/epi';
import type { CaseFacts } from '../cases/index.ts';

export type Basis = (typeof CURVE_BASES)[number];
export const DAY_OF = { onset: 'dateOnset', sample: 'dateSample', report: 'dateReporting' } as const;
const DAYS = [
  'dateInfection',
  'dateOnset',
  'dateSample',
  'dateReporting',
  'dateAdmission',
  'dateOutcome',
] as const;

/** Fewer than these and the answer is "too few data", with the number that is there and the number needed. */
export const NEEDED = {
  /** Dated cases for Rt, growth and a nowcast: below, the prior or one household decides. */
  datedCases: 10,
  daysWithCases: 5,
  pairs: 10,
  links: 5,
  resolvedCases: 10,
  /** With hardly a recovery on record the resolved are the dead, and the share says nothing. */
  recoveredCases: 5,
  /** EARS: a week of history, its two guard days, C3's two more, and the day judged. */
  historyDays: 12,
} as const;
/** Cases from which a window's posterior varies by 30 % or less with the default prior (Cori 2013). */
export const CASES_A_WINDOW = 11;

export interface Known {
  readonly cases: readonly CaseFacts[];
  readonly notCasesCount: number;
  readonly afterCutoffCount: number;
}

/** The last day any record names: where a list that is over ends. Null without a day. */
export function lastRecordOf(facts: readonly CaseFacts[]): string | null {
  let last: string | null = null;
  for (const one of facts)
    for (const name of DAYS) {
      const day = one[name];
      if (day !== null && (last === null || day > last)) last = day;
    }
  return last;
}

/**
 * What was known at the end of the cut-off day: cases reported later are left out and counted, later days and the outcomes
 * they bring are not known yet. Those decided not to be cases are no cases.
 */
export function knownAt(facts: readonly CaseFacts[], cutoff: string): Known {
  const found = facts.filter(({ classification }) => classification !== 'not_a_case');
  const cases = found
    .filter((one) => firstKnown(one) === null || firstKnown(one)! <= cutoff)
    .map((one) => (DAYS.some((name) => isAfter(one[name], cutoff)) ? cutAt(one, cutoff) : one));
  return {
    cases,
    notCasesCount: facts.length - found.length,
    afterCutoffCount: found.length - cases.length,
  };
}

const isAfter = (day: string | null, cutoff: string): boolean => day !== null && day > cutoff;

/** A case is known from its report on; where nobody wrote that down, from the first of its other days. */
const firstKnown = (one: CaseFacts): string | null =>
  one.dateReporting ?? one.dateOnset ?? one.dateSample ?? one.dateAdmission;

function cutAt(one: CaseFacts, cutoff: string): CaseFacts {
  const days = Object.fromEntries(DAYS.map((name) => [name, isAfter(one[name], cutoff) ? null : one[name]]));
  return { ...one, ...days, outcome: isAfter(one.dateOutcome, cutoff) ? null : one.outcome };
}

/** The faults among `[what, have, need]` of which there is less than needed. */
export const lackingOf = (wants: readonly (readonly [Lacking['what'], number, number])[]): Lacking[] =>
  wants.flatMap(([what, have, need]) => (have < need ? [{ what, have, need }] : []));

/** Infinity has no JSON: no upper bound is said in a field of its own. */
export function toAnswer({ estimate, low, high, level }: Estimate): EstimateAnswer {
  return {
    estimate: finite(estimate),
    low: finite(low),
    high: finite(high),
    unbounded: high === Number.POSITIVE_INFINITY || estimate === Number.POSITIVE_INFINITY,
    level,
  };
}

const finite = (value: number | null): number | null =>
  value === null || !Number.isFinite(value) ? null : value;
