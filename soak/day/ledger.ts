/**
 * What the day should have come to, kept by the clients alone: each tube as they know it, each error as it was planted.
 * Nothing here is read from the server; it is what the server is held against.
 */
import type { PoolCapacity, PoolState, TestOutcome } from '@levee/contract';
import type { FaultKind } from './faults.ts';

export interface Tube {
  readonly poolId: string;
  readonly code: string;
  readonly capacity: PoolCapacity;
  readonly siteId: string;
  readonly county: string;
  readonly personIds: readonly string[];
  readonly fault: FaultKind | null;
  /** What the laboratory's machine will find. */
  readonly positive: boolean;
  state: PoolState;
  outcome: TestOutcome | null;
}

/** A planted error and where it must be found again. */
export type Planted = { readonly kind: FaultKind } & (
  | { readonly where: 'door'; readonly found: boolean }
  /** By device and its own count: a record kept under another id is found as well. */
  | { readonly where: 'kept record' | 'flagged clock'; readonly deviceId: string; readonly order: number }
  | { readonly where: 'applied once'; readonly ids: readonly string[] }
  | {
      readonly where: 'kept result';
      readonly tubeCode: string;
      readonly code: string;
      readonly state: 'open' | 'applied';
    }
  | { readonly where: 'kept message'; readonly outcome: string; readonly bytes: number }
  | { readonly where: 'read as it is'; readonly tubeCode: string }
  | { readonly where: 'box difference'; readonly boxId: string }
);

export class Ledger {
  readonly tubes: Tube[] = [];
  readonly planted: Planted[] = [];
  /** People whose swab was acknowledged and must be counted in the round. */
  readonly sampled = new Set<string>();
  /** Records the server acknowledged (200), planted ones among them. */
  acknowledged = 0;
  /** Things no plan foresaw: an answer other than the expected one. */
  readonly surprises: string[] = [];
  resent = 0;

  surprise(what: string): void {
    this.surprises.push(what);
  }

  /** People in tubes by state. */
  peopleIn(...states: PoolState[]): number {
    return this.tubes
      .filter(({ state }) => states.includes(state))
      .reduce((sum, { personIds }) => sum + personIds.length, 0);
  }
}
