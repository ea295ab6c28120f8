/** What became of a segment, by the gateway's answer or its later report; and what follows for the text. */
import { type Context, systemContext } from '../../../platform/context.ts';
import { inScopedTransaction } from '../../../platform/db/pool.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { openTask } from '../../tasks/index.ts';
import type { Heard, Submitted } from './smpp-session.ts';
import * as texts from './sms.repository.ts';
import {
  isStop,
  isUnknownSubscriber,
  nextTry,
  type PartState,
  partAfter,
  plainNumber,
  readReceipt,
  stateOf,
} from './sms.ts';

/** ESME_RSYSERR, ESME_RMSGQFUL, ESME_RTHROTTLED: the same again later is right. */
const LATER = new Set([0x08, 0x14, 0x58]);
/** ESME_RINVDSTADR. */
const NO_SUCH_NUMBER = 0x0b;
const REACH_WITHIN_HOURS = 24;
export const NUMBER_FIELD = 'message.number';

type At = Pick<texts.Part, 'messageId' | 'part'>;

const inTransaction = <T>(platform: Platform, work: (context: Context) => Promise<T>): Promise<T> =>
  inScopedTransaction(platform.db, platform.config.LEVEE_JURISDICTION, (trx) =>
    work(systemContext(platform, trx)),
  );

/** @returns whether the rest of the text may be tried now */
export const takeAnswer = (platform: Platform, at: At, answer: Submitted): Promise<boolean> =>
  inTransaction(platform, async (context) => {
    const { trx, now } = context;
    const parts = await texts.lockParts(trx, at.messageId);
    const before = parts.find(({ part }) => part === at.part)?.state;
    // A report may have settled it before its answer came.
    if (before === undefined || before === 'delivered' || before === 'accepted') return false;
    if (answer.kind === 'accepted') {
      const early = await texts.receiptOf(trx, answer.providerId);
      const state = (early && partAfter(early)) ?? 'accepted';
      await texts.updatePart(trx, at, {
        state,
        providerId: answer.providerId,
        error: early?.error ?? null,
        at: now,
      });
      if (state === 'failed') await failed(context, at.messageId, early!.error);
      else await settle(context, at.messageId);
      return state !== 'failed';
    }
    if (answer.kind === 'silent') {
      await texts.updatePart(trx, at, { state: 'unsure', at: now });
      await settle(context, at.messageId);
      return false;
    }
    if (answer.kind === 'unsent' || LATER.has(answer.status)) {
      await texts.updatePart(trx, at, { state: 'waiting', at: now });
      await later(context, at.messageId, answer.kind === 'unsent' ? null : answer.status);
      return false;
    }
    const error = `0x${answer.status.toString(16).padStart(2, '0')}`;
    await texts.updatePart(trx, at, { state: 'failed', error, at: now });
    await failed(context, at.messageId, answer.status === NO_SUCH_NUMBER ? '001' : error);
    return false;
  });

/** The segments behind one that did not go out are not on their way either. */
export const giveBack = (platform: Platform, { messageId, part }: At): Promise<void> =>
  inTransaction(platform, async ({ trx, now }) => {
    for (const other of await texts.lockParts(trx, messageId)) {
      if (other.part > part && other.state === 'submitting')
        await texts.updatePart(trx, other, { state: 'waiting', at: now });
    }
  });

/** A report of a segment, or a word of the person. Twice is once; before its answer or days after is kept all the same. */
export const takeHeard = (platform: Platform, heard: Heard): Promise<void> =>
  inTransaction(platform, async (context) => {
    const { trx, now } = context;
    const division = platform.config.LEVEE_JURISDICTION;
    if (!heard.isReceipt) {
      if (!isStop(heard.text)) return;
      const index = platform.cipher.blindIndex(NUMBER_FIELD, plainNumber(heard.from));
      await texts.blockNumber(trx, { index, division, reason: 'opted_out', at: now });
      return;
    }
    const receipt = readReceipt(heard.text, { id: heard.receiptId, state: heard.receiptState });
    if (!receipt) return;
    await texts.putReceipt(trx, receipt, division, now);
    const at = await texts.partOf(trx, receipt.providerId);
    const state = partAfter(receipt);
    if (!at || !state) return;
    const parts = await texts.lockParts(trx, at.messageId);
    const before = parts.find(({ part }) => part === at.part)!.state;
    if (before === 'delivered' || before === 'failed') return;
    await texts.updatePart(trx, at, { state, error: receipt.error, at: now });
    if (state === 'failed') await failed(context, at.messageId, receipt.error ?? receipt.stat);
    else await settle(context, at.messageId);
  });

/** Segments a stopped server left in the air: nobody knows, so they are not sent again by themselves. */
export const giveUpLeftBehind = (platform: Platform, before: string): Promise<void> =>
  inTransaction(platform, async (context) => {
    for (const id of await texts.leftBehind(context.trx, before)) {
      for (const { part, state } of await texts.lockParts(context.trx, id)) {
        if (state === 'submitting')
          await texts.updatePart(context.trx, { messageId: id, part }, { state: 'unsure', at: context.now });
      }
      await settle(context, id);
    }
  });

async function settle({ trx, now }: Context, id: string): Promise<void> {
  const parts = await texts.lockParts(trx, id);
  const state = stateOf(parts.map((part): PartState => part.state));
  await texts.updateText(trx, id, {
    state,
    waitsFor: null,
    ...(state === 'submitted' && { sentAt: now }),
    ...(state === 'delivered' && { sentAt: now, settledAt: now }),
  });
}

async function later({ trx, now }: Context, id: string, status: number | null): Promise<void> {
  const text = (await texts.facts(trx, id))!;
  const nextTryAt = nextTry(now, text.tries);
  await texts.updateText(
    trx,
    id,
    nextTryAt === null
      ? { state: 'failed', failure: 'gateway', settledAt: now }
      : {
          state: 'waiting',
          waitsFor: 'gateway',
          nextTryAt,
          failure: status === null ? null : `0x${status.toString(16).padStart(2, '0')}`,
        },
  );
}

/** Somebody is owed a result and no text reaches them: a person has to. A number nobody has gets nothing more. */
export async function failed(context: Context, id: string, error: string | null): Promise<void> {
  const { trx, now } = context;
  const text = (await texts.facts(trx, id))!;
  const isWrong = isUnknownSubscriber(error);
  const failure = isWrong ? 'wrong_number' : (error ?? 'failed');
  await texts.updateText(trx, id, { state: 'failed', failure, settledAt: now, waitsFor: null });
  if (isWrong && text.numberIndex)
    await texts.blockNumber(trx, {
      index: text.numberIndex,
      division: text.division,
      reason: 'wrong_number',
      at: now,
    });
  await emit(context, {
    kind: 'interchange.text_failed',
    division: text.division,
    subject: { type: 'text', id },
    data: { failure },
  });
  await openTask(context, {
    kind: 'interchange.reach_person',
    title: {
      zh: '短信送不到，请当面或电话告知检测结果',
      en: 'A text does not arrive: tell the result in another way',
    },
    division: text.division,
    role: 'field_worker',
    dueAt: new Date(Date.parse(now) + REACH_WITHIN_HOURS * 3_600_000).toISOString(),
    evidenceWanted: { zh: '已告知，或已更正手机号', en: 'Told, or the number corrected' },
    source: { type: 'person', id: text.personId },
    key: `reach-${text.personId}`,
  });
}
