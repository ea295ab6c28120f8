/** `levee places`: an authority's own division tree and outlines in place of the shipped ones. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import {
  type ImportOutcome,
  importDivisions,
  importOutlines,
  listTree,
  textOfFile,
} from '../modules/places/index.ts';
import type { Context } from '../platform/context.ts';
import { asInstallation } from './as-installation.ts';

const DATUMS = ['wgs84', 'gcj02'] as const;

export function addPlaces(program: Command): void {
  const places = program
    .command('places')
    .description('Load and list the division tree and the map of an authority');
  places
    .command('import')
    .description('Load divisions (.csv) or outlines (.geojson): all of the file, or nothing and why')
    .argument('<file>')
    .option('--datum <datum>', `of outlines: ${DATUMS.join(' or ')} (火星坐标)`, 'wgs84')
    .option('--source <text>', 'who made the outlines; shown under the map')
    .addHelpText(
      'after',
      '\nExamples:\n  levee places import divisions.csv\n  levee places import outlines.geojson --datum gcj02 --source 州自然资源局2025',
    )
    .action((file: string, options: { datum: string; source?: string }, command: Command) => {
      const datum = DATUMS.find((each) => each === options.datum);
      if (!datum) command.error(`--datum ${options.datum}: one of ${DATUMS.join(', ')}`);
      const text = read(file, command);
      return asInstallation(async (_house, context) => {
        const outcome = /\.csv$/i.test(file)
          ? await importDivisions(context, text)
          : await importOutlines(context, text, { datum, source: options.source ?? basename(file) });
        report(outcome, /\.csv$/i.test(file) ? null : datum);
      });
    });
  places
    .command('list')
    .description('An area and what lies directly below it')
    .argument('[code]', 'GB/T code; the jurisdiction when left out')
    .action((code: string | undefined, _options: object, command: Command) =>
      asInstallation((_house, context) => list(context, code, command)),
    );
}

function read(file: string, command: Command): string {
  if (!/\.(csv|geojson|json)$/i.test(file))
    command.error(`${file}: 须为 .csv（区划）或 .geojson（轮廓）; has to end in .csv or .geojson`);
  try {
    return textOfFile(readFileSync(file));
  } catch (error) {
    return command.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const SHOWN = 50;

function report({ verdicts, added, changed, unchanged, ignored }: ImportOutcome, datum: string | null): void {
  for (const { where, problem } of verdicts.slice(0, SHOWN))
    console.error(`✗ ${where.zh}：${problem.zh}\n  ${where.en}: ${problem.en}`);
  if (verdicts.length > SHOWN) console.error(`… ${verdicts.length - SHOWN} 处未列出 more not shown`);
  if (verdicts.length > 0) {
    console.error(
      `\n未写入任何内容：改正以上 ${verdicts.length} 处后重试。Nothing was written: correct these and run again.`,
    );
    process.exitCode = 1;
    return;
  }
  if (ignored.length > 0) console.log(`未读入的列 columns not read: ${ignored.join(', ')}`);
  if (datum) console.log(`按 ${datum} 读取，存为 WGS-84 read as ${datum}, kept as WGS-84`);
  console.log(`新增 added ${added} · 变更 changed ${changed} · 未变 unchanged ${unchanged}`);
}

async function list(context: Context, given: string | undefined, command: Command): Promise<void> {
  const code = given ?? context.platform.config.LEVEE_JURISDICTION;
  const lines = await listTree(context.trx, code);
  if (lines.length === 0) command.error(`${code}: 区划中没有这个代码 is not in the division tree`);
  for (const line of lines) {
    const indent = line.code === code ? '' : '  ';
    const mark = line.outlined ? '轮廓 outline' : '';
    console.log(
      `${indent}${line.code.padEnd(18)} ${line.level.padEnd(11)} ${String(line.headcount).padStart(8)}  ${line.nameZh}  ${mark}`.trimEnd(),
    );
  }
}
