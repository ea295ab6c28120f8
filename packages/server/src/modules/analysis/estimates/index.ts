/** Every estimate by its name: pure functions of facts, run in the thread beside the server. */
import { aberrationsOf } from './aberrations.ts';
import { caseReproductionOf } from './case-reproduction.ts';
import { delaysOf } from './delays.ts';
import { forecastOf } from './forecast.ts';
import { growthOf } from './growth.ts';
import { offspringOf } from './offspring.ts';
import { reproductionOf } from './reproduction.ts';
import { curveOf } from './series.ts';
import { severityOf } from './severity.ts';

export const estimates = {
  curve: curveOf,
  reproduction: reproductionOf,
  caseReproduction: caseReproductionOf,
  forecast: forecastOf,
  growth: growthOf,
  delays: delaysOf,
  severity: severityOf,
  offspring: offspringOf,
  aberrations: aberrationsOf,
};
export type Estimates = typeof estimates;
export type EstimateName = keyof Estimates;
