import {
  AWAY_REASONS,
  EXEMPT_REASONS,
  LeveeError,
  type PoolCapacity,
  refuse,
  refuseState,
} from '@levee/contract';
import { FOUND_IN, getPackOrThrow } from '@levee/protocol';
import { type Context, requireScope } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { findPlaceByCode, findPlacesByIds, type Place } from '../../places/index.ts';
import { countCalls } from './areas.repository.ts';
import { callMissed } from './calls.service.ts';
import { expectedEnd, nextStepOf, type Round, rateOf, roundRulesOf } from './round.ts';
import { roundAccounting, waitingOf } from './round-accounting.ts';
import * as rounds from './rounds.repository.ts';
import { sitesWithin } from './sites.repository.ts';

async function areaNameOf(context: Context, division: string) {
  const place = await findPlaceByCode(context.trx, division);
  return { zh: place?.nameZh ?? division, en: place?.nameEn ?? division };
}

async function frameOf(context: Context, incidentId: string, division: string) {
  const frame = await rounds.findIncidentFrame(context.trx, incidentId);
  if (!frame) throw new LeveeError('not_found');
  requireScope(context, division);
  if (!division.startsWith(frame.division)) {
    throw refuse(
      { zh: `${division} 不在该事件范围内`, en: `${division} is outside this incident` },
      { zh: '在事件所辖地区内选择。', en: 'Choose an area of the incident.' },
    );
  }
  return frame;
}

/** What the pack says about screening this area, how many live there, which sites it has, and what comes next. */
export async function planRound(context: Context, asked: { incidentId: string; division: string }) {
  const { trx, now } = context;
  const frame = await frameOf(context, asked.incidentId, asked.division);
  const { screens: _, ...rules } = roundRulesOf(frame.packId);
  return {
    ...asked,
    areaName: await areaNameOf(context, asked.division),
    packTitle: getPackOrThrow(frame.packId).title,
    headcount: {
      value: await rounds.headcountOf(trx, asked.division),
      asOf: now,
      source: { zh: '居民底册', en: 'Register of residents' },
    },
    ...rules,
    next: await nextFor(context, asked.incidentId, asked.division, frame.packId),
    sites: (await sitesWithin(trx, asked.division)).map(siteRef),
    asOf: now,
  };
}

const siteRef = ({ id, nameZh, nameEn, division }: Place) => ({ id, nameZh, nameEn, division });

async function nextFor(context: Context, incidentId: string, division: string, packId: string) {
  const { trx } = context;
  const before = await rounds.roundsOfArea(trx, incidentId, division);
  const ids = before.map(({ id }) => id);
  const [waiting, positives] = [await waitingOf(trx, ids), await rounds.positivesOf(trx, ids)];
  return nextStepOf(
    packId,
    before.map(({ id, startsAt, closedAt }) => ({
      startsAt,
      closedAt,
      waiting: waiting.get(id)!,
      positives: positives.get(id)!,
    })),
  );
}

export interface NewRound {
  readonly id: string;
  readonly incidentId: string;
  readonly division: string;
  readonly poolSize: PoolCapacity;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly siteIds: readonly string[];
}

/** A start in the past would leave out what was sampled since: a minute is allowed for the form. */
const START_SLACK_MS = 60_000;

/** Starts a round as the incident's pack allows it. Residents are counted now, once. */
export async function startRound(context: Context, input: NewRound) {
  const { trx, now, actor } = context;
  const known = await rounds.findRoundById(trx, input.id);
  if (known) return roundById(context, known.id);
  const frame = await frameOf(context, input.incidentId, input.division);
  requireAllowed(context, frame, input);
  const sites = await findPlacesByIds(trx, input.siteIds);
  for (const id of input.siteIds) {
    if (sites.get(id)?.class !== 'test_site') {
      throw refuse(
        {
          zh: `${sites.get(id)?.nameZh ?? id} 不是辖区内的采样点`,
          en: `${sites.get(id)?.nameEn ?? id} is no test site of your area`,
        },
        {
          zh: '只选采样点；缺少的先在地点中新建。',
          en: 'Choose test sites; add what is missing under places first.',
        },
      );
    }
  }
  const before = await rounds.roundsOfArea(trx, input.incidentId, input.division);
  const running = before.find(({ closedAt }) => closedAt === null);
  if (running) {
    throw refuseState(
      { zh: `第${running.number}轮尚未结束`, en: `round ${running.number} is not closed` },
      { zh: '先结束正在进行的一轮。', en: 'Close the running round first.' },
    );
  }
  const round = {
    id: input.id,
    incidentId: input.incidentId,
    division: input.division,
    number: (before.at(-1)?.number ?? 0) + 1,
    packId: frame.packId,
    poolSize: input.poolSize,
    startsAt: input.startsAt,
    endsAt: input.endsAt,
    startedAt: now,
    startedBy: { id: actor.id, name: actor.name },
  };
  await rounds.insertRound(trx, round);
  await rounds.insertSites(trx, round.id, [...sites.values()]);
  await emit(context, {
    kind: 'round.started',
    division: round.division,
    subject: { type: 'screening_round', id: round.id },
    incidentId: round.incidentId,
    data: { number: round.number, poolSize: round.poolSize, startsAt: round.startsAt, endsAt: round.endsAt },
  });
  return roundById(context, round.id);
}

