import { civilDay, dayNumber } from '@levee/epi';
import { badCell, badRow, countCell, dateCell, neededDateCell, textCell } from './cells.ts';
import { InputError } from './input-error.ts';
import { missingColumn, type Table } from './read-table.ts';

export interface SeverityData {
  readonly casesCount: number;
  readonly deathsCount: number;
  /** Absent where the data cannot tell. */
  readonly recoveredCount: number | undefined;
  /** The cases whose onset is known, by day, up to the day outcomes are known. */
  readonly dated: {
    readonly casesPerDay: number[];
    readonly deathsCount: number;
    readonly undatedCount: number;
  };
}

/** Outcomes that say neither death nor recovery. */
const OPEN = new Set([
  '',
  'na',
  'unknown',
  'alive',
  'hospitalised',
  'hospitalized',
  'ill',
  '不详',
  '住院',
  '在院',
]);
const DATE_COLUMNS = ['date_onset', 'date_reporting', 'date_admission', 'date_outcome', 'date_death'];

/** A line list with `outcome` and, if there, `date_onset`. An outcome nobody named is refused, not guessed. */
export function readOutcomes(
  table: Table,
  { died, recovered, until }: { died: string; recovered: string; until?: string },
): SeverityData {
  if (!table.columns.includes('outcome')) throw missingColumn(table, 'outcome');
  const [deathWords, recoveryWords] = [words(died), words(recovered)];
  const hasOnset = table.columns.includes('date_onset');
  const onsets: { day: number; isDeath: boolean }[] = [];
  const counts = { deaths: 0, recovered: 0 };
  let undatedCount = 0;
  let lastDay = -Infinity;
  for (const row of table.rows) {
    const outcome = (textCell(row, 'outcome') ?? '').toLowerCase();
    const isDeath = deathWords.has(outcome);
    if (isDeath) counts.deaths++;
    else if (recoveryWords.has(outcome)) counts.recovered++;
    else if (!OPEN.has(outcome))
      throw badCell(
        table,
        row,
        'outcome',
        'is not known; name it with --died or --recovered, or leave it empty',
      );
    for (const column of DATE_COLUMNS) {
      const date = table.columns.includes(column) ? dateCell(table, row, column) : null;
      if (date) lastDay = Math.max(lastDay, dayNumber(date));
    }
    const onset = hasOnset ? dateCell(table, row, 'date_onset') : null;
    if (onset === null) undatedCount++;
    else if (until && onset > until) throw badCell(table, row, 'date_onset', `is after --until ${until}`);
    else onsets.push({ day: dayNumber(onset), isDeath });
  }
  const end = until ? dayNumber(until) : lastDay;
  return {
    casesCount: table.rows.length,
    deathsCount: counts.deaths,
    // A list that records no recovery at all says nothing of the resolved risk, which would come out as 1.
    recoveredCount: counts.recovered === 0 ? undefined : counts.recovered,
    dated: {
      casesPerDay: countByDay(
        onsets.map(({ day }) => day),
        end,
      ),
      deathsCount: onsets.filter(({ isDeath }) => isDeath).length,
      undatedCount,
    },
  };
}

/** Counts a day: `date,cases,deaths`, cases by onset, deaths by the day they became known. */
export function readDailyDeaths(table: Table): SeverityData {
  for (const column of ['date', 'cases'])
    if (!table.columns.includes(column)) throw missingColumn(table, column);
  const casesPerDay: number[] = [];
  let deathsCount = 0;
  let last: number | null = null;
  for (const row of table.rows) {
    const day = dayNumber(neededDateCell(table, row, 'date'));
    if (last !== null && day !== last + 1)
      throw badRow(
        table,
        row,
        `date: ${civilDay(day)} does not follow ${civilDay(last)}; one row a day is needed`,
      );
    last = day;
    casesPerDay.push(countCell(table, row, 'cases'));
    deathsCount += countCell(table, row, 'deaths');
  }
  const casesCount = casesPerDay.reduce((a, b) => a + b, 0);
  if (deathsCount > casesCount)
    throw new InputError(`${table.name}: ${deathsCount} deaths of ${casesCount} cases`);
  return {
    casesCount,
    deathsCount,
    recoveredCount: undefined,
    dated: { casesPerDay, deathsCount, undatedCount: 0 },
  };
}

const words = (list: string) => new Set(list.split(',').map((word) => word.trim().toLowerCase()));

function countByDay(days: number[], end: number): number[] {
  if (days.length === 0) return [];
  const first = days.reduce((a, b) => Math.min(a, b));
  const counts = new Array<number>(end - first + 1).fill(0);
  for (const day of days) counts[day - first]!++;
  return counts;
}
