/** What this person recorded, in order. A record is in the queue once it is on the disk; it leaves only by its purge date. */
import type { Bilingual } from '@levee/contract';
import { newId } from '@levee/contract';
import { baseOf } from './base.ts';
import {
  evenWhenFull,
  type FieldDatabase,
  type RecordState,
  StorageFullError,
  storageFull,
} from './database.ts';
import { deviceTime } from './device-clock.ts';
import type { Command, Draft } from './draft.ts';
import type { Vault } from './vault.ts';

export type { Command, Draft } from './draft.ts';

/** What a screen says of a record without asking anybody: whom and which tube. */
export interface About {
  readonly name: string;
  readonly masked?: string | undefined;
  readonly tubeCode?: string | undefined;
}

export interface QueueRecord {
  readonly id: string;
  readonly deviceId: string;
  readonly order: number;
  readonly state: RecordState;
  readonly command: Command;
  readonly about: About;
  readonly problem: Bilingual | null;
  readonly nextStep: Bilingual | null;
  /** True where the server holds it and waits for a decision; false where it was refused at the door. */
  readonly quarantined: boolean;
}
type Content = Omit<QueueRecord, 'id' | 'deviceId' | 'order' | 'state'>;

/** Accepted records stay readable this long (F39). */
const KEEP_DAYS = 14;
const SETTLED: readonly RecordState[] = ['accepted', 'set_aside', 'undone'];

export const isUnsent = ({ state }: QueueRecord) => state === 'saved' || state === 'queued';

export class Queue {
  readonly #db: FieldDatabase;
  readonly #vault: Vault;
  readonly accountId: string;
  #records: readonly QueueRecord[] = [];
  readonly #listeners = new Set<() => void>();
  /** Writes come one after the other: what is being offered cannot be taken back in the same moment. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(db: FieldDatabase, vault: Vault, accountId: string) {
    this.#db = db;
    this.#vault = vault;
    this.accountId = accountId;
  }

  static async open(db: FieldDatabase, vault: Vault, accountId: string, nowMs = Date.now()): Promise<Queue> {
    const queue = new Queue(db, vault, accountId);
    const stored = await db.records
      .where('[accountId+order]')
      .between([accountId, -Infinity], [accountId, Infinity])
      .toArray();
    const all = await Promise.all(
      stored.map(async ({ id, deviceId, order, state, sealed }) => ({
        ...{ id, deviceId, order, state },
        ...(await vault.open<Content>(sealed)),
      })),
    );
    const old = all.filter(
      ({ state, command }) =>
        SETTLED.includes(state) && Date.parse(command.at) < nowMs - KEEP_DAYS * 86_400_000,
    );
    await db.records.bulkDelete(old.map(({ id }) => id));
    queue.#records = all.filter((record) => !old.includes(record)).sort((a, b) => a.order - b.order);
    return queue;
  }

  /** In the order they were recorded. */
  get records(): readonly QueueRecord[] {
    return this.#records;
  }
  find = (id: string) => this.#records.find((record) => record.id === id);

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Writes records of one act together: all of them or none.
   *
   * @throws StorageFullError where the browser refuses more; the queue is as it was
   */
  async add(siteId: string, drafts: readonly { draft: Draft; about: About }[]): Promise<QueueRecord[]> {
    return this.#inTurn(() => this.#add(siteId, drafts));
  }

