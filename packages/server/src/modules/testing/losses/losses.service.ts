/** A tube that cannot be found: said by one person with the ground, confirmed by another who looked again. */
import { LeveeError, refuse, refuseState, roleMay, roles, type TubeLoss } from '@levee/contract';
import { type Context, requireScope } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { closeTasksOf, openTask } from '../../tasks/index.ts';
import { requirePast } from '../pool.ts';
import { findPoolById, lockPoolById } from '../pools.repository.ts';
import { declareLost, requireLosable } from '../pools.service.ts';
import * as losses from './losses.repository.ts';

/** Whoever handles tubes, at a site or in a laboratory. */
function requireHandler({ actor }: Context): void {
  const { role } = actor;
  if (role === 'system' || roleMay(role, 'testing.sample') || roleMay(role, 'testing.result')) return;
  throw new LeveeError('access.not_permitted', { role: roles[role].title });
}

const TASK_KIND = 'testing.loss';
const SECOND_LOOK_HOURS = 2;

export async function proposeLoss(
  context: Context,
  poolId: string,
  input: { readonly id: string; readonly reason: string; readonly lostAt: string },
): Promise<TubeLoss> {
  requireHandler(context);
  const { trx, actor, now } = context;
  const pool = await lockPoolById(trx, poolId);
  if (!pool) throw new LeveeError('not_found');
  requireScope(context, pool.division);
  requirePast(input.lostAt, now);
  const known = await losses.findLoss(trx, input.id);
  if (known) return view(known);
  requireLosable(pool);
  const loss = {
    ...{ id: input.id, poolId, division: pool.division, reason: input.reason, lostAt: input.lostAt },
    ...{ proposedAt: now, proposedBy: actor.id, proposedByName: actor.name },
  };
  if (!(await losses.insertLoss(trx, loss))) {
    throw refuseState(
      {
        zh: `采样管 ${pool.tubeCode} 已申报丢失，待复核`,
        en: `tube ${pool.tubeCode} waits for the second look already`,
      },
      { zh: '由另一人再找一遍后复核。', en: 'Somebody else looks again and decides.' },
    );
  }
  await emit(context, {
    kind: 'pool.loss_proposed',
    division: pool.division,
    subject: { type: 'pool', id: poolId },
    data: { lossId: input.id, memberCount: pool.memberCount },
  });
  await openTask(context, {
    kind: TASK_KIND,
    key: `${TASK_KIND}:${input.id}`,
    title: {
      zh: `再找一遍采样管 ${pool.tubeCode}（${pool.memberCount} 人），复核是否丢失`,
      en: `Look again for tube ${pool.tubeCode} (${pool.memberCount} people) and decide whether it is lost`,
    },
    division: pool.division,
    role: 'field_worker',
    dueAt: new Date(Date.parse(now) + SECOND_LOOK_HOURS * 3_600_000).toISOString(),
    evidenceWanted: { zh: '找到并继续送检，或确认丢失', en: 'Found and sent on, or confirmed lost' },
    source: { type: 'tube_loss', id: input.id },
  });
  return view((await losses.findLoss(trx, input.id))!);
}

/** Decided twice the same way is decided once. */
export async function decideLoss(
  context: Context,
  id: string,
  input: { readonly decision: 'confirmed' | 'refused'; readonly note?: string | undefined },
): Promise<TubeLoss> {
  requireHandler(context);
  const { trx, actor, now } = context;
  const loss = await losses.lockLoss(trx, id);
  if (!loss) throw new LeveeError('not_found');
  requireScope(context, loss.division);
  if (loss.decision === input.decision) return view(loss);
  if (loss.decision !== null) {
    throw refuseState(
      { zh: '这条丢失申报已有结论', en: 'this loss is decided' },
      { zh: '刷新页面查看。', en: 'Load the page again.' },
    );
  }
  if (loss.proposedBy === actor.id) {
    throw refuse(
      { zh: '丢失须由另一人再找一遍后确认', en: 'somebody else has to look again and confirm' },
      { zh: '请同事复核。', en: 'Ask a colleague.' },
    );
  }
  const by = { id: actor.id, name: actor.name };
  await losses.decideLoss(trx, id, { decision: input.decision, note: input.note ?? null, at: now, by });
  if (input.decision === 'confirmed') {
    await declareLost(context, loss.poolId, { reason: loss.reason, lostAt: loss.lostAt });
  } else {
    await emit(context, {
      kind: 'pool.loss_refused',
      division: loss.division,
      subject: { type: 'pool', id: loss.poolId },
      data: { lossId: id },
    });
  }
  const text = input.decision === 'confirmed' ? '确认丢失 · confirmed lost' : '已找到 · found';
  await closeTasksOf(context, { type: 'tube_loss', id }, { text }, { kind: TASK_KIND });
  return view((await losses.findLoss(trx, id))!);
}

export async function lossesOfTube(context: Context, poolId: string): Promise<TubeLoss[]> {
  if (!(await findPoolById(context.trx, poolId))) throw new LeveeError('not_found');
  return (await losses.lossesOf(context.trx, poolId)).map(view);
}

const view = (loss: losses.Loss): TubeLoss => ({
  id: loss.id,
  poolId: loss.poolId,
  reason: loss.reason,
  lostAt: loss.lostAt,
  proposedAt: loss.proposedAt,
  proposedBy: { id: loss.proposedBy, name: loss.proposedByName },
  decision: loss.decision,
  decidedAt: loss.decidedAt,
  decidedBy: loss.decidedBy === null ? null : { id: loss.decidedBy, name: loss.decidedByName ?? '' },
  note: loss.note,
});
