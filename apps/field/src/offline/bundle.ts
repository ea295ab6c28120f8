/** The list of people the device carries: all of it under the PIN, complete or not there at all (T27). */
import { type BundleManifest, type BundlePerson, LeveeError, newId } from '@levee/contract';
import { waitAfter } from './backoff.ts';
import { type FieldDatabase, storageFull } from './database.ts';
import type { Vault } from './vault.ts';
import type { FieldClient } from './wire.ts';

export interface CarriedList {
  readonly manifest: BundleManifest;
  readonly people: readonly BundlePerson[];
  readonly byId: ReadonlyMap<string, BundlePerson>;
  readonly byCard: ReadonlyMap<string, BundlePerson>;
  readonly byHousehold: ReadonlyMap<string, readonly BundlePerson[]>;
  /** The mark a scanned number has in this list. */
  markOf(identityNumber: string): Promise<string>;
}

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const bytesOf = (text: string) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** What arrived is not the whole list: nothing of it is used. */
export class IncompleteListError extends Error {
  override readonly name = 'IncompleteListError';
}

/** A page is tried so often in a row before its holder is told; what has come stays. */
const TRIES = 3;
/** A list that began to come earlier is begun anew: it would not know who was sampled since. */
const RESUMED_WITHIN_MS = 6 * 3_600_000;

interface Ports {
  readonly db: FieldDatabase;
  readonly vault: Vault;
  readonly client: Pick<FieldClient, 'sync'>;
}
interface Wanted {
  readonly accountId: string;
  readonly deviceId: string;
  readonly within: string | null;
}

/**
 * Fetches a new list and puts it in the place of the old one at once, when it is whole. Cut off, it goes on at the page where
 * it stopped, after a restart too.
 *
 * @param onProgress share of the pages that are in, 0 to 1
 * @throws IncompleteListError, LeveeError; the list that was there stays
 */
export async function takeList(
  ports: Ports,
  wanted: Wanted,
  onProgress: (share: number) => void,
  nowMs = Date.now(),
): Promise<CarriedList> {
  const { db, vault } = ports;
  const { accountId } = wanted;
  const manifest = (await findArriving(ports, wanted, nowMs)) ?? (await begin(ports, wanted));
  try {
    await fetchMissing(ports, accountId, manifest, onProgress);
    const people = await readPages(ports, manifest.id);
    await requireWhole(manifest, people);
    const sealed = await vault.seal(manifest);
    await db.transaction('rw', db.bundles, db.arriving, db.pages, async () => {
      await dropPages(db, accountId, manifest.id);
      await db.bundles.put({ accountId, id: manifest.id, expiresAt: manifest.expiresAt, sealed });
      await db.arriving.delete(accountId);
    });
    return listOf(manifest, people);
  } catch (error) {
    // Of no use any more, or in the way of records that need the room. A line that broke is neither.
    const refused = error instanceof LeveeError && ['not_found', 'state.refused'].includes(error.code);
    if (refused || error instanceof IncompleteListError || storageFull(error)) {
      await dropArriving(db, accountId);
    }
    throw error;
  }
}

/** The rest of a list that was asked for in the same way not long ago. */
async function findArriving(
  { db, vault }: Ports,
  { accountId, deviceId, within }: Wanted,
  nowMs: number,
): Promise<BundleManifest | null> {
  const found = await db.arriving.get(accountId);
  if (!found) return null;
  const manifest = await vault.open<BundleManifest>(found.sealed);
  const ageMs = nowMs - Date.parse(manifest.takenAt);
  if (found.deviceId === deviceId && found.within === within && ageMs < RESUMED_WITHIN_MS) return manifest;
  await dropArriving(db, accountId);
  return null;
}

async function begin({ db, vault, client }: Ports, wanted: Wanted): Promise<BundleManifest> {
  const { accountId, deviceId, within } = wanted;
  const body = { id: newId(), deviceId, ...(within !== null && { within }) };
  const manifest = await client.sync.takeBundle({ purpose: 'testing', body });
  const sealed = await vault.seal(manifest);
  await db.arriving.put({ accountId, deviceId, within, id: manifest.id, sealed });
  return manifest;
}

