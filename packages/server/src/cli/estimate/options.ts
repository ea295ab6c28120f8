/** Options that several estimators share, read once and refused as wrong usage (exit code 2). */
import { InvalidArgumentError, Option } from 'commander';

export interface CommonOptions {
  readonly json?: true;
  readonly plot?: string;
}

export const jsonOption = () => new Option('--json', 'print JSON instead of a table');
export const plotOption = () => new Option('--plot <file>', 'also draw the result into this SVG file');
export const levelOption = () =>
  new Option('--level <p>', 'probability of the intervals').argParser(parseProbability).default(0.95);
export const seedOption = () =>
  new Option('--seed <n>', 'seed of what is drawn at random').argParser(parseFrom(0)).default(1);
export const fillZeroOption = () =>
  new Option('--fill-zero', 'count days without a row or a number as 0 cases');

export function parseProbability(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < 1))
    throw new InvalidArgumentError(`"${text}" is not between 0 and 1.`);
  return value;
}

/** A whole number from `least`. */
export function parseFrom(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least)
      throw new InvalidArgumentError(`"${text}" is not a whole number from ${least}.`);
    return value;
  };
}

/** A number above 0. */
export function parsePositive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < Infinity))
    throw new InvalidArgumentError(`"${text}" is not a number above 0.`);
  return value;
}

/** A number above 0, or `Inf`. */
export function parsePositiveOrInfinite(text: string): number {
  return /^inf(inity)?$/i.test(text) ? Infinity : parsePositive(text);
}

export function parseDate(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
  if (!isDay || new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError(`"${text}" is not a day written YYYY-MM-DD.`);
  return text;
}
