import { LeveeError, type PoolCapacity, type PoolContent, refuse, refuseState } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { findPlaceByIdOrThrow, type Place } from '../places/index.ts';
import { isSamplingSite, type Pool, requirePast, sealedAt } from './pool.ts';
import * as pools from './pools.repository.ts';
import { wantAfterLoss, wantAfterRejection } from './reflex.ts';
import * as resamples from './resamples.repository.ts';
import * as results from './results.repository.ts';
import * as samples from './samples.repository.ts';
import { findSpecimenIdOfPool } from './specimens/specimens.repository.ts';
import { viewPool, viewPools, viewResamples, viewResults, viewSamples } from './views.ts';

/** What a tube is known by: enough to make it, whichever command arrives first. */
export interface Tube {
  readonly poolId: string;
  readonly tubeCode: string;
  readonly capacity: PoolCapacity;
  readonly siteId: string;
}

const LAB_CLASSES: readonly (string | null)[] = ['laboratory', 'care'];

/** @throws refusal where nobody samples: a dwelling, a market … */
export async function samplingSite(context: Context, siteId: string): Promise<Place> {
  const site = await findPlaceByIdOrThrow(context.trx, siteId);
  requireScope(context, site.division);
  if (isSamplingSite(site.class)) return site;
  throw refuse(
    { zh: `${site.nameZh}不是采样点`, en: `${site.nameEn} is not a sampling site` },
    {
      zh: '选择采样点、医疗机构、隔离点或卡口。',
      en: 'Choose a sampling site, hospital, isolation site or checkpoint.',
    },
  );
}

export async function laboratory(context: Context, labId: string): Promise<Place> {
  const lab = await findPlaceByIdOrThrow(context.trx, labId);
  if (LAB_CLASSES.includes(lab.class)) return lab;
  throw refuse(
    { zh: `${lab.nameZh}不是实验室`, en: `${lab.nameEn} is not a laboratory` },
    { zh: '选择实验室或医疗机构检验科。', en: 'Choose a laboratory or a hospital’s laboratory.' },
  );
}

/** The tube, made if it is new, held until the transaction ends. A code that another tube carries is refused. */
export async function openTube(
  context: Context,
  tube: Tube,
  division: string,
  at: string,
  content: PoolContent = 'people',
): Promise<Pool> {
  const { poolId: id, tubeCode, capacity, siteId } = tube;
  const isNew = await pools.insertPool(context.trx, {
    id,
    tubeCode,
    content,
    capacity,
    siteId,
    division,
    openedAt: at,
  });
  const pool = await pools.lockPoolById(context.trx, id);
  const same =
    pool?.tubeCode === tubeCode &&
    pool.capacity === capacity &&
    pool.siteId === siteId &&
    pool.content === content;
  if (!pool || !same) {
    throw refuse(
      { zh: `管码 ${tubeCode} 已被使用`, en: `tube code ${tubeCode} is used already` },
      {
        zh: '核对管码；确为重码的，作废此管并换新管。',
        en: 'Check the code; if it is printed twice, discard this tube and take a new one.',
      },
    );
  }
  if (isNew) {
    await tell(context, 'pool.opened', pool, { capacity });
  }
  return pool;
}

const tell = (
  context: Context,
  kind: 'pool.opened' | 'pool.closed' | 'pool.sent' | 'pool.received' | 'pool.rejected' | 'pool.lost',
  pool: Pool,
  data: Record<string, unknown> = {},
) =>
  emit(context, {
    kind,
    division: pool.division,
    subject: { type: 'pool', id: pool.id },
    data: { siteId: pool.siteId, ...data },
  });

/** Seals a tube. Sealing a sealed tube changes nothing. */
export async function closePool(context: Context, input: Tube & { readonly closedAt: string }) {
  const { trx } = context;
  const site = await samplingSite(context, input.siteId);
  requirePast(input.closedAt, context.now);
  const pool = await openTube(context, input, site.division, input.closedAt);
  if (pool.closedAt !== null) return viewPool(context, pool);
  const members = await samples.findMembers(trx, pool.id);
  if (members.some(({ takenAt }) => Date.parse(takenAt) > Date.parse(input.closedAt))) {
    throw refuse(
      { zh: '封管时间早于最后一次采样', en: 'sealed before its last sample was taken' },
      { zh: '核对设备时间后重新封管。', en: 'Check the clock of the device and seal it again.' },
    );
  }
  await pools.updatePool(trx, pool.id, { closedAt: input.closedAt });
  await samples.sealSamples(trx, pool.id);
  await tell(context, 'pool.closed', pool, { memberCount: pool.memberCount });
  return viewPool(context, (await pools.findPoolById(trx, pool.id))!);
}