function requireAllowed(
  { now }: Context,
  frame: { packId: string; stoodDownAt: string | null },
  input: NewRound,
): void {
  if (frame.stoodDownAt !== null) {
    throw refuseState(
      { zh: '该事件已终止响应', en: 'this incident is stood down' },
      { zh: '不再启动轮次。', en: 'No further round is started.' },
    );
  }
  const rules = roundRulesOf(frame.packId);
  if (!rules.screens) {
    throw refuse(
      { zh: `预案 ${frame.packId} 不开展区域核酸检测`, en: `pack ${frame.packId} screens no areas` },
      { zh: '改为检测密切接触者和重点人群。', en: 'Test contacts and key populations instead.' },
    );
  }
  const sizes = rules.poolSizes?.sizes ?? [1];
  // A single tube is always stricter than what the pack asks.
  if (input.poolSize !== 1 && !sizes.includes(input.poolSize)) {
    throw refuse(
      {
        zh: `预案不允许 ${input.poolSize}:1 混采`,
        en: `the pack does not allow ${input.poolSize} to a tube here`,
      },
      { zh: `可用：${sizes.join('、')}`, en: `Allowed: ${sizes.join(', ')}` },
    );
  }
  if (Date.parse(input.startsAt) < Date.parse(now) - START_SLACK_MS) {
    throw refuse(
      { zh: '开始时间已过', en: 'the start lies in the past' },
      { zh: '从现在或以后开始。', en: 'Start now or later.' },
    );
  }
  if (Date.parse(input.endsAt) <= Date.parse(input.startsAt)) {
    throw refuse(
      { zh: '结束时间早于开始时间', en: 'the end is not after the start' },
      { zh: '改正起止时间。', en: 'Correct the hours.' },
    );
  }
}

/** Rounds as a list shows them, with the counts of the reader's area. */
export async function viewRounds(context: Context, found: readonly Round[]) {
  const { trx, now } = context;
  const ids = found.map(({ id }) => id);
  const [counts, positives] = [await rounds.countsOf(trx, ids), await rounds.positivesOf(trx, ids)];
  const views = [];
  for (const { holeSince: _, ...round } of found) {
    views.push({
      ...round,
      areaName: await areaNameOf(context, round.division),
      counts: counts.get(round.id)!,
      positives: positives.get(round.id)!.length,
      asOf: now,
    });
  }
  return views;
}

const RATE: { zh: string; en: string } = {
  zh: '最近一小时首次采样人数',
  en: 'People first sampled in the last hour',
};

export async function roundById(context: Context, id: string) {
  const { trx, now } = context;
  const round = await rounds.findRoundByIdOrThrow(trx, id);
  const [view] = await viewRounds(context, [round]);
  const sites = await findPlacesByIds(trx, await rounds.findSiteIds(trx, id));
  const pace = await rounds.paceOf(trx, id);
  const perHour = rateOf(pace, round.startsAt, now);
  const foundIn = (await rounds.positivesOf(trx, [id])).get(id)!;
  return {
    ...view!,
    sites: [...sites.values()].map(siteRef),
    accounting: await roundAccounting(trx, round, now),
    perHour: { value: perHour, asOf: now, source: RATE },
    expectedEnd: round.closedAt === null ? expectedEnd(view!.counts.missed, perHour, now) : null,
    pace,
    positiveFoundIn: FOUND_IN.flatMap((one) => {
      const count = foundIn.filter((each) => each === one).length;
      return count > 0 ? [{ foundIn: one, count }] : [];
    }),
    next: await nextFor(context, round.incidentId, round.division, round.packId),
    calls: await countCalls(trx, id),
  };
}

/** Ends the round. Those missed are still missed: their stewards are asked, and what was sampled in time still counts. */
export async function closeRound(context: Context, id: string) {
  const { trx, now, actor } = context;
  const round = await rounds.lockRoundByIdOrThrow(trx, id);
  requireScope(context, round.division);
  if (round.closedAt !== null) return roundById(context, id);
  await rounds.closeRound(trx, id, { id: actor.id, name: actor.name }, now);
  await callMissed(context, round, round.division);
  const counts = (await rounds.countsOf(trx, [id])).get(id)!;
  await emit(context, {
    kind: 'round.closed',
    division: round.division,
    subject: { type: 'screening_round', id },
    incidentId: round.incidentId,
    data: { number: round.number, ...counts },
  });
  return roundById(context, id);
}

export async function callStewards(context: Context, id: string, within: string | undefined) {
  const round = await rounds.lockRoundByIdOrThrow(context.trx, id);
  const area =
    within ?? (round.division.startsWith(context.actor.scope) ? round.division : context.actor.scope);
  requireScope(context, area);
  return callMissed(context, round, area);
}

/** A reason belongs to its standing. */
export function requireReason(standing: 'exempt' | 'away' | 'missed', reason: string | undefined): void {
  const reasons: readonly string[] =
    standing === 'exempt' ? EXEMPT_REASONS : standing === 'away' ? AWAY_REASONS : [];
  const fits =
    standing === 'missed' ? reason === undefined : reason !== undefined && reasons.includes(reason);
  if (fits) return;
  throw new LeveeError('request.invalid', {
    where: 'body.reason',
    problem: {
      zh: `应为：${reasons.join('、') || '空'}`,
      en: `must be one of: ${reasons.join(', ') || 'none'}`,
    },
  });
}
