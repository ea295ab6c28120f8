/** The face of @levee/epi: everything other packages may use, and nothing else. */

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
