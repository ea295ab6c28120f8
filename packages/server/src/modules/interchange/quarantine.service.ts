/** Results that could not be applied: kept with a duty, tried again by the tube's receipt or by a person, or set aside. */
import { LeveeError, newId, refuseState } from '@levee/contract';
import { sql } from 'kysely';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { findActorsByIds } from '../access/index.ts';
import { closeTasksOf, openTask } from '../tasks/index.ts';
import { listAssays } from '../testing/index.ts';
import { applyFinding, type Verdict } from './apply-finding.ts';
import type { Finding } from './finding.ts';
import * as kept from './quarantine.repository.ts';
import type { Sender } from './sender.ts';

const TASK_KIND = 'interchange.quarantine';
/** The house's own limit: a result that reached nobody is worse than a late one. */
const SETTLE_HOURS = 2;

/** Keeps what could not be applied; a laboratory with anything kept has exactly one open duty for it. */
export async function keepFindings(
  context: Context,
  sender: Sender,
  messageId: string,
  verdicts: readonly { readonly finding: Finding; readonly verdict: Verdict }[],
): Promise<void> {
  const { trx, now } = context;
  const rows = verdicts.flatMap(({ finding, verdict }) =>
    verdict.kind === 'kept'
      ? [
          {
            id: newId(Date.parse(now)),
            messageId,
            senderId: sender.id,
            labId: sender.labId,
            division: sender.division,
            code: verdict.code,
            finding,
            outcome: verdict.read?.outcome ?? null,
            targets: verdict.read?.targets ?? [],
            problem: verdict.problem,
            nextStep: verdict.nextStep,
            at: now,
            actorId: sender.actor.id,
          },
        ]
      : [],
  );
  if (rows.length === 0) return;
  await holdLab(context, sender.labId);
  const before = await kept.countOpen(trx, sender.labId);
  await kept.insertKept(trx, rows);
  for (const row of rows) {
    await emit(context, {
      kind: 'interchange.quarantined',
      division: row.division,
      subject: { type: 'lab_quarantine', id: row.id },
      data: { messageId, labId: row.labId, code: row.code },
    });
  }
  if (before > 0) return;
  await openTask(context, {
    kind: TASK_KIND,
    title: {
      zh: '处理未能入库的检测结果',
      en: 'Settle results that could not be applied',
    },
    division: sender.division,
    role: 'laboratory',
    dueAt: new Date(Date.parse(now) + SETTLE_HOURS * 3_600_000).toISOString(),
    evidenceWanted: {
      zh: '每条结果已补录，或写明理由作废',
      en: 'Each result applied, or set aside with its reason',
    },
    source: { type: 'lab_quarantine', id: sender.labId },
  });
}

/** Opening and closing the one duty of a laboratory happens in turn. */
const holdLab = (context: Context, labId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`lab quarantine ${labId}`}, 0))`.execute(context.trx);

/** A person tries a kept result again, or sets it aside. Dealt with already, it stays as it is. */
export async function settle(
  context: Context,
  id: string,
  { decision, reason }: { readonly decision: 'retry' | 'set_aside'; readonly reason: string },
) {
  const found = await kept.lockKept(context.trx, id);
  if (!found) throw new LeveeError('not_found');
  requireScope(context, found.division);
  if (found.view.state !== 'open') return found.view;
  if (decision === 'retry') {
    const verdict = await tryAgain(context, found);
    if (verdict.kind === 'kept') throw refuseState(verdict.problem, verdict.nextStep);
  }
  await close(context, found, decision === 'retry' ? 'applied' : 'set_aside', reason);
  return (await kept.lockKept(context.trx, id))!.view;
}

/** Everything of a message that is still kept, tried once more; what still cannot be applied stays kept. */
export async function retryKeptOf(context: Context, messageId: string, reason: string) {
  const ids = await kept.findOpenOfMessage(context.trx, messageId);
  let appliedCount = 0;
  for (const id of ids) {
    const found = await kept.lockKept(context.trx, id);
    if (found?.view.state !== 'open') continue;
    const verdict = await tryAgain(context, found);
    if (verdict.kind === 'kept') continue;
    await close(context, found, 'applied', reason);
    appliedCount += 1;
  }
  return { appliedCount, leftCount: ids.length - appliedCount };
}

/** The tubes are in the laboratory now: what waited for that is applied, as the sender it came from. */
export async function retryWaiting(context: Context, tubeCodes: readonly string[]): Promise<void> {
  const waiting = await kept.findWaitingOfTubes(context.trx, tubeCodes);
  if (waiting.length === 0) return;
  const actors = await findActorsByIds(
    context.trx,
    waiting.map(({ actorId }) => actorId),
  );
  for (const { id, actorId } of waiting) {
    const found = await kept.lockKept(context.trx, id);
    if (found?.view.state !== 'open') continue;
    const acting = { ...context, actor: actors.get(actorId) ?? context.actor };
    const verdict = await tryAgain(acting, found);
    if (verdict.kind !== 'kept') await close(acting, found, 'applied', '收样后自动补录 · applied on receipt');
  }
}

type Found = NonNullable<Awaited<ReturnType<typeof kept.lockKept>>>;

async function tryAgain(context: Context, found: Found): Promise<Verdict> {
  return applyFinding(context, await listAssays(context.trx), found.labId, found.finding);
}

async function close(
  context: Context,
  found: Found,
  state: 'applied' | 'set_aside',
  reason: string,
): Promise<void> {
  const { trx, now, actor } = context;
  await holdLab(context, found.labId);
  await kept.settleKept(trx, found.view.id, { state, at: now, by: actor, reason });
  await emit(context, {
    kind: 'interchange.settled',
    division: found.division,
    subject: { type: 'lab_quarantine', id: found.view.id },
    data: { messageId: found.view.messageId, labId: found.labId, state },
  });
  if ((await kept.countOpen(trx, found.labId)) > 0) return;
  const source = { type: 'lab_quarantine', id: found.labId };
  await closeTasksOf(context, source, { text: '全部处理完毕 · all settled' }, { kind: TASK_KIND });
}
