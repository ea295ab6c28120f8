import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantMs, toInstant } from './calendar.ts';
import { getPackOrThrow } from './catalogue.ts';
import { traceWindow } from './trace-window.ts';

const nine = getPackOrThrow('covid19-cn-9');
const plague = getPackOrThrow('plague-cn');
const now = '2022-08-12T20:00:00+08:00';

test('B4: a case is traced from the start of the second day before onset until isolation', () => {
  const window = traceWindow(
    nine,
    { kind: 'case', dateOnset: '2022-08-11', isolatedAt: '2022-08-12T01:30:00+08:00' },
    now,
  );
  expect(window).toMatchObject({
    from: '2022-08-09T00:00:00+08:00',
    until: '2022-08-12T01:30:00+08:00',
    rule: 'tracing.windows.case',
    confidence: 'sourced',
    open: false,
    empty: false,
  });
});

test('B4: an asymptomatic person is traced from two days before sampling, whatever day the result came', () => {
  const window = traceWindow(
    nine,
    { kind: 'asymptomatic', firstPositiveSampledAt: '2022-08-10T23:50:00+08:00' },
    now,
  );
  expect(window).toMatchObject({ from: '2022-08-08T00:00:00+08:00', until: now, open: true });
});

test('B4: a regularly tested person is traced from the sampling time of the last negative test', () => {
  const window = traceWindow(
    nine,
    {
      kind: 'case',
      dateOnset: '2022-08-11',
      regularlyTested: true,
      lastNegativeSampledAt: '2022-08-10T08:15:00+08:00',
    },
    now,
  );
  expect(window).toMatchObject({ from: '2022-08-10T08:15:00+08:00', kind: 'regularly_tested' });
});

test('B4: plague is traced from onset: no days before it', () => {
  const window = traceWindow(plague, { kind: 'case', dateOnset: '2009-07-26' }, '2009-07-30T12:00:00+08:00');
  expect(window.from).toBe('2009-07-26T00:00:00+08:00');
});

test('B4: a case without known onset falls back to sampling and says so', () => {
  const window = traceWindow(
    nine,
    { kind: 'case', firstPositiveSampledAt: '2022-08-11T09:00:00+08:00' },
    now,
  );
  expect(window.kind).toBe('asymptomatic');
  expect(window.reasons[0]?.en).toMatch(/Onset unknown/);
});

test('B4: a case sampled positive before onset is told that sampling would open the window earlier', () => {
  const window = traceWindow(
    nine,
    { kind: 'case', dateOnset: '2022-08-12', firstPositiveSampledAt: '2022-08-10T09:00:00+08:00' },
    now,
  );
  expect(window.from).toBe('2022-08-10T00:00:00+08:00');
  expect(window.reasons[0]?.en).toMatch(/earlier, at 2022-08-08T00:00:00\+08:00/);
});

test('B4: a source isolated before the window opens leaves nobody to look for', () => {
  const window = traceWindow(
    nine,
    { kind: 'case', dateOnset: '2022-08-11', isolatedAt: '2022-08-06T12:00:00+08:00' },
    now,
  );
  expect(window).toMatchObject({ empty: true, from: window.until });
});

test('B4: missing anchors, impossible days, zoneless instants and future dates are refused by name', () => {
  expect(() => traceWindow(nine, { kind: 'asymptomatic' }, now)).toThrow(/firstPositiveSampledAt is missing/);
  expect(() => traceWindow(plague, { kind: 'case' }, now)).toThrow(/dateOnset is missing/);
  expect(() => traceWindow(nine, { kind: 'case', dateOnset: '2022-02-30' }, now)).toThrow(/"2022-02-30"/);
  expect(() => traceWindow(nine, { kind: 'case', dateOnset: '2022-08-11' }, '2022-08-12T20:00:00')).toThrow(
    /not an ISO 8601 instant with a zone/,
  );
  expect(() => traceWindow(nine, { kind: 'case', dateOnset: '2022-08-31' }, now)).toThrow(/after now/);
});

test('B5: a later onset never opens the window earlier, and the window never ends before it opens', () => {
  const day = fc.integer({ min: 0, max: 9 }).map((n) => `2022-08-0${Math.min(n + 1, 9)}`);
  fc.assert(
    fc.property(day, day, fc.integer({ min: 0, max: 96 }), (a, b, hours) => {
      const isolatedAt = toInstant(
        instantMs('2022-08-08T00:00:00+08:00') + hours * 3_600_000,
        'Asia/Shanghai',
      );
      const [first, second] = [a, b].sort();
      const earlier = traceWindow(nine, { kind: 'case', dateOnset: first!, isolatedAt }, now);
      const later = traceWindow(nine, { kind: 'case', dateOnset: second!, isolatedAt }, now);
      expect(instantMs(earlier.from)).toBeLessThanOrEqual(instantMs(later.from));
      for (const window of [earlier, later]) {
        expect(instantMs(window.from)).toBeLessThanOrEqual(instantMs(window.until));
      }
    }),
  );
});
