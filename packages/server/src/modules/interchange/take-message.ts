/**
 * The one way in for results from outside: the message is claimed by its control id and kept as it came, its findings
 * are applied, what cannot be applied is kept with a duty, the answer is stored; all in one transaction. Whoever
 * answers the peer does so after this has resolved, so that "accepted" means committed.
 */
import { type Bilingual, type LabMessage, type MessageOutcome, newId } from '@levee/contract';
import { sql } from 'kysely';
import { nowOf } from '../../platform/clock.ts';
import { type Context, systemContext } from '../../platform/context.ts';
import { again } from '../../platform/db/again.ts';
import { inScopedTransaction } from '../../platform/db/pool.ts';
import type { Door } from '../../platform/http/implement.ts';
import type { Platform } from '../../platform/platform.ts';
import { listAssays } from '../testing/index.ts';
import { applyFinding, type Verdict } from './apply-finding.ts';
import type { Finding } from './finding.ts';
import * as messages from './messages.repository.ts';
import { keepFindings } from './quarantine.service.ts';
import type { Sender } from './sender.ts';

export interface Envelope {
  readonly protocol: LabMessage['protocol'];
  readonly sender: Sender;
  readonly source: string;
  readonly raw: Buffer;
  /** Of the whole message, where only its head is kept. */
  readonly size?: number;
  readonly charset: string | null;
  readonly controlId: string | null;
  readonly findings: readonly Finding[];
  /** All or nothing. */
  readonly atomic: boolean;
  /** Set where the message was not read, or is refused as it stands: nothing in it is applied. */
  readonly refused?: { readonly outcome: MessageOutcome; readonly problem: Bilingual };
  readonly answer: (taken: Taken) => Answer;
}

export interface Answer {
  readonly text: string;
  readonly status: number;
}

export interface Taken {
  readonly messageId: string;
  readonly at: string;
  readonly outcome: MessageOutcome;
  readonly verdicts: readonly { readonly finding: Finding; readonly verdict: Verdict }[];
  readonly problem: Bilingual | null;
}

const CONTROL_ID_REUSED: Bilingual = {
  zh: '报文编号已用于另一份不同的报文',
  en: 'the control id was used for another message',
};

export const takeMessage = (platform: Platform, door: Door, envelope: Envelope): Promise<Answer> =>
  again(() => takeOnce(platform, door, envelope));

function takeOnce(platform: Platform, door: Door, envelope: Envelope): Promise<Answer> {
  const { actor } = envelope.sender;
  return inScopedTransaction(platform.db, actor.scope, async (trx) => {
    const now = nowOf(platform.clock);
    const context: Context = { ...systemContext(platform, trx), actor, now, purpose: 'testing' };
    return take(context, door, envelope);
  });
}

/** In a transaction that is open already (a screen's upload). */
export async function take(context: Context, door: Door | null, envelope: Envelope): Promise<Answer> {
  const { trx, now } = context;
  const { cipher } = context.platform;
  const { sender, raw, controlId } = envelope;
  const text = raw.toString('base64');
  const row: messages.MessageRow = {
    id: newId(Date.parse(now)),
    senderId: sender.id,
    labId: sender.labId,
    division: sender.division,
    protocol: envelope.protocol,
    controlId,
    contentHash: cipher.blindIndex('lab_message.raw', text),
    raw: cipher.seal('lab_message.raw', text),
    bytes: envelope.size ?? raw.length,
    charset: envelope.charset,
    source: envelope.source,
    receivedAt: now,
    outcome: envelope.refused?.outcome ?? 'refused',
    problem: envelope.refused?.problem ?? null,
  };
  if (!(await messages.insertMessage(trx, row))) {
    const first = (await messages.findFirstAnswer(trx, sender.id, controlId!))!;
    if (first.contentHash.equals(row.contentHash) && first.answer !== null) {
      return { text: first.answer, status: first.answerStatus ?? 200 };
    }
    await messages.insertMessage(trx, { ...row, outcome: 'refused', problem: CONTROL_ID_REUSED }, false);
    return finish(context, door, envelope, row.id, {
      outcome: 'refused',
      verdicts: [],
      problem: CONTROL_ID_REUSED,
    });
  }
  if (envelope.refused) {
    return finish(context, door, envelope, row.id, { ...envelope.refused, verdicts: [] });
  }
  const verdicts = await applyAll(context, envelope);
  await keepFindings(context, sender, row.id, verdicts);
  const keptCount = verdicts.filter(({ verdict }) => verdict.kind === 'kept').length;
  const outcome = keptCount === 0 ? 'applied' : keptCount === verdicts.length ? 'quarantined' : 'partly';
  const first = verdicts.find(({ verdict }) => verdict.kind === 'kept')?.verdict;
  const problem = first?.kind === 'kept' ? first.problem : null;
  return finish(context, door, envelope, row.id, { outcome, verdicts, problem });
}

export async function applyAll(
  context: Context,
  { findings, sender, atomic }: Pick<Envelope, 'findings' | 'sender' | 'atomic'>,
) {
  const assays = await listAssays(context.trx);
  const verdicts: { finding: Finding; verdict: Verdict }[] = [];
  if (atomic) await sql`savepoint whole`.execute(context.trx);
  for (const finding of findings) {
    verdicts.push({ finding, verdict: await applyFinding(context, assays, sender.labId, finding) });
  }
  if (!atomic || verdicts.every(({ verdict }) => verdict.kind !== 'kept')) return verdicts;
  await sql`rollback to savepoint whole`.execute(context.trx);
  return verdicts.map(({ finding, verdict }) => ({
    finding,
    verdict: verdict.kind === 'kept' ? verdict : { ...TOGETHER, read: verdict.read },
  }));
}

const TOGETHER = {
  kind: 'kept',
  code: 'together',
  problem: {
    zh: '同一事务中另有结果不能入库',
    en: 'another result of the same transaction could not be applied',
  },
  nextStep: {
    zh: '改正后整个事务重发；不再重发的，在此逐条重试。',
    en: 'Correct it and send the whole transaction again; or try each again here.',
  },
} as const;

async function finish(
  context: Context,
  door: Door | null,
  envelope: Envelope,
  messageId: string,
  { outcome, verdicts, problem }: Pick<Taken, 'outcome' | 'verdicts' | 'problem'>,
): Promise<Answer> {
  const answer = envelope.answer({ messageId, at: context.now, outcome, verdicts, problem });
  await messages.updateMessage(context.trx, messageId, {
    outcome,
    answer: answer.text,
    answerStatus: answer.status,
    problem,
    resultCount: verdicts.length,
    appliedCount: verdicts.filter(({ verdict }) => verdict.kind !== 'kept').length,
  });
  await door?.record(context, {
    route: `interchange.${envelope.protocol}`,
    purpose: 'testing',
    commandId: null,
    outcome,
    opened: [{ type: 'lab_message', ids: [messageId] }],
  });
  return answer;
}
