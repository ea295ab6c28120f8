import type { Language } from '../i18n/words.ts';

export interface CurveSeries {
  readonly key: string;
  readonly name: string;
  /** One count per day, in the order of `days`. */
  readonly counts: readonly number[];
}

/** The sum over all series per day. */
export function totalsOf(series: readonly CurveSeries[], dayCount: number): number[] {
  return Array.from({ length: dayCount }, (_, index) =>
    series.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0),
  );
}

/** Mean of the day and the six before it; null in the first six days. */
export function sevenDayMean(totals: readonly number[]): (number | null)[] {
  return totals.map((_, index) =>
    index < 6 ? null : totals.slice(index - 6, index + 1).reduce((sum, count) => sum + count, 0) / 7,
  );
}

/** An epidemic curve in words: span, sum, peak, last complete week against the one before, and what is still incomplete. */
export function describeCurve(
  days: readonly string[],
  series: readonly CurveSeries[],
  incompleteFrom: string | null,
  dateName: string,
  language: Language,
): string {
  const totals = totalsOf(series, days.length);
  const sum = totals.reduce((a, b) => a + b, 0);
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined || sum === 0)
    return language === 'zh' ? `按${dateName}，尚无病例。` : `By ${dateName}: no cases.`;
  const peak = Math.max(...totals);
  const peakDay = days[totals.indexOf(peak)];
  const complete = incompleteFrom === null ? days.length : days.filter((day) => day < incompleteFrom).length;
  const week = (end: number) => totals.slice(Math.max(0, end - 7), end).reduce((a, b) => a + b, 0);
  const parts = series.map(({ name, counts }) => `${name} ${counts.reduce((a, b) => a + b, 0)}`);
  const lastWeek = week(complete);
  const weekBefore = week(complete - 7);
  if (language === 'zh')
    return [
      `按${dateName}，${first} 至 ${last} 共 ${sum} 例（${parts.join('，')}）。`,
      `高峰在 ${peakDay}，${peak} 例。`,
      complete >= 14 ? `最近 7 个完整日 ${lastWeek} 例，前 7 日 ${weekBefore} 例。` : '',
      incompleteFrom !== null && complete < days.length
        ? `${incompleteFrom} 起数据尚不完整，会继续上升。`
        : '',
    ].join('');
  return [
    `By ${dateName}, ${first} to ${last}: ${sum} cases (${parts.join(', ')}). `,
    `Peak on ${peakDay} with ${peak}. `,
    complete >= 14 ? `Last 7 complete days ${lastWeek}, the 7 before ${weekBefore}. ` : '',
    incompleteFrom !== null && complete < days.length
      ? `From ${incompleteFrom} on still incomplete and will rise.`
      : '',
  ].join('');
}
