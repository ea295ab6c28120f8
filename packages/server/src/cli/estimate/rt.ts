import {
  estimateCaseReproduction,
  estimateRt,
  type FixedSerialInterval,
  type RtWarning,
  type SerialInterval,
} from '@levee/epi';
import { type Command, Option } from 'commander';
import {
  type DistributionOption,
  parseSerialInterval,
  readIntervalProbabilities,
  type SerialIntervalOption,
  UNCERTAIN_FORM,
} from './distribution-option.ts';
import { type Incidence, readIncidence } from './incidence.ts';
import { InputError } from './input-error.ts';
import {
  type CommonOptions,
  fillZeroOption,
  jsonOption,
  parseFrom,
  parsePositive,
  plotOption,
  seedOption,
} from './options.ts';
import { formatTable, type Result, show } from './output.ts';
import { COLOURS, drawChart } from './plot/draw-chart.ts';

interface RtCommandOptions extends CommonOptions {
  readonly serialInterval: SerialIntervalOption;
  readonly n1: number;
  readonly window: number;
  readonly method: 'cori' | 'wallinga-teunis';
  readonly priorMean: number;
  readonly priorSd: number;
  readonly simulations: number;
  readonly fillZero?: true;
  readonly seed: number;
}

/** A window as every method gives it; what the method does not give is null. */
interface Window {
  tStart: number;
  tEnd: number;
  mean: number | null;
  sd: number | null;
  quantiles: Record<string, number | null>;
}

export function addRt(estimate: Command): void {
  estimate
    .command('rt')
    .description('Reproduction number over time')
    .argument('<incidence.csv>', 'columns date,cases and, if known, imported; - is standard input')
    .addOption(
      new Option(
        '--serial-interval <distribution>',
        `gamma:<mean>,<sd> in days, file:<csv with day,probability>, or (cori) ${UNCERTAIN_FORM}`,
      )
        .argParser(parseSerialInterval)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--n1 <draws>', 'serial intervals drawn from an uncertain one')
        .argParser(parseFrom(1))
        .default(500),
    )
    .addOption(
      new Option('--window <days>', 'length of the sliding windows').argParser(parseFrom(1)).default(7),
    )
    .addOption(new Option('--method <name>').choices(['cori', 'wallinga-teunis']).default('cori'))
    .addOption(
      new Option('--prior-mean <R>', 'mean of the gamma prior (cori)').argParser(parsePositive).default(5),
    )
    .addOption(new Option('--prior-sd <R>', 'its standard deviation').argParser(parsePositive).default(5))
    .addOption(
      new Option('--simulations <n>', 'draws of all infectors, for the intervals (wallinga-teunis)')
        .argParser(parseFrom(0))
        .default(1000),
    )
    .addOption(fillZeroOption())
    .addOption(seedOption())
    .addOption(jsonOption())
    .addOption(plotOption())
    .addHelpText(
      'after',
      `
Counts need not be whole for cori (a smoothed series); for wallinga-teunis, which draws an infector for each case, they must.

Examples:
  levee estimate rt incidence.csv --serial-interval gamma:2.6,1.5 --window 7 --json
  levee estimate rt incidence.csv --serial-interval uncertain:mean_si=2.6,std_mean_si=0.5,min_mean_si=1.2,max_mean_si=4,std_si=1.5,std_std_si=0.3,min_std_si=0.5,max_std_si=2.5`,
    )
    .action((file: string, options: RtCommandOptions) => {
      const incidence = readIncidence(file, { ...options, fractions: options.method === 'cori' });
      show(estimateWindows(incidence, options), options);
    });
}

function estimateWindows(incidence: Incidence, options: RtCommandOptions): Result {
  const { method } = options;
  const chosen = options.serialInterval;
  const serialInterval = chosen.family === 'uncertain-gamma' ? chosen : readSerialInterval(chosen);
  const { windows, warnings } =
    incidence.cases.length === 0
      ? { windows: [], warnings: ['there is no day to estimate from'] }
      : incidence.cases.length <= options.window
        ? { windows: [], warnings: [sayTooShort(incidence.cases.length, options.window)] }
        : method === 'cori'
          ? byCori(incidence, serialInterval, options)
          : byWallingaTeunis(incidence, needFixed(serialInterval), options);
  const day = (number: number) => incidence.dates[number - 1] ?? '';
  return {
    json: { method, windows },
    warnings,
    text: formatTable(
      ['from', 'until', 'tStart', 'tEnd', 'mean', 'sd', '2.5 %', '97.5 %'],
      windows.map(({ tStart, tEnd, mean, sd, quantiles }) => [
        day(tStart),
        day(tEnd),
        tStart,
        tEnd,
        mean,
        sd,
        quantiles['0.025'],
        quantiles['0.975'],
      ]),
    ),
    draw: () => draw(windows, incidence, method),
  };
}