async function fetchMissing(
  { db, vault, client }: Ports,
  accountId: string,
  { id: bundleId, pageCount }: BundleManifest,
  onProgress: (share: number) => void,
): Promise<void> {
  const have = new Set((await pagesOf(db, bundleId).primaryKeys()).map(([, page]) => page));
  const tell = () => onProgress(pageCount === 0 ? 1 : have.size / pageCount);
  tell();
  for (let page = 0; page < pageCount; page += 1) {
    if (have.has(page)) continue;
    const params = { bundleId, page: page as unknown as string & number };
    const got = await patiently(() => client.sync.bundlePage({ purpose: 'testing', params }));
    await db.pages.put({ accountId, bundleId, page, sealed: await vault.seal(got.people) });
    have.add(page);
    tell();
  }
}

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      const passing = error instanceof LeveeError && ['unavailable', 'overloaded'].includes(error.code);
      if (!passing || failures === TRIES) throw error;
      const { retryAfterMs = null } = (error.detail ?? {}) as { retryAfterMs?: number };
      const wait = waitAfter(failures, retryAfterMs, Math.random());
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

const pagesOf = (db: FieldDatabase, bundleId: string) =>
  db.pages.where('[bundleId+page]').between([bundleId, -Infinity], [bundleId, Infinity]);

async function readPages(
  { db, vault }: Pick<Ports, 'db' | 'vault'>,
  bundleId: string,
): Promise<BundlePerson[]> {
  const pages = await pagesOf(db, bundleId).sortBy('page');
  return (await Promise.all(pages.map(({ sealed }) => vault.open<BundlePerson[]>(sealed)))).flat();
}

/** The list on the device; null where there is none, or its time is over: then it is deleted. */
export async function openList(
  { db, vault }: { db: FieldDatabase; vault: Vault },
  accountId: string,
  nowMs = Date.now(),
): Promise<CarriedList | null> {
  const stored = await db.bundles.get(accountId);
  if (!stored) return null;
  if (nowMs >= Date.parse(stored.expiresAt)) {
    await dropList(db, accountId);
    return null;
  }
  const manifest = await vault.open<BundleManifest>(stored.sealed);
  const people = await readPages({ db, vault }, stored.id);
  await requireWhole(manifest, people);
  return listOf(manifest, people);
}

/** All of it, what is on its way included. */
export async function dropList(db: FieldDatabase, accountId: string): Promise<void> {
  await db.transaction('rw', db.bundles, db.arriving, db.pages, async () => {
    await db.bundles.delete(accountId);
    await db.arriving.delete(accountId);
    await dropPages(db, accountId, null);
  });
}

/** The list in use stays. */
async function dropArriving(db: FieldDatabase, accountId: string): Promise<void> {
  await db.transaction('rw', db.bundles, db.arriving, db.pages, async () => {
    const used = await db.bundles.get(accountId);
    await db.arriving.delete(accountId);
    await dropPages(db, accountId, used?.id ?? null);
  });
}

const dropPages = (db: FieldDatabase, accountId: string, kept: string | null) =>
  db.pages
    .where('accountId')
    .equals(accountId)
    .filter(({ bundleId }) => bundleId !== kept)
    .delete();

async function requireWhole(manifest: BundleManifest, people: readonly BundlePerson[]): Promise<void> {
  const text = new TextEncoder().encode(people.map(({ id }) => id).join('\n'));
  const digest = hex(await crypto.subtle.digest('SHA-256', text));
  if (people.length !== manifest.peopleCount || digest !== manifest.digest) {
    throw new IncompleteListError(`${people.length} of ${manifest.peopleCount} people`);
  }
}

async function listOf(manifest: BundleManifest, people: readonly BundlePerson[]): Promise<CarriedList> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytesOf(manifest.key), algorithm, false, ['sign']);
  const households = Map.groupBy(
    people.filter(({ householdId }) => householdId !== null),
    ({ householdId }) => householdId!,
  );
  return {
    manifest,
    people,
    byId: new Map(people.map((person) => [person.id, person])),
    byCard: new Map(people.flatMap((person) => (person.card === null ? [] : [[person.card, person]]))),
    byHousehold: households,
    async markOf(identityNumber) {
      const mark = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(identityNumber));
      return base64(new Uint8Array(mark).subarray(0, 16));
    },
  };
}
