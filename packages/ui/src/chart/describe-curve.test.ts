import { expect, it } from 'vitest';
import { describeCurve, sevenDayMean } from './describe-curve.ts';
import { curveCsv } from './download-curve.ts';

const days = ['2022-08-11', '2022-08-12', '2022-08-13'];
const series = [
  { key: 'confirmed', name: '确诊', counts: [1, 3, 0] },
  { key: 'asymptomatic', name: '无症状', counts: [0, 1, 1] },
];

it('a curve says its span, sum, peak and what is incomplete in words [F15 F16]', () => {
  expect(describeCurve(days, series, '2022-08-13', '发病日期', 'zh')).toBe(
    '按发病日期，2022-08-11 至 2022-08-13 共 6 例（确诊 4，无症状 2）。高峰在 2022-08-12，4 例。2022-08-13 起数据尚不完整，会继续上升。',
  );
  expect(describeCurve([], [], null, 'date of onset', 'en')).toBe('By date of onset: no cases.');
});

it('the seven-day line begins on the seventh day', () => {
  expect(sevenDayMean([7, 0, 0, 0, 0, 0, 0, 7])).toEqual([null, null, null, null, null, null, 1, 1]);
});

it('downloaded data carry title, time and source, and mark incomplete days [F15]', () => {
  const csv = curveCsv(
    {
      name: 'c',
      title: '流行曲线',
      days,
      series,
      incompleteFrom: '2022-08-13',
      asOf: '2022-08-13T00:00:00Z',
      source: '病例库',
    },
    '发病日期',
  );
  expect(csv.split('\n').slice(2)).toEqual([
    '# 2022-08-13T00:00:00.000Z · 病例库',
    'day,确诊,无症状,complete',
    '2022-08-11,1,0,yes',
    '2022-08-12,3,1,yes',
    '2022-08-13,0,1,no',
  ]);
});