/** As the estimators take it; they refuse one that cannot be, with day and value. */
export function readSerialInterval(option: DistributionOption): FixedSerialInterval {
  return option.family === 'gamma'
    ? { ...option, unit: 'day' }
    : { family: 'empirical', probabilities: readIntervalProbabilities(option.file), unit: 'day' };
}

function needFixed(serialInterval: SerialInterval): FixedSerialInterval {
  if (serialInterval.family === 'gamma' || serialInterval.family === 'empirical') return serialInterval;
  throw new InputError(
    'wallinga-teunis takes one serial interval, not an uncertain one: give gamma:<mean>,<sd> or file:<csv>, or --method cori',
  );
}

function byCori({ cases, imported }: Incidence, serialInterval: SerialInterval, options: RtCommandOptions) {
  const { windows, warnings } = estimateRt([...cases], {
    serialInterval,
    windowDays: options.window,
    imported: imported && [...imported],
    prior: { mean: options.priorMean, sd: options.priorSd },
    drawsCount: options.n1,
    seed: options.seed,
  });
  return { windows: windows as Window[], warnings: warnings.flatMap(sayWarning) };
}

function byWallingaTeunis(
  { cases, imported }: Incidence,
  serialInterval: FixedSerialInterval,
  { window, simulations, seed }: RtCommandOptions,
) {
  const { windows } = estimateCaseReproduction([...cases], {
    serialInterval,
    windowDays: window,
    simulationsCount: simulations,
    seed,
  });
  return {
    windows: windows as Window[],
    warnings: [
      ...(imported
        ? ['the column imported is not used by wallinga-teunis: every case may have been infected here']
        : []),
      'the last windows are lower than they will be: whom their cases infected is not counted yet',
    ],
  };
}

function sayTooShort(daysCount: number, window: number): string {
  return `${daysCount} days are too few for windows of ${window} days, the first of which begins on day 2: give more days or a smaller --window`;
}

function sayWarning(warning: RtWarning): string[] {
  switch (warning.code) {
    case 'missing_counted_as_zero':
      return [`days ${warning.days.join(', ')} have no number and count as 0`];
    case 'first_window_has_few_cases':
      return [
        `the first window has ${warning.casesCount} cases; below ${warning.neededCount} the estimate leans on its prior`,
      ];
    case 'serial_interval_longer_than_series':
      return [`the days given hold only ${(100 * warning.sum).toFixed(1)} % of the serial interval`];
  }
}

function draw(windows: Window[], { dates }: Incidence, method: string): string {
  const of = (level: string) => (window: Window) => window.quantiles[level] ?? null;
  const band = (low: string, high: string) => ({
    kind: 'band' as const,
    colour: COLOURS.band,
    points: windows.map((window) => ({ x: window.tEnd, low: of(low)(window), high: of(high)(window) })),
  });
  const means = windows.flatMap(({ mean }) => mean ?? []).sort((a, b) => a - b);
  return drawChart({
    title: `Reproduction number (${method}), with 50 % and 95 % interval`,
    xLabel: 'last day of the window',
    yLabel: 'R',
    // The first windows can be wild; they must not flatten all the others.
    yMost: Math.max(2, 2 * (means[Math.floor(means.length * 0.95)] ?? 1)),
    xNames: new Map(windows.map(({ tEnd }) => [tEnd, dates[tEnd - 1] ?? ''])),
    layers: [
      band('0.025', '0.975'),
      band('0.25', '0.75'),
      {
        kind: 'line',
        dashed: true,
        colour: COLOURS.rule,
        points: windows.map(({ tEnd }) => ({ x: tEnd, y: 1 })),
      },
      {
        kind: 'line',
        colour: COLOURS.estimate,
        points: windows.map(({ tEnd, mean }) => ({ x: tEnd, y: mean })),
      },
    ],
  });
}
