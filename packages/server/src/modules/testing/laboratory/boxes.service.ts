/** Boxes carry tubes from a site, or from one laboratory to another; what arrives is compared with what was packed. */
import { type Box as BoxView, LeveeError, refuse, refuseState, roleMay } from '@levee/contract';
import { type Context, requireScope } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { findPlaceByIdOrThrow, findPlacesByIds } from '../../places/index.ts';
import { closeTasksOf, openTask } from '../../tasks/index.ts';
import { isSamplingSite, type Pool, requirePast, sealedAt } from '../pool.ts';
import { findPoolById, findPoolByTube, updatePool } from '../pools.repository.ts';
import { handOver, laboratory, takeIn } from '../pools.service.ts';
import * as boxes from './boxes.repository.ts';

const SEARCH_HOURS = 2;
const TASK_KIND = 'testing.box-difference';

export interface NewBox {
  readonly id: string;
  readonly code: string;
  readonly fromId: string;
  readonly labId: string;
  readonly tubeCodes: readonly string[];
  readonly packedAt: string;
}

/** Packs sealed tubes of a site, or received tubes a laboratory passes on. All of them or none. */
export async function packBox(context: Context, input: NewBox): Promise<BoxView> {
  const { trx, actor } = context;
  requirePast(input.packedAt, context.now);
  const from = await findPlaceByIdOrThrow(trx, input.fromId);
  requireScope(context, from.division);
  const lab = await laboratory(context, input.labId);
  const bySite = isSamplingSite(from.class) && mayAct(context, 'testing.sample');
  const byLab = mayAct(context, 'testing.result');
  if (!bySite && !byLab)
    throw new LeveeError('access.not_permitted', { role: { zh: '本岗位', en: 'yours' } });
  if (from.id === lab.id) {
    throw refuse(
      { zh: '发出方与接收方是同一家', en: 'sender and receiver are the same' },
      { zh: '选择接收的实验室。', en: 'Choose the laboratory that receives it.' },
    );
  }
  const inserted = await boxes.insertBox(trx, {
    ...input,
    division: from.division,
    packedBy: actor.id,
    packedByName: actor.name,
  });
  if (!inserted) {
    if (await boxes.findBox(trx, input.id)) return viewBox(context, input.id);
    throw refuse(
      { zh: `箱码 ${input.code} 已被使用`, en: `box code ${input.code} is used already` },
      { zh: '换用新的箱码。', en: 'Use a new box code.' },
    );
  }
  for (const tubeCode of new Set(input.tubeCodes)) {
    const pool = await findPoolByTube(trx, tubeCode);
    await requirePackable(context, input, pool, tubeCode);
    await boxes.writeTube(trx, {
      boxId: input.id,
      tubeCode,
      poolId: pool!.id,
      division: from.division,
      packed: true,
      arrivedAt: null,
    });
  }
  await tell(context, 'box.packed', input.id, { tubeCount: new Set(input.tubeCodes).size });
  return viewBox(context, input.id);
}

const mayAct = ({ actor }: Context, permission: 'testing.sample' | 'testing.result') =>
  actor.role === 'system' || roleMay(actor.role, permission);

async function requirePackable(context: Context, input: NewBox, pool: Pool | undefined, tubeCode: string) {
  const atSite = pool && pool.siteId === input.fromId && pool.state === 'closed' && sealedAt(pool) !== null;
  const atLab = pool && pool.labId === input.fromId && pool.state === 'received';
  if (!pool || pool.memberCount === 0 || !(atSite || atLab)) {
    throw refuseState(
      {
        zh: `采样管 ${tubeCode} 不是此处已封管待送、或已收待检的管`,
        en: `tube ${tubeCode} is not sealed here, nor received here and untested`,
      },
      { zh: '从箱中取出此管，其余照常装箱。', en: 'Take it out and pack the rest.' },
    );
  }
  const other = await boxes.findOtherBoxOf(context.trx, pool.id, input.id);
  if (other) {
    throw refuseState(
      { zh: `采样管 ${tubeCode} 已装在 ${other} 箱`, en: `tube ${tubeCode} is in box ${other}` },
      { zh: '核对两箱。', en: 'Check both boxes.' },
    );
  }
}

