import {
  type DelayEstimate,
  type DelayFamily,
  type DelayRecord,
  dayNumber,
  discretiseDelay,
  estimateDelay,
} from '@levee/epi';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { badCell, badRow, checkColumns, dateCell } from './cells.ts';
import { type CommonOptions, jsonOption, levelOption, parseDate, plotOption } from './options.ts';
import { formatEstimate, formatTable, type Result, show } from './output.ts';
import { COLOURS, drawChart } from './plot/draw-chart.ts';
import { readTable, type Table } from './read-table.ts';

const FAMILIES: DelayFamily[] = ['gamma', 'lognormal', 'weibull'];

interface DelayCommandOptions extends CommonOptions {
  readonly from: string;
  readonly to: string;
  readonly fromEnd?: string;
  readonly toEnd?: string;
  readonly cutoff?: string;
  readonly family: DelayFamily[];
  readonly level: number;
}

export function addDelay(estimate: Command): void {
  estimate
    .command('delay')
    .description(
      'Distribution of a delay between two days, allowing for censoring and for delays not over yet',
    )
    .argument('<linelist.csv>', 'one row a case')
    .option('--from <column>', 'day of the first event', 'date_onset')
    .option('--to <column>', 'day of the second event', 'date_reporting')
    .option('--from-end <column>', 'last possible day of the first event, where it is not known to the day')
    .option('--to-end <column>', 'last possible day of the second event')
    .addOption(
      new Option('--cutoff <day>', 'last day whose second events are in the file').argParser(parseDate),
    )
    .addOption(
      new Option('--family <names>', 'with commas')
        .argParser(parseFamilies)
        .default(FAMILIES, FAMILIES.join(',')),
    )
    .addOption(levelOption())
    .addOption(jsonOption())
    .addOption(plotOption())
    .addHelpText(
      'after',
      '\nRows without one of the days are left out and counted.\n\nExample:\n  levee estimate delay linelist.csv --from date_onset --to date_reporting --cutoff 2015-06-16 --json',
    )
    .action((file: string, options: DelayCommandOptions) => {
      const { records, skippedCount } = readRecords(readTable(file), options);
      show(describe(records, skippedCount, options), options);
    });
}

function parseFamilies(text: string): DelayFamily[] {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names)
    if (!(FAMILIES as string[]).includes(name))
      throw new InvalidArgumentError(`"${name}" is not one of ${FAMILIES.join(', ')}.`);
  return names as DelayFamily[];
}

function readRecords(table: Table, options: DelayCommandOptions) {
  const { from, to, cutoff } = options;
  const [fromEnd, toEnd] = [options.fromEnd ?? from, options.toEnd ?? to];
  checkColumns(table, [from, to, fromEnd, toEnd]);
  const records: DelayRecord[] = [];
  let skippedCount = 0;
  for (const row of table.rows) {
    const day = (column: string) => {
      const date = dateCell(table, row, column);
      return date === null ? null : dayNumber(date);
    };
    const [first, second] = [day(from), day(to)];
    if (first === null || second === null) {
      skippedCount++;
      continue;
    }
    const [firstEnd, secondEnd] = [day(fromEnd) ?? first, day(toEnd) ?? second];
    if (firstEnd < first) throw badCell(table, row, fromEnd, `is before ${from}, "${row.cells[from]}"`);
    if (secondEnd < second) throw badCell(table, row, toEnd, `is before ${to}, "${row.cells[to]}"`);
    if (secondEnd < first)
      throw badRow(table, row, `${to}: "${row.cells[to]}" is before ${from}, "${row.cells[from]}"`);
    const end = cutoff ? dayNumber(cutoff) + 1 : undefined;
    if (end !== undefined && secondEnd + 1 > end)
      throw badCell(table, row, toEnd, `is after --cutoff ${cutoff}`);
    records.push({ primary: [first, firstEnd + 1], secondary: [second, secondEnd + 1], cutoff: end });
  }
  return { records, skippedCount };
}

function describe(records: DelayRecord[], skippedCount: number, options: DelayCommandOptions): Result {
  const result = estimateDelay(records, { level: options.level, families: options.family });
  const { best, fits } = result;
  return {
    json: { from: options.from, to: options.to, cutoff: options.cutoff ?? null, skippedCount, ...result },
    warnings: options.cutoff
      ? []
      : ['without --cutoff delays are taken as complete; while cases grow they come out too short'],
    text: best
      ? [
          `${options.from} to ${options.to}: ${result.recordsCount} records, ${skippedCount} without a day left out`,
          '',
          ...formatTable(
            ['family', 'AIC', 'mean', 'sd', 'median', '95 %'],
            fits.map(({ family, aic, mean, sd, quantiles }) => [
              family,
              aic,
              formatEstimate(mean),
              formatEstimate(sd),
              formatEstimate(quantiles['0.5']!),
              formatEstimate(quantiles['0.95']!),
            ]),
          ),
        ]
      : [`${options.from} to ${options.to}: no record with both days`],
    draw: () => draw(records, result),
  };
}

function draw(records: DelayRecord[], { best, recordsCount }: DelayEstimate): string {
  const delays = records.map(({ primary, secondary }) => secondary[0] - primary[0]);
  const longest = delays.reduce((a, b) => Math.max(a, b), 0);
  const days = Array.from({ length: Math.max(1, longest + 1) }, (_, day) => day);
  const fitted = best
    ? discretiseDelay(
        { family: best.family, mean: best.mean.estimate!, sd: best.sd.estimate! },
        days.length - 1,
      )
    : null;
  return drawChart({
    title: best ? `Delay, observed (bars) and ${best.family} (line)` : 'Delay: no records',
    xLabel: 'days',
    yLabel: 'proportion',
    layers: [
      {
        kind: 'bars',
        colour: COLOURS.data,
        points: days.map((x) => ({
          x,
          y: delays.filter((delay) => delay === x).length / Math.max(1, recordsCount),
        })),
      },
      {
        kind: 'line',
        colour: COLOURS.estimate,
        points: fitted ? days.map((x) => ({ x, y: fitted[x]! })) : [],
      },
    ],
  });
}
