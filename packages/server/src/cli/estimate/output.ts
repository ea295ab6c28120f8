/** Results out: JSON for programs, a table for people, an SVG for the report. */
import { writeFileSync } from 'node:fs';
import { InputError } from './input-error.ts';
import type { CommonOptions } from './options.ts';

export interface Result {
  readonly json: object;
  /** Lines for people. */
  readonly text: string[];
  /** What should be known before the numbers are used; goes to standard error. */
  readonly warnings?: string[];
  readonly draw: () => string;
}

export function show(result: Result, { json, plot }: CommonOptions): void {
  for (const warning of result.warnings ?? []) console.error(warning);
  console.log(json ? JSON.stringify(result.json, infinityAsText, 2) : result.text.join('\n'));
  if (plot === undefined) return;
  try {
    writeFileSync(plot, result.draw());
  } catch (cause) {
    throw new InputError(`--plot ${plot} cannot be written: ${(cause as Error).message}`, { cause });
  }
}

/** JSON has no infinity, and null means "not known": an unbounded end is told in the word every language reads. */
function infinityAsText(_key: string, value: unknown): unknown {
  return value === Infinity ? 'Infinity' : value === -Infinity ? '-Infinity' : value;
}

export type Cell = string | number | null | undefined;

/** Columns side by side, numbers right, at most five digits that count. */
export function formatTable(header: string[], rows: Cell[][]): string[] {
  const body = rows.map((row) => row.map(formatCell));
  const widths = header.map((title, i) => Math.max(title.length, ...body.map((row) => row[i]!.length)));
  const isNumber = header.map((_, i) => rows.every((row) => typeof row[i] !== 'string'));
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => (isNumber[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)];
}

export function formatCell(value: Cell): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string' || Number.isInteger(value)) return String(value);
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '–';
  return String(Number(value.toPrecision(5)));
}

type Interval = { estimate: number | null; low: number | null; high: number | null };

/** `0.24 (0.17 to 0.31)` */
export function formatEstimate({ estimate, low, high }: Interval): string {
  if (estimate === null) return 'not known from these data';
  return `${formatCell(estimate)} (${formatCell(low)} to ${formatCell(high)})`;
}
