import { secondaryAttackRate } from '@levee/epi';
import type { Command } from 'commander';
import { badCell, checkColumns, countCell, neededTextCell, yesNoCell } from './cells.ts';
import { type CommonOptions, jsonOption, levelOption, plotOption } from './options.ts';
import { formatCell, formatEstimate, formatTable, type Result, show } from './output.ts';
import { COLOURS, drawChart } from './plot/draw-chart.ts';
import { readTable, type Table } from './read-table.ts';

interface RateCommandOptions extends CommonOptions {
  readonly group: string;
  readonly level: number;
}

interface Group {
  readonly name: string;
  exposedCount: number;
  infectedCount: number;
}

export function addSecondaryAttackRate(estimate: Command): void {
  estimate
    .command('secondary-attack-rate')
    .description(
      'Share of exposed contacts that were infected, with an interval for contacts who share a household',
    )
    .argument(
      '<contacts.csv>',
      'one row a household: household,exposed,infected; or one row a contact: household,infected',
    )
    .option('--group <column>', 'column that names who belongs together', 'household')
    .addOption(levelOption())
    .addOption(jsonOption())
    .addOption(plotOption())
    .addHelpText(
      'after',
      '\nLeave the first case of each household out.\n\nExample:\n  levee estimate secondary-attack-rate contacts.csv --group household --json',
    )
    .action((file: string, options: RateCommandOptions) => {
      const table = readTable(file);
      show(describe(readGroups(table, options.group), options), options);
    });
}

function readGroups(table: Table, column: string): Group[] {
  checkColumns(table, [column, 'infected']);
  const isByGroup = table.columns.includes('exposed');
  const groups = new Map<string, Group>();
  for (const row of table.rows) {
    const name = neededTextCell(table, row, column);
    const group = groups.get(name) ?? { name, exposedCount: 0, infectedCount: 0 };
    groups.set(name, group);
    if (!isByGroup) {
      group.exposedCount++;
      if (yesNoCell(table, row, 'infected')) group.infectedCount++;
      continue;
    }
    const exposed = countCell(table, row, 'exposed');
    const infected = countCell(table, row, 'infected');
    if (infected > exposed) throw badCell(table, row, 'infected', `is more than the ${exposed} exposed`);
    group.exposedCount += exposed;
    group.infectedCount += infected;
  }
  return [...groups.values()];
}

const MOST_LISTED = 30;

function describe(groups: Group[], { level, group: column }: RateCommandOptions): Result {
  const rate = secondaryAttackRate(groups, { level });
  const listed = groups.filter((group) => group.exposedCount > 0);
  return {
    json: { ...rate, groups },
    text: [
      `infected               ${rate.infectedCount} of ${rate.exposedCount} exposed in ${rate.groupsCount} groups (${column})`,
      `secondary attack rate  ${formatEstimate(rate)}`,
      `design effect          ${formatCell(rate.designEffect)}`,
      ...(listed.length > MOST_LISTED
        ? []
        : [
            '',
            ...formatTable(
              [column, 'exposed', 'infected', 'proportion'],
              listed.map((group) => [
                group.name,
                group.exposedCount,
                group.infectedCount,
                group.infectedCount / group.exposedCount,
              ]),
            ),
          ]),
    ],
    draw: () => draw(listed, rate),
  };
}

function draw(groups: Group[], { estimate, low, high }: ReturnType<typeof secondaryAttackRate>): string {
  const xs = [-1, ...groups.keys()];
  return drawChart({
    title: 'Attack rate of each group, and of all with interval',
    xLabel: 'group',
    yLabel: 'proportion infected',
    xNames: new Map([
      [-1, 'all'] as [number, string],
      ...groups.map(({ name }, x) => [x, name] as [number, string]),
    ]),
    layers: [
      { kind: 'band', colour: COLOURS.band, points: xs.map((x) => ({ x, low, high })) },
      { kind: 'line', dashed: true, colour: COLOURS.estimate, points: xs.map((x) => ({ x, y: estimate })) },
      {
        kind: 'bars',
        colour: COLOURS.data,
        points: groups.map((group, x) => ({ x, y: group.infectedCount / group.exposedCount })),
      },
    ],
  });
}
