import {
  civilDay,
  dayNumber,
  discretiseSerialInterval,
  estimateRt,
  type Forecast,
  type ForecastInput,
  forecastCases,
} from '@levee/epi';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type DistributionOption,
  parseDistribution,
  readIntervalProbabilities,
} from './distribution-option.ts';
import { type Incidence, readIncidence } from './incidence.ts';
import { InputError } from './input-error.ts';
import {
  type CommonOptions,
  fillZeroOption,
  jsonOption,
  levelOption,
  parseFrom,
  parsePositiveOrInfinite,
  plotOption,
  seedOption,
} from './options.ts';
import { formatCell, formatTable, type Result, show } from './output.ts';
import { COLOURS, drawChart } from './plot/draw-chart.ts';
import { readSerialInterval } from './rt.ts';

interface ForecastCommandOptions extends CommonOptions {
  readonly serialInterval: DistributionOption;
  readonly days: number;
  readonly r?: { mean: number; sd: number };
  readonly k: number;
  readonly window: number;
  readonly simulations: number;
  readonly level: number;
  readonly seed: number;
  readonly fillZero?: true;
}

export function addForecast(estimate: Command): void {
  estimate
    .command('forecast')
    .description('Cases of the next days if nothing changes')
    .argument('<incidence.csv>', 'columns date,cases; the last day must be complete')
    .addOption(
      new Option(
        '--serial-interval <distribution>',
        'gamma:<mean>,<sd> in days, or file:<csv with day,probability>',
      )
        .argParser(parseDistribution)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--days <n>', 'how far').argParser(parseFrom(1)).default(14))
    .addOption(
      new Option('--r <mean[,sd]>', 'reproduction number; default that of the last window').argParser(parseR),
    )
    .addOption(new Option('--window <days>', 'length of that window').argParser(parseFrom(1)).default(7))
    .addOption(
      new Option('--k <dispersion>', 'of infectees per case; Inf is Poisson')
        .argParser(parsePositiveOrInfinite)
        .default(Infinity, 'Inf'),
    )
    .addOption(new Option('--simulations <n>').argParser(parseFrom(1)).default(5000))
    .addOption(fillZeroOption())
    .addOption(levelOption())
    .addOption(seedOption())
    .addOption(jsonOption())
    .addOption(plotOption())
    .addHelpText(
      'after',
      '\nExample:\n  levee estimate forecast incidence.csv --serial-interval gamma:3.2,2.5 --k 0.3 --days 14 --json',
    )
    .action((file: string, options: ForecastCommandOptions) => {
      show(describe(readIncidence(file, options), options), options);
    });
}

function parseR(text: string): { mean: number; sd: number } {
  const [mean, sd = 0, ...rest] = text.split(',').map(Number);
  if (
    !(mean! >= 0 && sd >= 0 && Number.isFinite(mean) && Number.isFinite(sd)) ||
    rest.length > 0 ||
    text.trim() === ''
  )
    throw new InvalidArgumentError(`"${text}" is not <mean> or <mean>,<sd> from 0.`);
  return { mean: mean!, sd };
}

function describe(incidence: Incidence, options: ForecastCommandOptions): Result {
  const R = options.r ?? lastR(incidence, options);
  const input: ForecastInput = {
    casesPerDay: [...incidence.cases],
    serialInterval: toProbabilities(options.serialInterval, incidence.cases.length + options.days),
    R,
    k: options.k,
  };
  const { level, seed } = options;
  const result = forecastCases(input, {
    horizonDays: options.days,
    simulationsCount: options.simulations,
    level,
    seed,
  });
  const last = incidence.dates.at(-1);
  const days = result.days.map((day) => ({
    date: last === undefined ? null : civilDay(dayNumber(last) + day.day),
    ...day,
  }));
  return {
    json: { R, k: options.k, ...result, days },
    text: [
      `R ${formatCell(R.mean)} (sd ${formatCell(R.sd)}), k ${formatCell(options.k)}: ${formatCell(result.total.median)} new cases in ${options.days} days (${result.total.low} to ${result.total.high}); none at all in ${formatCell(100 * result.noCaseProportion)} % of ${result.simulationsCount} simulations`,
      '',
      ...formatTable(
        ['date', 'mean', 'median', 'low', 'high'],
        days.map((day) => [day.date ?? String(day.day), day.mean, day.median, day.low, day.high]),
      ),
    ],
    draw: () => draw(incidence, result),
  };
}

/** Mean and sd of the last window with an estimate. */
function lastR(incidence: Incidence, { serialInterval, window }: ForecastCommandOptions) {
  const { windows } = estimateRt([...incidence.cases], {
    serialInterval: readSerialInterval(serialInterval),
    windowDays: window,
    imported: incidence.imported && [...incidence.imported],
  });
  const last = windows.at(-1);
  if (!last || last.mean === null || last.sd === null)
    throw new InputError('the days given are too few to estimate R from; give it with --r <mean>,<sd>');
  return { mean: last.mean, sd: last.sd };
}

function toProbabilities(option: DistributionOption, daysCount: number): ArrayLike<number> {
  return option.family === 'file'
    ? readIntervalProbabilities(option.file)
    : discretiseSerialInterval({ ...option, unit: 'day' }, daysCount);
}

function draw({ dates, cases }: Incidence, { days }: Forecast): string {
  const first = dates.length + 1;
  const last = dates.at(-1);
  const name = (x: number) => (last === undefined ? String(x) : civilDay(dayNumber(last) + x - dates.length));
  const all = Array.from({ length: dates.length + days.length }, (_, i) => i + 1);
  return drawChart({
    title: 'Forecast if nothing changes',
    xLabel: 'day',
    yLabel: 'cases',
    xNames: new Map(all.map((x) => [x, name(x)])),
    layers: [
      { kind: 'bars', colour: COLOURS.data, points: cases.map((y, i) => ({ x: i + 1, y })) },
      {
        kind: 'band',
        colour: COLOURS.band,
        points: days.map(({ low, high }, i) => ({ x: first + i, low, high })),
      },
      {
        kind: 'line',
        colour: COLOURS.estimate,
        points: days.map(({ median }, i) => ({ x: first + i, y: median })),
      },
    ],
  });
}
