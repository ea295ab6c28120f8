/** From an accepted contact to measures that wait for their second person; and what becomes of them when it changes. */
import { type ActorRef, type IsolationClass, LeveeError, newId, refuse } from '@levee/contract';
import {
  getPackOrThrow,
  type PersonCondition,
  ProtocolError,
  type ProtocolPack,
  type QuarantineSchedule,
} from '@levee/protocol';
import { type Context, SYSTEM_ACTOR_ID } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { draftMeasure, endMeasure, findMeasuresByIds, packOfIncident } from '../measures/index.ts';
import { findPersonByIdOrThrow } from '../people/index.ts';
import { cancelTasksOf } from '../tasks/index.ts';
import { type ContactRecord, exposuresOf, findContactByIdOrThrow, findContacts } from '../tracing/index.ts';
import { type IsolationOrder, isMilder, makeSchedule, samePeriod } from './isolation.ts';
import * as orders from './orders.repository.ts';

type Author = Pick<ActorRef, 'id' | 'name'>;

/** What evidence a phase rests on: the determination and the exposures behind it. */
async function groundOf(context: Context, contact: ContactRecord) {
  const exposures = await exposuresOf(context.trx, contact.searchId, contact.personId);
  return [
    { type: 'contact' as const, id: contact.id },
    ...exposures.slice(0, 20).map(({ id }) => ({ type: 'exposure' as const, id })),
  ];
}

/** Ages that lead home instead of to a facility stand in the register; other conditions a person enters. */
async function conditionsOf(
  context: Context,
  personId: string,
  entered: readonly PersonCondition[],
): Promise<PersonCondition[]> {
  const { dateBirth } = await findPersonByIdOrThrow(context.trx, personId);
  const conditions = new Set(entered);
  if (dateBirth !== null) {
    const years = (Date.parse(context.now) - Date.parse(dateBirth)) / (365.2425 * 86_400_000);
    if (years < 15) conditions.add('child_14_or_under');
    if (years >= 70) conditions.add('aged_70_or_over');
  }
  return [...conditions].toSorted();
}

async function packOf(context: Context, contact: ContactRecord): Promise<ProtocolPack> {
  return getPackOrThrow((await packOfIncident(context.trx, contact.incidentId)) ?? contact.packId);
}

function scheduleFor(
  pack: ProtocolPack,
  contact: ContactRecord,
  conditions: readonly PersonCondition[],
  placedAt: string,
): QuarantineSchedule {
  return makeSchedule(pack, {
    class: contact.class ?? contact.proposedClass,
    lastExposure: contact.lastExposure,
    placedAt,
    conditions,
  });
}

/**
 * Drafts the order of an accepted contact. A person who is under an order already that asks as much and as long gets no
 * second one. Returns the order's id; null where nothing had to be drafted.
 *
 * @throws LeveeError `rule.refused` where the contact is not accepted: there is no evidence for a limit (R3)
 */
export async function draftOrder(
  context: Context,
  input: {
    readonly id: string;
    readonly contactId: string;
    readonly conditions?: readonly PersonCondition[];
    readonly author: Author;
    readonly foundAt: string;
  },
): Promise<string | null> {
  const { trx, now } = context;
  const contact = await findContactByIdOrThrow(trx, input.contactId);
  if (contact.state !== 'accepted' || contact.class === null) throw notAccepted();
  const existing = await orders.findOrder(trx, now, { contactId: contact.id });
  if (existing) {
    await reviseOrder(context, existing, { contact, author: input.author });
    return existing.id;
  }
  const pack = await packOf(context, contact);
  const conditions = await conditionsOf(context, contact.personId, input.conditions ?? []);
  let schedule: QuarantineSchedule;
  try {
    schedule = scheduleFor(pack, contact, conditions, now);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    // This edition no longer determines the class: nobody may be held under it.
    return null;
  }
  if (await isCovered(context, contact, schedule)) return null;
  const order = {
    id: input.id,
    contactId: contact.id,
    personId: contact.personId,
    caseId: contact.caseId,
    incidentId: contact.incidentId,
    division: contact.division,
    packId: pack.id,
    class: contact.class,
    schedule,
    conditions,
    draftedAt: now,
    foundAt: input.foundAt,
  };
  if (!(await orders.insertOrder(trx, order))) return null;
  await draftPhases(context, { ...order, revision: 1 }, contact, input.author);
  return order.id;
}

