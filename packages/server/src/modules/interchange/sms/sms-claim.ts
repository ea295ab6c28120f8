/** Which texts go now: not twice, not to a number too often, not beyond the budget, none that says what it must not. */
import type { Context } from '../../../platform/context.ts';
import { currentIncidents } from '../../incidents/index.ts';
import * as texts from './sms.repository.ts';
import { forbiddenIn, isMobile, plainNumber, segmentsOf, VALID_HOURS } from './sms.ts';
import { failed, NUMBER_FIELD } from './sms-outcomes.ts';

const PHONE_FIELD = 'person.phone';
const BODY_FIELD = 'message.body';
/** How long one that is over the budget waits before it asks again. */
const BUDGET_PAUSE_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

export interface Claimed {
  readonly id: string;
  readonly number: string;
  readonly body: string;
  /** Those still to be sent, from 1. */
  readonly parts: readonly number[];
}

const hoursAgo = (now: string, hours: number) => new Date(Date.parse(now) - hours * 3_600_000).toISOString();

export async function claimTexts(context: Context): Promise<Claimed[]> {
  const { trx, now, platform } = context;
  await texts.holdClaiming(trx);
  const due = await texts.dueTexts(trx, now, platform.config.LEVEE_SMS_PER_SECOND);
  if (due.length === 0) return [];
  const incidents = await currentIncidents(trx);
  const claimed: Claimed[] = [];
  for (const text of due) {
    const incident = incidents.find(({ division }) => text.division.startsWith(division));
    const one = await claim(context, text, incident?.id ?? null);
    if (one) claimed.push(one);
  }
  return claimed;
}

async function claim(
  context: Context,
  text: texts.Waiting,
  incidentId: string | null,
): Promise<Claimed | null> {
  const { trx, now, platform } = context;
  const { config, cipher } = platform;
  if (text.composedAt < hoursAgo(now, VALID_HOURS)) {
    await texts.updateText(trx, text.id, { state: 'expired', settledAt: now });
    return null;
  }
  const body = cipher.open(BODY_FIELD, text.bodySealed);
  if (forbiddenIn(body) !== null) {
    platform.log.error({ text: text.id }, 'a text that says what it must not is not sent');
    await texts.updateText(trx, text.id, { state: 'failed', failure: 'forbidden_words', settledAt: now });
    return null;
  }
  const number = plainNumber(cipher.open(PHONE_FIELD, text.phoneSealed));
  const numberIndex = cipher.blindIndex(NUMBER_FIELD, number);
  await texts.updateText(trx, text.id, { numberIndex });
  const block = isMobile(number) ? await texts.blockOf(trx, numberIndex) : 'wrong_number';
  if (block !== null) {
    await failed(context, text.id, block === 'wrong_number' ? '001' : block);
    return null;
  }
  const isFirst = text.tries === 0;
  const segments = segmentsOf(body).length;
  if (isFirst) {
    const taken = await texts.takenSince(trx, numberIndex, hoursAgo(now, 24));
    if (taken.length >= config.LEVEE_SMS_PER_NUMBER_DAY) {
      const free = taken.at(-config.LEVEE_SMS_PER_NUMBER_DAY)!;
      const nextTryAt = new Date(Date.parse(free) + DAY_MS + 1).toISOString();
      await texts.updateText(trx, text.id, { waitsFor: 'number_cap', nextTryAt });
      return null;
    }
    const budget = {
      incidentId: incidentId ?? texts.NO_INCIDENT,
      division: config.LEVEE_JURISDICTION,
      segments,
      allowedByDefault: config.LEVEE_SMS_BUDGET,
    };
    if (!(await texts.takeFromBudget(trx, budget))) {
      const nextTryAt = new Date(Date.parse(now) + BUDGET_PAUSE_MS).toISOString();
      await texts.updateText(trx, text.id, { waitsFor: 'budget', nextTryAt, incidentId });
      return null;
    }
    await texts.insertParts(trx, { id: text.id, division: text.division, count: segments });
  }
  const parts = await texts.lockParts(trx, text.id);
  const open = parts.filter(({ state }) => state === 'waiting').map(({ part }) => part);
  for (const part of open) {
    await texts.updatePart(trx, { messageId: text.id, part }, { state: 'submitting', at: now });
  }
  await texts.updateText(trx, text.id, {
    state: 'submitting',
    waitsFor: null,
    nextTryAt: null,
    tries: text.tries + 1,
    segments,
    claimedAt: now,
    ...(isFirst && { incidentId }),
  });
  return { id: text.id, number, body, parts: open };
}
