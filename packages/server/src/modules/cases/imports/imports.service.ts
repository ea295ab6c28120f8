/** Reading imports: where they stand, each row's verdict, the rows that did not come in. */
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { CaseImport, ImportFault, ImportRow, Verdict } from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import { give, type StreamContext, type StreamedFile } from '../../../platform/http/streamed-file.ts';
import { type JobProgress, progressOf } from '../../../platform/jobs/index.ts';
import { csvLine } from '../exports/csv.ts';
import { droppedColumns, type FileKind, type Import, sealedColumns } from './import.ts';
import * as imports from './imports.repository.ts';
import { openCell, SEALED_SHOWN } from './reading/sealed-columns.ts';

export async function importById(context: Context, id: string): Promise<CaseImport> {
  return toAnswer(context, await imports.getImportOrThrow(context.trx, id));
}

export async function importsPage(context: Context, offset: number, limit: number) {
  const { items, total } = await imports.listImports(context.trx, offset, limit);
  const answers: CaseImport[] = [];
  for (const one of items) answers.push(await toAnswer(context, one));
  return { items: answers, total };
}

async function toAnswer(context: Context, one: Import): Promise<CaseImport> {
  const { casesFile, contactsFile, madeList: _, withWarnings: __, faultCounts, ...rest } = one;
  const isRunning = one.state === 'checking' || one.state === 'committing';
  const progress = isRunning ? await progressOf(context.trx, one.id) : undefined;
  return {
    ...rest,
    cases: casesFile,
    contacts: contactsFile,
    faults: [...faultCounts],
    hospitalGroups: [...one.hospitalGroups],
    progress: progress ? toProgress(progress) : null,
  };
}

function toProgress({ doneCount, totalCount, runningSeconds }: JobProgress): CaseImport['progress'] {
  const rowsPerSecond = runningSeconds && doneCount > 0 ? doneCount / runningSeconds : null;
  return {
    done: doneCount,
    total: totalCount,
    rowsPerSecond,
    secondsLeft: rowsPerSecond === null ? null : Math.max(0, totalCount - doneCount) / rowsPerSecond,
  };
}

export async function importRowsPage(
  context: Context,
  id: string,
  filter: {
    readonly file: FileKind;
    readonly verdict?: readonly Verdict[] | undefined;
    readonly code?: string | undefined;
  },
  offset: number,
  limit: number,
): Promise<{ items: ImportRow[]; total: number }> {
  const one = await imports.getImportOrThrow(context.trx, id);
  context.opened('import', [id]);
  const sealed = sealedColumns(fileOf(one, filter.file)?.columns ?? []);
  const { items, total } = await imports.listRows(context.trx, id, filter, offset, limit);
  return {
    items: items.map((row) => ({
      ...row,
      file: filter.file,
      cells: row.cells.map((cell, index) => (sealed.has(index) && cell !== '' ? SEALED_SHOWN : cell)),
    })),
    total,
  };
}

const fileOf = (one: Import, file: FileKind) => (file === 'cases' ? one.casesFile : one.contactsFile);

const BOM = '\uFEFF';
const PAGE = 200;
const LINE = '行 line';
const VERDICT = '判定 verdict';
const REASON = '原因 reason';
const VERDICTS: Readonly<Record<Verdict, string>> = {
  ok: '通过 ok',
  warning: '有警告 warning',
  error: '有错误 error',
  duplicate: '重复 duplicate',
};

/**
 * The rows that did not come in, as the file had them but for dropped columns, with line, verdict and reason: mended,
 * the file can be imported again. Marked as UTF-8, for it is opened in a spreadsheet.
 */
export async function failedRowsFile(
  context: StreamContext,
  id: string,
  file: FileKind,
): Promise<StreamedFile> {
  const one = await context.page(({ trx, opened }) => {
    opened('import', [id]);
    return imports.getImportOrThrow(trx, id);
  });
  const stem = (fileOf(one, file)?.name ?? file).replace(/\.[^.]+$/, '');
  return {
    fileName: `${stem}-未导入-not-imported.csv`,
    mediaType: 'text/csv; charset=utf-8',
    write: (out) => writeFailedRows(context, one, file, out),
  };
}

async function writeFailedRows(
  { page, platform }: StreamContext,
  one: Import,
  file: FileKind,
  out: Writable,
): Promise<number> {
  const columns = fileOf(one, file)?.columns ?? [];
  const dropped = droppedColumns(columns);
  const keep = <Item>(items: readonly Item[]): Item[] => items.filter((_, index) => !dropped.has(index));
  await give(out, BOM + csvLine([...keep(columns.map(({ name }) => name)), LINE, VERDICT, REASON]));
  let rowsCount = 0;
  let line = 0;
  for (;;) {
    const rows = await page(({ trx }) => imports.failedRowsAfter(trx, one.id, file, line, PAGE));
    const lines = rows.map((row) => {
      const cells = row.cells.map((cell) => openCell(platform.cipher, cell));
      return csvLine([...keep(cells), String(row.line), VERDICTS[row.verdict], whyNot(row.faults)]);
    });
    if (lines.length > 0) await give(out, lines.join(''));
    rowsCount += rows.length;
    if (rows.length < PAGE) break;
    line = rows.at(-1)!.line;
  }
  out.end();
  await finished(out, { readable: false });
  return rowsCount;
}

const whyNot = (faults: readonly ImportFault[]): string =>
  faults
    .map(({ column, problem }) => `${column === null ? '' : `${column}: `}${problem.zh} / ${problem.en}`)
    .join('; ') ||
  '目标名单中已有，或按要求未导入有警告的行 / on record already, or left out for its warnings';
