import {
  type AberrationOptions,
  type Aberrations,
  detectAberration,
  type EarsMethod,
  type FarringtonOptions,
  type FarringtonThreshold,
} from '@levee/epi';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { countCell, neededTextCell, positiveCell, textCell } from './cells.ts';
import {
  type CommonOptions,
  jsonOption,
  parseFrom,
  parsePositive,
  parseProbability,
  plotOption,
} from './options.ts';
import { formatTable, type Result, show } from './output.ts';
import { COLOURS, drawChart } from './plot/draw-chart.ts';
import { readTable } from './read-table.ts';

interface AberrationCommandOptions extends CommonOptions {
  readonly method: 'farrington' | EarsMethod;
  readonly from?: number;
  readonly until?: number;
  readonly alpha?: number;
  readonly baseline?: number;
  readonly frequency?: number;
  readonly years?: number;
  readonly halfWindow?: number;
  readonly periods?: number;
  readonly excludeRecent?: number;
  readonly threshold?: FarringtonThreshold;
  readonly reweight?: number | false;
  readonly trendP?: number;
  readonly trend: boolean;
  readonly power?: FarringtonOptions['power'];
  readonly minimumCases?: { cases: number; epochs: number };
  readonly populationOffset?: true;
  readonly minSigma?: number;
}

/** Options of one method, as they are written; given with another they would be ignored in silence. */
const ONLY_EARS = { baseline: '--baseline', minSigma: '--min-sigma' } as const;
const ONLY_FARRINGTON = {
  years: '--years',
  halfWindow: '--half-window',
  periods: '--periods',
  excludeRecent: '--exclude-recent',
  threshold: '--threshold',
  reweight: '--reweight',
  trendP: '--trend-p',
  power: '--power',
  minimumCases: '--minimum-cases',
  populationOffset: '--population-offset',
  frequency: '--frequency',
} as const;

export function addAberration(estimate: Command): void {
  estimate
    .command('aberration')
    .description('Days or weeks with more cases than chance explains')
    .argument(
      '<series.csv>',
      'column count and, for people, date; an empty count or NA is missing; population for --population-offset',
    )
    .addOption(new Option('--method <name>').choices(['farrington', 'c1', 'c2', 'c3']).default('farrington'))
    .addOption(
      new Option('--from <n>', 'first epoch judged, counted from 1; default all with history').argParser(
        parseFrom(1),
      ),
    )
    .addOption(new Option('--until <n>', 'last epoch judged').argParser(parseFrom(1)))
    .addOption(
      new Option(
        '--alpha <p>',
        'chance of a false alarm; farrington 0.05, c1 and c2 0.001, c3 0.025',
      ).argParser(parseProbability),
    )
    .addOption(new Option('--baseline <n>', 'days compared with; 7 (c1, c2, c3)').argParser(parseFrom(3)))
    .addOption(
      new Option('--min-sigma <n>', 'least standard deviation; 0 (c1, c2, c3)').argParser(parseFromZero),
    )
    .addOption(
      new Option('--years <n>', 'of history; 5 (farrington, as are all below)').argParser(parseFrom(1)),
    )
    .addOption(
      new Option('--half-window <n>', 'epochs on either side of the same epoch of a year; 3').argParser(
        parseFrom(0),
      ),
    )
    .addOption(new Option('--periods <n>', 'seasonal groups; 1').argParser(parseFrom(1)))
    .addOption(
      new Option('--exclude-recent <n>', 'last epochs not used as history; the half window').argParser(
        parseFrom(0),
      ),
    )
    .addOption(
      new Option('--threshold <name>', 'how the bound is drawn; delta').choices([
        'delta',
        'nb-plugin',
        'muan',
      ]),
    )
    .addOption(
      new Option('--reweight <residual>', 'residuals above it weigh less, or none; 2.58').argParser(
        parseReweight,
      ),
    )
    .addOption(
      new Option('--trend-p <p>', 'a trend is used below it; 0.05, 1 uses it always').argParser(parseShare),
    )
    .addOption(new Option('--no-trend', 'never use a trend'))
    .addOption(
      new Option('--power <name>', 'that makes counts nearly normal (delta); 2/3').choices([
        '2/3',
        '1/2',
        'none',
      ]),
    )
    .addOption(
      new Option(
        '--minimum-cases <cases,epochs>',
        'no bound with fewer cases in so many last epochs; 5,4',
      ).argParser(parseMinimumCases),
    )
    .addOption(
      new Option('--population-offset', 'counts are expected in proportion to the column population'),
    )
    .addOption(new Option('--frequency <n>', 'epochs in a year; 52').argParser(parseFrom(1)))
    .addOption(jsonOption())
    .addOption(plotOption())
    .addHelpText(
      'after',
      '\nExample:\n  levee estimate aberration series.csv --method farrington --from 250 --years 3 --half-window 3 --periods 10 --exclude-recent 26 --threshold nb-plugin --alpha 0.01 --json',
    )
    .action((file: string, options: AberrationCommandOptions) => {
      const series = readSeries(file, options);
      const result = detectAberration(series.counts, toSettings(options, series.population));
      const warnings = [...sayIgnored(options), ...sayTooShort(result, series.counts.length)];
      show({ ...describe(result, series.names), warnings }, options);
    });
}

