/** What the device keeps, in IndexedDB. Everything about a person is sealed; what is open is needed before the PIN is known. */
import { Dexie, type EntityTable, type Table } from 'dexie';

/** AES-GCM: nonce and bytes. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

/** The holder's key, wrapped by what only the PIN and this device together give. */
export interface Lock {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly wrapped: ArrayBuffer;
}

/** One person who works with this phone. */
export interface Profile {
  readonly accountId: string;
  readonly username: string;
  readonly name: string;
  /** Of this person on this phone, as the server knows it. */
  readonly deviceId: string;
  readonly lock: Lock;
  readonly wrongPins: number;
  /** Milliseconds; no PIN is tried before. */
  readonly closedUntilMs: number;
  readonly lastOrder: number;
  readonly siteId: string | null;
  readonly siteName: { readonly zh: string; readonly en: string } | null;
  readonly epoch: string | null;
  readonly lastSyncAt: string | null;
  /** Outcomes up to here are known. */
  readonly outcomesSince: string | null;
  readonly revoked: boolean;
  /** See device-clock.ts. */
  readonly clockShiftMs: number;
}

export const RECORD_STATES = [
  'saved',
  'queued',
  'sent',
  'accepted',
  'attention',
  'set_aside',
  'undone',
] as const;
/**
 * saved: on this device only · queued: offered, the answer is not in · sent: committed by the server · accepted: applied ·
 * attention: refused or kept for a decision · set_aside: decided not to be applied, or replaced · undone: taken back before it was offered.
 */
export type RecordState = (typeof RECORD_STATES)[number];

export interface StoredRecord {
  readonly id: string;
  readonly accountId: string;
  readonly deviceId: string;
  readonly order: number;
  readonly state: RecordState;
  readonly sealed: Sealed;
}

export interface StoredBundle {
  readonly accountId: string;
  readonly id: string;
  readonly expiresAt: string;
  readonly sealed: Sealed;
}

export interface StoredPage {
  readonly accountId: string;
  readonly bundleId: string;
  readonly page: number;
  readonly sealed: Sealed;
}

/** A list that is on its way: its pages are kept as they come, and it is not worked from before it is whole (T27). */
export interface ArrivingBundle {
  readonly accountId: string;
  readonly id: string;
  readonly deviceId: string;
  /** The part asked for; null for the site's whole area. */
  readonly within: string | null;
  readonly sealed: Sealed;
}

export class FieldDatabase extends Dexie {
  declare readonly profiles: EntityTable<Profile, 'accountId'>;
  declare readonly secrets: Table<{ id: string; key: CryptoKey }, string>;
  declare readonly records: EntityTable<StoredRecord, 'id'>;
  declare readonly bundles: EntityTable<StoredBundle, 'accountId'>;
  declare readonly arriving: EntityTable<ArrivingBundle, 'accountId'>;
  declare readonly pages: Table<StoredPage, [string, number]>;

  constructor(name = 'levee-field') {
    // A record is shown as saved once it is on the disk, not in a cache that a flat battery empties.
    super(name, { chromeTransactionDurability: 'strict' });
    // A queue written under any of these is opened and sent by this app (T24): a version is added, never changed.
    this.version(1).stores({
      profiles: 'accountId',
      secrets: 'id',
      records: 'id, [accountId+order]',
      bundles: 'accountId',
      pages: '[bundleId+page], accountId',
    });
    this.version(2).stores({ arriving: 'accountId' });
  }
}

/** The disk is full or the browser refuses more: nothing was written. */
export class StorageFullError extends Error {
  override readonly name = 'StorageFullError';
}

export function storageFull(error: unknown): boolean {
  for (let one = error as { name?: string; inner?: unknown } | undefined; one; ) {
    if (one.name === 'QuotaExceededError') return true;
    one = one.inner as typeof one;
  }
  return false;
}

export const database = new FieldDatabase();

/**
 * For what became of a record, not for the record: on a full disk the queue must still leave the phone. What is not noted is known
 * until the app closes, and then offered once more under its id, which changes nothing.
 */
export async function evenWhenFull(write: () => PromiseLike<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!storageFull(error)) throw error;
  }
}
