/** What the module answers with: orders with loop, schedule, tests and release check at the time of the answer. */
import type {
  ActorRef,
  Bilingual,
  IsolationOrderDetail,
  LoopStep,
  IsolationOrder as OrderAnswer,
  Role,
} from '@levee/contract';
import { FEVER_FROM, LeveeError } from '@levee/contract';
import {
  addDays,
  dayOf,
  getPackOrThrow,
  type ReleaseAnswer,
  releaseCheck,
  startOfDay,
  words,
} from '@levee/protocol';
import type { Context } from '../../platform/context.ts';
import { approvalBlocks, findMeasuresByIds, type Measure } from '../measures/index.ts';
import { chainFor } from '../organisations/index.ts';
import { personSummaries } from '../people/index.ts';
import { findPlacesByIds } from '../places/index.ts';
import { findContactByIdOrThrow } from '../tracing/index.ts';
import { testsOfPeople } from './facts.ts';
import { type FollowUp, followUpsOf, siteSamplesOf } from './follow-ups.repository.ts';
import { dayIn, type IsolationOrder, kindOf, type PersonTest, testState } from './isolation.ts';
import * as orders from './orders.repository.ts';
import { findRoomsByIds } from './rooms.repository.ts';
import { loopOf, roleOfStep, type Seam, stageOf } from './seams.ts';

/** An order with what the clock and the laboratory say about it now; holds nobody's name. */
export interface Standing {
  readonly order: IsolationOrder;
  readonly tests: readonly PersonTest[];
  readonly loop: readonly Seam[];
  readonly stage: LoopStep;
  readonly testsDueToday: number;
  readonly testsMissed: number;
  readonly followUpDueToday: boolean;
  readonly symptomatic: boolean;
  readonly positive: boolean;
}

export async function standingsOf(context: Context, found: readonly IsolationOrder[]): Promise<Standing[]> {
  const { trx, now, platform } = context;
  const today = dayOf(now, platform.config.LEVEE_TIME_ZONE);
  const tests = await testsOfPeople(
    context,
    found.map(({ personId }) => personId),
  );
  const lately = Map.groupBy(
    await followUpsOf(
      trx,
      found.map(({ id }) => id),
      addDays(today, -1),
    ),
    ({ orderId }) => orderId,
  );
  return found.map((order) =>
    standingOf(order, tests.get(order.personId) ?? [], lately.get(order.id) ?? [], now),
  );
}

function standingOf(
  order: IsolationOrder,
  all: readonly PersonTest[],
  lately: readonly FollowUp[],
  now: string,
): Standing {
  const pack = getPackOrThrow(order.packId);
  const today = dayOf(now, pack.tz);
  const since = new Date(startOfDay(order.schedule.placedOn, pack.tz)).toISOString();
  const tests = all.filter(({ sampledAt }) => sampledAt >= since && sampledAt <= now);
  const loop = loopOf(order, pack, tests, now);
  const held = order.state === 'in_force';
  const managed = held || (order.state === 'released' && today <= (order.schedule.untilDate ?? ''));
  const phase = order.schedule.phases.find(
    ({ fromDate, untilDate }) => fromDate <= today && today <= untilDate,
  );
  const placed =
    order.admittedAt !== null || !loop.some(({ step, applies }) => step === 'admitted' && applies);
  const states = (phase?.tests ?? []).map((test) => ({ test, ...testState(test, tests, today, pack.tz) }));
  const covered = (date: string) => tests.some(({ sampledAt }) => dayOf(sampledAt, pack.tz) >= date);
  const [last] = lately;
  return {
    order,
    tests,
    loop,
    stage: stageOf(loop),
    testsDueToday: managed && placed ? states.filter(({ state }) => state === 'due').length : 0,
    testsMissed:
      managed && placed
        ? states.filter(({ state, test }) => state === 'missed' && !covered(test.date)).length
        : 0,
    followUpDueToday: managed && placed && !lately.some(({ day }) => day === today),
    symptomatic: last !== undefined && isSymptomatic(last),
    positive: tests.some(({ result }) => result === 'positive'),
  };
}

export const isSymptomatic = ({
  temperature,
  symptoms,
}: Pick<FollowUp, 'temperature' | 'symptoms'>): boolean =>
  symptoms.length > 0 || (temperature ?? 0) >= FEVER_FROM;

/** Named owners, looked up once per area and post. */
export function ownersOf(context: Context) {
  const known = new Map<string, Promise<ActorRef | null>>();
  return (division: string, role: Role): Promise<ActorRef | null> => {
    const key = `${division} ${role}`;
    let owner = known.get(key);
    if (!owner) {
      owner = chainFor(context, { division, role }).then((chain) => chain.owner);
      known.set(key, owner);
    }
    return owner;
  };
}

