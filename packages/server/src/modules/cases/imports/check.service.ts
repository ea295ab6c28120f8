/** The dry run: every row read and judged, nothing written but verdicts. */

import type { Bilingual } from '@levee/contract';
import { type CheckSettings, type ImportColumn, refuse, refuseState } from '@levee/contract';
import { civilDayOf } from '../../../platform/clock.ts';
import type { Context } from '../../../platform/context.ts';
import { findDivisionNames } from '../../../platform/db/division-name.ts';
import { cancelJobs, type Job, type JobKind, orderJob, type Step } from '../../../platform/jobs/index.ts';
import { findPersonIdByCard } from '../../people/index.ts';
import { countyNames } from './county-names.ts';
import { type FileKind, type Import, noCounts, type ReadLine, type StoredRow, verdictOf } from './import.ts';
import * as imports from './imports.repository.ts';
import { bareName } from './reading/column-names.ts';
import { faults, setFaults } from './reading/fault.ts';
import { groupHospitalNames } from './reading/hospital-groups.ts';
import { type CaseValue, readCaseRow } from './reading/read-case-row.ts';
import { readContactRow } from './reading/read-contact-row.ts';
import { openCell } from './reading/sealed-columns.ts';
import { requireTarget } from './target.ts';
import { headerHash } from './upload.service.ts';

const KIND = 'cases.check-import';
const ROWS_A_STEP = 2_000;

/** Orders a dry run; a new one takes the place of one under way. */
export async function checkImport(context: Context, id: string, settings: CheckSettings): Promise<void> {
  const { trx } = context;
  await cancelJobs(trx, id);
  const one = await imports.lockImport(trx, id);
  if (!['uploaded', 'checking', 'checked'].includes(one.state)) {
    throw refuseState(
      { zh: '该导入已提交、取消或失败', en: 'The import was committed, cancelled or has failed' },
      { zh: '重新上传文件。', en: 'Upload the file again.' },
    );
  }
  refuseMapping(one.casesFile.columns, settings.mapping, ['identityNumber', 'ignore']);
  if (one.contactsFile) refuseMapping(one.contactsFile.columns, settings.contactMapping, ['ignore']);
  if (settings.into) await requireTarget(context, settings.into);
  await imports.clearReadings(trx, id);
  await remember(context, one, settings);
  await imports.updateImport(trx, id, {
    state: 'checking',
    settings,
    casesFile: mapped(one.casesFile, settings.mapping),
    contactsFile: one.contactsFile && mapped(one.contactsFile, settings.contactMapping),
    hospitalGroups: [],
    faultCounts: [],
    counts: {
      cases: noCounts(one.casesFile.rowsCount),
      contacts: one.contactsFile && noCounts(one.contactsFile.rowsCount),
    },
    problem: null,
  });
  await orderJob(context, { kind: KIND, subjectId: id, division: one.division, totalCount: totalRows(one) });
}

type Mapped = readonly { readonly column: number; readonly target: string }[];

function refuseMapping(columns: readonly ImportColumn[], mapping: Mapped, ofSealed: readonly string[]): void {
  const next = { zh: '调整列对应关系后重新试运行。', en: 'Change the mapping and run it again.' };
  const taken = new Map<string, string>();
  for (const { column: index, target } of mapping) {
    const column = columns[index];
    if (!column) throw refuse({ zh: `没有第 ${index + 1} 列`, en: `There is no column ${index + 1}` }, next);
    if (column.status === 'dropped' && target !== 'ignore') {
      throw refuse(
        {
          zh: `“${column.name}”属于不予保存的个人属性，不能导入`,
          en: `"${column.name}" is an attribute that is not kept`,
        },
        next,
      );
    }
    if (column.sealed && !ofSealed.includes(target)) {
      throw refuse(
        {
          zh: `“${column.name}”是证件号或电话，只能对应身份证号或忽略`,
          en: `"${column.name}" holds identity numbers or phones and can be no other field`,
        },
        next,
      );
    }
    const other = target === 'ignore' ? undefined : taken.get(target);
    if (other !== undefined) {
      throw refuse(
        {
          zh: `“${other}”和“${column.name}”对应了同一项`,
          en: `"${other}" and "${column.name}" are mapped to the same field`,
        },
        next,
      );
    }
    taken.set(target, column.name);
  }
}

const totalRows = (one: Import): number => one.casesFile.rowsCount + (one.contactsFile?.rowsCount ?? 0);

function mapped(file: Import['casesFile'], mapping: Mapped): Import['casesFile'] {
  const targetOf = new Map(mapping.map(({ column, target }) => [column, target]));
  return {
    ...file,
    columns: file.columns.map((column) => {
      if (column.status === 'dropped') return column;
      const target = targetOf.get(column.index) ?? null;
      return {
        ...column,
        target,
        status: target === null ? 'unknown' : target === 'ignore' ? 'ignored' : 'mapped',
      };
    }),
  };
}

async function remember(context: Context, one: Import, settings: CheckSettings): Promise<void> {
  const files = [
    ['cases', one.casesFile, settings.mapping],
    ['contacts', one.contactsFile, settings.contactMapping],
  ] as const;
  for (const [kind, file, mapping] of files) {
    if (!file || mapping.length === 0) continue;
    const names = file.columns.map(({ name }) => name);
    const byName = Object.fromEntries(
      mapping.map(({ column, target }) => [bareName(names[column]!), target]),
    );
    await imports.rememberMapping(context.trx, headerHash(kind, names), one.division, byName, context.now);
  }
}

