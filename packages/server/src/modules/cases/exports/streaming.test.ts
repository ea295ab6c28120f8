import { connect } from 'node:net';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../platform/testing/index.ts';

const CASES = 5_000;
const purpose = 'case_investigation';

describe('an export on its way', () => {
  let house: TestHouse;
  let analyst: SignedIn;
  beforeAll(async () => {
    house = await openTestHouse();
    analyst = await house.signIn('epidemiologist', '6325');
    await house.asSuperuser(
      `insert into case_file (id, external_id, classification, division, opened_at, changed_at, note)
       select gen_random_uuid(), 'N-' || lpad(n::text, 6, '0'), 'suspected', '632521', now(), now(), repeat('备注', 1000)
         from generate_series(1, $1::int) n`,
      [CASES],
    );
    await house.asSuperuser('analyze case_file');
  });
  afterAll(() => house.close());

  /** A reader that reads when it is told to. */
  function open(encoding = 'identity') {
    const { hostname, port } = new URL(house.url);
    const socket = connect(Number(port), hostname);
    let text = '';
    let closed = false;
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.once('close', () => {
      closed = true;
    });
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.write(
      `GET /api/cases/export HTTP/1.1\r\nhost: ${hostname}\r\naccept-encoding: ${encoding}\r\ncookie: ${analyst.cookie()}\r\nlevee-purpose: ${purpose}\r\nconnection: close\r\n\r\n`,
    );
    return { socket, text: () => text, closed: () => closed };
  }
  const until = async (what: () => boolean | Promise<boolean>) => {
    while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const onRecord = async () => {
    const rows = await house.asSuperuser<{ count: number }>(
      `select coalesce(sum(jsonb_array_length(one -> 'ids')), 0)::int as count
         from audit_entry, jsonb_array_elements(opened) one where route = 'cases.exportCases'`,
    );
    return rows[0]!.count;
  };

  it('waits for a slow reader with little made ahead, holds no transaction, and only what left is on record [T34 T37 R16]', async () => {
    const slow = open();
    await until(() => slow.text().includes('"base64":"'));
    slow.socket.pause();
    // Until nothing more is made: line and buffers are full.
    for (let before = -1, now = 0; now !== before; ) {
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 400));
      now = await onRecord();
    }
    const made = await onRecord();
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(CASES);
    const held = await house.asSuperuser(
      `select state from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    );
    expect(held).toEqual([]);
    slow.socket.resume();
    await until(slow.closed);
    expect(await onRecord()).toBe(CASES);
    const file = JSON.parse(bodyOf(slow.text())) as { base64: string; rowsCount: number };
    const rows = parse(Buffer.from(file.base64, 'base64').toString('utf8')) as string[][];
    expect([file.rowsCount, rows.length, new Set(rows.map(([id]) => id)).size]).toEqual([
      CASES,
      CASES + 1,
      CASES + 1,
    ]);
  });

  it('a person has two under way and two waiting, and is told in both languages when to come again [T37]', async () => {
    // Two as browsers ask, compressed, and two plainly.
    const readers = ['br', 'br', 'identity', 'identity'].map((encoding) => open(encoding));
    await until(() => readers.filter(({ text }) => text() !== '').length >= 2);
    for (const { socket } of readers) socket.pause();
    const refused = await fetch(`${house.url}/api/cases/export`, {
      headers: { cookie: analyst.cookie(), 'levee-purpose': purpose },
    });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    expect(await refused.json()).toMatchObject({
      error: { code: 'export.quota', message: { zh: expect.stringContaining('份导出正在生成') } },
    });
    // Who goes away makes room, reading or waiting.
    for (const { socket } of readers) socket.destroy();
    await until(async () => {
      const answer = await fetch(`${house.url}/api/cases/export-contacts`, {
        headers: { cookie: analyst.cookie(), 'levee-purpose': purpose },
      });
      await answer.arrayBuffer();
      return answer.status === 200;
    });
    const file = await analyst.client.cases.exportCases({ purpose, query: { format: 'xlsx' } });
    expect(file.rowsCount).toBe(CASES);
  });

  it('a page is read from the index and sorts nothing [T37]', async () => {
    const plan = await house.asSuperuser<Record<string, string>>(
      `explain select * from case_file where (external_id, id) > ('N-002000', '00000000-0000-0000-0000-000000000000')
        order by external_id, id limit 200`,
    );
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toContain('case_file_order');
    expect(text).not.toContain('Sort');
  });
});

/** The body of a chunked answer. */
function bodyOf(answer: string): string {
  let left = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  let body = '';
  for (;;) {
    const end = left.indexOf('\r\n');
    const size = Number.parseInt(left.slice(0, end), 16);
    if (!size) return body;
    body += left.slice(end + 2, end + 2 + size);
    left = left.slice(end + 2 + size + 2);
  }
}
