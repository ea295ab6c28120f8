/** Whole seconds since 1970-01-01T00:00Z, up to 2106. Instants come in and go out in this unit only. */
export type EpochSeconds = number;

/** A person was at a place in the half-open interval [from, until). A vehicle journey is a place too. */
export type Stay = { person: string; place: string; from: EpochSeconds; until: EpochSeconds };

/**
 * When and where somebody could infect others: all stays of a `person` as far as they lie in [from, until), or one stay
 * at a `place` that need not be in the index (`person` then only says whose it is). `until` may be Infinity.
 */
export type SearchWindow = {
  from: EpochSeconds;
  until: EpochSeconds;
  /** How long the air stays infectious after the source has left; default 0. */
  lingeringMinutes?: number | undefined;
} & ({ person: string; place?: undefined } | { place: string; person?: string | undefined });

/** When a stay began and ended: with person and place all that tells one stay from another. */
export type StayTimes = { from: EpochSeconds; until: EpochSeconds };

/** One stay of a contact that met one stay of a source: the evidence for an exposure. */
export type Meeting = {
  /** Which of the windows given found it, from 0. */
  window: number;
  /** The contact. */
  person: string;
  place: string;
  /** The common interval [from, until), lingering included. */
  from: EpochSeconds;
  until: EpochSeconds;
  /** Its length, not rounded. */
  minutes: number;
  /** The whole stay of the source; null when the window named a place. */
  sourceStay: StayTimes | null;
  /** The whole stay of the contact. */
  contactStay: StayTimes;
};

/** A meeting of a contact with somebody else; `via` is the contact. */
export type SecondOrderMeeting = Omit<Meeting, 'window' | 'sourceStay'> & {
  via: string;
  sourceStay: StayTimes;
};

export type FirstOrderOptions = {
  /** Shorter meetings are left out; applies to each meeting by itself. Default 0: moments count too. */
  minMinutes?: number | undefined;
};

export type SecondOrderOptions = FirstOrderOptions & {
  /** Up to when contacts are followed who are not in `isolatedAt`: normally the time of the search. */
  until: EpochSeconds;
  /** When each contact was isolated. */
  isolatedAt?: ReadonlyMap<string, EpochSeconds> | undefined;
  /** The same two settings for the second step; default: `minMinutes`, and no lingering. */
  secondMinMinutes?: number | undefined;
  secondLingeringMinutes?: number | undefined;
};

/**
 * Windows of many persons by their numbers (`CoLocationIndex.personNumber`): one time for all, or one for each. What
 * `searchPeople` and `searchPairs` give can be asked about again without making names of it.
 */
export type PersonWindows = {
  persons: Uint32Array;
  from: EpochSeconds | Float64Array | Uint32Array;
  until: EpochSeconds | Float64Array | Uint32Array;
  lingeringMinutes?: number | undefined;
};

export type TotalOptions = {
  /** Least minutes of all meetings together. Default 0: moments count too. */
  minTotalMinutes?: number | undefined;
  /** Numbers of persons to leave out, such as those found already. */
  known?: Uint32Array | undefined;
};

/** Three ways to the same answer (README.md); `pull` only where totals are not asked for. */
export type PeopleAlgorithm = 'probe' | 'sweep' | 'pull';

export type PeopleOptions = TotalOptions & {
  /** False: only who was met. Persons are then followed no further than the minimum, which is several times faster. */
  totals?: boolean | undefined;
  /** Only for measuring and testing: always this one instead of what is cheaper. */
  algorithm?: PeopleAlgorithm | undefined;
};

/** Who met any of the sources, in no order. Without totals the other two columns are empty. */
export type PeopleMet = {
  persons: Uint32Array;
  /** Person-seconds: two sources present for a minute are two minutes. */
  seconds: Float64Array;
  /** When the first meeting began: first exposure. */
  firstFrom: Float64Array;
};

/** Who met which source: one entry for each pair that met. Those of window w are start[w] … start[w + 1] - 1. */
export type PairsMet = {
  start: Uint32Array;
  persons: Uint32Array;
  seconds: Uint32Array;
  firstFrom: Uint32Array;
};