export async function answersOf(context: Context, standings: readonly Standing[]): Promise<OrderAnswer[]> {
  const { trx, now } = context;
  const people = await personSummaries(
    context,
    standings.map(({ order }) => order.personId),
  );
  const rooms = await findRoomsByIds(
    trx,
    standings.flatMap(({ order }) => (order.roomId ? [order.roomId] : [])),
  );
  const places = await findPlacesByIds(
    trx,
    [...rooms.values()].map(({ facilityId }) => facilityId),
  );
  const ownerOf = ownersOf(context);
  const answers: OrderAnswer[] = [];
  for (const { order, tests: _, loop, ...standing } of standings) {
    const person = people.get(order.personId);
    if (!person) continue;
    const room = order.roomId ? rooms.get(order.roomId) : undefined;
    const place = room && places.get(room.facilityId);
    const { schedule } = order;
    const late = [];
    for (const { step, dueAt } of loop.filter((seam) => seam.late)) {
      late.push({ step, dueAt: dueAt!, owner: await ownerOf(order.division, roleOfStep(step, order.state)) });
    }
    answers.push({
      id: order.id,
      contactId: order.contactId,
      caseId: order.caseId,
      incidentId: order.incidentId,
      person,
      division: order.division,
      class: order.class,
      packId: order.packId,
      state: order.state,
      kind: kindOf(order),
      day: dayIn(schedule, dayOf(now, getPackOrThrow(order.packId).tz)),
      fromDate: schedule.phases[0]?.fromDate ?? null,
      untilDate: schedule.untilDate,
      approvedAt: order.approvedAt,
      foundAt: order.foundAt,
      notifiedAt: order.notifiedAt,
      transferredAt: order.transferredAt,
      admittedAt: order.admittedAt,
      releasedAt: order.releasedAt,
      facility: place ? { id: place.id, nameZh: place.nameZh, nameEn: place.nameEn } : null,
      room: room ? { id: room.id, name: room.name } : null,
      placedLate: schedule.placedLate !== null,
      late,
      version: order.version,
      ...standing,
    });
  }
  return answers;
}

interface ListQuery extends orders.OrderFilter {
  readonly stage?: readonly LoopStep[] | undefined;
  readonly late?: boolean | undefined;
  readonly testsDue?: boolean | undefined;
  readonly followUpDue?: boolean | undefined;
}

/**
 * Filters that the clock and the laboratory decide are asked of the orders that run; those are few compared with all
 * there ever were. The others page in the database.
 */
export async function listOrders(context: Context, query: ListQuery, offset: number, limit: number) {
  const { stage, late, testsDue, followUpDue } = query;
  const computed = Boolean(stage?.length) || [late, testsDue, followUpDue].some((each) => each !== undefined);
  if (!computed) {
    const { items, total } = await orders.listOrders(context.trx, context.now, query, offset, limit);
    return { items: await answersOf(context, await standingsOf(context, items)), total };
  }
  const { items } = await orders.listOrders(context.trx, context.now, {
    ...query,
    state: query.state ?? ['awaiting', 'in_force', 'released'],
  });
  const matching = (await standingsOf(context, items)).filter(
    (standing) =>
      (!stage?.length || stage.includes(standing.stage)) &&
      (late === undefined || standing.loop.some((seam) => seam.late) === late) &&
      (testsDue === undefined || standing.testsDueToday + standing.testsMissed > 0 === testsDue) &&
      (followUpDue === undefined || standing.followUpDueToday === followUpDue),
  );
  return {
    items: await answersOf(context, matching.slice(offset, offset + limit)),
    total: matching.length,
  };
}

