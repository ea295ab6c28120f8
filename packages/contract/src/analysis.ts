/** What the line list says about the outbreak: curve and nowcast, Rt, growth, delays, severity, offspring, aberrations. */
import * as z from 'zod';
import { about, estimate, lacking, usedInterval } from './analysis-shapes.ts';
import { CURVE_BASES } from './cases-chains.ts';
import { CASE_PURPOSES } from './cases-shared.ts';
import { get } from './route.ts';
import { type bilingual, civilDay, division, id } from './shapes.ts';

export * from './analysis-shapes.ts';

/** Exactly one of incident and list. An answer is for a county at the least: below it numbers point at people (R9). */
const of = {
  incidentId: id.optional(),
  lineListId: id.optional(),
  within: division.max(6).optional(),
  /** The cut-off: what was reported later is left out. */
  until: civilDay.optional(),
};
const basis = z.enum(CURVE_BASES).default('onset');
const interval = {
  serialInterval: z.enum(['pack', 'chains', 'given']).default('pack'),
  /** Another pack than the source's. */
  packId: z.string().max(60).optional(),
  /** Days, of `given`. The first must be above 1: nobody infects on the day they fall ill. */
  intervalMean: z.coerce.number().gt(1).max(100).optional(),
  intervalSd: z.coerce.number().gt(0).max(100).optional(),
};

/** `lacking` is empty where there is an estimate: too few data is an answer. */
const head = { about, lacking: z.array(lacking) };

export const curveAnalysis = z.strictObject({
  ...head,
  basis: z.enum(CURVE_BASES),
  /** Cases without the day asked for: not drawn, but counted. */
  missingCount: z.int(),
  /** Reported before the day asked for: left out of the delay. */
  reportedBeforeCount: z.int(),
  /** The first day of which less than 95 % is reported by the cut-off; null when all are in. */
  incompleteFrom: civilDay.nullable(),
  /** Measured by the delay to the report, or a rule for want of one. */
  incompleteBy: z.enum(['delay', 'rule', 'none']),
  /** Longest delay the nowcast counts, in days, and the cases beyond it. */
  longestDelayDays: z.int().nullable(),
  beyondCount: z.int(),
  days: z.array(
    z.strictObject({
      day: civilDay,
      count: z.int(),
      incomplete: z.boolean(),
      reportedProportion: z.number().nullable(),
      /** Of incomplete days: all cases of the day, those not yet reported among them. */
      nowcast: z
        .strictObject({ estimate: z.number().nullable(), median: z.int(), low: z.int(), high: z.int() })
        .nullable(),
    }),
  ),
});
export type CurveAnalysis = z.output<typeof curveAnalysis>;

export const reproductionAnalysis = z.strictObject({
  ...head,
  basis: z.enum(CURVE_BASES),
  windowDays: z.int(),
  interval: usedInterval.nullable(),
  missingCount: z.int(),
  firstDay: civilDay.nullable(),
  windows: z.array(
    z.strictObject({
      /** 1-based days of the series, and what they are in the calendar. */
      tStart: z.int(),
      tEnd: z.int(),
      from: civilDay,
      until: civilDay,
      casesCount: z.int(),
      mean: z.number().nullable(),
      sd: z.number().nullable(),
      quantiles: z.record(z.string(), z.number().nullable()),
      /**
       * `early`: begins before one serial interval has passed, the first cases have no infector here; `few`: fewer than 11
       * cases, the prior speaks along; `incomplete`: more than a tenth of its cases are not reported yet.
       */
      marks: z.array(z.enum(['early', 'few', 'incomplete'])),
    }),
  ),
});
export type ReproductionAnalysis = z.output<typeof reproductionAnalysis>;

/** Wallinga and Teunis: whom the cases of a window infected, afterwards. */
export const caseReproductionAnalysis = z.strictObject({
  ...head,
  basis: z.enum(CURVE_BASES),
  windowDays: z.int(),
  interval: usedInterval.nullable(),
  missingCount: z.int(),
  /** Ancestries drawn for the intervals. */
  simulationsCount: z.int(),
  windows: z.array(
    z.strictObject({
      tStart: z.int(),
      tEnd: z.int(),
      from: civilDay,
      until: civilDay,
      casesCount: z.int(),
      mean: z.number().nullable(),
      sd: z.number().nullable(),
      quantiles: z.record(z.string(), z.number().nullable()),
      /** Share of the serial interval that has passed for the window's last day, up to the last complete day. */
      passedProportion: z.number(),
      /** `truncated`: less than nine tenths of it: infectees of its cases are still to come. `few`: fewer than 11 cases. */
      marks: z.array(z.enum(['truncated', 'few'])),
    }),
  ),
});
export type CaseReproductionAnalysis = z.output<typeof caseReproductionAnalysis>;

