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
  /** Ordinal of the source's stay; null when the window named a place. */
  sourceStay: number | null;
  /** Ordinal of the contact's stay: what `build` counted from 0 and `add` returned. */
  contactStay: number;
};

/** A meeting of a contact with somebody else; `via` is the contact. */
export type SecondOrderMeeting = Omit<Meeting, 'window' | 'sourceStay'> & { via: string; sourceStay: number };

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
