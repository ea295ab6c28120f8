/** The face of @levee/epi: everything other packages may use, and nothing else. */

export type { AberrationEpoch, Aberrations } from './aberration/aberration.ts';
export { type AberrationOptions, detectAberration } from './aberration/detect-aberration.ts';
export type { EarsMethod, EarsOptions } from './aberration/ears.ts';
export type { FarringtonOptions, FarringtonThreshold } from './aberration/farrington-settings.ts';
export { type CivilDay, civilDay, dayNumber } from './calendar/civil-day.ts';
export { type BuildChainsOptions, buildChains } from './chains/build-chains.ts';
export type {
  AmbiguousInfectee,
  ChainCase,
  ChainContact,
  ChainLink,
  ChainNode,
  Chains,
  ImpossibleLink,
} from './chains/chains.ts';
export { type Cluster, clusters } from './chains/clusters.ts';
export { type Generation, generations } from './chains/generations.ts';
export { type InfectorRow, infecteesPerInfector } from './chains/infectees-per-infector.ts';
export { type OffspringRow, offspringTable } from './chains/offspring-table.ts';
export { type SerialIntervals, serialIntervals } from './chains/serial-intervals.ts';
export { superspreadingThreshold } from './chains/superspreading-threshold.ts';
export { CoLocationIndex } from './co-location/co-location-index.ts';
export { meetingSeconds, NO_MEETING } from './co-location/meeting-seconds.ts';
export type { IndexState } from './co-location/snapshot.ts';
export type {
  EpochSeconds,
  FirstOrderOptions,
  Meeting,
  PairsMet,
  PeopleMet,
  PeopleOptions,
  PersonWindows,
  SearchWindow,
  SecondOrderMeeting,
  SecondOrderOptions,
  Stay,
  StayTimes,
  TotalOptions,
} from './co-location/stay.ts';
export { StaysBuilding } from './co-location/stays-building.ts';
export {
  type CurveCase,
  type CurveDate,
  type EpiCurve,
  type EpiCurveOptions,
  epiCurve,
} from './curve/epi-curve.ts';
export type { DelayEstimate, DelayFamily, DelayFit, DelayRecord } from './delays/delay.ts';
export { discretiseDelay } from './delays/discretise-delay.ts';
export { delayOfDays, estimateDelay } from './delays/estimate-delay.ts';
export { type Nowcast, type NowcastDay, type NowcastOptions, nowcast } from './delays/nowcast.ts';
export { reportedProportions } from './delays/reported-proportions.ts';
export {
  firstIncompleteDay,
  isEmptyTriangle,
  type ReportingDelay,
  type ReportingDelayOptions,
  reportingDelay,
} from './delays/reporting-delay.ts';
export { type ReportedCase, type ReportingTriangle, reportingTriangle } from './delays/reporting-triangle.ts';
export { betaCdf, betaPdf, betaQuantile } from './distributions/beta.ts';
export { chiSquaredCdf, chiSquaredQuantile, chiSquaredTail } from './distributions/chi-squared.ts';
export {
  discretiseSerialInterval,
  type GammaSerialInterval,
} from './distributions/discretise-serial-interval.ts';
export { fitGamma, type GammaFit } from './distributions/fit-gamma.ts';
export { fitLognormal, type LognormalFit } from './distributions/fit-lognormal.ts';
export { fitNegativeBinomial, type NegativeBinomialFit } from './distributions/fit-negative-binomial.ts';
export { fitWeibull, type WeibullFit } from './distributions/fit-weibull.ts';
export { gammaCdf, gammaPdf, gammaQuantile, gammaTail } from './distributions/gamma.ts';
export { lognormalCdf, lognormalPdf, lognormalQuantile } from './distributions/lognormal.ts';
export {
  negativeBinomialCdf,
  negativeBinomialLogPmf,
  negativeBinomialPmf,
  negativeBinomialQuantile,
} from './distributions/negative-binomial.ts';
export { normalCdf, normalPdf, normalQuantile } from './distributions/normal.ts';
export { poissonCdf, poissonPmf, poissonQuantile } from './distributions/poisson.ts';
export {
  sampleBeta,
  sampleGamma,
  sampleLognormal,
  sampleNormal,
  sampleWeibull,
} from './distributions/sample-continuous.ts';
export { sampleBinomial, sampleNegativeBinomial, samplePoisson } from './distributions/sample-counts.ts';
export { studentTCdf, studentTQuantile } from './distributions/student-t.ts';
export { weibullCdf, weibullPdf, weibullQuantile } from './distributions/weibull.ts';
export {
  type Forecast,
  type ForecastInput,
  type ForecastOptions,
  forecastCases,
} from './forecast/forecast-cases.ts';
export type { Estimate } from './interval/estimate.ts';
export { wilsonInterval } from './interval/wilson-interval.ts';
export type { OffspringAssumption } from './offspring/control.ts';
export { estimateOffspring, type OffspringEstimate } from './offspring/estimate-offspring.ts';
export { type ContainOptions, probabilityContain } from './offspring/probability-contain.ts';
export { probabilityExtinct } from './offspring/probability-extinct.ts';
export { proportionOfCases } from './offspring/proportion-of-cases.ts';
export type { PoolAssay } from './pooling/dilution.ts';
export { type PoolDesign, type PoolSize, type PoolSizeOptions, poolSize } from './pooling/pool-size.ts';
export { type PoolBatch, type ReflexLoad, reflexLoad } from './pooling/reflex-load.ts';
export { createRandom, type Random } from './random/random.ts';
export { type CountRegression, regressCounts } from './regression/log-linear-counts.ts';
export {
  type CaseReproductionEstimate,
  type CaseReproductionEstimates,
  type CaseReproductionOptions,
  estimateCaseReproduction,
} from './reproduction/estimate-case-reproduction.ts';
export {
  estimateGrowthRate,
  type GrowthMethod,
  type GrowthOptions,
  type GrowthRateEstimate,
} from './reproduction/estimate-growth-rate.ts';
export {
  estimateRt,
  type RtEstimates,
  type RtOptions,
  type RtWarning,
} from './reproduction/estimate-rt.ts';
export { overallInfectivity } from './reproduction/overall-infectivity.ts';
export { QUANTILE_LEVELS, type QuantileLevel, type Quantiles } from './reproduction/posterior-quantiles.ts';
export { type GenerationInterval, reproductionFromGrowth } from './reproduction/reproduction-from-growth.ts';
export type { RtEstimate } from './reproduction/rt-estimate.ts';
export type {
  EmpiricalSerialInterval,
  FixedSerialInterval,
  SampledSerialInterval,
  SerialInterval,
  UncertainSerialInterval,
} from './reproduction/serial-interval.ts';
export type { RtWindow, WindowOptions } from './reproduction/windows.ts';
export type { ScanCase, ScanCluster, ScanOptions, ScanPlace, SpaceTimeScan } from './scan/scan.ts';
export { scanSpaceTime } from './scan/scan-space-time.ts';
export {
  estimateSeverity,
  type Severity,
  type SeverityCounts,
  type SeverityOptions,
} from './severity/estimate-severity.ts';
export {
  type ExposedGroup,
  type SecondaryAttackRate,
  secondaryAttackRate,
} from './severity/secondary-attack-rate.ts';