const bounds = { mean: z.number(), median: z.number(), low: z.number(), high: z.number() };
export const forecastAnalysis = z.strictObject({
  ...head,
  basis: z.enum(CURVE_BASES),
  windowDays: z.int(),
  interval: usedInterval.nullable(),
  /** R of the last complete window, which is taken to stay. */
  R: z
    .strictObject({ mean: z.number(), sd: z.number(), from: civilDay, until: civilDay, casesCount: z.int() })
    .nullable(),
  /** Dispersion of offspring: estimated on the links, or taken for granted for want of them; null is Poisson. */
  k: z.number().nullable(),
  kFrom: z.enum(['links', 'assumed']),
  /** The forecast starts the day after: later ones are still filling up. */
  lastCompleteDay: civilDay.nullable(),
  level: z.number(),
  simulationsCount: z.int(),
  /** Share of simulations without a new case up to the last day. */
  noCaseProportion: z.number().nullable(),
  total: z.strictObject(bounds).nullable(),
  /** The last weeks as reported; the days of the forecast with its bounds, reported cases so far where they are past. */
  days: z.array(
    z.strictObject({
      day: civilDay,
      count: z.int().nullable(),
      incomplete: z.boolean(),
      forecast: z.strictObject(bounds).nullable(),
    }),
  ),
});
export type ForecastAnalysis = z.output<typeof forecastAnalysis>;

const time = z
  .strictObject({ estimate: z.number(), low: z.number(), high: z.number().nullable() })
  .nullable();
export const growthAnalysis = z.strictObject({
  ...head,
  basis: z.enum(CURVE_BASES),
  /** Days fitted; by default the last 14 that are complete. */
  from: civilDay.nullable(),
  to: civilDay.nullable(),
  growthRate: estimate.nullable(),
  doublingTimeDays: time,
  halvingTimeDays: time,
  /** R that the rate means with the interval below. */
  reproduction: estimate.nullable(),
  interval: usedInterval.nullable(),
  days: z.array(z.strictObject({ day: civilDay, count: z.int(), fitted: z.number().nullable() })),
});
export type GrowthAnalysis = z.output<typeof growthAnalysis>;

export const DELAYS = ['incubation', 'report', 'admission', 'death', 'sample_report'] as const;
export type DelayName = (typeof DELAYS)[number];
const delay = z.strictObject({
  name: z.enum(DELAYS),
  lacking: z.array(lacking),
  pairsCount: z.int(),
  /** Cases that lack one of the two days. */
  missingCount: z.int(),
  /** The second day before the first: shown, not fitted. */
  negativeCount: z.int(),
  observed: z
    .strictObject({ mean: z.number(), median: z.number(), sd: z.number().nullable(), max: z.int() })
    .nullable(),
  /** Cases by whole days. */
  days: z.array(z.strictObject({ days: z.int(), count: z.int() })),
  fits: z.array(
    z.strictObject({
      family: z.enum(['gamma', 'lognormal', 'weibull']),
      mean: estimate,
      sd: estimate,
      median: estimate,
      p95: estimate,
      aic: z.number(),
      /** P(delay falls on day d), of the best alone. */
      probabilities: z.array(z.number()),
    }),
  ),
});
export type DelayAnalysis = z.output<typeof delay>;
export const delaysAnalysis = z.strictObject({ ...head, delays: z.array(delay) });
export type DelaysAnalysis = z.output<typeof delaysAnalysis>;

export const severityAnalysis = z.strictObject({
  ...head,
  deathsCount: z.int(),
  recoveredCount: z.int(),
  unresolvedCount: z.int(),
  naive: estimate.nullable(),
  resolved: estimate.nullable(),
  resolvedLacking: z.array(lacking),
  adjusted: estimate.nullable(),
  adjustedLacking: z.array(lacking),
  /** Cases whose death would be known by the cut-off, and the delay this rests on. */
  knownOutcomesCount: z.number().nullable(),
  exceedsKnownOutcomes: z.boolean(),
  onsetToDeath: z.strictObject({ mean: z.number(), sd: z.number(), pairsCount: z.int() }).nullable(),
});
export type SeverityAnalysis = z.output<typeof severityAnalysis>;

