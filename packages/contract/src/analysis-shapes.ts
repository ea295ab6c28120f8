/** What every answer of the analysis carries, and the numbers it is made of. */
import * as z from 'zod';
import { civilDay, division, id, instant } from './shapes.ts';

/** What an estimate lacks: the code says what, `have` and `need` how much. Words are the screen's. */
export const LACKING = [
  'cases',
  'dated_cases',
  'days_since_first_case',
  'days_with_cases',
  'serial_interval',
  'pairs',
  'report_days',
  'links',
  'resolved_cases',
  'recovered_cases',
  'deaths_with_days',
  'cases_with_onset',
  'history_days',
] as const;
export const lacking = z.strictObject({
  what: z.enum(LACKING),
  have: z.number(),
  need: z.number(),
});
export type Lacking = z.output<typeof lacking>;

/** Null where the data do not say; `unbounded` where there is no upper bound at all. */
export const estimate = z.strictObject({
  estimate: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  unbounded: z.boolean(),
  level: z.number(),
});
export type EstimateAnswer = z.output<typeof estimate>;

/** Which cases, known up to when, by which version: stands with every number (F29). */
export const about = z.strictObject({
  asOf: instant,
  /** Last day whose records are counted. */
  cutoffDay: civilDay,
  /** Today in a running incident; the last day any record names in a list that is over. */
  cutoffFrom: z.enum(['today', 'last_record', 'chosen']),
  source: z.strictObject({
    kind: z.enum(['incident', 'line_list', 'tests']),
    id: id.nullable(),
    nameZh: z.string(),
    nameEn: z.string(),
  }),
  within: division,
  /** Cases counted; those decided not to be cases, and those known only after the cut-off, are not among them. */
  casesCount: z.int(),
  notCasesCount: z.int(),
  afterCutoffCount: z.int(),
  methodVersion: z.string(),
});
export type AnalysisAbout = z.output<typeof about>;

/** The interval used between onsets, and where it comes from. */
export const usedInterval = z.strictObject({
  from: z.enum(['pack', 'chains', 'given']),
  mean: z.number(),
  sd: z.number(),
  /** Pairs it was measured on, where from the chains. */
  pairsCount: z.int().nullable(),
  pack: z
    .strictObject({
      id: z.string(),
      name: z.strictObject({ zh: z.string(), en: z.string() }),
      source: z.string(),
      verified: z.boolean(),
      note: z.string().nullable(),
    })
    .nullable(),
});
export type UsedInterval = z.output<typeof usedInterval>;
