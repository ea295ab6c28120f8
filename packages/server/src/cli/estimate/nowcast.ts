import { dayNumber, type NowcastDay, nowcast, type ReportedCase, reportingTriangle } from '@levee/epi';
import { type Command, Option } from 'commander';
import { badRow, countCell, dateCell } from './cells.ts';
import { InputError } from './input-error.ts';
import {
  type CommonOptions,
  jsonOption,
  levelOption,
  parseDate,
  parseFrom,
  plotOption,
  seedOption,
} from './options.ts';
import { formatTable, type Result, show } from './output.ts';
import { COLOURS, drawChart } from './plot/draw-chart.ts';
import { readTable } from './read-table.ts';

interface NowcastCommandOptions extends CommonOptions {
  readonly until?: string;
  readonly from?: string;
  readonly maxDelay?: number;
  readonly level: number;
  readonly seed: number;
}

export function addNowcast(estimate: Command): void {
  estimate
    .command('nowcast')
    .description('Cases of the last days with those still to be reported')
    .argument('<linelist.csv>', 'columns date_onset,date_reporting and, if grouped, cases')
    .addOption(
      new Option(
        '--until <day>',
        'day up to which the file reaches; default the last date_reporting',
      ).argParser(parseDate),
    )
    .addOption(new Option('--from <day>', 'first day of onset used').argParser(parseDate))
    .addOption(
      new Option('--max-delay <days>', 'longest delay; default the longest found').argParser(parseFrom(0)),
    )
    .addOption(levelOption())
    .addOption(seedOption())
    .addOption(jsonOption())
    .addOption(plotOption())
    .addHelpText('after', '\nExample:\n  levee estimate nowcast linelist.csv --until 2015-06-06 --json')
    .action((file: string, options: NowcastCommandOptions) => {
      const { cases, skippedCount } = readCases(file);
      show(describe(cases, skippedCount, options), options);
    });
}

function readCases(file: string) {
  const table = readTable(file, ['date_onset', 'date_reporting']);
  const isGrouped = table.columns.includes('cases');
  const cases: ReportedCase[] = [];
  let skippedCount = 0;
  for (const row of table.rows) {
    const dateOnset = dateCell(table, row, 'date_onset');
    const dateReporting = dateCell(table, row, 'date_reporting');
    const casesCount = isGrouped ? countCell(table, row, 'cases') : 1;
    if (dateOnset === null || dateReporting === null) {
      skippedCount += casesCount;
      continue;
    }
    if (dateReporting < dateOnset)
      throw badRow(table, row, `date_reporting: "${dateReporting}" is before date_onset, "${dateOnset}"`);
    cases.push({ dateOnset, dateReporting, casesCount });
  }
  return { cases, skippedCount };
}

function describe(cases: ReportedCase[], skippedCount: number, options: NowcastCommandOptions): Result {
  const last =
    cases
      .map(({ dateReporting }) => dateReporting)
      .sort()
      .at(-1) ?? '';
  const until = options.until ?? last;
  if (until === '')
    throw new InputError('no row has both date_onset and date_reporting; there is nothing to nowcast');
  const { from, maxDelay, seed, level } = options;
  const triangle = reportingTriangle(cases, { until, from, maxDelayDays: maxDelay });
  const { days, ...rest } = nowcast(triangle.counts, { seed, level });
  const dated = days.map(({ index, ...day }) => ({ date: triangle.dates[index]!, ...day }));
  const { beyondCount, afterCount } = triangle;
  return {
    json: { until, skippedCount, beyondCount, afterCount, days: dated, ...rest },
    warnings: [
      ...(beyondCount > 0
        ? [`${beyondCount} cases reported later than --max-delay ${maxDelay} are left out`]
        : []),
      ...(afterCount > 0 ? [`${afterCount} cases reported after ${until} are left out`] : []),
    ],
    text: [
      `until ${until}: ${rest.total.reportedCount} cases reported, ${rest.total.estimate === null ? 'an unknown number' : Math.round(rest.total.estimate)} estimated (${rest.total.low} to ${rest.total.high})`,
      '',
      ...formatTable(
        ['date_onset', 'reported', 'estimate', 'low', 'high', 'reported share'],
        dated.map((day) => [
          day.date,
          day.reportedCount,
          day.estimate,
          day.low,
          day.high,
          day.reportedProportion,
        ]),
      ),
    ],
    draw: () => draw(dated, until),
  };
}

/** With less reported than this the bounds are so wide that they would hide everything else. */
const LEAST_DRAWN = 0.1;

function draw(days: (Omit<NowcastDay, 'index'> & { date: string })[], until: string): string {
  const x = ({ date }: { date: string }) => dayNumber(date);
  const drawn = days.filter((day) => (day.reportedProportion ?? 0) >= LEAST_DRAWN);
  return drawChart({
    title: `Nowcast of ${until}; days with less than a tenth reported are not estimated here`,
    xLabel: 'day of onset',
    yLabel: 'cases',
    xNames: new Map(days.map((day) => [x(day), day.date])),
    layers: [
      {
        kind: 'bars',
        colour: COLOURS.data,
        points: days.map((day) => ({ x: x(day), y: day.reportedCount })),
      },
      {
        kind: 'band',
        colour: COLOURS.band,
        points: drawn.map((day) => ({ x: x(day), low: day.low, high: day.high })),
      },
      {
        kind: 'line',
        colour: COLOURS.estimate,
        points: drawn.map((day) => ({ x: x(day), y: day.estimate })),
      },
    ],
  });
}
