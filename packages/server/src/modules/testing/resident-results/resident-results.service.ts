import { timingSafeEqual } from 'node:crypto';
import { LeveeError, newId, type OwnResult, refuse } from '@levee/contract';
import { nowOf } from '../../../platform/clock.ts';
import { type Context, requireScope, systemContext } from '../../../platform/context.ts';
import { inScopedTransaction } from '../../../platform/db/pool.ts';
import type { Door } from '../../../platform/http/implement.ts';
import type { Platform } from '../../../platform/platform.ts';
import { explain, meaningOf } from '../meaning.ts';
import { findSampleById, findSamplesOfPeople } from '../samples.repository.ts';
import * as results from './resident-results.repository.ts';
import { hashToken, makeToken, readToken, spellToken } from './token.ts';

const BODY_FIELD = 'message.body';
/** The house's own: as many as a tired hand needs, far fewer than the ten thousand of four digits. */
const GUESSES = 5;
const LOCK_HOURS = 24;
const VALID_DAYS = 30;

/** Results are out: each person of the tubes gets a proof and, where a phone is known, a text that waits to be sent. */
export async function tellTubes(context: Context, poolIds: readonly string[]): Promise<void> {
  const { trx, now, platform } = context;
  const told = (await results.toTell(trx, poolIds)).map((one) => ({ ...one, token: makeToken() }));
  await results.insertTokens(
    trx,
    told.map(({ token, ...one }) => ({ ...one, hash: hashToken(token) })),
    now,
  );
  await results.insertMessages(
    trx,
    told.flatMap(({ sampleId: about, personId, division, takenAt, phoneSealed, token }) => {
      if (!phoneSealed) return [];
      const text = smsOf(token, takenAt, platform.config.LEVEE_ORIGIN);
      const bodySealed = platform.cipher.seal(BODY_FIELD, text);
      return [{ id: newId(Date.parse(now)), personId, division, about, phoneSealed, bodySealed }];
    }),
    now,
  );
}

/** Slips of one swab: one was lost, another given. */
const MOST_SLIPS = 3;

/**
 * A slip handed over at the swab, before there is a result: whoever has no phone reads theirs by it, with the second proof.
 * Only the hash of its code came up.
 */
export async function giveSlip(context: Context, sampleId: string, hash: Buffer): Promise<void> {
  const { trx, now } = context;
  const sample = await findSampleById(trx, sampleId);
  if (!sample) throw new LeveeError('not_found');
  requireScope(context, sample.division);
  if ((await results.countSlips(trx, sampleId)) >= MOST_SLIPS) {
    throw refuse(
      { zh: '这份样本已给过三张凭条', en: 'three slips were given for this sample' },
      { zh: '请其凭已有的凭条查询。', en: 'They can use one of those.' },
    );
  }
  const { personId, division } = sample;
  await results.insertTokens(trx, [{ hash, sampleId, personId, division }], now, 'slip');
}

/** Says that a result is there and how to read it; what it is, and of which test, stands only behind both proofs (T65). */
export function smsOf(token: string, takenAt: string, origin: string | undefined): string {
  const day = new Date(Date.parse(takenAt) + 8 * 3_600_000).toISOString().slice(5, 10);
  const where = `${(origin ?? '').replace(/\/$/, '')}/portal/zh/result`;
  return `您${day}采集的样本已有结果。打开${where}，输入查询码${spellToken(token)}和证件号后四位查看。请勿将查询码告诉他人。`;
}

/** One answer for whatever was wrong: unknown code, wrong digits, locked, too old. Nobody learns which (T43). */
export async function ownResult(
  platform: Platform,
  door: Pick<Door, 'record'>,
  given: { token: string; lastDigits: string },
): Promise<OwnResult | null> {
  const hash = hashToken(readToken(given.token));
  return inScopedTransaction(platform.db, platform.config.LEVEE_JURISDICTION, async (trx) => {
    const now = nowOf(platform.clock);
    const held = await results.lockToken(trx, hash);
    const digits = held?.identitySealed
      ? platform.cipher.open('person.identity', held.identitySealed).slice(-4)
      : '';
    const fits = sameText(given.lastDigits.trim().toUpperCase(), digits.toUpperCase());
    if (!held) return null;
    if (held.lockedUntil !== null && held.lockedUntil > now) return null;
    const tooOld = Date.parse(now) - Date.parse(held.madeAt) > VALID_DAYS * 86_400_000;
    if (!fits || tooOld) {
      const failures = held.failures + 1;
      const locks = failures >= GUESSES;
      const lockedUntil = locks ? new Date(Date.parse(now) + LOCK_HOURS * 3_600_000).toISOString() : null;
      await results.putAttempt(trx, hash, { failures: locks ? 0 : failures, lockedUntil, seenAt: null });
      return null;
    }
    await results.putAttempt(trx, hash, { failures: 0, lockedUntil: null, seenAt: now });
    const sample = (await findSamplesOfPeople(trx, [held.personId])).find(({ id }) => id === held.sampleId);
    if (!sample) return null;
    const context: Context = { ...systemContext(platform, trx), purpose: 'subject_access' };
    await door.record(context, {
      route: 'portal.ownResult',
      purpose: 'subject_access',
      commandId: null,
      outcome: 'done',
      opened: [{ type: 'person', ids: [held.personId] }],
    });
    const facts = { ...sample, withdrawn: sample.withdrawnAt !== null };
    return {
      takenAt: sample.takenAt,
      resultedAt: sample.resultedAt,
      capacity: sample.capacity,
      meaning: meaningOf(facts),
      explanation: explain(facts),
    };
  });
}

/** Compares four places and takes the same time whatever is in them; nothing equals nothing. */
function sameText(a: string, b: string): boolean {
  const pad = (text: string) => Buffer.from(text.slice(0, 8).padEnd(8, '\0'));
  return timingSafeEqual(pad(a), pad(b)) && b.length === 4;
}
