/** A meeting as both implementations of the search give it. The definition is in packages/epi/src/co-location/README.md. */

/** Whose stays are followed, in whole epoch seconds: [from, until). */
export interface PersonWindow {
  readonly personId: string;
  readonly from: number;
  readonly until: number;
}

export interface MeetingOptions {
  readonly minMinutes: number;
  readonly lingeringMinutes: number;
}

export interface Meeting {
  /** Which of the windows found it, from 0. */
  readonly window: number;
  readonly personId: string;
  readonly placeId: string;
  /** The common interval [from, until) in epoch seconds, lingering included. */
  readonly from: number;
  readonly until: number;
}

export const epochOf = (instant: string): number => Math.floor(Date.parse(instant) / 1000);
export const instantOf = (epochSeconds: number): string => new Date(epochSeconds * 1000).toISOString();

/** The order both implementations answer in. */
export const inOrder = (meetings: Meeting[]): Meeting[] =>
  meetings.sort(
    (a, b) =>
      a.window - b.window ||
      a.from - b.from ||
      a.until - b.until ||
      compare(a.personId, b.personId) ||
      compare(a.placeId, b.placeId),
  );

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