/** The box leaves: every tube in it is in transit. */
export async function sendBox(
  context: Context,
  id: string,
  { sentAt, courier }: { readonly sentAt: string; readonly courier?: string | undefined },
): Promise<BoxView> {
  const { trx } = context;
  const box = await boxes.lockBox(trx, id);
  if (!box) throw new LeveeError('not_found');
  requireScope(context, box.division);
  requirePast(sentAt, context.now);
  if (box.sentAt !== null) return viewBox(context, id);
  const from = await findPlaceByIdOrThrow(trx, box.fromId);
  const tubes = (await boxes.tubesOf(trx, [id])).get(id) ?? [];
  const poolIds = tubes.flatMap(({ poolId }) => (poolId ? [poolId] : [])).sort();
  if (isSamplingSite(from.class) && (await allAtSite(context, poolIds))) {
    await handOver(context, { poolIds, labId: box.labId, sentAt });
  } else await passOn(context, box, poolIds, sentAt);
  await boxes.updateBox(trx, id, { sentAt, ...(courier !== undefined && { courier }) });
  await tell(context, 'box.sent', id, { tubeCount: poolIds.length });
  return viewBox(context, id);
}

async function allAtSite(context: Context, poolIds: readonly string[]): Promise<boolean> {
  for (const id of poolIds) if ((await findPoolById(context.trx, id))?.receivedAt !== null) return false;
  return true;
}

/** From laboratory to laboratory: the tube is on the road again; that it was received before stays in the log. */
async function passOn(
  context: Context,
  box: boxes.Box,
  poolIds: readonly string[],
  sentAt: string,
): Promise<void> {
  for (const poolId of poolIds) {
    const pool = await findPoolById(context.trx, poolId);
    if (pool?.state !== 'received' || pool.labId !== box.fromId) {
      throw refuseState(
        {
          zh: `采样管 ${pool?.tubeCode ?? ''} 已不在待检状态`,
          en: `tube ${pool?.tubeCode ?? ''} no longer waits here`,
        },
        { zh: '重新装箱。', en: 'Pack the box again.' },
      );
    }
    await updatePool(context.trx, poolId, { labId: box.labId, sentAt, receivedAt: null });
    await emit(context, {
      kind: 'pool.sent',
      division: pool.division,
      subject: { type: 'pool', id: poolId },
      data: { siteId: pool.siteId, labId: box.labId, fromLabId: box.fromId, memberCount: pool.memberCount },
    });
  }
}

export interface BoxReceipt {
  readonly code: string;
  readonly labId: string;
  readonly tubeCodes: readonly string[];
  readonly receivedAt: string;
}

/**
 * Each code scanned is received. What was packed and is not there, and what is there and was not packed, is flagged,
 * and somebody at the sender's looks for it. Scanning on later closes the gap.
 */
export async function receiveBox(context: Context, input: BoxReceipt): Promise<BoxView> {
  const { trx } = context;
  const lab = await laboratory(context, input.labId);
  requirePast(input.receivedAt, context.now);
  const box = await boxes.lockBoxByCode(trx, input.code);
  if (!box) throw new LeveeError('not_found');
  if (box.labId !== lab.id) {
    throw refuseState(
      { zh: `样本箱 ${box.code} 不是发给${lab.nameZh}的`, en: `box ${box.code} is not for ${lab.nameEn}` },
      { zh: '核对箱码；送错的，由该实验室装箱转送。', en: 'Check the code; sent astray, have it passed on.' },
    );
  }
  for (const tubeCode of [...new Set(input.tubeCodes)].sort()) {
    const pool = await findPoolByTube(trx, tubeCode);
    const known = pool !== undefined && pool.memberCount > 0;
    if (known) await takeIn(context, { tubeCode, labId: lab.id, receivedAt: input.receivedAt });
    await boxes.writeTube(trx, {
      boxId: box.id,
      tubeCode,
      poolId: known ? pool.id : null,
      division: box.division,
      packed: false,
      arrivedAt: input.receivedAt,
    });
  }
  if (box.receivedAt === null) {
    await boxes.updateBox(trx, box.id, { receivedAt: input.receivedAt, receivedBy: context.actor.id });
    await tell(context, 'box.received', box.id, { tubeCount: input.tubeCodes.length });
  }
  const view = await viewBox(context, box.id);
  await compare(context, box, view);
  return view;
}

