import {
  type Chains,
  clusters,
  dayNumber,
  generations,
  infecteesPerInfector,
  offspringTable,
  serialIntervals,
} from '@levee/epi';
import { type Command, Option } from 'commander';
import { type CommonOptions, jsonOption, parseFrom, plotOption } from './options.ts';
import { formatCell, formatTable, type Result, show } from './output.ts';
import { drawChains } from './plot/draw-chains.ts';
import { readChains } from './read-chains.ts';

interface ChainsCommandOptions extends CommonOptions {
  readonly tolerance: number;
}

export function addChains(estimate: Command): void {
  estimate
    .command('chains')
    .description(
      'Who infected whom: infectees per infector, generations, clusters, serial intervals, links that cannot be',
    )
    .argument('<linelist.csv>', 'columns id and, if known, date_onset')
    .argument('<contacts.csv>', 'columns from,to')
    .addOption(toleranceOption())
    .addOption(allowNegativeOption())
    .addOption(jsonOption())
    .addOption(plotOption())
    .addHelpText('after', '\nExample:\n  levee estimate chains linelist.csv contacts.csv --json')
    .action((linelist: string, contacts: string, options: ChainsCommandOptions) => {
      show(describe(readChains(linelist, contacts, options.tolerance)), options);
    });
}

export const toleranceOption = () =>
  new Option('--tolerance <days>', 'how long an infectee may fall ill before the infector')
    .argParser(parseFrom(0))
    .default(0);

/** For diseases that spread before symptoms. */
export const allowNegativeOption = () =>
  new Option('--allow-negative', 'an infectee may fall ill any time before the infector').implies({
    tolerance: Infinity,
  });

function describe(chains: Chains): Result {
  const intervals = serialIntervals(chains);
  const json = {
    cases: chains.nodes,
    links: chains.links.map(countRowsFrom1),
    infecteesPerInfector: infecteesPerInfector(chains),
    offspring: offspringTable(chains),
    generations: generations(chains),
    clusters: clusters(chains, { minimumSize: 2 }),
    serialIntervals: intervals,
    impossible: chains.impossible.map(countRowsFrom1),
    repeated: chains.repeated.map((link) => ({ ...countRowsFrom1(link), firstRow: link.firstRow + 1 })),
    ambiguous: chains.ambiguous.map((one) => ({ ...one, rows: one.rows.map((row) => row + 1) })),
  };
  return {
    json,
    warnings: chains.nodes.some((node) => node.dateOnset !== null)
      ? []
      : ['no case has a date_onset: order of onset is not checked and there are no serial intervals'],
    text: [
      `cases ${chains.nodes.length}, links ${chains.links.length}, impossible ${chains.impossible.length}, repeated ${chains.repeated.length}, infectees with several possible infectors ${chains.ambiguous.length}`,
      `serial interval: n ${intervals.n}, mean ${formatCell(intervals.mean)}, sd ${formatCell(intervals.sd)}, median ${formatCell(intervals.median)} days, negative ${intervals.negativeCount}`,
      '',
      ...formatTable(
        ['infector', 'infectees', 'generation', 'cluster'],
        json.infecteesPerInfector.map((row) => [row.id, row.infecteesCount, row.generation, row.cluster]),
      ),
      '',
      ...formatTable(
        ['generation', 'cases', 'infectees', 'first onset', 'last onset'],
        json.generations.map((row) => [
          row.generation,
          row.casesCount,
          row.infecteesCount,
          row.firstOnset ?? '–',
          row.lastOnset ?? '–',
        ]),
      ),
      ...listLinks(
        'impossible',
        json.impossible.map((link) => [link.row, link.from, link.to, link.reason]),
      ),
      ...listLinks(
        'ambiguous',
        json.ambiguous.map((one) => [
          one.rows.join(' '),
          one.from.join(' '),
          one.to,
          'several possible infectors',
        ]),
      ),
    ],
    draw: () => drawChains(chains.nodes, chains.links, dayNumber),
  };
}

/** In the library rows count from 0; whoever opens the file counts from 1. */
const countRowsFrom1 = <T extends { row: number }>(link: T): T => ({ ...link, row: link.row + 1 });

const MOST_LISTED = 20;

function listLinks(title: string, rows: (string | number)[][]): string[] {
  if (rows.length === 0) return [];
  const more = rows.length > MOST_LISTED ? [`… and ${rows.length - MOST_LISTED} more; --json has all`] : [];
  return [
    '',
    `${title}:`,
    ...formatTable(['row', 'from', 'to', 'reason'], rows.slice(0, MOST_LISTED)),
    ...more,
  ];
}
