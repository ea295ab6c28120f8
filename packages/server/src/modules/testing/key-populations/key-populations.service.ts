import { type KeyPopulationMember, LeveeError, type PersonSummary, refuse, roleMay } from '@levee/contract';
import type { KeyPopulation } from '@levee/protocol';
import { type Context, requireScope } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { findPersonByIdOrThrow, personSummaries } from '../../people/index.ts';
import { findPlaceByIdOrThrow, findPlacesByIds } from '../../places/index.ts';
import { openTask } from '../../tasks/index.ts';
import { dueAfter, dutyOfTravel, populationRules, stateOf, type Travel, today } from './key-population.ts';
import * as members from './members.repository.ts';
import * as returnees from './returnees.repository.ts';

/** Key populations are tested with or without an outbreak: without one, by the pack the house starts from. */
const PACK_WITHOUT_INCIDENT = 'covid19-cn-9';

export const packOf = async ({ trx }: Context) => (await members.packInForce(trx)) ?? PACK_WITHOUT_INCIDENT;

export async function rulesInForce(context: Context) {
  const packId = await packOf(context);
  return { packId, items: populationRules(packId), asOf: context.now };
}

/** Enrols whoever is registered as working at a place. Doing it again adds only those who came since. */
export async function enrol(
  context: Context,
  input: { population: KeyPopulation; employerId: string; occupations?: readonly string[] | undefined },
) {
  const { trx } = context;
  const employer = await findPlaceByIdOrThrow(trx, input.employerId);
  requireScope(context, employer.division);
  const packId = await packOf(context);
  const workers = await members.workersOf(trx, employer.id, input.occupations);
  if (workers.length === 0) {
    throw refuse(
      {
        zh: `${employer.nameZh}没有登记在册的从业人员`,
        en: `nobody is registered as working at ${employer.nameEn}`,
      },
      { zh: '先在人员登记中补录工作单位。', en: 'Register their place of work with the people first.' },
    );
  }
  return putMembers(context, { population: input.population, employer, packId, workers });
}

/** @throws `not_found` for somebody of another area */
export async function enrolPerson(
  context: Context,
  input: { population: KeyPopulation; employerId: string; personId: string },
) {
  const employer = await findPlaceByIdOrThrow(context.trx, input.employerId);
  requireScope(context, employer.division);
  const workers = await members.workersByIds(context.trx, [input.personId]);
  if (workers.length === 0) throw new LeveeError('not_found');
  const packId = await packOf(context);
  return putMembers(context, { population: input.population, employer, packId, workers });
}

export async function putMembers(
  context: Context,
  of: {
    population: KeyPopulation;
    employer: { id: string; division: string };
    packId: string;
    workers: readonly members.Worker[];
  },
) {
  const { trx, now, actor } = context;
  const { population, employer, packId, workers } = of;
  const enrolled = await members.insertMembers(
    trx,
    workers.map((one) => ({
      ...one,
      population,
      ...dueAfter(packId, population, one.lastSampledAt, now),
    })),
    { employerId: employer.id, employerDivision: employer.division, packId, at: now, actorId: actor.id },
  );
  context.opened(
    'person',
    workers.map(({ personId }) => personId),
  );
  await emit(context, {
    kind: 'key_population.enrolled',
    division: employer.division,
    subject: { type: 'place', id: employer.id },
    data: { population, enrolled },
  });
  return { enrolled, known: workers.length - enrolled };
}

export async function endMembership(context: Context, personId: string, population: KeyPopulation) {
  const person = await findPersonByIdOrThrow(context.trx, personId);
  const ended = await members.endMember(context.trx, personId, population, context.now);
  if (ended > 0) {
    await emit(context, {
      kind: 'key_population.ended',
      division: person.division,
      subject: { type: 'person', id: personId },
      data: { population },
    });
  }
  context.opened('person', [personId]);
  return { ended };
}

async function placeRefs(context: Context, ids: readonly string[]) {
  const places = await findPlacesByIds(context.trx, ids);
  return (id: string) => {
    const place = places.get(id);
    return { id, nameZh: place?.nameZh ?? '•••', nameEn: place?.nameEn ?? '•••' };
  };
}

export async function employersDue(
  context: Context,
  asked: { population?: KeyPopulation | undefined },
  offset: number,
  limit: number,
) {
  const day = today(await packOf(context), context.now);
  const { items, total } = await members.listEmployers(context.trx, { ...asked, day }, offset, limit);
  const ref = await placeRefs(
    context,
    items.map(({ employerId }) => employerId),
  );
  return {
    total,
    items: items.map(({ employerId, contactId: _, ...line }) => ({ ...line, employer: ref(employerId) })),
  };
}

async function namesOf(context: Context, ids: readonly string[]): Promise<Map<string, PersonSummary>> {
  const { role } = context.actor;
  context.opened('person', ids);
  return role === 'system' || roleMay(role, 'people.read') ? personSummaries(context, ids) : new Map();
}

