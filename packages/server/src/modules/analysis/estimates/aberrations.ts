import type { ABERRATION_SERIES, AberrationAnalysis } from '@levee/contract';
import { detectAberration } from '@levee/epi';
import { lackingOf, NEEDED } from '../analysis.ts';

/** A week of no cases has no spread: without a floor one case would always sound the alarm. */
const LEAST_SIGMA = 1;

/** Days with more than chance explains, by EARS. An alarm asks for a look; it is no finding. */
export function aberrationsOf({
  days,
  series,
  method,
}: {
  readonly days: readonly { readonly day: string; readonly count: number }[];
  readonly series: (typeof ABERRATION_SERIES)[number];
  readonly method: 'c1' | 'c2' | 'c3';
}): Omit<AberrationAnalysis, 'about'> {
  const lacking = lackingOf([['history_days', days.length, NEEDED.historyDays]]);
  const epochs =
    lacking.length > 0
      ? []
      : detectAberration(
          days.map(({ count }) => count),
          { method, minSigma: LEAST_SIGMA },
        ).epochs;
  const judged = new Map(epochs.map((epoch) => [epoch.index, epoch]));
  return {
    lacking,
    series,
    method,
    days: days.map(({ day, count }, index) => {
      const { expected = null, upper = null, alarm = null } = judged.get(index + 1) ?? {};
      return { day, count, expected, upper, alarm };
    }),
    alarmsCount: epochs.filter(({ alarm }) => alarm === true).length,
  };
}
