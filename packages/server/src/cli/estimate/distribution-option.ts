/** `gamma:2.6,1.5` (mean, sd, days) or `file:si.csv` (columns day,probability): a distribution on the command line. */
import { InvalidArgumentError } from 'commander';
import { badCell, countCell, probabilityCell } from './cells.ts';
import { InputError } from './input-error.ts';
import { readTable } from './read-table.ts';

export type DistributionOption =
  | { readonly family: 'gamma'; readonly mean: number; readonly sd: number }
  | { readonly family: 'file'; readonly file: string };

export function parseDistribution(text: string): DistributionOption {
  const file = /^file:(.+)$/.exec(text)?.[1];
  if (file) return { family: 'file', file };
  const [, first, second] = /^gamma:([^,]+),([^,]+)$/.exec(text) ?? [];
  const [mean, sd] = [Number(first), Number(second)];
  if (!(mean > 0 && sd > 0 && mean < Infinity && sd < Infinity))
    throw new InvalidArgumentError(
      `"${text}" is neither gamma:<mean>,<sd> with days above 0, nor file:<csv with day,probability>.`,
    );
  return { family: 'gamma', mean, sd };
}

/** Probabilities from day 0 on, as the file gives them: they are not scaled to sum to 1. */
export function readProbabilities(file: string): number[] {
  const table = readTable(file, ['day', 'probability']);
  const probabilities = table.rows.map((row, i) => {
    if (countCell(table, row, 'day') !== i)
      throw badCell(table, row, 'day', `should be ${i}: days run from 0 without a gap`);
    return probabilityCell(table, row, 'probability');
  });
  if (probabilities.length === 0)
    throw new InputError(`${table.name} has no row; it needs day,probability from day 0`);
  return probabilities;
}