export const offspringAnalysis = z.strictObject({
  ...head,
  linksCount: z.int(),
  impossibleCount: z.int(),
  ambiguousCount: z.int(),
  /** Too recent to have infected whom they will: not in the distribution. */
  leftOutCount: z.int(),
  R: estimate.nullable(),
  k: estimate.nullable(),
  /** Share of the cases that causes 80 % of transmission: by the fitted distribution, and as counted. */
  fittedProportion: z.number().nullable(),
  countedProportion: z.number().nullable(),
  countedCases: z.int().nullable(),
  table: z.array(
    z.strictObject({ infecteesCount: z.int(), casesCount: z.int(), expectedCount: z.number().nullable() }),
  ),
  serialInterval: z.strictObject({
    lacking: z.array(lacking),
    pairsCount: z.int(),
    negativeCount: z.int(),
    undatedCount: z.int(),
    mean: z.number().nullable(),
    sd: z.number().nullable(),
    median: z.number().nullable(),
    days: z.array(z.strictObject({ days: z.int(), count: z.int() })),
  }),
});
export type OffspringAnalysis = z.output<typeof offspringAnalysis>;

export const ABERRATION_SERIES = ['cases', 'samples', 'positives'] as const;
export const aberrationAnalysis = z.strictObject({
  ...head,
  series: z.enum(ABERRATION_SERIES),
  method: z.enum(['c1', 'c2', 'c3']),
  days: z.array(
    z.strictObject({
      day: civilDay,
      count: z.int(),
      expected: z.number().nullable(),
      upper: z.number().nullable(),
      alarm: z.boolean().nullable(),
    }),
  ),
  alarmsCount: z.int(),
});
export type AberrationAnalysis = z.output<typeof aberrationAnalysis>;

export const analysisEvents = {
  'analysis.aberration_found': { zh: '数量异常', en: 'More than chance explains' },
} as const;

const route = { access: 'cases.read', purposes: CASE_PURPOSES, priority: 'dashboard' } as const;
const summary = (zh: string, en: string): z.output<typeof bilingual> => ({ zh, en });

export const analysis = {
  curve: get('/analysis/curve', {
    ...route,
    summary: summary('流行曲线与现时预报', 'Epidemic curve with nowcast'),
    query: z.strictObject({ ...of, basis }),
    response: curveAnalysis,
  }),
  reproduction: get('/analysis/reproduction', {
    ...route,
    summary: summary('时变再生数', 'Time-varying reproduction number'),
    query: z.strictObject({
      ...of,
      basis,
      ...interval,
      windowDays: z.coerce.number().int().min(1).max(28).default(7),
    }),
    response: reproductionAnalysis,
  }),
  caseReproduction: get('/analysis/case-reproduction', {
    ...route,
    summary: summary('病例再生数（队列）', 'Case reproduction number'),
    query: z.strictObject({
      ...of,
      basis,
      ...interval,
      windowDays: z.coerce.number().int().min(1).max(28).default(7),
    }),
    response: caseReproductionAnalysis,
  }),
  forecast: get('/analysis/forecast', {
    ...route,
    summary: summary('短期预测', 'Forecast if nothing changes'),
    query: z.strictObject({
      ...of,
      basis,
      ...interval,
      windowDays: z.coerce.number().int().min(1).max(28).default(7),
      horizonDays: z.coerce.number().int().min(1).max(28).default(14),
    }),
    response: forecastAnalysis,
  }),
  growth: get('/analysis/growth', {
    ...route,
    summary: summary('增长率与倍增时间', 'Growth rate and doubling time'),
    query: z.strictObject({ ...of, basis, ...interval, from: civilDay.optional(), to: civilDay.optional() }),
    response: growthAnalysis,
  }),
  delays: get('/analysis/delays', {
    ...route,
    summary: summary('时间间隔分布', 'Delays'),
    query: z.strictObject(of),
    response: delaysAnalysis,
  }),
  severity: get('/analysis/severity', {
    ...route,
    summary: summary('病死率', 'Case fatality'),
    query: z.strictObject(of),
    response: severityAnalysis,
  }),
  offspring: get('/analysis/offspring', {
    ...route,
    summary: summary('续发病例数分布与代际间隔', 'Offspring distribution and serial interval'),
    query: z.strictObject(of),
    response: offspringAnalysis,
  }),
  aberrations: get('/analysis/aberrations', {
    ...route,
    summary: summary('异常信号', 'Aberrations'),
    query: z.strictObject({
      ...of,
      series: z.enum(ABERRATION_SERIES).default('cases'),
      method: z.enum(['c1', 'c2', 'c3']).default('c2'),
    }),
    response: aberrationAnalysis,
  }),
};
