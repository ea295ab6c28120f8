import type { CivilDay } from '../calendar/civil-day.ts';

/** Where cases are counted. With coordinates in degrees x is the longitude and y the latitude. */
export type ScanPlace = { id: string; x: number; y: number };

/** Cases of one place on one day; several rows of the same place and day add up. */
export type ScanCase = { place: string; date: CivilDay; casesCount?: number | undefined };

export type ScanOptions = {
  /** `degrees`: great-circle distance in km (the default); `plane`: distance in the unit of the coordinates. */
  coordinates?: 'degrees' | 'plane' | undefined;
  /** Largest radius of a cluster, in km or the unit of the plane. Default: no limit but the next. */
  maxRadius?: number | undefined;
  /** Largest share of all cases that the places of a cluster may hold over the whole period. Default 0.5. */
  maxCasesProportion?: number | undefined;
  /** Longest duration of a cluster. Default: half of the period, at least 1. */
  maxDays?: number | undefined;
  /** `prospective` looks for clusters still there on the last day (the default); `retrospective` for any. */
  mode?: 'prospective' | 'retrospective' | undefined;
  /** First and last day of the period; default: those of the cases. Give `until`, the day the data reach. */
  from?: CivilDay | undefined;
  until?: CivilDay | undefined;
  /** Monte-Carlo replicates; default 999, so that p can be 0.001 at the smallest. */
  replicatesCount?: number | undefined;
  seed: number;
};

export type ScanCluster = {
  /** The place in the middle. */
  centre: string;
  /** In km, or the unit of the plane; 0 for a single place. */
  radius: number;
  /** Places of the cluster, nearest first. */
  places: string[];
  from: CivilDay;
  until: CivilDay;
  observedCount: number;
  expectedCount: number;
  logLikelihoodRatio: number;
  /** Probability of a ratio as large somewhere in the data without any interaction of space and time. */
  pValue: number;
};

export type SpaceTimeScan = {
  /** The most likely cluster first, then those that share no place with a more likely one. */
  clusters: ScanCluster[];
  casesCount: number;
  daysCount: number;
  replicatesCount: number;
  seed: number;
};
