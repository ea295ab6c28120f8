/** Use cases of the line list: open, change, classify, read. */

import {
  type CaseChange as CaseChangeAnswer,
  type CaseClash,
  type CaseField,
  type CaseFile as CaseFileAnswer,
  type CaseValues,
  type Classification,
  caseFields,
  LeveeError,
  refuse,
  refuseState,
} from '@levee/contract';
import { civilDayOf } from '../../platform/clock.ts';
import { type Context, requireScope } from '../../platform/context.ts';
import { divisionNames } from '../../platform/db/division-name.ts';
import type { Trx } from '../../platform/db/pool.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { findIncidentById, packOf } from '../incidents/index.ts';
import { findPeopleByIds, findPersonByIdOrThrow, findPersonIdsByName } from '../people/index.ts';
import { type CaseFile, dayFaults, NO_VALUES } from './case.ts';
import * as cases from './cases.repository.ts';

export const todayOf = (context: Context): string =>
  civilDayOf(context.now, context.platform.config.LEVEE_TIME_ZONE);

/** As the contract shows them: with the person's name and the area's, and a note in the audit of who was opened. */
export async function withNames(context: Context, found: readonly CaseFile[]): Promise<CaseFileAnswer[]> {
  const personIds = found.map(({ personId }) => personId).filter((id) => id !== null);
  const people = await findPeopleByIds(context.trx, personIds);
  const isCommunity = await communityFoundIn(context, found);
  const names = await divisionNames(
    context.trx,
    found.map(({ division }) => division),
  );
  context.opened('person', personIds);
  context.opened(
    'case',
    found.map(({ id }) => id),
  );
  return found.map(({ personId, ...caseFile }) => {
    const person = personId === null ? undefined : people.get(personId);
    return {
      ...caseFile,
      person: person ? { id: person.id, nameZh: person.nameZh } : null,
      divisionName: names(caseFile.division),
      foundInCommunity: isCommunity(caseFile),
    };
  });
}

/** Which ways of being found are 社会面 is the pack's to say, so it is asked for each incident. */
async function communityFoundIn(context: Context, found: readonly CaseFile[]) {
  const ways = new Map<string, readonly string[]>();
  for (const incidentId of new Set(found.map(({ incidentId }) => incidentId))) {
    const incident = incidentId === null ? undefined : await findIncidentById(context.trx, incidentId);
    const rule = incident && packOf(incident).screening.communityFoundIn;
    if (incident && rule) ways.set(incident.id, rule.value);
  }
  return ({ incidentId, foundIn }: Pick<CaseFile, 'incidentId' | 'foundIn'>): boolean | null => {
    const community = incidentId === null ? undefined : ways.get(incidentId);
    return community && foundIn && foundIn !== 'other' && foundIn !== 'import'
      ? community.includes(foundIn)
      : null;
  };
}

/** As many people of one name as a list can sensibly be narrowed to; more is no search. */
const NAMESAKES = 500;

/** One page of the line list. `q` finds list ids, hospitals and homes, and people by name, pinyin or initials. */
export async function pageOfCases(
  context: Context,
  query: Parameters<typeof cases.listCases>[1],
  offset: number,
  limit: number,
): Promise<{ items: CaseFileAnswer[]; total: number }> {
  const q = query.q?.trim();
  const personIds = q ? await findPersonIdsByName(context.trx, q, NAMESAKES) : undefined;
  const { items, total } = await cases.listCases(context.trx, { ...query, personIds }, offset, limit);
  return { items: await withNames(context, items), total };
}

export async function caseById(context: Context, id: string): Promise<CaseFileAnswer> {
  return (await withNames(context, [await cases.findCaseByIdOrThrow(context.trx, id)]))[0]!;
}

export async function historyOf(context: Context, id: string): Promise<CaseChangeAnswer[]> {
  await cases.findCaseByIdOrThrow(context.trx, id);
  context.opened('case', [id]);
  const changes = await cases.changesOf(context.trx, id);
  return changes.map((change) => ({ ...change, field: change.field as CaseChangeAnswer['field'] }));
}