/** Undoes a sealing before the tube is sent. */
export async function reopenPool(context: Context, poolId: string) {
  const { trx } = context;
  const pool = await lockInScope(context, poolId);
  if (pool.state === 'open') return viewPool(context, pool);
  if (pool.state !== 'closed' || pool.capacity === 1) {
    throw refuseState(
      { zh: `采样管 ${pool.tubeCode} 已送检或为单管`, en: `tube ${pool.tubeCode} is sent, or single` },
      { zh: '换新管采样。', en: 'Take a new tube.' },
    );
  }
  if (!(await samples.unsealSamples(trx, poolId))) {
    throw refuseState(
      { zh: '管内有人已在另一支未封管的采样管中', en: 'somebody in it is in another open tube by now' },
      { zh: '换新管采样。', en: 'Take a new tube.' },
    );
  }
  await pools.updatePool(trx, poolId, { closedAt: null });
  await tell(context, 'pool.opened', pool, { reopened: true });
  return viewPool(context, (await pools.findPoolById(trx, poolId))!);
}

async function lockInScope(context: Context, poolId: string): Promise<Pool> {
  const pool = await pools.lockPoolById(context.trx, poolId);
  if (!pool) throw new LeveeError('not_found');
  requireScope(context, pool.division);
  return pool;
}

export interface HandOver {
  readonly poolIds: readonly string[];
  readonly labId: string;
  readonly sentAt: string;
}

/** Hands sealed tubes over to a laboratory; all of them or none. */
export async function sendPools(context: Context, input: HandOver) {
  await handOver(context, input);
  const sent = await pools.findPoolsByIds(context.trx, input.poolIds);
  const inOrder = [...new Set(input.poolIds)].sort().map((id) => sent.get(id)!);
  return { pools: await viewPools(context, inOrder) };
}

/** The same for who asks for no answer. */
export async function handOver(context: Context, input: HandOver): Promise<void> {
  const { trx } = context;
  const lab = await laboratory(context, input.labId);
  requirePast(input.sentAt, context.now);
  // In one order, so that two hand-overs of the same tubes wait for each other and do not lock up.
  for (const poolId of [...new Set(input.poolIds)].sort()) {
    const pool = await lockInScope(context, poolId);
    if (pool.sentAt === null || pool.labId !== lab.id) {
      // A laboratory may have the tube before the site's hand-over arrives; the moment is still recorded.
      if (pool.sentAt !== null || sealedAt(pool) === null || pool.memberCount === 0) throw notReady(pool);
      await pools.updatePool(trx, poolId, { sentAt: input.sentAt, labId: lab.id });
      await tell(context, 'pool.sent', pool, { labId: lab.id, memberCount: pool.memberCount });
    }
  }
}

const notReady = ({ tubeCode, state, memberCount }: Pool) =>
  refuseState(
    state === 'open'
      ? { zh: `采样管 ${tubeCode} 尚未封管`, en: `tube ${tubeCode} is still open` }
      : memberCount === 0
        ? { zh: `采样管 ${tubeCode} 内无样本`, en: `tube ${tubeCode} is empty` }
        : { zh: `采样管 ${tubeCode} 已送检`, en: `tube ${tubeCode} is sent already` },
    { zh: '从本次交接中去掉此管，其余照常送检。', en: 'Leave it out and hand over the rest.' },
  );

export interface Receipt {
  readonly tubeCode: string;
  readonly labId: string;
  readonly receivedAt: string;
  readonly rejectedReason?: string | undefined;
}

/** The laboratory takes a tube, or refuses it with the reason. Scanning it again changes nothing. */
export async function receivePool(context: Context, input: Receipt) {
  const poolId = await takeIn(context, input);
  return viewPool(context, (await pools.findPoolById(context.trx, poolId))!);
}

/** The same for who asks for no answer. Returns the tube's id. */
export async function takeIn(context: Context, input: Receipt): Promise<string> {
  const { trx } = context;
  const lab = await laboratory(context, input.labId);
  requirePast(input.receivedAt, context.now);
  const pool = await lockByTube(context, input.tubeCode);
  if (pool.rejectedAt !== null || (pool.receivedAt !== null && !input.rejectedReason)) {
    return pool.id;
  }
  if (input.rejectedReason && pool.resultedAt !== null) {
    throw refuseState(
      { zh: `采样管 ${pool.tubeCode} 已出结果，不能拒收`, en: `tube ${pool.tubeCode} has a result` },
      { zh: '结果有误的，走结果更正。', en: 'If the result is wrong, propose an amendment.' },
    );
  }
  await samples.sealSamples(trx, pool.id);
  if (input.rejectedReason) {
    await pools.updatePool(trx, pool.id, {
      labId: lab.id,
      rejectedAt: input.receivedAt,
      rejectedReason: input.rejectedReason,
    });
    await tell(context, 'pool.rejected', pool, { labId: lab.id, memberCount: pool.memberCount });
    await wantAfterRejection(context, pool, await samples.findMembers(trx, pool.id));
  } else {
    await pools.updatePool(trx, pool.id, { labId: lab.id, receivedAt: input.receivedAt });
    await tell(context, 'pool.received', pool, { labId: lab.id, memberCount: pool.memberCount });
  }
  return pool.id;
}

