/** The list of people the device carries: all of it under the PIN, complete or not there at all (T27). */
import { type BundleManifest, type BundlePerson, newId } from '@levee/contract';
import type { FieldDatabase, StoredPage } from './database.ts';
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

/**
 * Fetches a new list and puts it in the place of the old one at once, when it is whole.
 *
 * @param onProgress share of the pages that are in, 0 to 1
 * @throws IncompleteListError, LeveeError; the list that was there stays
 */
export async function takeList(
  ports: { db: FieldDatabase; vault: Vault; client: FieldClient },
  who: { accountId: string; deviceId: string; within: string | null },
  onProgress: (share: number) => void,
): Promise<CarriedList> {
  const { db, vault, client } = ports;
  const { accountId, deviceId, within } = who;
  const body = { id: newId(), deviceId, ...(within !== null && { within }) };
  const manifest = await client.sync.takeBundle({ purpose: 'testing', body });
  const people: BundlePerson[] = [];
  const rows: StoredPage[] = [];
  for (let page = 0; page < manifest.pageCount; page += 1) {
    const params = { bundleId: manifest.id, page: page as unknown as string & number };
    const got = await client.sync.bundlePage({ purpose: 'testing', params });
    people.push(...got.people);
    rows.push({ accountId, bundleId: manifest.id, page, sealed: await vault.seal(got.people) });
    onProgress((page + 1) / manifest.pageCount);
  }
  await requireWhole(manifest, people);
  const sealed = await vault.seal(manifest);
  await db.transaction('rw', db.bundles, db.pages, async () => {
    await db.pages.where('accountId').equals(accountId).delete();
    await db.pages.bulkAdd(rows);
    await db.bundles.put({ accountId, id: manifest.id, expiresAt: manifest.expiresAt, sealed });
  });
  return listOf(manifest, people);
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
  const pages = await db.pages.where('accountId').equals(accountId).sortBy('page');
  const people = (await Promise.all(pages.map(({ sealed }) => vault.open<BundlePerson[]>(sealed)))).flat();
  await requireWhole(manifest, people);
  return listOf(manifest, people);
}

export async function dropList(db: FieldDatabase, accountId: string): Promise<void> {
  await db.transaction('rw', db.bundles, db.pages, async () => {
    await db.bundles.delete(accountId);
    await db.pages.where('accountId').equals(accountId).delete();
  });
}

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
