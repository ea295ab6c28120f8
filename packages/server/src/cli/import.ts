/** `levee import`: a line list from the command line, through the same acts as the console. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  CASE_FIELDS,
  type CaseImport,
  type CheckSettings,
  CLASSIFICATIONS,
  CONTACT_TARGETS,
  caseFields,
  IMPORT_TARGETS,
  newId,
} from '@levee/contract';
import { packs } from '@levee/protocol';
import { type Command, Option } from 'commander';
import { addDoorOptions, type CaseDoor, type DoorOptions, openDoor, PURPOSE } from './case-door.ts';
import { progressLine } from './progress.ts';

interface ImportOptions extends DoorOptions {
  readonly contacts?: string;
  readonly into?: string;
  readonly pack?: string;
  readonly lineList?: string;
  readonly incident?: string;
  readonly division?: string;
  readonly map: readonly string[];
  readonly mapContacts: readonly string[];
  readonly dateOrder: CheckSettings['dateOrder'];
  readonly classification: CheckSettings['classification'];
  readonly joinHospitals?: true;
  readonly warnings: boolean;
  readonly dryRun?: true;
  readonly failed?: string;
  readonly undo?: string;
}

const DATE_ORDERS = ['ask', 'day_first', 'month_first'] as const;
const WATCH_MS = 150;
/** Not an error: what could come in did. */
const SOME_LEFT_OUT = 3;
const all = (value: string, before: readonly string[]): string[] => [...before, value];

export function addImport(program: Command): void {
  const command = program
    .command('import')
    .description('Import a line list (CSV or XLSX), with who infected whom if known')
    .argument('[file]', 'the line list; one row a case, header first')
    .option('--contacts <file>', 'links: from, to, exposure, date')
    .option('--into <name>', 'a new list of this name [the file’s name]')
    .addOption(
      new Option(
        '--pack <id>',
        'the protocol pack of the new list: its serial interval is what Rt rests on',
      ).choices(Object.keys(packs)),
    )
    .option('--line-list <id>', 'an existing list')
    .option('--incident <id>', 'an incident')
    .option('--division <code>', 'GB/T code of the area the cases belong to [the whole area of who acts]')
    .option('--map <column=target>', 'what a column is, over what was recognised; repeat as needed', all, [])
    .option('--map-contacts <column=target>', 'the same for the contacts file', all, [])
    .option('--date-order <order>', `how 03/08/2022 is read: ${DATE_ORDERS.join(', ')}`, 'ask')
    .option('--classification <word>', `of rows that say none: ${CLASSIFICATIONS.join(', ')}`, 'suspected')
    .option('--join-hospitals', 'write misspelt hospital names as the most frequent spelling')
    .option('--no-warnings', 'leave rows with warnings out')
    .option('--dry-run', 'check every row and write nothing')
    .option('--failed <file>', 'where the rows that stay out go, with the reason [<file>.not-imported.csv]')
    .option('--undo <id>', 'take an earlier import back; cases worked on since stay');
  addDoorOptions(command)
    .showHelpAfterError('levee import --help shows every option, with examples')
    .addHelpText('after', HELP)
    .action(async (file: string | undefined, options: ImportOptions) => {
      if (options.undo === undefined) requireRight(file, options, command);
      const door = await openDoor(options, command);
      try {
        process.exitCode =
          options.undo === undefined
            ? await importFile(door, file!, options, command)
            : await undo(door, options.undo);
      } finally {
        await door.close();
      }
    });
}

const HELP = `
Targets: ${[...IMPORT_TARGETS.filter((target) => !(CASE_FIELDS as readonly string[]).includes(target)), ...CASE_FIELDS.map((field) => caseFields[field].tag)].join(', ')}
Targets of contacts: ${CONTACT_TARGETS.join(', ')}

Exit codes:
  0  every row came in (dry run: would)     2  called wrongly
  1  refused, nothing written (said why)    3  done, but some rows stayed out; they are in the file named

Examples:
  levee import list.csv --dry-run
  levee import mers.csv --contacts links.csv --into "MERS 2015" --pack mers --classification confirmed
  levee import 名单.xlsx --incident 0198… --map 就诊单位=hospital --date-order day_first --join-hospitals
  LEVEE_PASSWORD=… levee import list.csv --url https://levee.example --account zhang.wei
  levee import --undo 0198…`;