interface Cursor {
  readonly file: FileKind;
  readonly line: number;
}

/** Rows of the cases, then of the contacts, then what only the whole file can tell. */
async function step(context: Context, job: Job): Promise<Step> {
  const one = await imports.getImportOrThrow(context.trx, job.subjectId);
  const cursor = (job.cursor ?? { file: 'cases', line: 0 }) as Cursor;
  const rows = await imports.rowsAfter(context.trx, one.id, cursor.file, cursor.line, ROWS_A_STEP);
  if (rows.length > 0) {
    const lines = cursor.file === 'cases' ? await readCases(context, one, rows) : readContacts(one, rows);
    await imports.writeReadings(context.trx, one.id, cursor.file, lines);
    return {
      doneCount: job.doneCount + rows.length,
      cursor: { file: cursor.file, line: rows.at(-1)!.line },
      isLast: false,
    };
  }
  if (cursor.file === 'cases' && one.contactsFile) {
    return { doneCount: job.doneCount, cursor: { file: 'contacts', line: 0 }, isLast: false };
  }
  await judgeWhole(context, one);
  return { doneCount: job.totalCount, cursor, isLast: true };
}

async function readCases(context: Context, one: Import, rows: readonly StoredRow[]): Promise<ReadLine[]> {
  const { platform } = context;
  const settings = one.settings!;
  const columns = one.casesFile.columns.map(({ name }) => name);
  const today = civilDayOf(context.now, platform.config.LEVEE_TIME_ZONE);
  const identityColumn = settings.mapping.find(({ target }) => target === 'identityNumber')?.column;
  const read = rows.map(({ line, cells }) => {
    const opened =
      identityColumn === undefined
        ? cells
        : cells.map((cell, index) => (index === identityColumn ? openCell(platform.cipher, cell) : cell));
    return { line, ...readCaseRow({ columns, settings, today }, line, opened) };
  });
  const names = await findDivisionNames(
    context.trx,
    read.flatMap(({ value }) =>
      value?.values.location && isCode(value.values.location) ? [value.values.location] : [],
    ),
  );
  const lines: ReadLine[] = [];
  for (const { line, value, faults: found, identityNumber } of read) {
    const placed = value && place(one, value, names, found);
    const personId = identityNumber && (await findPersonIdByCard(context, identityNumber));
    if (identityNumber && !personId) found.push(faults.identityUnknown(columns[identityColumn!]!));
    lines.push({
      line,
      verdict: verdictOf(found),
      faults: found,
      value: placed && personId ? { ...placed, personId } : placed,
    });
  }
  return lines;
}

const isCode = (text: string): boolean => /^\d{6}(\d{3}(\d{3})?)?$/.test(text);

/** A residence given as a division code puts the case there, where that lies in the import's area. */
function place(
  one: Import,
  value: CaseValue,
  names: ReadonlyMap<string, Bilingual>,
  found: ReturnType<typeof readCaseRow>['faults'],
): CaseValue {
  const { location } = value.values;
  if (!location || !isCode(location)) return value;
  const name = names.get(location);
  if (name && location.startsWith(one.division)) {
    return { ...value, division: location, values: { ...value.values, location: name.zh } };
  }
  const column = one.settings!.mapping.find(({ target }) => target === 'location')!.column;
  found.push(faults.locationOutside(one.casesFile.columns[column]!.name, location));
  return value;
}

function readContacts(one: Import, rows: readonly StoredRow[]): ReadLine[] {
  const columns = one.contactsFile!.columns.map(({ name }) => name);
  return rows.map(({ line, cells }) => {
    const { value, faults: found } = readContactRow(columns, one.settings!, cells);
    return { line, verdict: verdictOf(found), faults: found, value };
  });
}

async function judgeWhole(context: Context, one: Import): Promise<void> {
  const { trx } = context;
  const { into } = one.settings!;
  await imports.joinByHash(trx);
  await imports.markRepeated(trx, one.id, 'cases', {
    copy: setFaults.duplicateRow,
    clash: setFaults.duplicateId,
  });
  if (into) await imports.markOnRecord(trx, one.id, into, setFaults.onRecord);
  const hospitalGroups = groupHospitalNames(
    await imports.hospitalCounts(trx, one.id),
    await countyNames(trx),
  );
  await imports.markVariants(trx, one.id, hospitalGroups, setFaults.hospitalVariant);
  if (one.contactsFile) {
    const { duplicateRow, unknownCase, rejectedCase, severalSources } = setFaults;
    await imports.markRepeated(trx, one.id, 'contacts', { copy: duplicateRow, clash: duplicateRow });
    await imports.markLinks(trx, one.id, into, {
      unknown: unknownCase,
      rejected: rejectedCase,
      several: severalSources,
    });
  }
  const counted = async (file: FileKind) => ({
    ...noCounts(0),
    ...(await imports.countVerdicts(trx, one.id, file)),
  });
  await imports.updateImport(trx, one.id, {
    state: 'checked',
    hospitalGroups,
    faultCounts: await imports.countFaults(trx, one.id),
    counts: { cases: await counted('cases'), contacts: one.contactsFile && (await counted('contacts')) },
  });
}

export const checkJob: JobKind = {
  kind: KIND,
  step,
  onFailed: (context, job) =>
    imports.updateImport(context.trx, job.subjectId, {
      state: 'failed',
      problem: {
        zh: '试运行多次失败，没有写入任何病例',
        en: 'The dry run failed several times; no case was written',
      },
    }),
};
