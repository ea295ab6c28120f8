/** One person at work on this phone, from PIN to lock: their queue, their list, the handing over. */
import { type FieldDevice, LeveeError, newId } from '@levee/contract';
import { createContext, useContext, useSyncExternalStore } from 'react';
import { createBatchSize } from '../offline/batch-size.ts';
import { type CarriedList, dropList, openList, takeList } from '../offline/bundle.ts';
import { database as db, evenWhenFull, type Profile } from '../offline/database.ts';
import { clockShiftOf } from '../offline/device-clock.ts';
import type { Unlocked } from '../offline/profiles.ts';
import { Queue } from '../offline/queue.ts';
import { type SyncLoop, startSync } from '../offline/sync-loop.ts';
import type { Vault } from '../offline/vault.ts';
import { client } from '../offline/wire.ts';

interface Site {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

export class FieldSession {
  readonly queue: Queue;
  readonly loop: SyncLoop;
  readonly #vault: Vault;
  readonly #listeners = new Set<() => void>();
  #profile: Profile;
  #list: CarriedList | null;
  #version = 0;

  private constructor({ profile, vault }: Unlocked, queue: Queue, list: CarriedList | null) {
    this.#profile = profile;
    this.#vault = vault;
    this.#list = list;
    this.queue = queue;
    this.loop = startSync({
      ...{ client, queue, batchSize: createBatchSize() },
      profile: () => this.#profile,
      keep: (change) => this.keep(change),
      dropBundle: () => this.dropList(),
    });
    queue.subscribe(this.#told);
    this.loop.subscribe(this.#told);
  }

  static async open(unlocked: Unlocked): Promise<FieldSession> {
    const { profile, vault } = unlocked;
    const queue = await Queue.open(db, vault, profile.accountId);
    const nowMs = Date.now() + profile.clockShiftMs;
    const list = await openList({ db, vault }, profile.accountId, nowMs).catch(() => null);
    void navigator.storage?.persist?.();
    return new FieldSession(unlocked, queue, list);
  }

  get profile(): Profile {
    return this.#profile;
  }
  get list(): CarriedList | null {
    return this.#list;
  }
  /** This moment as the device records it. */
  get nowMs(): number {
    return Date.now() + this.#profile.clockShiftMs;
  }

  async keep(change: Partial<Profile>): Promise<void> {
    await evenWhenFull(() => db.profiles.update(this.#profile.accountId, change));
    this.#profile = { ...this.#profile, ...change };
    this.#told();
  }

  /** Registers this phone at a site. Where its id is another area's, it gets a new one; records keep the one they have. */
  async registerAt(site: Site, name: string): Promise<void> {
    const register = (id: string) => client.sync.register({ body: { id, name, siteId: site.id } });
    let { deviceId } = this.#profile;
    let device: FieldDevice;
    try {
      device = await register(deviceId);
    } catch (error) {
      if (!(error instanceof LeveeError) || !/^(rule|state)\.refused$/.test(error.code)) throw error;
      deviceId = newId();
      device = await register(deviceId);
    }
    const clockShiftMs = clockShiftOf(device.lastSeenAt!, Date.now());
    const siteName = { zh: site.nameZh, en: site.nameEn || site.nameZh };
    // The same phone at the same site again: its list stays, and so does what has come of the next one.
    if (deviceId !== this.#profile.deviceId || site.id !== this.#profile.siteId) await this.dropList();
    await this.keep({
      deviceId,
      siteId: site.id,
      siteName,
      clockShiftMs,
      revoked: false,
      outcomesSince: null,
    });
  }

  async takeList(within: string | null, onProgress: (share: number) => void): Promise<void> {
    const { accountId, deviceId } = this.#profile;
    this.#list = await takeList(
      { db, vault: this.#vault, client },
      { accountId, deviceId, within },
      onProgress,
      this.nowMs,
    );
    this.#told();
  }

  async dropList(): Promise<void> {
    await dropList(db, this.#profile.accountId);
    this.#list = null;
    this.#told();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  version = (): number => this.#version;

  close(): void {
    this.loop.stop();
  }

  #told = (): void => {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  };
}

export const SessionContext = createContext<FieldSession | null>(null);

/** The session; the caller is drawn again whenever anything in it changes. */
export function useSession(): FieldSession {
  const session = useContext(SessionContext)!;
  useSyncExternalStore(session.subscribe, session.version);
  return session;
}
