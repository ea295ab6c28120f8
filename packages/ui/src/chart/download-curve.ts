import type { Instant } from '../format/time.ts';
import type { CurveSeries } from './describe-curve.ts';

export interface CurveData {
  readonly name: string;
  readonly title: string;
  readonly days: readonly string[];
  readonly series: readonly CurveSeries[];
  readonly incompleteFrom: string | null;
  readonly asOf: Instant | null;
  readonly source: string;
}

const cell = (value: string | number) => {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The curve as CSV: first what it is, as of when and from where, then one line per day. */
export function curveCsv(data: CurveData, dateName: string): string {
  const { title, days, series, incompleteFrom, asOf, source } = data;
  const lines = [
    [`# ${title}`],
    [`# ${dateName}`],
    [`# ${asOf === null ? '' : new Date(asOf).toISOString()} · ${source}`],
    ['day', ...series.map(({ name }) => name), 'complete'],
    ...days.map((day, index) => [
      day,
      ...series.map(({ counts }) => counts[index] ?? 0),
      incompleteFrom !== null && day >= incompleteFrom ? 'no' : 'yes',
    ]),
  ];
  return lines.map((line) => line.map(cell).join(',')).join('\n');
}

/** Hands the CSV to the browser, with a byte order mark so that Excel reads the Chinese. */
export function downloadCurve(data: CurveData, dateName: string): void {
  const url = URL.createObjectURL(new Blob(['\ufeff', curveCsv(data, dateName)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${data.name}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
