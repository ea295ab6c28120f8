/**
 * Thousands of phones with something to send: each hands over one record, rests, hands over the next; what is not
 * acknowledged is sent again after the wait of the field app's own policy.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '@levee/contract';
import { waitAfter } from '../../apps/field/src/offline/backoff.ts';
import { signIn } from './client.ts';
import type { Town } from './town.ts';
import { openWirePhone } from './wire-phone.ts';

export interface Storm {
  readonly acknowledged: ReadonlySet<string>;
  readonly sent: ReadonlySet<string>;
  /** By whole second of `performance.now()`. */
  readonly seconds: ReadonlyMap<number, Second>;
  /** Since the phones began: the answer other than 200 and 503 first seen. */
  readonly strange: ReadonlySet<number>;
  /** New records are written no more; resolves when every phone has handed over what it holds. */
  finish(): Promise<void>;
}

export interface Second {
  /** Requests sent, kept, refused with 503, without an answer. */
  sent: number;
  kept: number;
  refused: number;
  unanswered: number;
}

export async function openStorm(
  town: Town,
  given: { readonly clients: number; readonly restMs: number; readonly random: () => number },
): Promise<Storm> {
  const { clients, restMs, random } = given;
  const cookies = new Map<string, string>();
  for (const county of town.counties)
    cookies.set(county, (await signIn(town.url, town.accountOf('field_worker', county))).cookie());
  const acknowledged = new Set<string>();
  const sent = new Set<string>();
  const seconds = new Map<number, Second>();
  const strange = new Set<number>();
  let writing = true;
  const now = () => {
    const at = Math.floor(performance.now() / 1000);
    let second = seconds.get(at);
    if (!second) {
      second = { sent: 0, kept: 0, refused: 0, unanswered: 0 };
      seconds.set(at, second);
    }
    return second;
  };

  async function live(number: number): Promise<void> {
    const county = town.counties[number % town.counties.length]!;
    const phone = openWirePhone(town.url);
    const writer = createWriter(town, county);
    const headers = {
      cookie: cookies.get(county)!,
      'content-type': 'application/json',
      'levee-purpose': 'testing',
    };
    // They did not all begin at once.
    await pause(Math.random() * restMs);
    while (writing) {
      const record = writer();
      if (!record) break;
      sent.add(record.id);
      for (let failures = 0; ; ) {
        now().sent += 1;
        const { status, retryAfterMs } = await phone.post(
          '/api/intake',
          { ...headers, 'levee-command': newId() },
          record.body,
        );
        if (status === 200) {
          now().kept += 1;
          acknowledged.add(record.id);
          break;
        }
        if (status === 503) now().refused += 1;
        else if (status === 0) now().unanswered += 1;
        else strange.add(status);
        failures += 1;
        await pause(waitAfter(failures, retryAfterMs, random()));
      }
      // Half to one and a half times: people, not clocks.
      await pause(restMs * (0.5 + Math.random()));
    }
    phone.close();
  }

  const living = Array.from({ length: clients }, (_, number) => live(number));
  return {
    acknowledged,
    sent,
    seconds,
    strange,
    async finish() {
      writing = false;
      await Promise.all(living);
    },
  };
}

/** One person a record, ten to a tube. */
function createWriter(town: Town, county: string) {
  const deviceId = newId();
  const siteId = town.siteOf(county);
  let order = 0;
  let tube = { poolId: newId(), tubeCode: codeOf(), members: 0 };
  return () => {
    const personId = town.nextPerson(county);
    if (!personId) return undefined;
    if (tube.members === 10) tube = { poolId: newId(), tubeCode: codeOf(), members: 0 };
    tube.members += 1;
    order += 1;
    const id = newId();
    const at = new Date().toISOString();
    const { poolId, tubeCode } = tube;
    const command = {
      ...{ kind: 'sample', id, order, at, siteId, poolId, tubeCode, capacity: 10 },
      who: { personId },
    };
    return { id, body: JSON.stringify({ deviceId, sentAt: at, commands: [command] }) };
  };
}

const codeOf = () => `S${newId().slice(-12).toUpperCase()}`;
