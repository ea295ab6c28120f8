/** `npm run bench -- <name> [--json] [--option value …]`: measures one folder of bench/ and prints what it found. */
import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { BenchRow } from './bench.ts';

/** A `Bench` whose options are not known here. */
type AnyBench = { defaults: Record<string, number>; run(options: object): Promise<BenchRow[]> };

const SUFFIXES: Record<string, number> = { '': 1, k: 1e3, M: 1e6 };

async function main([name, ...args]: string[]): Promise<number> {
  const names = globSync('*/*.bench.ts', { cwd: import.meta.dirname }).map((file) => dirname(file));
  const file = join(import.meta.dirname, `${name}/${name}.bench.ts`);
  if (name === undefined || name !== basename(name) || !existsSync(file)) {
    console.error(`usage: npm run bench -- ${names.sort().join('|')} [--json] [--option value …]`);
    return 2;
  }
  const { defaults, run } = (await import(file)) as AnyBench;
  const options = { ...defaults };
  let json = false;
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--json') json = true;
    else {
      const option = args[i]!.replace(/^--/, '');
      if (!(option in defaults)) {
        const known = Object.keys(defaults).map((key) => `--${key}`);
        console.error(`${args[i]} is no option of ${name}; there are --json, ${known.join(', ')}`);
        return 2;
      }
      options[option] = readNumber(option, args[++i]);
    }
  }
  const rows = await run({ ...options, print: (line: string) => console.error(line) });
  console.log(json ? JSON.stringify(rows, null, 2) : toTable(rows));
  return 0;
}

function readNumber(option: string, text: string | undefined): number {
  const [, digits, suffix] = /^(\d+(?:\.\d+)?)(k|M)?$/.exec(text ?? '') ?? [];
  if (digits === undefined)
    throw new RangeError(`--${option} is "${text}"; write a number, as 200, 50k or 10M`);
  return Number(digits) * SUFFIXES[suffix ?? '']!;
}

function toTable(rows: BenchRow[]): string {
  const cells = [
    ['job', 'ours', 'peer', 'ours / peer', 'n', 'note'],
    ...rows.map((row) => [
      row.job,
      `${row.ours.toPrecision(4)} ${row.unit}`,
      row.peer === null ? '–' : `${row.peer.toPrecision(4)} ${row.unit} (${row.peerName})`,
      row.ratio === null ? '–' : row.ratio.toPrecision(3),
      String(row.n),
      row.note,
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  return cells
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

process.exitCode = await main(process.argv.slice(2));
