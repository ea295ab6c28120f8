/**
 * A phone as the first edition of the field app left it, written by hand: its database, its sealing, its records. Frozen: nothing of
 * today's app is used, and nothing here is ever changed. What a later edition cannot open and send is lost work (T24).
 */
import type { Page } from '@playwright/test';

export interface FirstEdition {
  readonly account: { readonly id: string; readonly username: string; readonly name: string };
  readonly deviceId: string;
  readonly site: { readonly id: string; readonly nameZh: string; readonly nameEn: string };
  readonly pin: string;
  readonly records: readonly {
    readonly command: { readonly id: string; readonly order: number; readonly kind: string };
    readonly about: { readonly name: string; readonly tubeCode?: string };
    /** `queued`: offered, and no answer came. */
    readonly state: 'saved' | 'queued';
  }[];
}

/** Runs in a page of the origin that has not opened the app yet. */
export const leaveFirstEdition = (page: Page, left: FirstEdition): Promise<void> =>
  page.evaluate(async ({ account, deviceId, site, pin, records }) => {
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    const AES = { name: 'AES-GCM', length: 256 };
    const secret = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, [
      'sign',
    ]);
    const [salt, iv, iterations] = [random(16), random(12), 210_000];
    const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
      'deriveBits',
    ]);
    const bits = await crypto.subtle.deriveBits(
      { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
      typed,
      256,
    );
    const bound = await crypto.subtle.sign('HMAC', secret, bits);
    const wrapping = await crypto.subtle.importKey('raw', bound, AES, false, ['wrapKey', 'unwrapKey']);
    const key = await crypto.subtle.generateKey(AES, true, ['encrypt', 'decrypt']);
    const wrapped = await crypto.subtle.wrapKey('raw', key, wrapping, { name: 'AES-GCM', iv });
    const seal = async (value: unknown) => {
      const nonce = random(12);
      const text = new TextEncoder().encode(JSON.stringify(value));
      return { iv: nonce, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, text) };
    };
    const rows = await Promise.all(
      records.map(async ({ command, about, state }) => ({
        ...{ id: command.id, accountId: account.id, deviceId, order: command.order, state },
        sealed: await seal({ command, about, problem: null, nextStep: null, quarantined: false }),
      })),
    );
    // Dexie's version 1 is the browser's 10.
    const open = indexedDB.open('levee-field', 10);
    open.onupgradeneeded = () => {
      const { result: db } = open;
      db.createObjectStore('profiles', { keyPath: 'accountId' });
      db.createObjectStore('secrets', { keyPath: 'id' });
      const store = db.createObjectStore('records', { keyPath: 'id' });
      store.createIndex('[accountId+order]', ['accountId', 'order']);
      db.createObjectStore('bundles', { keyPath: 'accountId' });
      const pages = db.createObjectStore('pages', { keyPath: ['bundleId', 'page'] });
      pages.createIndex('accountId', 'accountId');
    };
    await new Promise((resolve, reject) => {
      open.onsuccess = resolve;
      open.onerror = () => reject(open.error);
    });
    const write = open.result.transaction(['profiles', 'secrets', 'records'], 'readwrite');
    write.objectStore('secrets').add({ id: 'device', key: secret });
    write.objectStore('profiles').add({
      ...{ accountId: account.id, username: account.username, name: account.name, deviceId },
      ...{ lock: { salt, iterations, iv, wrapped }, wrongPins: 0, closedUntilMs: 0 },
      ...{ lastOrder: records.length, siteId: site.id, siteName: { zh: site.nameZh, en: site.nameEn } },
      ...{ epoch: null, lastSyncAt: null, outcomesSince: null, revoked: false, clockShiftMs: 0 },
    });
    for (const row of rows) write.objectStore('records').add(row);
    await new Promise((resolve, reject) => {
      write.oncomplete = resolve;
      write.onabort = () => reject(write.error);
    });
    open.result.close();
  }, left);
