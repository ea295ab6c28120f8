import {
  type Goods,
  LeveeError,
  refuse,
  refuseState,
  type SpecimenDetail,
  type SpecimenKind,
  type Specimen as SpecimenView,
} from '@levee/contract';
import { type Context, requireScope } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { findPlaceByIdOrThrow, findPlacesByIds } from '../../places/index.ts';
import { isOverdue, listTasks } from '../../tasks/index.ts';
import { requirePast } from '../pool.ts';
import * as pools from '../pools.repository.ts';
import { openTube, samplingSite, viewAmendment } from '../pools.service.ts';
import { findAmendmentsOfPool, findResultsOfPool } from '../results.repository.ts';
import { viewPool, viewResults } from '../views.ts';
import { findRecall, findResponse, specimensOfRecall } from './responses.repository.ts';
import { requireGoods, type Specimen } from './specimen.ts';
import * as specimens from './specimens.repository.ts';

export interface NewSpecimen {
  readonly id: string;
  readonly poolId: string;
  readonly tubeCode: string;
  readonly siteId: string;
  readonly kind: SpecimenKind;
  readonly placeId: string;
  readonly description: string;
  readonly goods?: Goods | undefined;
  readonly takenAt: string;
}

/** Registers a specimen and its tube, sealed from the start. May be sent twice; a tube that holds people is refused. */
export async function registerSpecimen(context: Context, input: NewSpecimen): Promise<SpecimenView> {
  const { trx, now, actor } = context;
  const site = await samplingSite(context, input.siteId);
  const place = await findPlaceByIdOrThrow(trx, input.placeId);
  requireScope(context, place.division);
  requirePast(input.takenAt, now);
  requireGoods(input.kind, input.goods);
  const pool = await openTube(context, { ...input, capacity: 1 }, site.division, input.takenAt, 'specimen');
  const inserted = await specimens.insertSpecimen(trx, {
    id: input.id,
    poolId: pool.id,
    kind: input.kind,
    placeId: place.id,
    siteId: site.id,
    division: place.division,
    description: input.description,
    goods: input.goods ?? null,
    takenAt: input.takenAt,
    takenBy: { id: actor.id, name: actor.name },
    registeredAt: now,
  });
  if (!inserted) {
    const known = await specimens.findSpecimenById(trx, input.id);
    if (known?.poolId === pool.id) return viewOne(context, known.id);
    throw refuse(
      { zh: `管码 ${input.tubeCode} 已有标本`, en: `tube ${input.tubeCode} holds a specimen already` },
      { zh: '一管一份，换一支新管。', en: 'One specimen a tube: take a new one.' },
    );
  }
  await pools.updatePool(trx, pool.id, { memberCount: 1, closedAt: pool.closedAt ?? input.takenAt });
  await emit(context, {
    kind: 'sample.specimen_registered',
    division: place.division,
    subject: { type: 'specimen', id: input.id },
    data: { poolId: pool.id, siteId: site.id, placeId: place.id, kind: input.kind },
  });
  return viewOne(context, input.id);
}

/** Takes a registration back while the tube is still at the site. */
export async function withdrawSpecimen(context: Context, id: string, reason: string): Promise<SpecimenView> {
  const { trx, now } = context;
  const found = await specimens.findSpecimenById(trx, id);
  const pool = found && (await pools.lockPoolById(trx, found.poolId));
  if (!found || !pool) throw new LeveeError('not_found');
  requireScope(context, found.division);
  if (found.withdrawnAt !== null) return viewOne(context, id);
  if (pool.state !== 'closed') {
    throw refuseState(
      { zh: `采样管 ${pool.tubeCode} 已送检`, en: `tube ${pool.tubeCode} is sent` },
      { zh: '请联系实验室拒收该管。', en: 'Ask the laboratory to reject it.' },
    );
  }
  await specimens.withdrawSpecimen(trx, id, now, reason);
  await pools.updatePool(trx, pool.id, { memberCount: 0 });
  await emit(context, {
    kind: 'sample.specimen_withdrawn',
    division: found.division,
    subject: { type: 'specimen', id },
    data: { poolId: pool.id, siteId: found.siteId },
  });
  return viewOne(context, id);
}

