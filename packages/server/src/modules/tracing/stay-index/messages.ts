/** What the thread that holds the index and the server say to each other. */
import type { Meeting, MeetingOptions, PersonWindow } from '../meeting.ts';

export interface IndexedStay {
  readonly personId: string;
  readonly placeId: string;
  readonly from: number;
  readonly until: number;
}

export interface StayChange extends IndexedStay {
  readonly kind: 'recorded' | 'removed';
}

export interface WorkerSettings {
  readonly url: string;
  readonly jurisdiction: string;
}

/**
 * Up to where the log of events is in the index: everything of transactions before `transaction`, and the events of
 * later ones in `sequences`, which had committed when the stays were read.
 */
export interface IndexedUpTo {
  readonly transaction: string;
  readonly sequences: readonly number[];
}

export interface Question {
  readonly id: number;
  /** Changes to take in first, so that the answer includes them. */
  readonly changes: readonly StayChange[];
  readonly windows: readonly PersonWindow[];
  readonly options: MeetingOptions;
}

export type Said =
  | {
      readonly kind: 'ready';
      readonly upTo: IndexedUpTo;
      readonly staysCount: number;
      readonly columnBytes: number;
    }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly meetings: Meeting[];
      readonly staysCount: number;
    }
  | { readonly kind: 'failed'; readonly id: number | null; readonly message: string };