function refuseWrongDays(context: Context, values: CaseValues): void {
  const faults = dayFaults(values, todayOf(context));
  if (faults.length === 0) return;
  throw refuse(
    faults[0]!.problem,
    { zh: '核对各项日期后重新提交。', en: 'Check the dates and send again.' },
    faults.map(({ field, problem }) => ({ where: `body.values.${field}`, problem })),
  );
}

export interface OpenCase {
  readonly id: string;
  readonly incidentId: string | null;
  readonly personId: string | null;
  readonly externalId?: string | undefined;
  readonly classification: Classification;
  readonly division: string;
  readonly values: GivenValues;
  readonly reason: string;
  readonly signalId?: string;
  readonly resultId?: string | null;
  readonly sampleId?: string | null;
}

/** Opens a case by hand or by rule. A person has one case in one incident: a second is refused. */
export async function openCase(context: Context, input: OpenCase): Promise<CaseFile> {
  const { trx, now } = context;
  requireScope(context, input.division);
  const person = input.personId === null ? null : await findPersonByIdOrThrow(trx, input.personId);
  if (person) await refuseSecondCase(trx, input.incidentId, person.id);
  const values: CaseValues = { ...NO_VALUES, ...defined(input.values) };
  refuseWrongDays(context, values);
  const externalId = input.externalId ?? (await cases.nextCaseNumber(trx, todayOf(context).slice(0, 4)));
  await cases.insertCases(trx, [{ ...input, externalId, lineListId: null, values }], now);
  await cases.insertChanges(
    trx,
    [
      {
        caseId: input.id,
        division: input.division,
        version: 1,
        field: 'opened',
        old: null,
        new: input.classification,
        reason: input.reason,
      },
    ],
    context.actor,
    now,
  );
  await emit(context, {
    kind: 'case.opened',
    division: input.division,
    subject: { type: 'case', id: input.id },
    incidentId: input.incidentId,
    data: { caseId: input.id, personId: input.personId, classification: input.classification },
  });
  return cases.findCaseByIdOrThrow(trx, input.id);
}

async function refuseSecondCase(trx: Trx, incidentId: string | null, personId: string): Promise<void> {
  if (incidentId === null || !(await cases.findCaseOfPerson(trx, incidentId, personId))) return;
  throw refuse(
    { zh: '此人在本次事件中已立案', en: 'This person is a case of this incident already' },
    { zh: '打开已有病例继续填写。', en: 'Open the case there is and go on.' },
  );
}

/** Says who a case is that was opened without a person: once, for what follows (tests, contacts, orders) rests on it. */
export async function identifyCase(
  context: Context,
  id: string,
  input: { readonly personId: string; readonly reason: string },
): Promise<CaseFile> {
  const { trx, now } = context;
  const current = await cases.lockCase(trx, id);
  if (current.personId === input.personId) return current;
  if (current.personId !== null) {
    throw refuseState(
      { zh: '该病例已认定人员', en: 'It is settled already who this case is' },
      {
        zh: '认定有误的，另立新病例，并将本病例分类为“已排除”。',
        en: 'If that was a mistake, open a new case and classify this one as “Not a case”.',
      },
    );
  }
  if (current.lineListId !== null) {
    throw refuseState(
      { zh: '导入名单中的病例不记姓名', en: 'A case of an imported list names nobody' },
      { zh: '需要处置此人的，在事件中另立病例。', en: 'Open a case of the incident for this person.' },
    );
  }
  const person = await findPersonByIdOrThrow(trx, input.personId);
  await refuseSecondCase(trx, current.incidentId, person.id);
  const version = current.version + 1;
  await cases.updateCase(trx, id, { personId: person.id }, version, now);
  const change = { caseId: id, division: current.division, version, field: 'person', reason: input.reason };
  await cases.insertChanges(trx, [{ ...change, old: null, new: person.id }], context.actor, now);
  await emit(context, {
    kind: 'case.changed',
    division: current.division,
    subject: { type: 'case', id },
    incidentId: current.incidentId,
    data: { caseId: id, fields: ['person'], personId: person.id, version },
  });
  return cases.findCaseByIdOrThrow(trx, id);
}

