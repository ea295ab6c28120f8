import { estimateOffspring, negativeBinomialPmf, type OffspringEstimate } from '@levee/epi';
import { type Command, Option } from 'commander';
import { badCell, countCell } from './cells.ts';
import { allowNegativeOption, toleranceOption } from './chains.ts';
import { type CommonOptions, jsonOption, levelOption, parseProbability, plotOption } from './options.ts';
import { formatCell, formatEstimate, type Result, show } from './output.ts';
import { COLOURS, drawChart } from './plot/draw-chart.ts';
import { readChains } from './read-chains.ts';
import { readTable } from './read-table.ts';

interface OffspringCommandOptions extends CommonOptions {
  readonly level: number;
  readonly share: number;
  readonly tolerance: number;
}

export function addOffspring(estimate: Command): void {
  estimate
    .command('offspring')
    .description('How unequally cases infect: R and dispersion k, and the share of cases that causes 80 %')
    .argument(
      '<file.csv>',
      'line list with id and contacts beside it, or counts: infectees of each case, and cases if grouped',
    )
    .argument('[contacts.csv]', 'columns from,to')
    .addOption(
      new Option('--share <p>', 'share of transmission to be explained')
        .argParser(parseProbability)
        .default(0.8),
    )
    .addOption(toleranceOption())
    .addOption(allowNegativeOption())
    .addOption(levelOption())
    .addOption(jsonOption())
    .addOption(plotOption())
    .addHelpText(
      'after',
      '\nExamples:\n  levee estimate offspring linelist.csv contacts.csv --json\n  levee estimate offspring counts.csv',
    )
    .action((file: string, contacts: string | undefined, options: OffspringCommandOptions) => {
      const counts = contacts ? countInfectees(file, contacts, options) : readCounts(file);
      show(describe(counts, options), options);
    });
}

function countInfectees(
  linelist: string,
  contacts: string,
  { tolerance }: OffspringCommandOptions,
): number[] {
  return readChains(linelist, contacts, tolerance).nodes.map((node) => node.infecteesCount);
}

const MOST_CASES = 2_000_000;

/** `infectees`, one row a case; with a column `cases` each row stands for so many. */
function readCounts(file: string): number[] {
  const table = readTable(file, ['infectees']);
  const isGrouped = table.columns.includes('cases');
  let casesCount = 0;
  return table.rows.flatMap((row) => {
    const infectees = countCell(table, row, 'infectees');
    if (infectees > MOST_CASES) throw badCell(table, row, 'infectees', `is more than ${MOST_CASES}`);
    const cases = isGrouped ? countCell(table, row, 'cases') : 1;
    casesCount += cases;
    if (casesCount > MOST_CASES)
      throw badCell(
        table,
        row,
        'cases',
        `brings the file above ${MOST_CASES} cases, the most this command takes`,
      );
    return new Array<number>(cases).fill(infectees);
  });
}

function describe(counts: number[], { level, share }: OffspringCommandOptions): Result {
  const result = estimateOffspring(counts, { level, transmissionProportion: share });
  const { casesProportion } = result;
  return {
    json: result,
    text: [
      `cases      ${result.casesCount}`,
      `infectees  ${result.infecteesCount}`,
      `R          ${formatEstimate(result.R)}`,
      `k          ${formatEstimate(result.k)}`,
      casesProportion === null
        ? 'nobody infected anybody'
        : `${formatCell(100 * casesProportion)} % of cases cause ${formatCell(100 * share)} % of transmission`,
    ],
    draw: () => draw(counts, result),
  };
}

function draw(counts: number[], { R, k }: OffspringEstimate): string {
  const largest = counts.reduce((a, b) => Math.max(a, b), 0);
  const values = Array.from({ length: largest + 1 }, (_, value) => value);
  const observed = values.map((x) => ({
    x,
    y: counts.filter((count) => count === x).length / counts.length,
  }));
  const isFitted = R.estimate !== null && k.estimate !== null && R.estimate > 0;
  return drawChart({
    title: 'Infectees per case, observed (bars) and fitted (points)',
    xLabel: 'infectees',
    yLabel: 'proportion of cases',
    layers: [
      { kind: 'bars', colour: COLOURS.data, points: observed },
      {
        kind: 'points',
        colour: COLOURS.estimate,
        points: isFitted
          ? values.map((x) => ({ x, y: negativeBinomialPmf(x, R.estimate!, k.estimate!) }))
          : [],
      },
    ],
  });
}