const notAccepted = () =>
  refuse(
    {
      zh: '该接触者尚未判定：没有流行病学依据，不能拟定隔离',
      en: 'this contact has not been accepted: without that evidence nobody is isolated',
    },
    { zh: '先完成接触判定。', en: 'Decide on the contact first.' },
  );

/** Another order of the person that holds, asks as much and ends no earlier. */
async function isCovered(
  context: Context,
  contact: ContactRecord,
  schedule: QuarantineSchedule,
): Promise<boolean> {
  const { items } = await orders.listOrders(context.trx, context.now, {
    personId: contact.personId,
    state: ['awaiting', 'in_force', 'suspended'],
  });
  return items.some(
    (order) =>
      order.contactId !== contact.id &&
      !isMilder(order.class, contact.class ?? contact.proposedClass) &&
      (order.schedule.endsAt ?? '') >= (schedule.endsAt ?? ''),
  );
}

/** One measure per phase, each waiting for its second person. What the ledger refuses is kept as the reason why not. */
async function draftPhases(
  context: Context,
  order: Pick<
    IsolationOrder,
    'id' | 'personId' | 'incidentId' | 'division' | 'packId' | 'class' | 'schedule' | 'revision' | 'contactId'
  >,
  contact: ContactRecord,
  author: Author,
): Promise<void> {
  const { trx, now } = context;
  const { schedule } = order;
  const pack = getPackOrThrow(order.packId);
  const ground = await groundOf(context, contact);
  const { title, section } = schedule.source;
  let startsAt = now;
  let refusedBecause = schedule.phases.length === 0 ? '管理期已满，无需管理' : null;
  for (const [ordinal, phase] of schedule.phases.entries()) {
    const measureId = newId(Date.parse(now));
    const endsAt = new Date(phase.endsAt).toISOString();
    try {
      await draftMeasure(context, {
        id: measureId,
        kind: phase.kind,
        level: null,
        subjectType: 'person',
        subjectId: order.personId,
        incidentId: order.incidentId,
        packId: order.packId,
        ground,
        legalBasis: `传染病防治法授权下的医学观察（${pack.title.zh}；${[title, section].filter(Boolean).join(' ')}）`,
        startsAt,
        endsAt,
        emergency: false,
        smallest: null,
        author,
      });
    } catch (error) {
      if (!(error instanceof LeveeError)) throw error;
      refusedBecause = error.messages.zh;
      break;
    }
    await orders.insertPhase(trx, {
      orderId: order.id,
      revision: order.revision,
      ordinal,
      measureId,
      division: order.division,
    });
    startsAt = endsAt;
  }
  if (refusedBecause !== null) await orders.updateOrder(trx, order.id, { undraftedReason: refusedBecause });
  await tell(context, order, refusedBecause === null ? 'isolation.drafted' : 'isolation.undrafted');
}

export async function tell(
  context: Context,
  order: Pick<IsolationOrder, 'id' | 'division' | 'incidentId' | 'contactId' | 'class' | 'revision'>,
  kind: Parameters<typeof emit>[1]['kind'],
  data: Record<string, unknown> = {},
): Promise<void> {
  await emit(context, {
    kind,
    division: order.division,
    subject: { type: 'isolation_order', id: order.id },
    incidentId: order.incidentId,
    data: {
      orderId: order.id,
      contactId: order.contactId,
      class: order.class,
      revision: order.revision,
      ...data,
    },
  });
}

/**
 * Counts the order anew after a change of class, last exposure or conditions. Where nothing changes for the person the
 * measures stay. A milder class frees at once from what it no longer asks; otherwise what holds goes on until the second
 * person has approved what takes its place (`replaceEarlier`).
 */
