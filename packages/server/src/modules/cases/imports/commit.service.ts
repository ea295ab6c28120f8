/** What the dry run read becomes cases and links, some hundreds at a time; all of it can be taken back. */
import { newId, refuseState } from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import { cancelJobs, type Job, type JobKind, orderJob, type Step } from '../../../platform/jobs/index.ts';
import { emit, emitMany } from '../../../platform/outbox/emit.ts';
import { NO_VALUES } from '../case.ts';
import { insertCases, insertChanges, type NewCase } from '../cases.repository.ts';
import { insertLinks } from '../chains/links.repository.ts';
import { insertLineList } from '../line-lists.ts';
import { type FileCounts, type FileKind, type Import, noCounts } from './import.ts';
import * as imports from './imports.repository.ts';
import type { CaseValue } from './reading/read-case-row.ts';
import type { ContactValue } from './reading/read-contact-row.ts';
import { requireTarget, type Target } from './target.ts';
import { findTaken, removeEmptyList, removeWritten } from './written.repository.ts';

const KIND = 'cases.commit-import';
const ROWS_A_STEP = 1_000;

interface CommitInput {
  readonly into: { readonly name: string; readonly packId: string | null } | Target;
  readonly withWarnings: boolean;
}

/** Orders the commit of a checked import. The list it goes into is made here where it is new. */
export async function commitImport(
  context: Context,
  id: string,
  { into, withWarnings }: CommitInput,
): Promise<void> {
  const { trx } = context;
  const one = await imports.lockImport(trx, id);
  if (one.state !== 'checked') {
    throw refuseState(
      { zh: '只有试运行完成的导入才能提交', en: 'Only an import whose dry run is over can be committed' },
      { zh: '先试运行，或等待试运行结束。', en: 'Run the dry run first, or wait for its end.' },
    );
  }
  const makesList = 'name' in into;
  const target: Target = makesList ? { lineListId: await makeList(context, one, into) } : into;
  if (!makesList) await requireTarget(context, target);
  await imports.updateImport(trx, id, {
    state: 'committing',
    withWarnings,
    madeList: makesList,
    lineListId: 'lineListId' in target ? target.lineListId : null,
    incidentId: 'incidentId' in target ? target.incidentId : null,
  });
  const totalCount = one.casesFile.rowsCount + (one.contactsFile?.rowsCount ?? 0);
  await orderJob(context, { kind: KIND, subjectId: id, division: one.division, totalCount });
}

async function makeList(
  context: Context,
  one: Import,
  { name, packId }: { readonly name: string; readonly packId: string | null },
): Promise<string> {
  const list = { id: newId(), name, division: one.division, packId };
  await insertLineList(context.trx, list, { id: context.actor.id, at: context.now });
  return list.id;
}

interface Cursor {
  readonly file: FileKind;
  readonly line: number;
}

async function step(context: Context, job: Job): Promise<Step> {
  const one = await imports.getImportOrThrow(context.trx, job.subjectId);
  const cursor = (job.cursor ?? { file: 'cases', line: 0 }) as Cursor;
  const done =
    cursor.file === 'cases' ? await writeCases(context, one, cursor) : await writeLinks(context, one, cursor);
  if (done) {
    await addCounts(context, one, cursor.file, done.written);
    return {
      doneCount: job.doneCount + done.written.length,
      cursor: { file: cursor.file, line: done.line },
      isLast: false,
    };
  }
  if (cursor.file === 'cases' && one.contactsFile) {
    return { doneCount: job.doneCount, cursor: { file: 'contacts', line: 0 }, isLast: false };
  }
  await finish(context, one);
  return { doneCount: job.totalCount, cursor, isLast: true };
}

interface Written {
  readonly written: imports.WrittenLine[];
  readonly line: number;
}

const targetOf = (one: Import): Target =>
  one.lineListId !== null ? { lineListId: one.lineListId } : { incidentId: one.incidentId! };

const isWanted = (one: Import, verdict: string): boolean =>
  verdict === 'ok' || (verdict === 'warning' && one.withWarnings);