async function placeRefs(context: Context, ids: readonly string[]) {
  const places = await findPlacesByIds(context.trx, ids);
  return (id: string) => {
    const place = places.get(id);
    return place ? { id: place.id, nameZh: place.nameZh, nameEn: place.nameEn } : null;
  };
}

export async function viewSpecimens(context: Context, found: readonly Specimen[]): Promise<SpecimenView[]> {
  const place = await placeRefs(
    context,
    found.flatMap(({ placeId, siteId }) => [placeId, siteId]),
  );
  return found.map(({ placeId, siteId, ...rest }) => ({
    ...rest,
    place: place(placeId),
    site: place(siteId),
  }));
}

async function viewOne(context: Context, id: string): Promise<SpecimenView> {
  return (await viewSpecimens(context, [(await specimens.findSpecimenById(context.trx, id))!]))[0]!;
}

/** One specimen with its whole chain: taken, boxed, received, result, and what a positive set off. */
export async function specimenById(context: Context, id: string): Promise<SpecimenDetail> {
  const { trx } = context;
  const found = await specimens.findSpecimenById(trx, id);
  const pool = found && (await pools.findPoolById(trx, found.poolId));
  if (!found || !pool) throw new LeveeError('not_found');
  const response = await findResponse(trx, id);
  return {
    ...(await viewSpecimens(context, [found]))[0]!,
    tube: await viewPool(context, pool),
    results: await viewResults(context, await findResultsOfPool(trx, pool.id)),
    amendments: (await findAmendmentsOfPool(trx, pool.id)).map(viewAmendment),
    box: await specimens.boxOfPool(trx, pool.id),
    opened: response
      ? {
          at: response.openedAt,
          withdrawnAt: response.withdrawnAt,
          incidentId: response.incidentId,
          rule: response.rule,
          disinfectedAt: response.disinfectedAt,
          checkedAt: response.checkedAt,
          checkedBy: response.checkedBy,
        }
      : null,
    recall: response?.recallId ? await viewRecall(context, response.recallId) : null,
    duties: await dutiesOf(context, [id, pool.id, ...(response?.recallId ? [response.recallId] : [])]),
    handlers: await specimens.countHandlers(trx, pool.id),
  };
}

async function viewRecall(context: Context, recallId: string): Promise<SpecimenDetail['recall']> {
  const recall = await findRecall(context.trx, recallId);
  if (!recall) return null;
  const standing = await specimensOfRecall(context.trx, recallId);
  const place = await placeRefs(
    context,
    standing.map(({ placeId }) => placeId),
  );
  const { id, goods, openedAt, withdrawnAt } = recall;
  return {
    id,
    goods,
    openedAt,
    withdrawnAt,
    specimens: standing.map(({ placeId, ...one }) => ({ ...one, place: place(placeId) })),
  };
}

async function dutiesOf(context: Context, sourceIds: readonly string[]): Promise<SpecimenDetail['duties']> {
  const found = [];
  for (const sourceId of sourceIds) {
    found.push(...(await listTasks(context.trx, context.now, { sourceId }, 0, 500)).items);
  }
  return found
    .sort((one, other) => one.openedAt.localeCompare(other.openedAt) || one.dueAt.localeCompare(other.dueAt))
    .map((task) => ({
      taskId: task.id,
      kind: task.kind,
      title: task.title,
      divisionName: task.divisionName,
      owner: task.people.owner,
      dueAt: task.dueAt,
      state: task.state,
      overdue: isOverdue(task, context.now),
      closedAt: task.closedAt,
      evidence: task.evidence?.text ?? null,
    }));
}
