/** Sends what waits in the outbox, through one session that is opened again whenever it breaks. */

import { nowOf } from '../../../platform/clock.ts';
import { systemContext } from '../../../platform/context.ts';
import { inScopedTransaction } from '../../../platform/db/pool.ts';
import type { Platform } from '../../../platform/platform.ts';
import { openSession, type SmppSession } from './smpp-session.ts';
import { isQuiet, joinHeader, readQuietHours, segmentsOf } from './sms.ts';
import { type Claimed, claimTexts } from './sms-claim.ts';
import { giveBack, giveUpLeftBehind, takeAnswer, takeHeard } from './sms-outcomes.ts';

const EVERY_MS = 1_000;
/** Longer than an answer may take: what was taken before is nobody's any more. */
const LEFT_BEHIND_MS = 120_000;
const RECONNECT_MS = [1_000, 5_000, 30_000, 60_000];

export interface TextSender {
  start(): void;
  stop(): Promise<void>;
  /** One round now: takes what is due and waits for the answers. Resolves with how many texts were taken. */
  round(): Promise<number>;
  state(): { readonly enabled: boolean; readonly connected: boolean; readonly problem: string | null };
}

const OFF: TextSender = {
  start: () => {},
  stop: async () => {},
  round: async () => 0,
  state: () => ({ enabled: false, connected: false, problem: null }),
};

/** @param answerMs how long a gateway may take to answer; then nobody knows */
export function createTextSender(platform: Platform, answerMs?: number): TextSender {
  const { config, log } = platform;
  if (config.LEVEE_SMPP_URL === undefined) return OFF;
  const gateway = { url: config.LEVEE_SMPP_URL, senderAddress: config.LEVEE_SMS_SENDER };
  const quiet = readQuietHours(config.LEVEE_SMS_QUIET_HOURS);
  let session: SmppSession | null = null;
  let problem: string | null = null;
  let failures = 0;
  let notBefore = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> | null = null;
  let stopped = false;

  async function connected(): Promise<SmppSession | null> {
    if (session?.isBound()) return session;
    if (Date.now() < notBefore) return null;
    try {
      session = await openSession(gateway, (heard) => takeHeard(platform, heard), answerMs);
      problem = null;
      failures = 0;
    } catch (error) {
      session = null;
      problem = (error as Error).message;
      notBefore = Date.now() + RECONNECT_MS[Math.min(failures, RECONNECT_MS.length - 1)]!;
      failures += 1;
      log.warn({ problem }, 'SMPP gateway');
    }
    return session;
  }

  async function send(one: Claimed, line: SmppSession, reference: number): Promise<void> {
    const segments = segmentsOf(one.body);
    for (const [index, text] of segments.entries()) {
      const at = { messageId: one.id, part: index + 1 };
      if (!one.parts.includes(at.part)) continue;
      const header = segments.length > 1 ? joinHeader(reference, segments.length, at.part) : null;
      const late = (answer: Parameters<typeof takeAnswer>[2]) =>
        void takeAnswer(platform, at, answer).catch((err) =>
          log.error({ err }, 'a late SMPP answer was lost'),
        );
      const answer = await line.submit({ to: one.number, text, joinHeader: header }, late);
      if (await takeAnswer(platform, at, answer)) continue;
      // The rest of it did not go out, and does not before this part has.
      return giveBack(platform, at);
    }
  }

  async function runRound(): Promise<number> {
    const now = nowOf(platform.clock);
    await giveUpLeftBehind(platform, new Date(Date.parse(now) - LEFT_BEHIND_MS).toISOString());
    if (isQuiet(now, quiet, config.LEVEE_TIME_ZONE)) return 0;
    const line = await connected();
    if (!line) return 0;
    const claimed = await inScopedTransaction(platform.db, config.LEVEE_JURISDICTION, (trx) =>
      claimTexts(systemContext(platform, trx)),
    );
    await Promise.all(claimed.map((one, index) => send(one, line, Date.parse(now) / 1000 + index)));
    return claimed.length;
  }

  const round = () => {
    running ??= runRound().finally(() => {
      running = null;
    });
    return running;
  };

  async function loop(): Promise<void> {
    try {
      // A full round is followed by the next at the pace that was bought.
      await round();
    } catch (err) {
      log.error({ err }, 'texts could not be sent; tried again');
    }
    if (!stopped) timer = setTimeout(() => void loop(), EVERY_MS);
  }

  return {
    start() {
      timer = setTimeout(() => void loop(), EVERY_MS);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running?.catch(() => {});
      await session?.close();
    },
    round,
    state: () => ({ enabled: true, connected: session?.isBound() ?? false, problem }),
  };
}
