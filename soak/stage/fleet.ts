/**
 * Devices under load, each with a journal written through before every sending and at every acknowledgement. What is
 * not acknowledged is unknown, not failed: it is sent again, the same, until it is.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '@levee/contract';
import { type Random, seeded } from '../random.ts';
import { signIn } from './client.ts';
import { type Journal, openJournal } from './journal.ts';
import { journalsOf, type Town } from './town.ts';

const TUBE_SIZE = 10;
const MOST_A_BATCH = 5;
const AGAIN_MS = 100;

export interface Answered {
  /** When the answer came, by the harness's monotonic clock. */
  readonly atMs: number;
  readonly milliseconds: number;
  /** 0: no answer at all. */
  readonly status: number;
  readonly retryAfter: boolean;
}

export interface Fleet {
  /** Samples acknowledged, by id: the set the server is compared with. */
  readonly acknowledged: ReadonlySet<string>;
  /** Sent at least once, acknowledged or not. */
  readonly sent: ReadonlySet<string>;
  readonly answers: readonly Answered[];
  /** Devices with something not acknowledged. */
  unsent(): number;
  /** New records are written no more; resolves when every device has handed over what it wrote. */
  finish(): Promise<void>;
  /** Ends at once, whatever waits. */
  abandon(): void;
}

export interface FleetSettings {
  readonly devices: number;
  readonly seed: number;
  /** Where each device sends; default the server itself. */
  readonly urlOf?: (device: number) => string;
  /** Between two batches of a device. */
  readonly pauseMs?: number;
  /** Where the journals lie; default the town's folder. */
  readonly journals?: string;
}

export async function openFleet(town: Town, settings: FleetSettings): Promise<Fleet> {
  const folder = settings.journals ?? journalsOf(town);
  await mkdir(folder, { recursive: true });
  const cookies = new Map<string, string>();
  for (const county of town.counties) {
    cookies.set(county, (await signIn(town.url, town.accountOf('field_worker', county))).cookie());
  }
  const acknowledged = new Set<string>();
  const sent = new Set<string>();
  const answers: Answered[] = [];
  const waiting = new Set<number>();
  let writing = true;
  let abandoned = false;

  async function work(number: number): Promise<void> {
    const county = town.counties[number % town.counties.length]!;
    const journal = await openJournal(join(folder, `${number}.jsonl`));
    const writer = createWriter(town, county, seeded(settings.seed * 1_000 + number));
    const url = `${settings.urlOf?.(number) ?? town.url}/api/intake`;
    while (writing && !abandoned) {
      const batch = writer.next();
      if (!batch) throw new Error('everybody has been sampled: the run needs more --people');
      waiting.add(number);
      await handOver(journal, url, cookies.get(county)!, batch);
      waiting.delete(number);
      if (settings.pauseMs) await new Promise((resolve) => setTimeout(resolve, settings.pauseMs));
    }
    await journal.close();
  }

  async function handOver(journal: Journal, url: string, cookie: string, batch: Batch): Promise<void> {
    await journal.write({ send: batch.ids });
    for (const id of batch.ids) sent.add(id);
    while (!abandoned) {
      const status = await post(url, cookie, batch.body);
      if (status === 200) {
        await journal.write({ ack: batch.ids });
        for (const id of batch.ids) acknowledged.add(id);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS + Math.random() * AGAIN_MS));
    }
  }

  async function post(url: string, cookie: string, body: string): Promise<number> {
    const started = performance.now();
    const note = (status: number, retryAfter: boolean) => {
      const atMs = performance.now();
      answers.push({ atMs, milliseconds: atMs - started, status, retryAfter });
      return status;
    };
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          cookie,
          'content-type': 'application/json',
          'levee-purpose': 'testing',
          'levee-command': newId(),
        },
        body,
        signal: AbortSignal.timeout(30_000),
      });
      await response.arrayBuffer();
      return note(response.status, response.headers.has('retry-after'));
    } catch {
      return note(0, false);
    }
  }

  const working = Array.from({ length: settings.devices }, (_, number) => work(number));
  return {
    acknowledged,
    sent,
    answers,
    unsent: () => waiting.size,
    async finish() {
      writing = false;
      await Promise.all(working);
    },
    abandon() {
      abandoned = true;
    },
  };
}

interface Batch {
  readonly ids: readonly string[];
  readonly body: string;
}

/** One to five people a batch, ten to a tube; nobody twice, so that every record must be applied. */
function createWriter(town: Town, county: string, random: Random) {
  const deviceId = newId();
  const siteId = town.siteOf(county);
  let order = 0;
  let tube = { poolId: newId(), tubeCode: codeOf(), members: 0 };
  return {
    next(): Batch | undefined {
      const ids: string[] = [];
      const commands: object[] = [];
      const at = new Date().toISOString();
      for (let count = 1 + random.whole(MOST_A_BATCH); count > 0; count -= 1) {
        const personId = town.nextPerson(county);
        if (!personId) break;
        if (tube.members === TUBE_SIZE) tube = { poolId: newId(), tubeCode: codeOf(), members: 0 };
        tube.members += 1;
        order += 1;
        const id = newId();
        ids.push(id);
        const { poolId, tubeCode } = tube;
        commands.push({
          kind: 'sample',
          id,
          order,
          at,
          siteId,
          poolId,
          tubeCode,
          capacity: TUBE_SIZE,
          who: { personId },
        });
      }
      if (ids.length === 0) return undefined;
      return { ids, body: JSON.stringify({ deviceId, sentAt: at, commands }) };
    },
  };
}

const codeOf = () => `F${newId().slice(-12).toUpperCase()}`;
