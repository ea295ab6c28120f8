/** Daily health follow-up, and samples of goods and surroundings. */
import type { FollowUpSymptom, SITE_SAMPLE_KINDS } from '@levee/contract';
import { refuse } from '@levee/contract';
import { dayOf, getPackOrThrow } from '@levee/protocol';
import { type Context, requireScope } from '../../platform/context.ts';
import { openTask } from '../tasks/index.ts';
import { tell } from './drafting.service.ts';
import * as followUps from './follow-ups.repository.ts';
import * as orders from './orders.repository.ts';
import { isSymptomatic, orderDetail } from './reading.ts';

/** Somebody with symptoms is looked at and sampled. Ours: the packs set no time for it. */
const LOOK_AT_WITHIN_HOURS = 2;

function momentOf(context: Context, at: string | undefined): string {
  const moment = at === undefined ? context.now : new Date(at).toISOString();
  if (Date.parse(moment) <= Date.parse(context.now)) return moment;
  throw refuse(
    { zh: '时间晚于现在', en: 'that time has not come yet' },
    { zh: '填写实际发生的时间。', en: 'Give the time it happened.' },
  );
}

export async function enterFollowUp(
  context: Context,
  input: {
    orderId: string;
    id: string;
    at?: string | undefined;
    temperature: number | null;
    symptoms: readonly FollowUpSymptom[];
    note?: string | undefined;
  },
) {
  const { trx, now, actor } = context;
  const order = await orders.lockOrder(trx, now, input.orderId);
  requireScope(context, order.division);
  const at = momentOf(context, input.at);
  const entry = {
    id: input.id,
    orderId: order.id,
    division: order.division,
    day: dayOf(at, getPackOrThrow(order.packId).tz),
    at,
    temperature: input.temperature,
    symptoms: [...new Set(input.symptoms)],
    note: input.note ?? null,
    actor,
  };
  if (!(await followUps.insertFollowUp(trx, entry))) return orderDetail(context, order.id);
  // What was measured stays in its table: an event is shown to everyone in scope.
  await tell(context, order, 'isolation.followed_up', { day: entry.day });
  if (isSymptomatic(entry)) {
    await tell(context, order, 'isolation.symptoms_reported', { day: entry.day });
    await openTask(context, {
      kind: 'isolation.symptomatic',
      title: { zh: '隔离人员出现症状：评估并采样', en: 'Symptoms in isolation: assess and sample' },
      division: order.division,
      role: 'hospital',
      dueAt: new Date(Date.parse(now) + LOOK_AT_WITHIN_HOURS * 3_600_000).toISOString(),
      evidenceWanted: { zh: '采样管编号或评估结论', en: 'Tube code, or what was found' },
      source: { type: 'isolation_order', id: order.id },
      incidentId: order.incidentId,
      key: `isolation-symptomatic-${order.id}-${entry.day}`,
    });
  }
  return orderDetail(context, order.id);
}

export async function enterSiteSample(
  context: Context,
  input: {
    orderId: string;
    id: string;
    kind: (typeof SITE_SAMPLE_KINDS)[number];
    sampledAt: string;
    result: 'negative' | 'positive';
  },
) {
  const { trx, now, actor } = context;
  const order = await orders.lockOrder(trx, now, input.orderId);
  requireScope(context, order.division);
  const sampledAt = momentOf(context, input.sampledAt);
  const sample = {
    id: input.id,
    orderId: order.id,
    division: order.division,
    kind: input.kind,
    sampledAt,
    result: input.result,
    reportedAt: now,
    actor,
  };
  if (await followUps.insertSiteSample(trx, sample))
    await tell(context, order, 'isolation.site_sampled', { kind: input.kind, result: input.result });
  return orderDetail(context, order.id);
}
