import { expect, it } from 'vitest';
import { readGolden, relativeError } from '../../test/golden.ts';
import { type AberrationOptions, detectAberration } from './detect-aberration.ts';
import type { EarsMethod } from './ears.ts';
import type { FarringtonOptions } from './farrington-settings.ts';

type Numbers = (number | null)[];
type FarringtonControl = {
  range?: number[] | number;
  b?: number;
  w?: number;
  noPeriods?: number;
  pastWeeksNotIncluded?: number;
  trend?: boolean;
  pThresholdTrend?: number;
  reweight?: boolean;
  weightsThreshold?: number;
  thresholdMethod?: 'delta' | 'nbPlugin' | 'muan';
  powertrans?: '2/3' | '1/2' | 'none';
  alpha?: number;
  limit54?: [number, number];
  populationOffset?: boolean;
};
type EarsControl = { range?: number[]; baseline?: number; minSigma?: number; alpha?: number };
type GoldenCase =
  | {
      name: string;
      method: 'farrington';
      counts: Numbers;
      control: FarringtonControl;
      population?: number[] | null;
      upper: Numbers;
      expected: Numbers;
      alarm: (boolean | null)[];
    }
  | {
      name: string;
      method: 'C1' | 'C2' | 'C3';
      counts: Numbers;
      control: EarsControl;
      from: number;
      upper: Numbers;
      alarm: (boolean | null)[];
    };

const THRESHOLDS = { delta: 'delta', nbPlugin: 'nb-plugin', muan: 'muan' } as const;

function farringtonOptions(control: FarringtonControl, from: number, until: number): FarringtonOptions {
  return {
    method: 'farrington',
    from,
    until,
    years: control.b,
    halfWindow: control.w,
    periods: control.noPeriods,
    excludeRecent: control.pastWeeksNotIncluded,
    trend: control.trend,
    trendP: control.pThresholdTrend,
    reweight: control.reweight === false ? false : control.weightsThreshold,
    threshold: control.thresholdMethod && THRESHOLDS[control.thresholdMethod],
    power: control.powertrans,
    alpha: control.alpha,
    minimumCases: control.limit54 && { cases: control.limit54[0], epochs: control.limit54[1] },
  };
}

function compare(
  counts: Numbers,
  options: AberrationOptions,
  golden: { from: number; upper: Numbers; alarm: (boolean | null)[]; expected?: Numbers },
  tolerance: number,
) {
  const { epochs } = detectAberration(counts, options);
  expect(epochs.map((epoch) => epoch.index)).toEqual(golden.upper.map((_, i) => golden.from + i));
  for (const [i, { index, upper, expected, alarm }] of epochs.entries()) {
    expect(relativeError(upper, golden.upper[i]!), `upper bound of epoch ${index}: ${upper}`).toBeLessThan(
      tolerance,
    );
    expect(alarm, `alarm of epoch ${index}`).toBe(golden.alarm[i]);
    if (!golden.expected) continue;
    const error = relativeError(expected, golden.expected[i]!);
    expect(error, `expectation of epoch ${index}: ${expected}`).toBeLessThan(tolerance);
  }
}

it.each(['noperiods1', 'noperiods10_nb'])('Salmonella Agona, Farrington %s: as surveillance', (setting) => {
  const golden = readGolden<{
    epoch_from: number;
    epoch_to: number;
    control: FarringtonControl;
    observed_all: number[];
    upperbound: Numbers;
    expected: Numbers;
    alarm: boolean[];
  }>(`surveillance/farrington_flexible_salmonella_agona_${setting}.json`);
  const { epoch_from, epoch_to, control, upperbound } = golden;
  const options = farringtonOptions(control, epoch_from, epoch_to);
  compare(golden.observed_all, options, { ...golden, from: epoch_from, upper: upperbound }, 1e-6);
});

it.each(['C1', 'C2', 'C3'] as const)('Salmonella Agona, EARS %s: as surveillance', (method) => {
  const golden = readGolden<
    { observed: number[] } & Record<
      'C1' | 'C2' | 'C3',
      { range_from: number; upperbound: Numbers; alarm: boolean[]; alpha: number }
    >
  >('surveillance/ears_salmonella_agona.json');
  const { range_from, upperbound, alarm } = golden[method];
  const options = { method: method.toLowerCase() as EarsMethod };
  compare(golden.observed, options, { from: range_from, upper: upperbound, alarm }, 1e-9);
});

const { cases } = readGolden<{ cases: GoldenCase[] }>('surveillance/cases.json');

it.each(cases)('$method, $name: as surveillance', (golden) => {
  if (golden.method === 'farrington') {
    const from = [golden.control.range ?? 320].flat()[0]!;
    const population = golden.control.populationOffset ? golden.population! : undefined;
    const range = farringtonOptions(golden.control, from, from + golden.upper.length - 1);
    const options = { ...range, population };
    compare(golden.counts, options, { ...golden, from }, 1e-6);
    return;
  }
  const { baseline, minSigma, alpha, range } = golden.control;
  const options = {
    method: golden.method.toLowerCase() as EarsMethod,
    ...{ baseline, minSigma, alpha, from: range?.[0], until: range?.at(-1) },
  };
  compare(golden.counts, options, golden, 1e-9);
});
