/** A file comes in: read whole, its columns named and mapped as far as can be told, its rows stored. Nothing else yet. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { CONFIDENTIAL, CONTACT_TARGETS, IMPORT_TARGETS, type ImportColumn } from '@levee/contract';
import type { Cipher } from '../../../platform/cipher.ts';
import { type Context, requireScope } from '../../../platform/context.ts';
import { readTableFile } from '../../../platform/table-files/read-table-file.ts';
import type { TableFile, TableRow } from '../../../platform/table-files/table-file.ts';
import {
  droppedColumns,
  type FileKind,
  type Import,
  type ImportFile,
  noCounts,
  type StoredRow,
  sealedColumns,
} from './import.ts';
import * as imports from './imports.repository.ts';
import { bareName, proposeCaseTargets, proposeContactTargets } from './reading/column-names.ts';
import { isNotKept } from './reading/not-kept.ts';
import { holdsNumbers, SEALED_SHOWN, sealCell } from './reading/sealed-columns.ts';

interface UploadedFile {
  readonly name: string;
  readonly base64: string;
}

const SAMPLES = 4;
const SAMPLE_CHARACTERS = 60;

/** Refuses a file it cannot take whole; in one transaction, so that two files come in together or not at all. */
export async function uploadImport(
  context: Context,
  input: {
    readonly id: string;
    readonly division: string;
    readonly cases: UploadedFile;
    readonly contacts: UploadedFile | null;
  },
): Promise<string> {
  requireScope(context, input.division);
  const cases = await takeFile(context, input.division, 'cases', input.cases);
  const contacts = input.contacts && (await takeFile(context, input.division, 'contacts', input.contacts));
  const one: Import = {
    id: input.id,
    division: input.division,
    state: 'uploaded',
    casesFile: cases.file,
    contactsFile: contacts?.file ?? null,
    mappingRemembered: cases.remembered,
    settings: null,
    hospitalGroups: [],
    withWarnings: true,
    lineListId: null,
    incidentId: null,
    madeList: false,
    keptCount: 0,
    counts: {
      cases: noCounts(cases.file.rowsCount),
      contacts: contacts && noCounts(contacts.file.rowsCount),
    },
    faultCounts: [],
    problem: null,
    createdAt: context.now,
    createdBy: { id: context.actor.id, name: context.actor.name },
    committedAt: null,
  };
  await imports.insertImport(context.trx, one);
  await imports.insertRows(context.trx, one, 'cases', cases.rows);
  if (contacts) await imports.insertRows(context.trx, one, 'contacts', contacts.rows);
  return one.id;
}

async function takeFile(context: Context, division: string, kind: FileKind, uploaded: UploadedFile) {
  const name = basename(uploaded.name.replaceAll('\\', '/'));
  const bytes = Buffer.from(uploaded.base64, 'base64');
  const table = await readTableFile(name, bytes);
  const known = await imports.findMapping(context.trx, headerHash(kind, table.header), division);
  const columns = describeColumns(kind, table, known);
  const file: ImportFile = {
    name,
    format: table.format,
    encoding: table.encoding,
    separator: table.separator,
    sheetsLeftOut: [...table.sheetsLeftOut],
    bytes: bytes.length,
    rowsCount: table.rows.length,
    columns,
    formulaCellsCount: table.formulaCellsCount,
  };
  return {
    file,
    rows: storedRows(table.rows, columns, context.platform.cipher),
    remembered: known !== undefined,
  };
}

/** The set of column names, whatever their order. */
export const headerHash = (kind: FileKind, header: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, ...header.map(bareName).toSorted()]))
    .digest('base64url');

function describeColumns(
  kind: FileKind,
  table: TableFile,
  known: Readonly<Record<string, string>> | undefined,
): ImportColumn[] {
  const targets: readonly string[] = kind === 'cases' ? IMPORT_TARGETS : CONTACT_TARGETS;
  const proposed: readonly (string | null)[] =
    kind === 'cases' ? proposeCaseTargets(table.header) : proposeContactTargets(table.header);
  return table.header.map((name, index) => {
    const column = { index, name };
    if (isNotKept(name, valuesOf(table.rows, index))) {
      return { ...column, target: null, status: 'dropped', sealed: false, samples: [] };
    }
    const sealed = holdsNumbers(name, valuesOf(table.rows, index));
    const remembered = known?.[bareName(name)];
    const wanted = remembered && targets.includes(remembered) ? remembered : (proposed[index] ?? null);
    const target = sealed && wanted !== 'identityNumber' && wanted !== 'ignore' ? null : wanted;
    return {
      ...column,
      target,
      status: target === null ? 'unknown' : target === 'ignore' ? 'ignored' : 'mapped',
      sealed,
      samples: sealed ? [SEALED_SHOWN] : samplesOf(table.rows, index),
    };
  });
}

function* valuesOf(rows: readonly TableRow[], index: number): Generator<string> {
  for (const { cells } of rows) yield cells[index] ?? '';
}

function samplesOf(rows: readonly TableRow[], index: number): string[] {
  const samples = new Set<string>();
  for (const value of valuesOf(rows, index)) {
    const text = value.trim();
    if (text !== '')
      samples.add(text.length > SAMPLE_CHARACTERS ? `${text.slice(0, SAMPLE_CHARACTERS)}…` : text);
    if (samples.size === SAMPLES) break;
  }
  return [...samples];
}

/**
 * Rows as they are stored: no cell of a dropped column, numbers sealed. In a row with too many or too few cells it
 * cannot be told which cell is which, so nothing from the first such column on is stored.
 */
function storedRows(
  rows: readonly TableRow[],
  columns: readonly ImportColumn[],
  cipher: Cipher,
): StoredRow[] {
  const dropped = droppedColumns(columns);
  const sealed = sealedColumns(columns);
  const firstGuarded = Math.min(...dropped, ...sealed);
  if (firstGuarded === Number.POSITIVE_INFINITY) return [...rows];
  return rows.map(({ line, cells }) => {
    const isShifted =
      cells.length < columns.length || cells.slice(columns.length).some((cell) => cell.trim() !== '');
    return {
      line,
      cells: cells.map((cell, index) => {
        if (isShifted && index >= firstGuarded) return CONFIDENTIAL;
        if (dropped.has(index)) return '';
        return sealed.has(index) ? sealCell(cipher, cell) : cell;
      }),
    };
  });
}
