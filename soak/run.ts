/** `npm run soak -- [name …] [--seed 7] [--keep] [--option value …]`: long runs against a real server, kept in docs/soak. */
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Finding, Skipped, type Soak } from './soak.ts';

/** A `Soak` whose options are not known here. */
type AnySoak = Omit<Soak, 'run'> & { run(options: object): Promise<Finding[]> };

const TOOLS = new Set(['run.ts', 'soak.ts', 'random.ts']);
const SUFFIXES: Record<string, number> = { '': 1, k: 1e3, M: 1e6 };

async function main(args: readonly string[]): Promise<number> {
  const known = globSync('*.ts', { cwd: import.meta.dirname })
    .filter((file) => !TOOLS.has(file))
    .map((file) => basename(file, '.ts'))
    .sort();
  const names = args.filter((arg, at) => !arg.startsWith('--') && !takesValue(args[at - 1]));
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined || args.includes('--help')) {
    console.error(`usage: npm run soak -- [${known.join('|')} …] [--seed n] [--keep] [--option value …]`);
    return 2;
  }
  let violations = 0;
  let skipped = 0;
  for (const name of names.length > 0 ? names : known) {
    const bad = await runOne(name, args).catch((error) => {
      if (!(error instanceof Skipped)) throw error;
      console.log(`\n${name}\nSKIPPED, nothing was tried: ${error.message}`);
      return null;
    });
    if (bad === null) skipped += 1;
    else violations += bad;
  }
  if (violations > 0) return 1;
  return skipped > 0 ? 3 : 0;
}

const takesValue = (arg: string | undefined) => arg?.startsWith('--') === true && arg !== '--keep';

async function runOne(name: string, args: readonly string[]): Promise<number> {
  const soak = (await import(join(import.meta.dirname, `${name}.ts`))) as AnySoak;
  const options: Record<string, number> = { ...soak.defaults, seed: 1 };
  for (const [at, arg] of args.entries()) {
    if (!takesValue(arg)) continue;
    const option = arg.replace(/^--/, '');
    if (option in options) options[option] = readNumber(option, args[at + 1]);
    else console.error(`${name} knows no ${arg}; it has ${Object.keys(options).join(', ')}`);
  }
  console.error(`\n${name}: ${soak.title}\n${Object.entries(options).flat().join(' ')}`);
  const started = Date.now();
  const at = () => `${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s`;
  const findings = await soak.run({ ...options, print: (line: string) => console.error(`${at()}  ${line}`) });
  const seconds = Math.round((Date.now() - started) / 1000);
  const bad = findings.filter(({ holds }) => !holds).length;
  const table = `${toTable(findings)}\n\n${bad === 0 ? 'every fact holds' : `${bad} VIOLATED`}, ${seconds} s`;
  console.log(`\n${name}\n${table}`);
  if (args.includes('--keep')) keep(name, soak.title, options, table);
  return bad;
}

function readNumber(option: string, text: string | undefined): number {
  const [, digits, suffix] = /^(\d+(?:\.\d+)?)(k|M)?$/.exec(text ?? '') ?? [];
  if (digits === undefined) throw new RangeError(`--${option} is "${text}"; write a number, as 200 or 50k`);
  return Number(digits) * SUFFIXES[suffix ?? '']!;
}

function toTable(findings: readonly Finding[]): string {
  const cells = [
    ['', 'what', 'found', 'wanted'],
    ...findings.map(({ what, found, wanted, holds }) => [
      wanted === null ? '·' : holds ? '✓' : '✗',
      what,
      String(found),
      wanted === null ? '' : String(wanted),
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The run as it was printed, bad news included. */
function keep(name: string, title: string, options: Record<string, number>, table: string): void {
  const folder = join(dirname(import.meta.dirname), 'docs/soak');
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  const given = Object.entries(options)
    .map(([option, value]) => `--${option} ${value}`)
    .join(' ');
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  const page = [
    `# soak: ${name}`,
    `${title}.`,
    `\`\`\`\nnpm run soak -- ${name} ${given}\n\`\`\``,
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${git('rev-parse', '--short', 'HEAD')}, ${machine}; database, server and load on this machine.`,
    `\`\`\`\n${table}\n\`\`\`\n`,
  ];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.md`), page.join('\n\n'));
}

// A run that is stopped stops what it started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

process.exitCode = await main(process.argv.slice(2));