export async function orderDetail(context: Context, id: string): Promise<IsolationOrderDetail> {
  const { trx, now, actor } = context;
  const order = await orders.findOrder(trx, now, { id });
  if (!order) throw new LeveeError('not_found');
  context.opened('isolation_order', [id]);
  const [standing] = await standingsOf(context, [order]);
  const [shown] = await answersOf(context, [standing!]);
  if (!shown) throw new LeveeError('not_found');
  const pack = getPackOrThrow(order.packId);
  const { schedule } = order;
  const measures = await measuresByPhase(context, order.id);
  const waiting = measures.filter(
    ({ measure, revision }) => revision === order.revision && measure.phase === 'awaiting',
  );
  const blocked = waiting.flatMap(({ measure }) => approvalBlocks(measure, actor, now));
  const ownerOf = ownersOf(context);
  const loop = [];
  for (const seam of standing!.loop) {
    loop.push({
      ...seam,
      by: byOf(order, seam.step),
      channel: seam.step === 'notified' ? order.notifiedChannel : null,
      owner: seam.late ? await ownerOf(order.division, roleOfStep(seam.step, order.state)) : null,
    });
  }
  return {
    ...shown,
    loop,
    rule: schedule.rule,
    source: [schedule.source.title, schedule.source.section].filter(Boolean).join(' '),
    confidence: schedule.confidence,
    anchor: { name: words.ANCHOR_WORDS[schedule.anchor.name], date: schedule.anchor.date },
    phases: schedule.phases.map((phase, ordinal) => ({
      kind: phase.kind,
      kindName: words.PHASE_WORDS[phase.kind],
      fromDate: phase.fromDate,
      untilDate: phase.untilDate,
      mayGoOut: phase.mayGoOut,
      tests: phase.tests.map((test) => ({
        day: test.day,
        date: test.date,
        method: test.method,
        movedFrom: test.movedFrom ?? null,
        ...testState(test, standing!.tests, dayOf(now, pack.tz), pack.tz),
      })),
      measure: measureAnswer(
        measures.find((row) => row.revision === order.revision && row.ordinal === ordinal)?.measure,
      ),
    })),
    earlier: measures
      .filter(({ revision }) => revision < order.revision)
      .map(({ measure }) => ({
        kind: measure.kind as 'home_isolation',
        kindName: words.PHASE_WORDS[measure.kind as 'home_isolation'],
        fromDate: dayOf(measure.startsAt, pack.tz),
        untilDate: dayOf(measure.closedAt ?? measure.endsAt, pack.tz),
        mayGoOut: false,
        tests: [],
        measure: measureAnswer(measure),
      })),
    placedLateText: schedule.placedLate?.text ?? null,
    notes: [...schedule.notes],
    conditions: [...order.conditions],
    withdrawnReason: order.withdrawnReason,
    undraftedReason: order.undraftedReason,
    followUps: (await followUpsOf(trx, [id])).map(({ orderId: _, ...entry }) => entry),
    siteSamples: (await siteSamplesOf(trx, id)).map(({ orderId: _, ...sample }) => sample),
    release: releaseShown(await checkRelease(context, order, standing!.tests)),
    mayApprove: actor.role === 'commander' && waiting.length > 0 && blocked.length === 0,
    approvalBlocked: dedupe(blocked),
  };
}

/** By the pack, on the facts of now: may the person leave the first phase? */
export async function checkRelease(
  context: Context,
  order: IsolationOrder,
  tests: readonly PersonTest[],
): Promise<ReleaseAnswer> {
  const { trx, now } = context;
  const pack = getPackOrThrow(order.packId);
  const contact = await findContactByIdOrThrow(trx, order.contactId);
  const via = contact.viaPersonId;
  const ofVia = via ? ((await testsOfPeople(context, [via])).get(via) ?? []) : [];
  const siteSamples = await siteSamplesOf(trx, order.id);
  return releaseCheck(
    pack,
    { kind: 'contact', schedule: order.schedule },
    {
      tests,
      siteSamples,
      // The first tests of the close contact since they were placed, not those of an ordinary week before.
      closeContactTests: ofVia.filter(
        ({ sampledAt }) => dayOf(sampledAt, pack.tz) >= order.schedule.anchor.date,
      ),
    },
    now,
  );
}

export const releaseShown = (answer: ReleaseAnswer) => ({
  releasable: answer.releasable,
  blocking: answer.blocking.map(({ rule, why, clearsAt }) => ({ rule, why, clearsAt: clearsAt ?? null })),
  missedTests: answer.missedTests,
});

const dedupe = (texts: readonly Bilingual[]): Bilingual[] => [
  ...new Map(texts.map((text) => [text.zh, { zh: text.zh, en: text.en }])).values(),
];

export async function measuresByPhase(context: Context, orderId: string) {
  const phases = await orders.phasesOf(context.trx, orderId);
  const found = await findMeasuresByIds(
    context.trx,
    phases.map(({ measureId }) => measureId),
    context.now,
  );
  return phases.flatMap((phase) => {
    const measure = found.get(phase.measureId);
    return measure ? [{ ...phase, measure }] : [];
  });
}

const measureAnswer = (measure: Measure | undefined) =>
  measure
    ? {
        id: measure.id,
        phase: measure.phase,
        active: measure.active,
        startsAt: measure.startsAt,
        endsAt: measure.endsAt,
        author: measure.author,
        approver: measure.approver,
        approvedAt: measure.approvedAt,
        closeReason: measure.closeReason,
      }
    : null;

function byOf(order: IsolationOrder, step: LoopStep): string | null {
  if (step === 'notified') return order.notifiedBy;
  if (step === 'transferred') return order.transferredBy;
  if (step === 'admitted') return order.admittedBy;
  if (step === 'released') return order.releasedBy;
  return null;
}