async function compare(context: Context, box: boxes.Box, view: BoxView): Promise<void> {
  const source = { type: 'sample_box', id: box.id };
  if (view.missingCount === 0 && view.extraCount === 0) {
    await closeTasksOf(
      context,
      source,
      { text: '装箱单与实收一致 · list and content agree' },
      { kind: TASK_KIND },
    );
    return;
  }
  const { missingCount, extraCount } = view;
  await tell(context, 'box.difference', box.id, { missingCount, extraCount });
  await openTask(context, {
    kind: TASK_KIND,
    key: `${TASK_KIND}:${box.id}`,
    title: {
      zh: `样本箱 ${box.code}：缺 ${missingCount} 管、多 ${extraCount} 管，查明去向`,
      en: `Box ${box.code}: ${missingCount} tubes missing, ${extraCount} not on its list: find them`,
    },
    division: box.division,
    role: 'field_worker',
    dueAt: new Date(Date.parse(context.now) + SEARCH_HOURS * 3_600_000).toISOString(),
    evidenceWanted: {
      zh: '缺管已补收，或宣告丢失并重采',
      en: 'Missing tubes received, or declared lost and their people asked back',
    },
    source,
  });
}

async function tell(
  context: Context,
  kind: 'box.packed' | 'box.sent' | 'box.received' | 'box.difference',
  id: string,
  data: Record<string, unknown>,
): Promise<void> {
  const box = (await boxes.findBox(context.trx, id))!;
  await emit(context, {
    kind,
    division: box.division,
    subject: { type: 'sample_box', id },
    data: { fromId: box.fromId, labId: box.labId, ...data },
  });
}

export async function viewBoxes(context: Context, found: readonly boxes.Box[]): Promise<BoxView[]> {
  const places = await findPlacesByIds(
    context.trx,
    found.flatMap(({ fromId, labId }) => [fromId, labId]),
  );
  const place = (id: string) => {
    const one = places.get(id);
    return one ? { id: one.id, nameZh: one.nameZh, nameEn: one.nameEn } : null;
  };
  const tubes = await boxes.tubesOf(
    context.trx,
    found.map(({ id }) => id),
  );
  return found.map((box) => {
    const own = (tubes.get(box.id) ?? []).map(({ packed, ...tube }) => ({
      tubeCode: tube.tubeCode,
      poolId: tube.poolId,
      memberCount: tube.memberCount,
      arrivedAt: tube.arrivedAt,
      state: tubeState(packed, tube.arrivedAt, box.receivedAt),
    }));
    return {
      id: box.id,
      code: box.code,
      from: place(box.fromId),
      lab: place(box.labId),
      division: box.division,
      state: box.receivedAt ? 'received' : box.sentAt ? 'sent' : 'packed',
      packedAt: box.packedAt,
      packedBy: { id: box.packedBy, name: box.packedByName },
      sentAt: box.sentAt,
      courier: box.courier,
      receivedAt: box.receivedAt,
      tubes: own,
      missingCount: own.filter(({ state }) => state === 'missing').length,
      extraCount: own.filter(({ state }) => state === 'extra').length,
    } as const;
  });
}

function tubeState(
  packed: boolean,
  arrivedAt: string | null,
  receivedAt: string | null,
): BoxView['tubes'][number]['state'] {
  if (!packed) return 'extra';
  if (arrivedAt !== null) return 'arrived';
  return receivedAt === null ? 'packed' : 'missing';
}

const viewBox = async (context: Context, id: string): Promise<BoxView> =>
  (await viewBoxes(context, [(await boxes.findBox(context.trx, id))!]))[0]!;