/** Fields as they were sent: a field left out is not touched, null empties it. */
type GivenValues = { readonly [Field in keyof CaseValues]?: CaseValues[Field] | undefined };

const defined = (values: GivenValues): Partial<CaseValues> =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<CaseValues>;

export interface ChangeCase {
  readonly version: number;
  readonly values: GivenValues;
  readonly reason: string;
}

/**
 * Changes fields of a case. An edit based on an older version goes through where nobody else touched the same fields,
 * otherwise it is an `edit.clash` that shows mine, theirs and base for each.
 */
export async function changeCase(context: Context, id: string, input: ChangeCase): Promise<CaseFile> {
  const { trx, now } = context;
  const current = await cases.lockCase(trx, id);
  const values = defined(input.values);
  await refuseClash(context, current, input.version, values);
  const changed = (Object.keys(values) as CaseField[]).filter((field) => values[field] !== current[field]);
  if (changed.length === 0) return current;
  refuseWrongDays(context, { ...current, ...values });
  const version = current.version + 1;
  await cases.updateCase(trx, id, { values }, version, now);
  await cases.insertChanges(
    trx,
    changed.map((field) => ({
      caseId: id,
      division: current.division,
      version,
      field,
      old: current[field],
      new: values[field],
      reason: input.reason,
    })),
    context.actor,
    now,
  );
  await emit(context, {
    kind: 'case.changed',
    division: current.division,
    subject: { type: 'case', id },
    incidentId: current.incidentId,
    data: { caseId: id, fields: changed, version },
  });
  return cases.findCaseByIdOrThrow(trx, id);
}

async function refuseClash(
  { trx }: Context,
  current: CaseFile,
  basedOn: number,
  mine: Partial<CaseValues>,
): Promise<void> {
  if (basedOn === current.version) return;
  const since = await cases.changesOf(trx, current.id, basedOn);
  const fields: CaseClash['fields'] = [];
  for (const field of Object.keys(mine) as CaseField[]) {
    const theirs = since.filter((change) => change.field === field && field in caseFields);
    if (theirs.length === 0 || mine[field] === current[field]) continue;
    // Newest first: the last of them began from what my edit was based on.
    const { by, at } = theirs[0]!;
    fields.push({ field, mine: mine[field], theirs: current[field], base: theirs.at(-1)!.old, by, at });
  }
  if (fields.length > 0 || basedOn > current.version) {
    throw new LeveeError(
      'edit.clash',
      {},
      { detail: { version: current.version, fields } satisfies CaseClash },
    );
  }
}

/** Classifies a case; the reason is kept. Based on an older version is always a clash: a judgement is on all there is. */
export async function classifyCase(
  context: Context,
  id: string,
  input: { readonly version: number; readonly classification: Classification; readonly reason: string },
): Promise<CaseFile> {
  const { trx, now } = context;
  const current = await cases.lockCase(trx, id);
  if (input.version !== current.version) {
    throw new LeveeError('edit.clash', {}, { detail: { version: current.version, fields: [] } });
  }
  if (input.classification === current.classification) return current;
  const version = current.version + 1;
  await cases.updateCase(trx, id, { classification: input.classification }, version, now);
  await cases.insertChanges(
    trx,
    [
      {
        caseId: id,
        division: current.division,
        version,
        field: 'classification',
        old: current.classification,
        new: input.classification,
        reason: input.reason,
      },
    ],
    context.actor,
    now,
  );
  await emit(context, {
    kind: 'case.classified',
    division: current.division,
    subject: { type: 'case', id },
    incidentId: current.incidentId,
    data: { caseId: id, old: current.classification, new: input.classification, version },
  });
  return cases.findCaseByIdOrThrow(trx, id);
}
