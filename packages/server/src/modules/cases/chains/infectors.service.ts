/** Who may have infected a case, as an investigator finds it: recorded, shown and taken back, each with its reason. */
import { type CaseLinks, type LinkedCase, refuse } from '@levee/contract';
import { dayNumber } from '@levee/epi';
import type { Context } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import type { CaseFile } from '../case.ts';
import {
  findCaseByIdOrThrow,
  findCasesByExternalIds,
  insertChanges,
  lockCase,
  updateCase,
} from '../cases.repository.ts';
import { deleteLink, insertLink, type ListOf, linksAround } from './links.repository.ts';

/** A link belongs to an incident or to a list; a case in neither has nobody beside it. */
function listOf({ incidentId, lineListId }: CaseFile): ListOf {
  if (incidentId !== null) return { incidentId };
  if (lineListId !== null) return { lineListId };
  throw refuse(
    {
      zh: '该病例不属于任何事件或名单，不能登记传染来源',
      en: 'This case belongs to no incident and no list',
    },
    { zh: '先将病例并入事件。', en: 'Join it to an incident first.' },
  );
}

export async function linksOfCase(context: Context, caseId: string): Promise<CaseLinks> {
  const caseFile = await findCaseByIdOrThrow(context.trx, caseId);
  const none = { infectors: [], infectees: [], asOf: context.now };
  if (caseFile.incidentId === null && caseFile.lineListId === null) return none;
  const of = listOf(caseFile);
  const links = await linksAround(context.trx, of, caseFile.externalId);
  const others = await findCasesByExternalIds(
    context.trx,
    of,
    links.flatMap(({ from, to }) => [from, to]),
  );
  const side = (end: 'from' | 'to'): LinkedCase[] =>
    links.flatMap((link) => {
      const other = others.get(link[end]);
      // What names a case the list does not hold is said by the chains, as impossible.
      if (!other || other.id === caseId) return [];
      const [infector, infectee] = end === 'from' ? [other, caseFile] : [caseFile, other];
      return {
        id: other.id,
        externalId: other.externalId,
        classification: other.classification,
        dateOnset: other.dateOnset,
        exposure: link.exposure,
        serialIntervalDays: daysBetween(infector.dateOnset, infectee.dateOnset),
      };
    });
  context.opened(
    'case',
    [...others.values()].map(({ id }) => id),
  );
  return { infectors: side('from'), infectees: side('to'), asOf: context.now };
}

const daysBetween = (from: string | null, to: string | null): number | null =>
  from === null || to === null ? null : dayNumber(to) - dayNumber(from);

export async function addInfector(
  context: Context,
  caseId: string,
  input: { readonly infectorId: string; readonly exposure: string | null; readonly reason: string },
): Promise<CaseLinks> {
  const infectee = await lockCase(context.trx, caseId);
  const infector = await findCaseByIdOrThrow(context.trx, input.infectorId);
  const of = listOf(infectee);
  if (infector.id === infectee.id) {
    throw refuse(
      { zh: '病例不能是自己的传染来源', en: 'A case cannot have infected itself' },
      { zh: '选择另一病例。', en: 'Choose another case.' },
    );
  }
  if (infector.incidentId !== infectee.incidentId || infector.lineListId !== infectee.lineListId) {
    throw refuse(
      {
        zh: `${infector.externalId} 与 ${infectee.externalId} 不在同一事件或名单`,
        en: `${infector.externalId} and ${infectee.externalId} are not in one incident or list`,
      },
      { zh: '在同一事件或名单内选择。', en: 'Choose within the same incident or list.' },
    );
  }
  const isNew = await insertLink(context.trx, of, {
    from: infector.externalId,
    to: infectee.externalId,
    exposure: input.exposure,
    division: infectee.division,
  });
  if (isNew) await note(context, infectee, { old: null, new: infector.externalId, reason: input.reason });
  return linksOfCase(context, caseId);
}

export async function removeInfector(
  context: Context,
  caseId: string,
  input: { readonly infectorId: string; readonly reason: string },
): Promise<CaseLinks> {
  const infectee = await lockCase(context.trx, caseId);
  const infector = await findCaseByIdOrThrow(context.trx, input.infectorId);
  const gone = await deleteLink(context.trx, listOf(infectee), infector.externalId, infectee.externalId);
  if (gone) await note(context, infectee, { old: infector.externalId, new: null, reason: input.reason });
  return linksOfCase(context, caseId);
}

/** A link is a judgement about the infectee, so it stands in that case's history. */
async function note(
  context: Context,
  infectee: CaseFile,
  change: { readonly old: string | null; readonly new: string | null; readonly reason: string },
): Promise<void> {
  const { id, division, incidentId } = infectee;
  const version = infectee.version + 1;
  await updateCase(context.trx, id, {}, version, context.now);
  await insertChanges(
    context.trx,
    [{ caseId: id, division, version, field: 'infector', ...change }],
    context.actor,
    context.now,
  );
  await emit(context, {
    kind: 'case.changed',
    division,
    subject: { type: 'case', id },
    incidentId,
    data: { caseId: id, fields: ['infector'], version },
  });
}