function requireRight(file: string | undefined, options: ImportOptions, command: Command): void {
  if (file === undefined) command.error('which file?');
  if ([options.into, options.lineList, options.incident].filter((one) => one !== undefined).length > 1) {
    command.error('--into, --line-list and --incident exclude each other');
  }
  if (!DATE_ORDERS.includes(options.dateOrder)) {
    command.error(`--date-order ${options.dateOrder}: one of ${DATE_ORDERS.join(', ')}`);
  }
  if (!CLASSIFICATIONS.includes(options.classification)) {
    command.error(`--classification ${options.classification}: one of ${CLASSIFICATIONS.join(', ')}`);
  }
}

async function importFile(
  door: CaseDoor,
  file: string,
  options: ImportOptions,
  command: Command,
): Promise<number> {
  const read = (path: string) => {
    try {
      return { name: basename(path), base64: readFileSync(path).toString('base64') };
    } catch (error) {
      return command.error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const uploaded = await door.cases.uploadImport({
    purpose: PURPOSE,
    body: {
      id: newId(),
      division: options.division ?? door.division,
      cases: read(file),
      contacts: options.contacts === undefined ? null : read(options.contacts),
    },
  });
  const params = { importId: uploaded.id };
  const stop = () => void door.cases.cancelImport({ params, body: {} }).finally(() => process.exit(130));
  process.once('SIGINT', stop);
  try {
    return await carryOn(door, uploaded, file, options, command);
  } catch (error) {
    await door.cases.cancelImport({ params, body: {} }).catch(() => {});
    throw error;
  } finally {
    process.off('SIGINT', stop);
  }
}

async function carryOn(
  door: CaseDoor,
  uploaded: CaseImport,
  file: string,
  options: ImportOptions,
  command: Command,
): Promise<number> {
  const params = { importId: uploaded.id };
  const settings: CheckSettings = {
    mapping: mappingOf(uploaded.cases, options.map, IMPORT_TARGETS, command) as CheckSettings['mapping'],
    contactMapping: (uploaded.contacts
      ? mappingOf(uploaded.contacts, options.mapContacts, CONTACT_TARGETS, command)
      : []) as CheckSettings['contactMapping'],
    dateOrder: options.dateOrder,
    classification: options.classification,
    rename: [],
    into:
      options.lineList !== undefined
        ? { lineListId: options.lineList }
        : options.incident !== undefined
          ? { incidentId: options.incident }
          : null,
  };
  const check = async (body: CheckSettings) => {
    await door.cases.checkImport({ purpose: PURPOSE, params, body });
    return watch(door, uploaded.id, 'check');
  };
  let checked = await check(settings);
  tellColumns(checked);
  if (options.joinHospitals && checked.hospitalGroups.length > 0) {
    const rename = checked.hospitalGroups.flatMap(({ canonical, variants }) =>
      variants.map(({ name }) => ({ from: name, to: canonical })),
    );
    checked = await check({ ...settings, rename });
  }
  tellVerdicts(checked);
  if (options.dryRun) {
    const { error, duplicate } = checked.counts.cases;
    await saveFailed(door, checked, file, options);
    await door.cases.cancelImport({ params, body: {} });
    console.log('试运行，未写入任何病例 dry run, nothing written');
    return error + duplicate > 0 ? SOME_LEFT_OUT : 0;
  }
  const into = settings.into ?? {
    name: options.into ?? uploaded.cases.name.replace(/\.[^.]+$/, ''),
    packId: options.pack ?? null,
  };
  await door.cases.commitImport({ purpose: PURPOSE, params, body: { into, withWarnings: options.warnings } });
  const done = await watch(door, uploaded.id, 'import');
  const { rows, accepted, rejected, left } = done.counts.cases;
  console.log(
    `${rows} 行 rows = ${accepted} 导入 in + ${rejected} 未导入 out + ${left} 已有或重复 on record or repeated`,
  );
  if (done.counts.contacts) {
    const links = done.counts.contacts;
    console.log(`${links.rows} 关系 links = ${links.accepted} + ${links.rejected} + ${links.left}`);
  }
  console.log(`导入编号 import ${done.id}${done.lineListId ? `  名单 line list ${done.lineListId}` : ''}`);
  await saveFailed(door, done, file, options);
  return rejected + left > 0 ? SOME_LEFT_OUT : 0;
}

/** What was recognised, with what was said on the command line over it. */
function mappingOf(
  { columns }: CaseImport['cases'],
  said: readonly string[],
  targets: readonly string[],
  command: Command,
) {
  const mapping = new Map(columns.flatMap(({ index, target }) => (target === null ? [] : [[index, target]])));
  const byTag = new Map<string, string>(CASE_FIELDS.map((field) => [caseFields[field].tag, field]));
  for (const one of said) {
    const at = one.lastIndexOf('=');
    const [name, word] = [one.slice(0, at), one.slice(at + 1)];
    const column = columns.find((each) => each.name === name);
    if (!column)
      command.error(
        `--map ${one}: no column "${name}"; there are ${columns.map((each) => each.name).join(', ')}`,
      );
    const target = targets.includes(word) ? word : byTag.get(word);
    if (!target) command.error(`--map ${one}: "${word}" is no target; levee import --help lists them`);
    for (const [index, other] of mapping) if (other === target && target !== 'ignore') mapping.delete(index);
    mapping.set(column.index, target);
  }
  return [...mapping].map(([column, target]) => ({ column, target }));
}

async function watch(door: CaseDoor, importId: string, what: string): Promise<CaseImport> {
  const line = progressLine(what);
  for (;;) {
    const one = await door.cases.importById({ params: { importId } });
    if (one.state !== 'checking' && one.state !== 'committing') {
      line.end();
      if (one.state === 'failed') throw new Error(`${one.problem?.zh} ${one.problem?.en}`);
      return one;
    }
    if (one.progress) line.show(one.progress.done, one.progress.total);
    await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
  }
}

function tellColumns({ cases, contacts, mappingRemembered }: CaseImport): void {
  for (const file of [cases, contacts]) {
    if (!file) continue;
    console.log(
      `${file.name}: ${file.rowsCount} 行 rows, ${file.encoding}${mappingRemembered ? ', 沿用上次对应 mapped as last time' : ''}`,
    );
    for (const { name, target, status } of file.columns) {
      const note = {
        mapped: target,
        ignored: '– 忽略 ignored',
        unknown: '– 未识别 not recognised',
        dropped: '✗ 不予保存 not kept (R1)',
      }[status];
      console.log(`  ${name} → ${note}`);
    }
  }
}

function tellVerdicts({ counts, faults, hospitalGroups }: CaseImport): void {
  const { ok, warning, error, duplicate } = counts.cases;
  console.log(
    `${ok} 通过 good, ${warning} 警告 warnings, ${error} 错误 errors, ${duplicate} 重复 duplicates`,
  );
  for (const { code, rowsCount, severity, problem } of faults) {
    console.log(
      `  ${severity === 'error' ? '✗' : '!'} ${String(rowsCount).padStart(6)}  ${code}  ${problem.zh} / ${problem.en}`,
    );
  }
  for (const { canonical, variants } of hospitalGroups) {
    console.log(
      `  ≈ ${variants.map(({ name, rowsCount }) => `${name} (${rowsCount})`).join(', ')} → ${canonical}`,
    );
  }
}

async function saveFailed(
  door: CaseDoor,
  one: CaseImport,
  file: string,
  options: ImportOptions,
): Promise<void> {
  for (const which of ['cases', 'contacts'] as const) {
    if (which === 'contacts' && !one.contacts) continue;
    const failed = await door.cases.failedRows({
      purpose: PURPOSE,
      params: { importId: one.id },
      query: { file: which },
    });
    if (failed.rowsCount === 0) continue;
    const stem = options.failed ?? `${file}.not-imported.csv`;
    const path = which === 'cases' ? stem : stem.replace(/(\.csv)?$/, '-contacts.csv');
    writeFileSync(path, Buffer.from(failed.base64, 'base64'), { mode: 0o600 });
    console.log(`${failed.rowsCount} 行及原因 rows with their reasons: ${path}`);
  }
}

async function undo(door: CaseDoor, importId: string): Promise<number> {
  const one = await door.cases.undoImport({ purpose: PURPOSE, params: { importId }, body: {} });
  console.log(`已撤销 undone; 保留 kept: ${one.keptCount}`);
  return 0;
}
