/** The queue of texts for administrators: how it stands, what waits for what, and the acts on it. */
import { LeveeError, refuseState, type TextsStatus } from '@levee/contract';
import { nowOf } from '../../../platform/clock.ts';
import type { Context } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { findIncidentById } from '../../incidents/index.ts';
import * as texts from './sms.repository.ts';
import { isQuiet, readQuietHours } from './sms.ts';
import type { TextSender } from './sms-sender.ts';
import * as views from './sms-view.repository.ts';

const senders = new WeakMap<Platform, TextSender>();

/** The sender of this house, so that the screen can say whether it is connected. */
export const rememberSender = (platform: Platform, sender: TextSender): void =>
  void senders.set(platform, sender);

export async function textsStatus(context: Context): Promise<TextsStatus> {
  const { trx, now, platform, actor } = context;
  const { config } = platform;
  const state = senders.get(platform)?.state() ?? { enabled: false, connected: false, problem: null };
  const counts = await views.countByState(trx, actor.scope);
  const budgets = await views.listBudgets(trx);
  const named = await Promise.all(
    budgets.map(async ({ incidentId, allowed, ...budget }) => {
      const incident = incidentId === texts.NO_INCIDENT ? undefined : await findIncidentById(trx, incidentId);
      return {
        ...budget,
        incidentId: incidentId === texts.NO_INCIDENT ? null : incidentId,
        incidentName: incident?.name ?? null,
        allowed: allowed ?? config.LEVEE_SMS_BUDGET,
        isDefault: allowed === null,
      };
    }),
  );
  return {
    asOf: now,
    ...state,
    gateway: config.LEVEE_SMPP_URL === undefined ? null : hostOf(config.LEVEE_SMPP_URL),
    senderAddress: config.LEVEE_SMS_SENDER,
    quietHours: config.LEVEE_SMS_QUIET_HOURS,
    isQuiet: isQuiet(
      nowOf(platform.clock),
      readQuietHours(config.LEVEE_SMS_QUIET_HOURS),
      config.LEVEE_TIME_ZONE,
    ),
    perNumberDay: config.LEVEE_SMS_PER_NUMBER_DAY,
    counts: counts.map(({ state: name, count, oldestAt }) => ({ state: name, count, oldestAt })),
    budgets: named,
  };
}

/** Host and port: the account and its password stay in the settings. */
const hostOf = (url: string): string => new URL(url).host;

/** Sends again what may not have arrived. Who asks knows that it may arrive twice, and says why. */
export async function resendText(context: Context, id: string, reason: string): Promise<void> {
  const { trx, now } = context;
  const parts = await texts.lockParts(trx, id);
  const text = await texts.facts(trx, id);
  if (!text) throw new LeveeError('not_found');
  if (text.state !== 'unsure' && text.state !== 'failed') {
    throw refuseState(
      { zh: '这条短信不在可重发的状态', en: 'this text cannot be sent again as it stands' },
      { zh: '只有未知和失败的可以重发。', en: 'Only unsure and failed ones can.' },
    );
  }
  for (const { part, state } of parts) {
    if (state === 'unsure' || state === 'failed')
      await texts.updatePart(trx, { messageId: id, part }, { state: 'waiting', error: null, at: now });
  }
  await texts.updateText(trx, id, {
    state: 'waiting',
    waitsFor: null,
    nextTryAt: null,
    failure: null,
    settledAt: null,
  });
  await changed(context, id, text.division, 'resend', reason);
}

export async function cancelText(context: Context, id: string, reason: string): Promise<void> {
  const { trx, now } = context;
  await texts.lockParts(trx, id);
  const text = await texts.facts(trx, id);
  if (!text) throw new LeveeError('not_found');
  if (text.state !== 'waiting') {
    throw refuseState(
      { zh: '这条短信已不在等待', en: 'this text is no longer waiting' },
      { zh: '刷新后查看它的状态。', en: 'Look at its state.' },
    );
  }
  await texts.updateText(trx, id, { state: 'cancelled', settledAt: now });
  await changed(context, id, text.division, 'cancel', reason);
}

export async function setTextBudget(
  context: Context,
  input: { readonly incidentId: string | null; readonly allowed: number; readonly reason: string },
): Promise<void> {
  const { trx, now, actor, platform } = context;
  if (input.incidentId !== null && !(await findIncidentById(trx, input.incidentId)))
    throw new LeveeError('not_found');
  const division = platform.config.LEVEE_JURISDICTION;
  const incidentId = input.incidentId ?? texts.NO_INCIDENT;
  const by = { id: actor.id, name: actor.name };
  await views.setBudget(trx, {
    incidentId,
    division,
    allowed: input.allowed,
    by,
    reason: input.reason,
    at: now,
  });
  await views.wakeWaitingForBudget(trx);
  await emit(context, {
    kind: 'interchange.text_budget_set',
    division,
    subject: { type: 'message_budget', id: incidentId },
    incidentId: input.incidentId,
    data: { allowed: input.allowed },
  });
}

const changed = (context: Context, id: string, division: string, act: 'resend' | 'cancel', reason: string) =>
  emit(context, {
    kind: 'interchange.text_changed',
    division,
    subject: { type: 'text', id },
    data: { act, reason },
  });
