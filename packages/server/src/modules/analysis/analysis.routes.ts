import { analysis as contract } from '@levee/contract';
import { implement } from '../../platform/http/implement.ts';
import {
  aberrationAnalysis,
  caseReproductionAnalysis,
  curveAnalysis,
  delaysAnalysis,
  forecastAnalysis,
  growthAnalysis,
  offspringAnalysis,
  reproductionAnalysis,
  severityAnalysis,
} from './analysis.service.ts';

export const analysisRoutes = implement('analysis', contract, {
  curve: (context, { query }) => curveAnalysis(context, query),
  reproduction: (context, { query }) => reproductionAnalysis(context, query),
  caseReproduction: (context, { query }) => caseReproductionAnalysis(context, query),
  forecast: (context, { query }) => forecastAnalysis(context, query),
  growth: (context, { query }) => growthAnalysis(context, query),
  delays: (context, { query }) => delaysAnalysis(context, query),
  severity: (context, { query }) => severityAnalysis(context, query),
  offspring: (context, { query }) => offspringAnalysis(context, query),
  aberrations: (context, { query }) => aberrationAnalysis(context, query),
});
