/** What the thread that holds the index and the server say to each other. */
import type { Meeting, MeetingOptions, PersonWindow } from '../meeting.ts';
import type { IndexedUpTo, StayChange } from './changes.ts';

export interface WorkerSettings {
  readonly url: string;
  readonly jurisdiction: string;
  /** Where the snapshot is read from at start and written to. */
  readonly file: string;
}

export type Asked =
  | {
      readonly kind: 'question';
      readonly id: number;
      /** Changes to take in first, so that the answer includes them. */
      readonly changes: readonly StayChange[];
      readonly windows: readonly PersonWindow[];
      readonly options: MeetingOptions;
    }
  /** Write the snapshot; all that lies before `upTo` has been told. */
  | { readonly kind: 'save'; readonly id: number; readonly upTo: IndexedUpTo };

export interface Ready {
  readonly staysCount: number;
  /** Bytes of stays, later additions and names. */
  readonly bytes: number;
  readonly from: 'snapshot' | 'database';
  /** Why a snapshot that was there was thrown away. */
  readonly thrownAway: string | null;
}

export type Said =
  | (Ready & { readonly kind: 'ready'; readonly upTo: IndexedUpTo })
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly meetings: Meeting[];
      readonly staysCount: number;
    }
  | { readonly kind: 'saved'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number | null; readonly message: string };