/** A tube that was looked for and not found: its people are asked back at once. Turned up and received, it is received. */
export async function declareLost(
  context: Context,
  poolId: string,
  { reason, lostAt }: { readonly reason: string; readonly lostAt: string },
) {
  const { trx } = context;
  const pool = await lockInScope(context, poolId);
  requirePast(lostAt, context.now);
  if (pool.state === 'lost') return viewPool(context, pool);
  requireLosable(pool);
  await pools.updatePool(trx, poolId, { lostAt, lostReason: reason });
  await tell(context, 'pool.lost', pool, { labId: pool.labId, memberCount: pool.memberCount });
  await wantAfterLoss(context, pool, await samples.findMembers(trx, poolId));
  return viewPool(context, (await pools.findPoolById(trx, poolId))!);
}

export function requireLosable(pool: Pool): void {
  if (pool.state !== 'closed' && pool.state !== 'sent') {
    throw refuseState(
      {
        zh: `采样管 ${pool.tubeCode} 未封管或已在实验室`,
        en: `tube ${pool.tubeCode} is open, or in a laboratory`,
      },
      {
        zh: '只有已封管、未收样的管可宣告丢失。',
        en: 'Only a sealed tube that was not received can be lost.',
      },
    );
  }
}

/** @throws `state.refused` for a code nothing was registered under: the site's device may not have sent yet */
export async function lockByTube(context: Context, tubeCode: string): Promise<Pool> {
  const pool = await pools.lockPoolByTube(context.trx, tubeCode);
  if (pool && sealedOrFilled(pool)) return pool;
  throw refuseState(
    { zh: `管码 ${tubeCode} 尚无采样登记`, en: `nothing is registered under tube ${tubeCode} yet` },
    {
      zh: '核对管码；采样点可能尚未上传，请将样本单独存放，稍后重试。',
      en: 'Check the code; the site may not have sent yet. Keep the tube apart and try again.',
    },
  );
}

const sealedOrFilled = (pool: Pool) => pool.memberCount > 0 || (sealedAt(pool) !== null && pool.capacity > 1);

export async function poolById(context: Context, poolId: string) {
  const { trx } = context;
  const pool = await pools.findPoolById(trx, poolId);
  if (!pool) throw new LeveeError('not_found');
  const wanted = await resamples.listResamples(trx, { state: 'all', poolId }, 0, 20);
  const amendments = await results.findAmendmentsOfPool(trx, poolId);
  return {
    ...(await viewPool(context, pool)),
    members: await viewSamples(context, await samples.findMembers(trx, poolId)),
    specimenId: pool.content === 'specimen' ? await findSpecimenIdOfPool(trx, poolId) : null,
    results: await viewResults(context, await results.findResultsOfPool(trx, poolId)),
    amendments: amendments.map(viewAmendment),
    resamples: await viewResamples(context, wanted.items),
  };
}

export const viewAmendment = (amendment: results.Amendment) => ({
  id: amendment.id,
  resultId: amendment.resultId,
  outcome: amendment.outcome,
  targets: [...amendment.targets],
  reason: amendment.reason,
  author: { id: amendment.authorId, name: amendment.authorName },
  at: amendment.at,
  decider: amendment.deciderId ? { id: amendment.deciderId, name: amendment.deciderName ?? '' } : null,
  decidedAt: amendment.decidedAt,
  decision: amendment.decision,
});

/** What a desk needs at a glance. */
export async function deskOf(context: Context, siteId: string) {
  const { trx } = context;
  const site = await samplingSite(context, siteId);
  const at = async (state: 'open' | 'closed') =>
    viewPools(
      context,
      (await pools.listPools(trx, { state: [state], siteId, withMembers: state === 'closed' }, 0, 100)).items,
    );
  return {
    asOf: context.now,
    site: { id: site.id, nameZh: site.nameZh, nameEn: site.nameEn },
    open: await at('open'),
    ready: await at('closed'),
    last: await viewSamples(context, await samples.findLastSamples(trx, siteId, 5)),
    wanted: await viewResamples(
      context,
      (await resamples.listResamples(trx, { state: 'wanted', siteId }, 0, 50)).items,
    ),
  };
}