export async function membersDue(
  context: Context,
  asked: {
    state: 'due' | 'overdue' | 'ahead' | 'all';
    population?: KeyPopulation | undefined;
    employerId?: string | undefined;
    within?: string | undefined;
  },
  offset: number,
  limit: number,
): Promise<{ items: KeyPopulationMember[]; total: number }> {
  const day = today(await packOf(context), context.now);
  const { items, total } = await members.listMembers(context.trx, { ...asked, day }, offset, limit);
  const ref = await placeRefs(
    context,
    items.map(({ employerId }) => employerId),
  );
  const names = await namesOf(
    context,
    items.map(({ personId }) => personId),
  );
  return {
    total,
    items: items.map(({ employerId, ...line }) => ({
      ...line,
      person: names.get(line.personId) ?? null,
      employer: ref(employerId),
      state: stateOf(line.dueOn, day),
    })),
  };
}

/** Tells the employer's contact how many of theirs are due: one task an employer and day. */
export async function callEmployer(context: Context, employerId: string) {
  const { trx, now } = context;
  const employer = await findPlaceByIdOrThrow(trx, employerId);
  requireScope(context, employer.division);
  const day = today(await packOf(context), now);
  const [line] = (await members.listEmployers(trx, { day, employerId }, 0, 1)).items;
  if (!line) throw new LeveeError('not_found');
  const people = line.due + line.overdue;
  if (people === 0) return { people, taskId: null };
  const taskId = await openTask(context, {
    kind: 'testing.key_population',
    key: `testing.key_population:${employerId}:${day}`,
    title: {
      zh: `${employer.nameZh}：重点人群应检 ${people} 人，其中逾期 ${line.overdue} 人`,
      en: `${employer.nameEn}: ${people} due for testing, ${line.overdue} of them overdue`,
    },
    division: employer.division,
    ...(line.contactId ? { ownerId: line.contactId } : { role: 'field_worker' as const }),
    dueAt: new Date(Date.parse(`${day}T23:59:59+08:00`)).toISOString(),
    evidenceWanted: { zh: '应检人员当日采样登记', en: 'Each of them sampled today' },
    source: { type: 'place', id: employerId },
  });
  await emit(context, {
    kind: 'key_population.called',
    division: employer.division,
    subject: { type: 'place', id: employerId },
    data: { people, overdue: line.overdue },
  });
  return { people, taskId };
}

/** Somebody who came in. The pack reads the journey; whoever has been nowhere it names is asked nothing. */
export async function registerReturnee(
  context: Context,
  input: {
    id: string;
    personId: string;
    /** Where they stay; where they are registered when left out. */
    division?: string | undefined;
    arrivedAt: string;
    travel: readonly Travel[];
  },
) {
  const { trx, now, actor } = context;
  const division = input.division ?? (await findPersonByIdOrThrow(trx, input.personId)).division;
  requireScope(context, division);
  const late = input.travel.find(({ leftAt }) => leftAt > input.arrivedAt);
  if (late) {
    throw refuse(
      { zh: `离开${late.where}的时间晚于到达时间`, en: `they left ${late.where} after they arrived` },
      { zh: '核对行程时间。', en: 'Correct the journey.' },
    );
  }
  const packId = await packOf(context);
  const duty = dutyOfTravel(packId, input.travel, input.arrivedAt);
  const isNew = await returnees.insertReturnee(trx, {
    ...input,
    division,
    packId,
    managedClass: duty?.managedClass ?? null,
    leftOn: duty?.leftOn ?? null,
    testDays: duty?.testDays ?? [],
    at: now,
    by: actor.id,
  });
  if (isNew) {
    await emit(context, {
      kind: 'returnee.registered',
      division,
      subject: { type: 'returnee', id: input.id },
      data: { managedClass: duty?.managedClass ?? null, tests: duty?.testDays.length ?? 0 },
    });
  }
  const { items } = await viewReturnees(context, { id: input.id }, 0, 1);
  return items[0]!;
}

export async function viewReturnees(
  context: Context,
  asked: { id?: string; overdue?: boolean },
  offset: number,
  limit: number,
) {
  const day = today(await packOf(context), context.now);
  const { items, total } = await returnees.listReturnees(
    context.trx,
    { ...(asked.id !== undefined && { id: asked.id }), overdueOn: asked.overdue ? day : undefined },
    offset,
    limit,
  );
  const names = await namesOf(
    context,
    items.map(({ personId }) => personId),
  );
  return {
    total,
    items: items.map(({ packId, ...line }) => ({
      ...line,
      person: names.get(line.personId) ?? null,
      overdue: line.tests.some(({ dueOn, metAt }) => metAt === null && dueOn < day),
      rule: line.managedClass && `${packId} management.classes.${line.managedClass}`,
    })),
  };
}
