import { once } from 'node:events';
import { connect } from 'node:net';
import type { Event } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type SignedIn, type TestHouse } from '../testing/index.ts';

const LARGE_EVENTS = 1_000;

describe('the live stream', () => {
  let house: TestHouse;
  let editor: SignedIn;
  let townId: string;

  beforeAll(async () => {
    house = await openTestHouse();
    editor = await house.signIn('epidemiologist');
    townId = (await editor.client.places.search({ query: { q: 'qbq', level: ['township'] } })).items[0]!.id;
  });
  afterAll(() => house.close());

  const addVenue = async () => {
    const id = crypto.randomUUID();
    await editor.client.places.add({
      body: { id, parentId: townId, class: 'market', nameZh: '市场', lon: null, lat: null, indoors: true },
    });
    return id;
  };

  /** Reads until `enough` says so, then hangs up. */
  async function read(cookie: string, enough: (events: Event[]) => boolean, after?: string) {
    const hangUp = new AbortController();
    const response = await fetch(`${house.url}/api/events`, {
      headers: { cookie, ...(after && { 'last-event-id': after }) },
      signal: hangUp.signal,
    });
    expect(response.status).toBe(200);
    const events: Event[] = [];
    const kinds: string[] = [];
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body!) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        const kind = field('event');
        if (!kind) continue;
        kinds.push(kind);
        if (field('id')) events.push(JSON.parse(field('data')!) as Event);
      }
      if (enough(events) || kinds.includes('reset')) break;
    }
    hangUp.abort();
    return { events, kinds };
  }

  it('cut again and again it resumes without a gap and without a double, in one order [T35]', async () => {
    const first = await addVenue();
    await house.settle();
    const whole = await house.asSuperuser<{ subject_id: string }>(
      'select subject_id from event order by transaction, sequence',
    );
    const start = (await read(editor.cookie(), (events) => events.length >= 1, '1-0')).events[0]!.position;
    const made = [first];
    const seen: Event[] = [];
    let position = start;
    for (let cut = 0; cut < 20; cut += 1) {
      const writing = Promise.all([addVenue(), addVenue()]);
      const wanted = 1 + (cut % 3);
      const { events } = await read(editor.cookie(), (read) => read.length >= wanted, position);
      const taken = events.slice(0, wanted);
      seen.push(...taken);
      position = taken.at(-1)!.position;
      made.push(...(await writing));
    }
    const missing = made.length + whole.length - 1 - seen.length - 1;
    if (missing > 0) {
      seen.push(
        ...(await read(editor.cookie(), (events) => events.length >= missing, position)).events.slice(
          0,
          missing,
        ),
      );
    }
    const positions = seen.map((event) => event.position);
    expect(new Set(positions).size).toBe(positions.length);
    const inLog = await house.asSuperuser<{ position: string }>(
      `select transaction::text || '-' || sequence as position from event order by transaction, sequence`,
    );
    const log = inLog.map((row) => row.position);
    expect(positions).toEqual(log.slice(log.indexOf(start) + 1, log.indexOf(start) + 1 + positions.length));
    expect(seen.map((event) => event.subject.id)).toEqual(expect.arrayContaining(made.slice(1, 10)));
  });

  it('shows a county only its own events [T38]', async () => {
    const own = await house.signIn('duty_officer', '632521');
    const other = await house.signIn('duty_officer', '632522');
    const id = await addVenue();
    await house.settle();
    const seenByOwn = await read(
      own.cookie(),
      (events) => events.some((event) => event.subject.id === id),
      '1-0',
    );
    expect(seenByOwn.events.every((event) => event.division.startsWith('632521'))).toBe(true);
    const reading = read(other.cookie(), () => false, '1-0');
    const beats = await Promise.race([
      reading,
      new Promise<'quiet'>((resolve) => setTimeout(() => resolve('quiet'), 1_500)),
    ]);
    expect(beats).toBe('quiet');
    await house.asSuperuser(`update account set disabled_at = now() where id = $1`, [other.accountId]);
    const { events } = await reading.catch(() => ({ events: [] as Event[] }));
    expect(events.filter((event) => event.division.startsWith('632521'))).toEqual([]);
  });

  it('too far behind it says reset instead of pretending [T35]', async () => {
    await house.asSuperuser(
      `insert into event (kind, at, division, actor_id, actor_name, subject_type, subject_id)
       select 'place.changed', now(), '6325', gen_random_uuid(), 'x', 'place', gen_random_uuid() from generate_series(1, 2100)`,
    );
    await house.settle();
    const { kinds } = await read(editor.cookie(), (events) => events.length > 0, '1-0');
    expect(kinds).toContain('reset');
  });

  it('a reader that never reads is cut, and another beside it gets everything [T34]', async () => {
    const { hostname, port } = new URL(house.url);
    const idle = connect(Number(port), hostname);
    idle.write(`GET /api/events HTTP/1.1\r\nhost: ${hostname}\r\ncookie: ${editor.cookie()}\r\n\r\n`);
    await once(idle, 'readable');
    idle.pause();
    const reading = read(editor.cookie(), (events) => events.length >= LARGE_EVENTS);
    await new Promise((resolve) => setTimeout(resolve, 300));
    // More than the buffers of both ends of a connection hold, no faster than a reader reads.
    for (let part = 0; part < LARGE_EVENTS; part += 25) {
      await house.asSuperuser(
        `insert into event (kind, at, division, actor_id, actor_name, subject_type, subject_id, data)
         select 'place.changed', now(), '6325', gen_random_uuid(), 'x', 'place', gen_random_uuid(),
                jsonb_build_object('filling', repeat('x', 20000)) from generate_series(1, 25)`,
      );
      await house.settle();
    }
    expect((await reading).events.length).toBeGreaterThanOrEqual(LARGE_EVENTS);
    let bytes = 0;
    let last = '';
    idle.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      last = chunk.subarray(-5).toString('latin1');
    });
    idle.on('error', () => {});
    idle.resume();
    await once(idle, 'close');
    expect(bytes).toBeLessThan(LARGE_EVENTS * 20_000);
    // Not the end of a stream in order, which keeps in memory what nobody reads until somebody does.
    expect(last).not.toBe('0\r\n\r\n');
  });

  it('nobody signed out gets it', async () => {
    expect((await fetch(`${house.url}/api/events`)).status).toBe(401);
  });
});