async function writeCases(context: Context, one: Import, { line }: Cursor): Promise<Written | null> {
  const { trx } = context;
  const rows = await imports.checkedRowsAfter<CaseValue>(trx, one.id, 'cases', line, ROWS_A_STEP);
  if (rows.length === 0) return null;
  const wanted = rows.filter(({ verdict, value }) => value !== null && isWanted(one, verdict));
  const taken = await findTaken(
    trx,
    targetOf(one),
    wanted.map(({ value }) => value!.id),
    wanted.flatMap(({ value }) => value!.personId ?? []),
  );
  const cases: NewCase[] = [];
  const written = rows.map((row): imports.WrittenLine => {
    const { value, verdict } = row;
    if (verdict === 'duplicate') return { line: row.line, written: 'duplicate', caseId: null };
    if (!value || !isWanted(one, verdict)) return { line: row.line, written: 'rejected', caseId: null };
    const personId = one.incidentId === null ? null : (value.personId ?? null);
    if (taken.ids.has(value.id) || (personId && taken.personIds.has(personId))) {
      return { line: row.line, written: 'duplicate', caseId: null };
    }
    taken.ids.add(value.id);
    if (personId) taken.personIds.add(personId);
    const caseFile: NewCase = {
      id: newId(Date.parse(context.now)),
      externalId: value.id,
      incidentId: one.incidentId,
      lineListId: one.lineListId,
      importId: one.id,
      importLine: row.line,
      personId: value.personId ?? null,
      classification: value.classification,
      division: value.division ?? one.division,
      values: { ...NO_VALUES, ...value.values },
    };
    cases.push(caseFile);
    return { line: row.line, written: 'accepted', caseId: caseFile.id };
  });
  await insertCases(trx, cases, context.now);
  await insertChanges(
    trx,
    cases.map((caseFile) => openingOf(one, caseFile)),
    context.actor,
    context.now,
  );
  // A case of a list is no case of this prefecture; one of an incident is news to everybody.
  if (one.incidentId !== null)
    await emitMany(
      context,
      cases.map((caseFile) => openedEvent(one, caseFile)),
    );
  await imports.writeWritten(trx, one.id, 'cases', written);
  return { written, line: rows.at(-1)!.line };
}

const openingOf = (one: Import, { id, division, classification, importLine }: NewCase) => ({
  caseId: id,
  division,
  version: 1,
  field: 'opened',
  old: null,
  new: classification,
  reason: `名单导入：${one.casesFile.name} 第 ${importLine} 行`,
});

const openedEvent = (one: Import, { id, division, personId, classification }: NewCase) => ({
  kind: 'case.opened' as const,
  division,
  subject: { type: 'case', id },
  incidentId: one.incidentId,
  data: { caseId: id, personId, classification },
});

async function writeLinks(context: Context, one: Import, { line }: Cursor): Promise<Written | null> {
  const { trx } = context;
  const rows = await imports.checkedRowsAfter<ContactValue>(trx, one.id, 'contacts', line, ROWS_A_STEP);
  if (rows.length === 0) return null;
  const wanted = rows.filter(({ verdict, value }) => value !== null && isWanted(one, verdict));
  const inserted = await insertLinks(
    trx,
    wanted.map((row) => ({
      importId: one.id,
      importLine: row.line,
      incidentId: one.incidentId,
      lineListId: one.lineListId,
      division: one.division,
      ...row.value!,
    })),
  );
  const written = rows.map(({ line, verdict, value }): imports.WrittenLine => {
    const isRejected = verdict !== 'duplicate' && (value === null || !isWanted(one, verdict));
    return {
      line,
      written: isRejected ? 'rejected' : inserted.has(line) ? 'accepted' : 'duplicate',
      caseId: null,
    };
  });
  await imports.writeWritten(trx, one.id, 'contacts', written);
  return { written, line: rows.at(-1)!.line };
}

