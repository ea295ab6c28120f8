import { discretiseDelay, estimateSeverity, type Severity } from '@levee/epi';
import { type Command, Option } from 'commander';
import { type DistributionOption, parseDistribution, readProbabilities } from './distribution-option.ts';
import { InputError } from './input-error.ts';
import { type CommonOptions, jsonOption, levelOption, parseDate, plotOption } from './options.ts';
import { formatEstimate, type Result, show } from './output.ts';
import { COLOURS, drawChart } from './plot/draw-chart.ts';
import { readTable } from './read-table.ts';
import { readDailyDeaths, readOutcomes, type SeverityData } from './severity-data.ts';

interface SeverityCommandOptions extends CommonOptions {
  readonly onsetToDeath?: DistributionOption;
  readonly until?: string;
  readonly died: string;
  readonly recovered: string;
  readonly level: number;
}

export function addSeverity(estimate: Command): void {
  estimate
    .command('severity')
    .description(
      'Case fatality risk: naive, resolved and, with an onset-to-death delay, adjusted for deaths still to come',
    )
    .argument(
      '<linelist.csv>',
      'columns outcome and, for the adjusted risk, date_onset; or date,cases,deaths by day',
    )
    .addOption(
      new Option(
        '--onset-to-death <distribution>',
        'gamma:<mean>,<sd> in days, or file:<csv with day,probability>',
      ).argParser(parseDistribution),
    )
    .addOption(
      new Option(
        '--until <day>',
        'day up to which outcomes are known; default the last date found',
      ).argParser(parseDate),
    )
    .option(
      '--died <words>',
      'words of outcome that mean death, with commas',
      'death,dead,died,deceased,死亡',
    )
    .option('--recovered <words>', 'words that mean recovered', 'recover,recovered,discharged,治愈,出院')
    .addOption(levelOption())
    .addOption(jsonOption())
    .addOption(plotOption())
    .addHelpText(
      'after',
      '\nAlive is not recovered: other outcomes count as not known yet.\n\nExample:\n  levee estimate severity linelist.csv --onset-to-death gamma:8,5.2 --until 2022-08-14',
    )
    .action((file: string, options: SeverityCommandOptions) => {
      const table = readTable(file);
      const data = table.columns.includes('deaths') ? readDailyDeaths(table) : readOutcomes(table, options);
      show(judge(data, options), options);
    });
}

function judge(data: SeverityData, { level, onsetToDeath }: SeverityCommandOptions): Result {
  const { casesCount, deathsCount, recoveredCount, dated } = data;
  const overall = estimateSeverity({ casesCount, deathsCount, recoveredCount }, { level });
  const { delayAdjusted } = onsetToDeath
    ? estimateSeverity(
        { casesCount: dated.casesPerDay.reduce((a, b) => a + b, 0), deathsCount: dated.deathsCount },
        {
          level,
          delay: {
            casesPerDay: dated.casesPerDay,
            onsetToDeath: probabilities(onsetToDeath, dated.casesPerDay.length),
          },
        },
      )
    : { delayAdjusted: null };
  const severity: Severity = { ...overall, delayAdjusted };
  return {
    json: { ...severity, recoveredCount: recoveredCount ?? null, undatedCount: dated.undatedCount },
    warnings: [
      ...(recoveredCount === undefined ? ['no recovery is recorded, so there is no resolved risk'] : []),
      ...(delayAdjusted?.exceedsKnownOutcomes
        ? ['more deaths are known than the delay allows by now: the delay is too long for these data']
        : []),
      ...(onsetToDeath && dated.undatedCount > 0
        ? [`${dated.undatedCount} cases without date_onset are not in the adjusted risk`]
        : []),
    ],
    text: [
      `cases           ${casesCount}`,
      `deaths          ${deathsCount}`,
      ...(recoveredCount === undefined ? [] : [`recovered       ${recoveredCount}`]),
      `naive           ${formatEstimate(severity.naive)}`,
      ...(severity.resolved ? [`resolved        ${formatEstimate(severity.resolved)}`] : []),
      ...(delayAdjusted ? [`delay-adjusted  ${formatEstimate(delayAdjusted)}`] : []),
    ],
    draw: () => draw(severity),
  };
}

function probabilities(option: DistributionOption, daysCount: number): ArrayLike<number> {
  if (option.family === 'file') return readProbabilities(option.file);
  if (daysCount === 0) throw new InputError('no case has a date_onset; the adjusted risk needs them');
  return discretiseDelay(option, daysCount - 1);
}

function draw({ naive, resolved, delayAdjusted }: Severity): string {
  const all = [
    ['naive', naive],
    ['resolved', resolved],
    ['delay-adjusted', delayAdjusted],
  ] as const;
  const shown = all.flatMap(([name, estimate]) => (estimate ? [{ name, ...estimate }] : []));
  return drawChart({
    title: 'Case fatality risk',
    xLabel: '',
    yLabel: 'proportion of cases',
    xNames: new Map(shown.map(({ name }, x) => [x, name])),
    layers: [
      {
        kind: 'whiskers',
        colour: COLOURS.estimate,
        points: shown.map(({ low, high }, x) => ({ x, low, high })),
      },
      {
        kind: 'points',
        colour: COLOURS.estimate,
        points: shown.map(({ estimate }, x) => ({ x, y: estimate })),
      },
    ],
  });
}
