import { describe, expect, it } from 'vitest';
import { createExportGate } from './export-gate.ts';

const here = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('export gate', () => {
  it('lets two run in the house, the rest wait, and who has two running and two waiting is told to come again [T37]', async () => {
    const gate = createExportGate();
    const leave = [await gate.enter('a', here), await gate.enter('a', here)];
    const begun: string[] = [];
    const wait = (who: string) =>
      gate.enter(who, here).then((out) => {
        begun.push(who);
        leave.push(out);
      });
    void wait('a');
    void wait('a');
    const quota = await gate.enter('a', here).catch((error: unknown) => error);
    expect(quota).toMatchObject({ code: 'export.quota', status: 429, retryAfterSeconds: 10 });
    expect((quota as { messages: object }).messages).toEqual({
      zh: '您有 2 份导出正在生成、2 份在排队，不能再加',
      en: 'You have 2 exports under way and 2 waiting; there is no place for another',
    });
    void wait('b');
    expect([gate.running(), gate.waiting()]).toEqual([2, 3]);
    // Whoever has fewest under way is next, though others came before.
    leave[0]!();
    await settled();
    expect(begun).toEqual(['b']);
    for (const out of [...leave]) out();
    await settled();
    expect(begun).toEqual(['b', 'a', 'a']);
    for (const out of leave) out();
    expect([gate.running(), gate.waiting()]).toEqual([0, 0]);
  });

  it('a hundred of ten people are forty at most, whoever goes away leaves the queue, and a way out counts once [T37]', async () => {
    const gate = createExportGate();
    const gone = new AbortController();
    const answers = Array.from({ length: 100 }, (_, at) =>
      gate.enter(`person ${at % 10}`, gone.signal).catch((error: { code?: string }) => error.code ?? 'gone'),
    );
    await settled();
    // Two run; each of the ten holds two places in the queue.
    expect([gate.running(), gate.waiting()]).toEqual([2, 20]);
    gone.abort(new Error('gone'));
    const ended = await Promise.all(answers);
    expect(ended.filter((one) => one === 'export.quota')).toHaveLength(78);
    expect(ended.filter((one) => one === 'gone')).toHaveLength(20);
    expect(gate.waiting()).toBe(0);
    for (const out of ended) if (typeof out === 'function') for (let twice = 0; twice < 2; twice += 1) out();
    expect(gate.running()).toBe(0);
  });
});
