import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleNegativeBinomial, samplePoisson } from '../distributions/sample-counts.ts';
import { createRandom } from '../random/random.ts';
import { detectAberration } from './detect-aberration.ts';

it('C1 is mean plus 3.09 standard deviations of the week before, C2 of the week before that less two days', () => {
  const counts = [1, 2, 3, 4, 5, 6, 7, 20, 9, 30];
  const z = 3.090232306167813;
  const [first] = detectAberration(counts, { method: 'c1' }).epochs;
  expect(first).toMatchObject({ index: 8, observed: 20, expected: 4, alarm: true });
  expect(first!.upper).toBeCloseTo(4 + z * Math.sqrt(28 / 6), 12);
  const [second] = detectAberration(counts, { method: 'c2' }).epochs;
  expect(second).toMatchObject({ index: 10, expected: 4, alarm: true });
  expect(second!.upper).toBeCloseTo(first!.upper!, 14);
});

it('after a silent week one case is an alarm, unless a least deviation is set; C3 has no answer there', () => {
  const counts = [...new Array<number>(11).fill(0), 1];
  const last = (options: Parameters<typeof detectAberration>[1]) =>
    detectAberration(counts, options).epochs.at(-1);
  expect(last({ method: 'c1' })).toMatchObject({ expected: 0, upper: 0, alarm: true });
  expect(last({ method: 'c1', minSigma: 0.5 })).toMatchObject({ alarm: false });
  expect(last({ method: 'c3' })).toMatchObject({ upper: null, alarm: null });
});

it('EARS does not see days to come, and a constant added to all days is added to the bounds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(20), { minLength: 12, maxLength: 40 }),
      fc.nat(20),
      fc.constantFrom('c1' as const, 'c2' as const, 'c3' as const),
      (counts, extra, method) => {
        const { epochs } = detectAberration(counts, { method });
        expect(detectAberration([...counts, extra], { method }).epochs.slice(0, -1)).toEqual(epochs);
        const higher = detectAberration(
          counts.map((count) => count + 16),
          { method },
        ).epochs;
        for (const [i, { upper, alarm }] of epochs.entries()) {
          // A bound of C3 that was cut off at 0 does not move along.
          if (upper === null || (method === 'c3' && upper === 0)) continue;
          expect(higher[i]!.upper).toBeCloseTo(upper + 16, 9);
          if (Math.abs(upper - counts[epochs[i]!.index - 1]!) > 1e-9) expect(higher[i]!.alarm).toBe(alarm);
        }
      },
    ),
    { seed: 5 },
  );
});

/** Five years and a bit of the same count. */
const constant = new Array<number>(52 * 5 + 20).fill(8);

it('a constant history expects that count, with the Poisson bound of a mean known from so many weeks', () => {
  const { epochs } = detectAberration(constant, { method: 'farrington', trend: false });
  const n = 5 * 7;
  // mean^(2/3) + z ⅔ √(mean^(1/3) (1 + error of the mean)), dispersion held at 1 or more. The errors of a history without
  // any scatter are 0.
  const upper = (8 ** (2 / 3) + 1.6448536269514722 * (2 / 3) * Math.sqrt(Math.cbrt(8))) ** 1.5;
  expect(n).toBe(35);
  for (const { expected, upper: ours, alarm } of epochs) {
    expect(expected).toBeCloseTo(8, 9);
    expect(ours).toBeCloseTo(upper, 9);
    expect(alarm).toBe(false);
  }
});

it('an outbreak in an earlier year hides little when it weighs less', () => {
  const random = createRandom(12);
  const counts = Array.from({ length: 52 * 5 + 20 }, () => samplePoisson(random, 6));
  const week = 52 * 5 + 10;
  counts[week - 1 - 104]! += 40;
  const upper = (reweight: number | false) =>
    detectAberration(counts, { method: 'farrington', from: week, until: week, reweight, trend: false })
      .epochs[0]!.upper!;
  expect(upper(2.58)).toBeLessThan(upper(false) - 3);
});

it('weeks after the one judged, and the scale of time, do not change it', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(12)), fc.constantFrom(1, 5), (stream, periods) => {
      const counts = [...stream.take(26 * 3 + 12)];
      const options = { method: 'farrington', frequency: 26, years: 3, halfWindow: 2, periods } as const;
      const { epochs } = detectAberration(counts, options);
      const shorter = detectAberration(counts.slice(0, -3), options).epochs;
      expect(epochs.slice(0, shorter.length)).toEqual(shorter);
      for (const { upper, expected } of epochs) {
        if (upper !== null) expect(upper).toBeGreaterThanOrEqual(Math.floor(expected!));
      }
    }),
    { seed: 7, numRuns: 15 },
  );
});

it('false alarms are about as frequent as alpha (weekly negative binomial counts without outbreaks)', () => {
  const random = createRandom(13);
  const alarms = { delta: 0, 'nb-plugin': 0 };
  const seriesCount = 50;
  for (let i = 0; i < seriesCount; i++) {
    const counts = Array.from({ length: 52 * 5 + 3 + 20 }, () => sampleNegativeBinomial(random, 15, 12));
    for (const threshold of ['delta', 'nb-plugin'] as const) {
      const options = { method: 'farrington', threshold } as const;
      const { epochs } = detectAberration(counts, options);
      alarms[threshold] += epochs.filter((epoch) => epoch.alarm).length;
    }
  }
  for (const count of Object.values(alarms)) {
    expect(count / (seriesCount * 20)).toBeGreaterThan(0.02);
    expect(count / (seriesCount * 20)).toBeLessThan(0.085);
  }
});

it('too few cases in four weeks give no bound and no alarm', () => {
  const counts = constant.map((count, i) => (i >= constant.length - 4 ? 1 : count));
  const options = { method: 'farrington', from: constant.length } as const;
  expect(detectAberration(counts, options).epochs).toEqual([
    { index: constant.length, observed: 1, expected: null, upper: null, alarm: false },
  ]);
  expect(
    detectAberration(counts, { ...options, minimumCases: { cases: 2, epochs: 4 } }).epochs[0]!.upper,
  ).not.toBeNull();
});

it('a setting or count that cannot be is refused by name and value', () => {
  const refused = (counts: (number | null)[], options: object) =>
    expect(() => detectAberration(counts, options as never));
  refused([1, -2], { method: 'c1' }).toThrow('row 1: -2');
  refused([1, 2, 3], { method: 'c1', from: 2 }).toThrow('from is 2; the method needs the epochs before 8');
  refused(constant, { method: 'c2', until: 999 }).toThrow('the series has 280 epochs');
  refused(constant, { method: 'c1', baseline: 2 }).toThrow('baseline is 2');
  refused(constant, { method: 'c1', minSigma: -1 }).toThrow('minSigma is -1');
  refused(constant, { method: 'c1', from: 20, until: 19 }).toThrow('from is 20, after until, which is 19');
  refused(constant, { method: 'farrington', population: constant.map((_, i) => (i === 4 ? 0 : 9)) }).toThrow(
    'row 4, population: 0',
  );
  refused(constant, { method: 'farrington', population: [9] }).toThrow('population has 1 epochs');
  refused(constant, { method: 'farrington', from: 100 }).toThrow('from is 100');
  refused(constant, { method: 'farrington', alpha: 5 }).toThrow('alpha is 5');
  refused(constant, { method: 'farrington', periods: 47 }).toThrow('only 45 epochs');
  refused(constant, { method: 'farrington', years: 0 }).toThrow('years is 0');
});