export async function reviseOrder(
  context: Context,
  order: IsolationOrder,
  by: {
    readonly contact: ContactRecord;
    readonly author: Author;
    readonly conditions?: readonly PersonCondition[];
  },
): Promise<void> {
  const { trx, now } = context;
  const { contact } = by;
  if (contact.state !== 'accepted' || contact.class === null) return;
  // What is over stays over: a new exposure after release is a new decision of a person on a new contact.
  if (order.state === 'released' || order.state === 'ended') return;
  const pack = await packOf(context, contact);
  const conditions = await conditionsOf(context, order.personId, by.conditions ?? order.conditions);
  const to: IsolationClass = contact.class;
  let schedule: QuarantineSchedule;
  try {
    schedule = scheduleFor(pack, contact, conditions, order.admittedAt ?? now);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    await withdrawOrder(context, order, '本版方案不再判定该类人员');
    return;
  }
  const standing = !['withdrawn', 'rejected', 'lapsed', 'undrafted'].includes(order.state);
  if (standing && samePeriod(order.schedule, schedule)) {
    await orders.updateOrder(trx, order.id, { class: to, conditions, packId: pack.id });
    return;
  }
  const revision = order.revision + 1;
  const milder = isMilder(to, order.class);
  const asked = new Set<string>(schedule.phases.map(({ kind }) => kind));
  for (const measure of await measuresOf(context, order.id)) {
    const waits = measure.phase === 'awaiting';
    if (waits || (milder && !asked.has(measure.kind)))
      await endMeasure(context, measure.id, `接触判定变更（${order.class} → ${to}）`);
  }
  await orders.updateOrder(trx, order.id, {
    class: to,
    packId: pack.id,
    schedule,
    conditions,
    revision,
    withdrawn: null,
    undraftedReason: null,
  });
  const changed = { ...order, class: to, packId: pack.id, schedule, revision };
  await tell(context, changed, 'isolation.changed', { from: order.class });
  await draftPhases(context, changed, contact, by.author);
}

async function measuresOf(context: Context, orderId: string) {
  const phases = await orders.phasesOf(context.trx, orderId);
  const found = await findMeasuresByIds(
    context.trx,
    phases.map(({ measureId }) => measureId),
    context.now,
  );
  return [...found.values()];
}

/** A phase was approved: what it takes the place of — earlier revisions, milder orders of the person — ends. */
export async function replaceEarlier(context: Context, measureId: string): Promise<void> {
  const { trx, now } = context;
  const phase = await orders.orderIdOfMeasure(trx, measureId);
  if (!phase) return;
  const order = await orders.lockOrder(trx, now, phase.orderId);
  if (phase.revision !== order.revision) return;
  for (const earlier of await orders.phasesOf(trx, order.id)) {
    if (earlier.revision < order.revision) await endMeasure(context, earlier.measureId, '由变更后的措施接续');
  }
  const { items } = await orders.listOrders(trx, now, {
    personId: order.personId,
    state: ['awaiting', 'in_force'],
  });
  for (const other of items) {
    if (other.id === order.id || isMilder(order.class, other.class)) continue;
    if ((other.schedule.endsAt ?? '') <= (order.schedule.endsAt ?? ''))
      await withdrawOrder(context, other, '由同一人的新隔离管理接续');
  }
}

/** Ends everything of an order through the ledger. */
export async function withdrawOrder(context: Context, order: IsolationOrder, reason: string): Promise<void> {
  if (order.withdrawnAt !== null) return;
  for (const measure of await measuresOf(context, order.id)) await endMeasure(context, measure.id, reason);
  await orders.updateOrder(context.trx, order.id, { withdrawn: { at: context.now, reason } });
  await cancelTasksOf(context, { type: 'isolation_order', id: order.id }, reason);
  await tell(context, order, 'isolation.withdrawn');
}

/** A contact was rejected: its order ends, and other accepted contacts of the person that it covered get theirs. */
export async function withdrawForContact(context: Context, contactId: string): Promise<void> {
  const order = await orders.findOrder(context.trx, context.now, { contactId });
  if (!order) return;
  await withdrawOrder(context, order, '接触判定已排除');
  const { items } = await findContacts(context.trx, { personId: order.personId, state: ['accepted'] }, 0, 50);
  for (const contact of items) {
    if (contact.reviewedBy === null || contact.reviewedBy.id === SYSTEM_ACTOR_ID) continue;
    await draftOrder(context, {
      id: newId(Date.parse(context.now)),
      contactId: contact.id,
      author: contact.reviewedBy,
      foundAt: contact.reviewedAt ?? context.now,
    });
  }
}
