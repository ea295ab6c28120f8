import {
  estimateGrowthRate,
  type GrowthMethod,
  type GrowthRateEstimate,
  reproductionFromGrowth,
} from '@levee/epi';
import { type Command, Option } from 'commander';
import { type DistributionOption, parseDistribution } from './distribution-option.ts';
import { type Incidence, readIncidence } from './incidence.ts';
import { InputError } from './input-error.ts';
import {
  type CommonOptions,
  fillZeroOption,
  jsonOption,
  levelOption,
  parseDate,
  plotOption,
} from './options.ts';
import { formatEstimate, type Result, show } from './output.ts';
import { COLOURS, drawChart } from './plot/draw-chart.ts';
import { readSerialInterval } from './rt.ts';

interface GrowthCommandOptions extends CommonOptions {
  readonly method: GrowthMethod;
  readonly from?: string;
  readonly until?: string;
  readonly level: number;
  readonly generationInterval?: DistributionOption;
  readonly fillZero?: true;
}

export function addGrowth(estimate: Command): void {
  estimate
    .command('growth')
    .description('Growth rate, doubling time and, with a generation interval, R')
    .argument('<incidence.csv>', 'columns date,cases')
    .addOption(
      new Option('--method <name>', 'model of the counts')
        .choices(['negative-binomial', 'poisson', 'log-linear'])
        .default('negative-binomial'),
    )
    .addOption(new Option('--from <day>', 'first day used').argParser(parseDate))
    .addOption(new Option('--until <day>', 'last day used').argParser(parseDate))
    .addOption(
      new Option('--generation-interval <distribution>', 'gamma:<mean>,<sd> or file:<csv>').argParser(
        parseDistribution,
      ),
    )
    .addOption(levelOption())
    .addOption(fillZeroOption())
    .addOption(jsonOption())
    .addOption(plotOption())
    .addHelpText(
      'after',
      '\nExample:\n  levee estimate growth incidence.csv --from 2022-08-01 --until 2022-08-14',
    )
    .action((file: string, options: GrowthCommandOptions) => {
      show(grow(readIncidence(file, options), options), options);
    });
}

function grow(incidence: Incidence, options: GrowthCommandOptions): Result {
  const { method, level, generationInterval } = options;
  const tStart = options.from ? dayOf(incidence, options.from, '--from') : 1;
  const tEnd = options.until ? dayOf(incidence, options.until, '--until') : incidence.cases.length;
  if (options.from && options.until && tEnd < tStart)
    throw new InputError(`--from ${options.from} is after --until ${options.until}`);
  const result = estimateGrowthRate([...incidence.cases], { method, tStart, tEnd, level });
  const { growthRate, doublingTimeDays, halvingTimeDays } = result;
  const interval = generationInterval && readSerialInterval(generationInterval);
  const toR = (rate: number) => reproductionFromGrowth(rate, interval!);
  const R =
    interval && growthRate
      ? { estimate: toR(growthRate.estimate), low: toR(growthRate.low), high: toR(growthRate.high), level }
      : null;
  return {
    json: { ...result, tStart, tEnd, ...(interval && { R }) },
    text: [
      `method              ${method}, ${result.n} days`,
      `growth rate a day   ${growthRate ? formatEstimate(growthRate) : 'too few days with cases'}`,
      ...(doublingTimeDays ? [`doubling time days  ${formatEstimate(doublingTimeDays)}`] : []),
      ...(halvingTimeDays ? [`halving time days   ${formatEstimate(halvingTimeDays)}`] : []),
      ...(R ? [`R                   ${formatEstimate(R)}`] : []),
    ],
    draw: () => draw(incidence, result, tStart, tEnd),
  };
}

function dayOf({ dates }: Incidence, date: string, option: string): number {
  const index = dates.indexOf(date);
  if (index === -1)
    throw new InputError(
      `${option} ${date} is not among the days ${dates[0] ?? '–'} to ${dates.at(-1) ?? '–'}`,
    );
  return index + 1;
}

function draw(
  { dates, cases }: Incidence,
  { growthRate }: GrowthRateEstimate,
  tStart: number,
  tEnd: number,
): string {
  const days = Array.from({ length: Math.max(0, tEnd - tStart + 1) }, (_, i) => tStart + i);
  const rate = growthRate?.estimate ?? 0;
  const growth = days.map((day) => Math.exp(rate * (day - tStart)));
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  // The curve is drawn at the level at which it holds as many cases as were counted.
  const scale = sum(days.map((day) => cases[day - 1]!)) / sum(growth);
  return drawChart({
    title: 'Cases and exponential growth',
    xLabel: 'day',
    yLabel: 'cases',
    xNames: new Map(dates.map((date, i) => [i + 1, date])),
    layers: [
      { kind: 'bars', colour: COLOURS.data, points: cases.map((y, i) => ({ x: i + 1, y })) },
      ...(growthRate
        ? [
            {
              kind: 'line' as const,
              colour: COLOURS.estimate,
              points: days.map((x, i) => ({ x, y: scale * growth[i]! })),
            },
          ]
        : []),
    ],
  });
}
