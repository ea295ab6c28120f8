import { expect, it } from 'vitest';
import { tableCsv } from './csv.ts';
import { percent, significant, withInterval } from './numbers.ts';

const about = {
  asOf: '2022-08-14T17:10:00+08:00',
  cutoffDay: '2015-06-16',
  cutoffFrom: 'last_record' as const,
  source: { kind: 'line_list' as const, id: null, nameZh: 'MERS, Korea', nameEn: 'MERS, Korea' },
  within: '6325',
  casesCount: 162,
  notCasesCount: 0,
  afterCutoffCount: 0,
  methodVersion: '@levee/epi 0.1.0',
};

it('downloaded numbers carry source, area, cut-off, method and version, and all their decimals [A7 F15]', () => {
  const table = {
    columns: [
      { key: 'until', title: '止' },
      { key: 'r_mean', title: '均值', digits: 2 },
    ],
    rows: [['2015-06-03', 4.192345678] as const, ['2015-05-20', null] as const],
  };
  const told = { title: 'Rt', method: 'Rt by Cori', about, note: 'internal, not for publication' };
  expect(tableCsv(table, told).split('\n')).toEqual([
    '# Rt',
    '"# MERS, Korea · 6325 · cut-off 2015-06-16 · n = 162"',
    '# as of 2022-08-14T17:10:00+08:00 · Rt by Cori · @levee/epi 0.1.0',
    '"# internal, not for publication"',
    'until,r_mean',
    '2015-06-03,4.192345678',
    '2015-05-20,',
  ]);
});

it('an estimate is never written without its interval; no bound is ∞, an unknown one a dash [A7]', () => {
  expect(withInterval({ estimate: 4.192, low: 3.149, high: 5.382 })).toBe('4.19 (3.15–5.38)');
  expect(withInterval({ estimate: 0.0203, low: 0.0096, high: 0.039 }, significant)).toBe(
    '0.02 (0.0096–0.039)',
  );
  expect(withInterval({ estimate: 0, low: 0, high: null, unbounded: true }, percent)).toBe('0.0% (0.0%–∞)');
  expect(withInterval({ estimate: 1.2, low: null, high: null })).toBe('1.20 (–––)');
  expect(withInterval(null)).toBe('–');
});