async function addCounts(
  context: Context,
  one: Import,
  file: FileKind,
  written: readonly imports.WrittenLine[],
): Promise<void> {
  const before = one.counts[file]!;
  const plus = (what: imports.WrittenLine['written']) => written.filter((row) => row.written === what).length;
  const counts: FileCounts = {
    ...before,
    accepted: before.accepted + plus('accepted'),
    rejected: before.rejected + plus('rejected'),
    left: before.left + plus('duplicate'),
  };
  await imports.updateImport(context.trx, one.id, { counts: { ...one.counts, [file]: counts } });
}

async function finish(context: Context, one: Import): Promise<void> {
  await imports.updateImport(context.trx, one.id, { state: 'committed', committedAt: context.now });
  const { accepted, rejected, left } = one.counts.cases;
  await emit(context, {
    kind: 'import.committed',
    division: one.division,
    subject: { type: 'import', id: one.id },
    incidentId: one.incidentId,
    data: {
      importId: one.id,
      lineListId: one.lineListId,
      accepted,
      rejected,
      duplicates: left,
      linksAccepted: one.counts.contacts?.accepted ?? 0,
    },
  });
}

/** Stops an import wherever it stands. What a commit under way has written is taken back. */
export async function cancelImport(context: Context, id: string): Promise<void> {
  const { trx } = context;
  await cancelJobs(trx, id);
  const one = await imports.lockImport(trx, id);
  if (one.state === 'cancelled') return;
  if (!['uploaded', 'checking', 'checked', 'committing'].includes(one.state)) {
    throw refuseState(
      { zh: '该导入已结束，不能取消', en: 'The import is over and cannot be cancelled' },
      { zh: '已导入的可以撤销。', en: 'One that was committed can be undone.' },
    );
  }
  const { keptCount } = await takeBack(context, one);
  await imports.deleteRows(trx, id);
  const counts = {
    cases: noCounts(one.counts.cases.rows),
    contacts: one.counts.contacts && noCounts(one.counts.contacts.rows),
  };
  await imports.updateImport(trx, id, { state: 'cancelled', keptCount, counts, faultCounts: [] });
}

/** Takes the cases of an import away again; those somebody has worked on since stay, and are counted. */
export async function undoImport(context: Context, id: string): Promise<void> {
  const one = await imports.lockImport(context.trx, id);
  if (one.state === 'undone') return;
  if (one.state !== 'committed') {
    throw refuseState(
      { zh: '只有已导入的名单才能撤销', en: 'Only a committed import can be undone' },
      { zh: '未提交的导入请取消。', en: 'Cancel one that was not committed.' },
    );
  }
  const { removedCount, keptCount } = await takeBack(context, one);
  await imports.updateImport(context.trx, id, { state: 'undone', keptCount });
  await emit(context, {
    kind: 'import.undone',
    division: one.division,
    subject: { type: 'import', id },
    incidentId: one.incidentId,
    data: { importId: id, lineListId: one.lineListId, removed: removedCount, kept: keptCount },
  });
}

async function takeBack(context: Context, one: Import) {
  const { removed, keptCount } = await removeWritten(context.trx, one.id, one.createdAt);
  if (one.incidentId !== null) {
    await emitMany(
      context,
      removed.map(({ id, division }) => ({
        kind: 'case.removed' as const,
        division,
        subject: { type: 'case', id },
        incidentId: one.incidentId,
        data: { caseId: id },
      })),
    );
  }
  if (one.madeList && one.lineListId !== null) await removeEmptyList(context.trx, one.lineListId);
  return { removedCount: removed.length, keptCount };
}

export const commitJob: JobKind = {
  kind: KIND,
  step,
  async onFailed(context, job) {
    const one = await imports.lockImport(context.trx, job.subjectId);
    const { keptCount } = await takeBack(context, one);
    await imports.updateImport(context.trx, one.id, {
      state: 'failed',
      keptCount,
      problem: {
        zh: '导入多次失败，已写入的病例已全部撤回',
        en: 'The commit failed several times; what it had written was taken back',
      },
    });
  },
};
