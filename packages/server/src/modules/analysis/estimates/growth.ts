import type { GrowthAnalysis } from '@levee/contract';
import { estimateGrowthRate, reproductionFromGrowth } from '@levee/epi';
import { lackingOf, NEEDED, toAnswer } from '../analysis.ts';
import { chooseInterval, gammaOf, type IntervalChoice } from './interval.ts';
import { type Asked, curveOf } from './series.ts';

export type Growth = Omit<GrowthAnalysis, 'about'>;

/** The last two complete weeks: long enough for a rate, short enough for one. */
const DAYS_FITTED = 14;

/** Growth rate over chosen days; days outside the series are cut off, incomplete days only where asked for by name. */
export function growthOf(
  asked: Asked & {
    readonly interval: IntervalChoice;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
  },
): Growth {
  const curve = curveOf(asked);
  const complete = curve.days.filter(({ incomplete }) => !incomplete);
  const to = asked.to ?? complete.at(-1)?.day ?? null;
  const from =
    asked.from ??
    curve.days.filter(({ day }) => to !== null && day <= to).at(-DAYS_FITTED)?.day ??
    curve.days[0]?.day ??
    null;
  const isFitted = (day: string) => from !== null && to !== null && day >= from && day <= to;
  const fitted = curve.days.filter(({ day }) => isFitted(day));
  const counts = fitted.map(({ count }) => count);
  const { used } = chooseInterval(asked.interval, asked.cases);
  const lacking = lackingOf([
    ['dated_cases', counts.reduce((sum, count) => sum + count, 0), NEEDED.datedCases],
    ['days_with_cases', counts.filter((count) => count > 0).length, NEEDED.daysWithCases],
  ]);
  const head = {
    lacking,
    basis: asked.basis,
    from: fitted[0]?.day ?? null,
    to: fitted.at(-1)?.day ?? null,
    interval: used,
  };
  const plain = curve.days.map(({ day, count }) => ({ day, count, fitted: null }));
  const estimated = lacking.length > 0 ? null : estimateGrowthRate(counts);
  if (!estimated?.growthRate) {
    const nothing = { growthRate: null, doublingTimeDays: null, halvingTimeDays: null, reproduction: null };
    return { ...head, ...nothing, days: plain };
  }
  const { growthRate } = estimated;
  const mean = meanCurve(counts, growthRate.estimate);
  const start = curve.days.findIndex(({ day }) => isFitted(day));
  const R = (rate: number) => reproductionFromGrowth(rate, gammaOf(used!));
  return {
    ...head,
    growthRate: toAnswer(growthRate),
    doublingTimeDays: estimated.doublingTimeDays,
    halvingTimeDays: estimated.halvingTimeDays,
    reproduction: used
      ? toAnswer({
          estimate: R(growthRate.estimate),
          low: R(growthRate.low),
          high: R(growthRate.high),
          level: growthRate.level,
        })
      : null,
    days: plain.map((one, index) => ({ ...one, fitted: mean[index - start] ?? null })),
  };
}

/** The exponential curve with this rate and as many cases as were counted: what the eye compares. */
function meanCurve(counts: readonly number[], rate: number): number[] {
  const shape = counts.map((_, day) => Math.exp(rate * day));
  const scale = counts.reduce((a, b) => a + b, 0) / shape.reduce((a, b) => a + b, 0);
  return shape.map((value) => value * scale);
}