  async #add(siteId: string, drafts: readonly { draft: Draft; about: About }[]): Promise<QueueRecord[]> {
    const profile = (await this.#db.profiles.get(this.accountId))!;
    const at = deviceTime(profile.clockShiftMs);
    const first = profile.lastOrder + 1;
    const added: QueueRecord[] = [];
    for (const [index, { draft, about }] of drafts.entries()) {
      const id = draft.id ?? newId();
      const order = first + index;
      const base = baseOf(draft, [...this.#records, ...added]);
      const after = base === undefined ? {} : { after: base };
      const command = { ...draft, ...after, id, order, at: draft.at ?? at, siteId } as Command;
      added.push({
        ...{ id, order, command, about, deviceId: profile.deviceId, state: 'saved' },
        ...{ problem: null, nextStep: null, quarantined: false },
      });
    }
    await this.#store(added, first + drafts.length - 1);
    return added;
  }

  /** Records of another phone, under the ids and the order they have there. Those that are here already are passed over. */
  async adopt(
    records: readonly Pick<QueueRecord, 'id' | 'deviceId' | 'order' | 'command' | 'about'>[],
  ): Promise<number> {
    const fresh = records
      .filter(({ id }) => !this.find(id))
      .map(
        (record): QueueRecord => ({
          ...{ ...record, state: 'saved' },
          ...{ problem: null, nextStep: null, quarantined: false },
        }),
      );
    await this.#inTurn(() => this.#store(fresh, null));
    return fresh.length;
  }

  async #store(added: readonly QueueRecord[], lastOrder: number | null): Promise<void> {
    const { accountId } = this;
    const rows = await Promise.all(added.map((record) => this.#seal(record)));
    try {
      await this.#db.transaction('rw', this.#db.records, this.#db.profiles, async () => {
        await this.#db.records.bulkAdd(rows);
        if (lastOrder !== null) await this.#db.profiles.update(accountId, { lastOrder });
      });
    } catch (error) {
      if (storageFull(error)) throw new StorageFullError('the browser takes no more', { cause: error });
      throw error;
    }
    this.#show([...this.#records, ...added].sort((a, b) => a.order - b.order));
  }

  /** The oldest that wait, of one device (another phone's records keep that phone's name), from here on not to be taken back. */
  claim(size: number): Promise<readonly QueueRecord[]> {
    return this.#inTurn(async () => {
      const waiting = this.#records.filter(isUnsent);
      const batch = waiting.filter(({ deviceId }) => deviceId === waiting[0]?.deviceId).slice(0, size);
      await this.#write(batch.map((record) => ({ ...record, state: 'queued' })));
      return batch;
    });
  }

  /** False where one of them may be with the server already: none is taken back. */
  takeBack(ids: readonly string[]): Promise<boolean> {
    return this.#inTurn(async () => {
      const records = this.#records.filter(({ id }) => ids.includes(id));
      if (records.some(({ state }) => state !== 'saved')) return false;
      await this.#write(records.map((record) => ({ ...record, state: 'undone' })));
      return true;
    });
  }

  /** Changes what became of records; what was recorded stays as it is. */
  change(
    changes: ReadonlyMap<
      string,
      Partial<Pick<QueueRecord, 'state' | 'problem' | 'nextStep' | 'quarantined'>>
    >,
  ): Promise<void> {
    return this.#inTurn(() =>
      this.#write(
        this.#records.flatMap((record) => {
          const change = changes.get(record.id);
          return change ? [{ ...record, ...change }] : [];
        }),
      ),
    );
  }

  /** One state for these records. */
  mark(ids: readonly string[], state: RecordState): Promise<void> {
    const settled = { state, problem: null, nextStep: null, quarantined: false };
    return this.change(new Map(ids.map((id) => [id, settled])));
  }

  /** After the server was put back to an earlier state: everything it may have lost is offered again under its id (T14). */
  offerAgain(): Promise<void> {
    const offered = this.#records.filter(({ state }) => state === 'sent' || state === 'accepted');
    return this.mark(
      offered.map(({ id }) => id),
      'queued',
    );
  }

  async #seal({ id, deviceId, order, state, ...content }: QueueRecord) {
    return {
      ...{ id, deviceId, order, state, accountId: this.accountId },
      sealed: await this.#vault.seal(content satisfies Content),
    };
  }

  async #write(changed: readonly QueueRecord[]): Promise<void> {
    if (changed.length === 0) return;
    const rows = await Promise.all(changed.map((record) => this.#seal(record)));
    await evenWhenFull(() => this.#db.records.bulkPut(rows));
    const byId = new Map(changed.map((record) => [record.id, record]));
    this.#show(this.#records.map((record) => byId.get(record.id) ?? record));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  #show(records: readonly QueueRecord[]): void {
    this.#records = records;
    for (const listener of this.#listeners) listener();
  }
}
