/** `gamma:2.6,1.5` (mean, sd, days) or `file:si.csv` (columns day,probability): a distribution on the command line. */
import type { UncertainSerialInterval } from '@levee/epi';
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

/** The names of `make_config` of EpiEstim, in its order. */
const UNCERTAIN_NAMES = [
  'mean_si',
  'std_mean_si',
  'min_mean_si',
  'max_mean_si',
  'std_si',
  'std_std_si',
  'min_std_si',
  'max_std_si',
] as const;
export const UNCERTAIN_FORM = `uncertain:${UNCERTAIN_NAMES.map((name) => `${name}=<days>`).join(',')}`;

export type SerialIntervalOption = DistributionOption | UncertainSerialInterval;

/** As `parseDistribution`, or one whose mean and sd are themselves uncertain: EpiEstim's `uncertain_si`. */
export function parseSerialInterval(text: string): SerialIntervalOption {
  const list = /^uncertain:(.*)$/.exec(text)?.[1];
  if (list === undefined) return parseDistribution(text);
  const refuse = (problem: string) =>
    new InvalidArgumentError(`"${text}": ${problem}; it is written ${UNCERTAIN_FORM}.`);
  const given = new Map<string, number>();
  for (const part of list.split(',')) {
    const [name, value, ...rest] = part.split('=').map((word) => word.trim());
    if (!(UNCERTAIN_NAMES as readonly string[]).includes(name!) || rest.length > 0)
      throw refuse(`"${part}" is none of its parts`);
    if (given.has(name!)) throw refuse(`${name} is given twice`);
    if (!value || !(Number(value) > 0 && Number(value) < Infinity))
      throw refuse(`${name} is "${value ?? ''}", not days above 0`);
    given.set(name!, Number(value));
  }
  const of = (name: (typeof UNCERTAIN_NAMES)[number]): number => {
    const value = given.get(name);
    if (value === undefined) throw refuse(`${name} is missing`);
    return value;
  };
  return {
    family: 'uncertain-gamma',
    mean: of('mean_si'),
    meanSd: of('std_mean_si'),
    meanBounds: [of('min_mean_si'), of('max_mean_si')],
    sd: of('std_si'),
    sdSd: of('std_std_si'),
    sdBounds: [of('min_std_si'), of('max_std_si')],
    unit: 'day',
  };
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
