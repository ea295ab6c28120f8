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

/** As `readProbabilities`, of a serial interval: a case infects nobody on its own day, and somebody in the end. */
export function readIntervalProbabilities(file: string): number[] {
  const table = readTable(file, ['day', 'probability']);
  const probabilities = readProbabilities(file);
  if (probabilities[0] !== 0)
    throw badCell(
      table,
      table.rows[0]!,
      'probability',
      'must be 0 on day 0: a case infects from the next day on',
    );
  const sum = probabilities.reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > 0.01)
    throw new InputError(
      `${table.name}: the probabilities sum to ${Number(sum.toPrecision(6))}; they must sum to 1 within 0.01: add the days that are missing, or divide each by the sum`,
    );
  return probabilities;
}
