import { expect, it } from 'vitest';
import { readGolden, relativeError } from '../../test/golden.ts';
import { discretiseSerialInterval } from '../distributions/discretise-serial-interval.ts';
import { estimateCaseReproduction } from './estimate-case-reproduction.ts';
import { estimateRt, type RtOptions } from './estimate-rt.ts';
import type { FixedSerialInterval } from './serial-interval.ts';

type Column = (number | null)[];
type GoldenR = Record<
  't_start' | 't_end' | 'mean' | 'sd' | 'q025' | 'q05' | 'q25' | 'median' | 'q75' | 'q95' | 'q975',
  Column
>;
type GoldenWt = { t_start: number[]; mean: Column };
type GoldenDataset = {
  incidence: { total: number[] };
  si_distr_input: number[];
  estimate_R: {
    non_parametric_si: { R: GoldenR };
    parametric_si: { mean_si: number; std_si: number; si_discretised: number[]; R: GoldenR };
  };
  wallinga_teunis: Record<'non_parametric_si' | 'parametric_si', { R: GoldenWt }>;
};
type GoldenCase = {
  name: string;
  cases: number[];
  imported: number[] | null;
  config: {
    mean_si?: number;
    std_si?: number;
    si_distr?: number[];
    t_start?: number[] | number;
    t_end?: number[] | number;
    mean_prior?: number;
    std_prior?: number;
  };
  R: GoldenR;
  wallinga_teunis: GoldenWt | null;
};

const QUANTILES = {
  '0.025': 'q025',
  '0.05': 'q05',
  '0.25': 'q25',
  '0.5': 'median',
  '0.75': 'q75',
  '0.95': 'q95',
  '0.975': 'q975',
} as const;

function compareRt(cases: number[], options: RtOptions, golden: GoldenR) {
  const { windows } = estimateRt(cases, options);
  expect(windows.map((window) => [window.tStart, window.tEnd])).toEqual(
    golden.t_start.map((tStart, i) => [tStart, golden.t_end[i]]),
  );
  for (const [i, window] of windows.entries()) {
    expect(relativeError(window.mean, golden.mean[i]!)).toBeLessThan(1e-9);
    expect(relativeError(window.sd, golden.sd[i]!)).toBeLessThan(1e-9);
    for (const [level, column] of Object.entries(QUANTILES)) {
      const quantile = window.quantiles[level as keyof typeof QUANTILES];
      expect(relativeError(quantile, golden[column][i]!)).toBeLessThan(1e-7);
    }
  }
}

function compareCaseReproduction(
  cases: number[],
  options: RtOptions & { serialInterval: FixedSerialInterval },
  golden: GoldenWt,
) {
  const { windows } = estimateCaseReproduction(cases, { ...options, simulationsCount: 0 });
  const estimated = windows.filter((window) => window.mean !== null);
  expect(estimated.map((window) => window.tStart)).toEqual(golden.t_start);
  for (const [i, window] of estimated.entries()) {
    expect(Math.abs(window.mean! - golden.mean[i]!)).toBeLessThanOrEqual(1e-6 * golden.mean[i]!);
  }
}

const datasets = ['Flu1918', 'Flu2009', 'SARS2003'].map((name) => ({
  name,
  ...readGolden<GoldenDataset>(`epiestim/${name}.json`),
}));

it.each(datasets)('$name: Rt, discretised interval and case reproduction equal EpiEstim’s', (golden) => {
  const cases = golden.incidence.total;
  const table: FixedSerialInterval = {
    family: 'empirical',
    probabilities: golden.si_distr_input,
    unit: 'day',
  };
  const { mean_si, std_si, si_discretised, R } = golden.estimate_R.parametric_si;
  const gamma: FixedSerialInterval = { family: 'gamma', mean: mean_si, sd: std_si, unit: 'day' };

  compareRt(cases, { serialInterval: table }, golden.estimate_R.non_parametric_si.R);
  compareRt(cases, { serialInterval: gamma }, R);
  compareCaseReproduction(cases, { serialInterval: table }, golden.wallinga_teunis.non_parametric_si.R);
  compareCaseReproduction(cases, { serialInterval: gamma }, golden.wallinga_teunis.parametric_si.R);
  // EpiEstim adds a 0 behind the last day of the series.
  const ours = [...discretiseSerialInterval(gamma, cases.length - 1), 0];
  expect(ours).toHaveLength(si_discretised.length);
  for (const [day, probability] of ours.entries()) {
    expect(Math.abs(probability - si_discretised[day]!)).toBeLessThan(1e-10);
  }
});

const further = readGolden<{
  discretised: { mean: number; sd: number; probabilities: number[] }[];
  cases: GoldenCase[];
}>('epiestim/cases.json');

it.each(further.discretised)('the interval of $mean ± $sd days is discretised as by EpiEstim', (golden) => {
  const ours = discretiseSerialInterval(
    { family: 'gamma', mean: golden.mean, sd: golden.sd, unit: 'day' },
    60,
  );
  for (const [day, probability] of golden.probabilities.entries()) {
    expect(Math.abs(ours[day]! - probability)).toBeLessThan(1e-10);
  }
});

it.each(further.cases)('$name: as EpiEstim', ({ cases, imported, config, R, wallinga_teunis }) => {
  const serialInterval: FixedSerialInterval = config.si_distr
    ? { family: 'empirical', probabilities: config.si_distr, unit: 'day' }
    : { family: 'gamma', mean: config.mean_si!, sd: config.std_si!, unit: 'day' };
  const ends = [config.t_end ?? []].flat();
  const options = {
    serialInterval,
    imported: imported ?? undefined,
    windows: config.t_start
      ? [config.t_start].flat().map((tStart, i) => ({ tStart, tEnd: ends[i]! }))
      : undefined,
    prior: config.mean_prior ? { mean: config.mean_prior, sd: config.std_prior! } : undefined,
  };
  compareRt(cases, options, R);
  if (wallinga_teunis) compareCaseReproduction(cases, options, wallinga_teunis);
});
