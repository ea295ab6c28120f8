import type { ForecastAnalysis } from '@levee/contract';
import { civilDay, dayNumber, discretiseSerialInterval, forecastCases } from '@levee/epi';
import { gammaOf, type IntervalChoice, type Link } from './interval.ts';
import { offspringOf } from './offspring.ts';
import { readyFor, reproductionOf } from './reproduction.ts';
import type { Asked } from './series.ts';

export type Forecast = Omit<ForecastAnalysis, 'about'>;

/** Enough for the bounds of single days; 2,000 of 14 days at 100 cases a day take 60 ms. */
const SIMULATIONS = 2000;
const LEVEL = 0.95;
const PAST_DAYS = 28;
/** SARS 0.16, COVID-19 0.1 to 0.6: without links of our own superspreading is not left out (Lloyd-Smith 2005, Endo 2020). */
const ASSUMED_K = 0.3;

export interface ForecastAsked extends Asked {
  readonly windowDays: number;
  readonly horizonDays: number;
  readonly interval: IntervalChoice;
  readonly links: readonly Link[];
  readonly packMean: number | null;
  readonly onsetBeforeInfectorDays: number;
}

/**
 * Cases of the next days if nothing changes: R of the last complete window stays. It starts behind the last complete day,
 * so that days still filling up are forecast and not believed.
 */
export function forecastOf(asked: ForecastAsked): Forecast {
  const { basis, windowDays, horizonDays, cutoff } = asked;
  const { curve, counts, used, missing } = readyFor(asked);
  const firstIncomplete = curve.days.findIndex(({ incomplete }) => incomplete);
  const completeCount = firstIncomplete < 0 ? counts.length : firstIncomplete;
  const lastCompleteDay = curve.days[completeCount - 1]?.day ?? null;
  const { k, kFrom } = dispersionOf(asked);
  const last = reproductionOf(asked).windows.findLast(
    ({ tEnd, mean, marks }) => mean !== null && tEnd <= completeCount && !marks.includes('early'),
  );
  const past = curve.days.slice(-PAST_DAYS);
  const head = {
    basis,
    windowDays,
    interval: used,
    k,
    kFrom,
    lastCompleteDay,
    level: LEVEL,
    simulationsCount: SIMULATIONS,
  };
  if (missing.length > 0 || used === null || last === undefined || lastCompleteDay === null) {
    const lacking =
      missing.length > 0
        ? missing
        : [
            {
              what: 'days_since_first_case' as const,
              have: completeCount,
              need: Math.max(windowDays, Math.floor(used?.mean ?? 0)) + 1,
            },
          ];
    const days = past.map(({ day, count, incomplete }) => ({ day, count, incomplete, forecast: null }));
    return { lacking, ...head, R: null, noCaseProportion: null, total: null, days };
  }
  const R = { mean: last.mean!, sd: last.sd! };
  const waitingDays = dayNumber(cutoff) - dayNumber(lastCompleteDay);
  const forecast = forecastCases(
    {
      casesPerDay: counts.slice(0, completeCount),
      serialInterval: discretiseSerialInterval(gammaOf(used), completeCount + waitingDays + horizonDays),
      R,
      k: k ?? Number.POSITIVE_INFINITY,
    },
    { horizonDays: waitingDays + horizonDays, simulationsCount: SIMULATIONS, level: LEVEL, seed: 1 },
  );
  const { mean, median, low, high } = forecast.total;
  const byDay = new Map(
    forecast.days.map((one) => [civilDay(dayNumber(lastCompleteDay) + one.day), one] as const),
  );
  const reported = past.map(({ day, count, incomplete }) => ({
    day,
    count,
    incomplete,
    forecast: boundsOf(byDay.get(day)),
  }));
  const coming = [...byDay].flatMap(([day, one]) =>
    day > cutoff ? [{ day, count: null, incomplete: false, forecast: boundsOf(one) }] : [],
  );
  return {
    lacking: [],
    ...head,
    R: { ...R, from: last.from, until: last.until, casesCount: last.casesCount },
    noCaseProportion: forecast.noCaseProportion,
    total: { mean, median, low, high },
    days: [...reported, ...coming],
  };
}

const boundsOf = (one: { mean: number; median: number; low: number; high: number } | undefined) =>
  one === undefined ? null : { mean: one.mean, median: one.median, low: one.low, high: one.high };

/** Measured on the links where there are enough; Poisson (null) where they are no more unequal than chance. */
function dispersionOf(asked: ForecastAsked): { k: number | null; kFrom: 'links' | 'assumed' } {
  const { k } = offspringOf(asked);
  if (k === null) return { k: ASSUMED_K, kFrom: 'assumed' };
  return { k: k.estimate, kFrom: 'links' };
}