function sayIgnored(options: AberrationCommandOptions): string[] {
  const others = options.method === 'farrington' ? ONLY_EARS : ONLY_FARRINGTON;
  const ignored = Object.entries(others).flatMap(([key, name]) =>
    options[key as keyof AberrationCommandOptions] === undefined ? [] : name,
  );
  return ignored.length > 0 ? [`${options.method} does not use ${ignored.join(', ')}`] : [];
}

function sayTooShort({ method, epochs }: Aberrations, count: number): string[] {
  if (epochs.length > 0) return [];
  const fewer = method === 'farrington' ? 'fewer --years' : 'a smaller --baseline';
  return [`${count} epochs are too few history for ${method}: give more, or ${fewer}`];
}

function parseFromZero(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < Infinity))
    throw new InvalidArgumentError(`"${text}" is not a number from 0.`);
  return value;
}

function parseMinimumCases(text: string): { cases: number; epochs: number } {
  const [, cases, epochs] = /^(\d+),([1-9]\d*)$/.exec(text) ?? [];
  if (cases === undefined || epochs === undefined)
    throw new InvalidArgumentError(`"${text}" is not <cases>,<epochs>, as 5,4.`);
  return { cases: Number(cases), epochs: Number(epochs) };
}

function parseReweight(text: string): number | false {
  return text === 'none' ? false : parsePositive(text);
}

function parseShare(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError(`"${text}" is not between 0 and 1.`);
  return value;
}

/** Counts of the epochs and, where the file has them, their names. */
function readSeries(file: string, { populationOffset }: AberrationCommandOptions) {
  const table = readTable(file, populationOffset ? ['count', 'population'] : ['count']);
  const hasDate = table.columns.includes('date');
  return {
    population: populationOffset && table.rows.map((row) => positiveCell(table, row, 'population')),
    counts: table.rows.map((row) =>
      textCell(row, 'count') === null ? null : countCell(table, row, 'count'),
    ),
    names: hasDate ? table.rows.map((row) => neededTextCell(table, row, 'date')) : null,
  };
}

function toSettings(options: AberrationCommandOptions, population?: number[]): AberrationOptions {
  const { method, from, until, alpha } = options;
  if (method !== 'farrington') {
    const { baseline, minSigma } = options;
    return { method, from, until, alpha, baseline, minSigma };
  }
  const { frequency, years, halfWindow, periods, excludeRecent, threshold, reweight, trendP } = options;
  const settings: FarringtonOptions = { method, from, until, alpha, frequency, years, halfWindow };
  const { trend, power, minimumCases } = options;
  const model = { threshold, reweight, trend, trendP, power, minimumCases, population };
  return { ...settings, periods, excludeRecent, ...model };
}

function describe({ method, epochs }: Aberrations, names: string[] | null): Result {
  const nameOf = (index: number) => names?.[index - 1] ?? String(index);
  return {
    json: { method, epochs },
    text: [
      `${epochs.filter((epoch) => epoch.alarm).length} alarms in ${epochs.length} epochs (${method})`,
      '',
      ...formatTable(
        ['epoch', 'index', 'observed', 'expected', 'upper', 'alarm'],
        epochs.map((epoch) => [
          nameOf(epoch.index),
          epoch.index,
          epoch.observed,
          epoch.expected,
          epoch.upper,
          epoch.alarm === null ? '–' : epoch.alarm ? 'ALARM' : '',
        ]),
      ),
    ],
    draw: () =>
      drawChart({
        title: `Observed (bars), expected and upper bound (${method}); alarms red`,
        xLabel: 'epoch',
        yLabel: 'cases',
        xNames: new Map(epochs.map(({ index }) => [index, nameOf(index)])),
        layers: [
          {
            kind: 'bars',
            colour: COLOURS.data,
            points: epochs.map(({ index, observed }) => ({ x: index, y: observed })),
          },
          {
            kind: 'line',
            colour: COLOURS.estimate,
            points: epochs.map(({ index, expected }) => ({ x: index, y: expected })),
          },
          {
            kind: 'line',
            dashed: true,
            colour: COLOURS.rule,
            points: epochs.map(({ index, upper }) => ({ x: index, y: upper })),
          },
          {
            kind: 'points',
            colour: COLOURS.alarm,
            points: epochs.flatMap(({ index, observed, alarm }) =>
              alarm ? [{ x: index, y: observed }] : [],
            ),
          },
        ],
      }),
  };
}
