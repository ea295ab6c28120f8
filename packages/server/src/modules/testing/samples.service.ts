import { LeveeError, refuse, refuseState } from '@levee/contract';
import type { FoundIn } from '@levee/protocol';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { findPersonByIdOrThrow, findPersonIdByCard } from '../people/index.ts';
import { needsReflex, type Pool, requirePast, sealedAt } from './pool.ts';
import * as pools from './pools.repository.ts';
import { openTube, samplingSite, type Tube } from './pools.service.ts';
import { closeWhenMet, wantReflex } from './reflex.ts';
import * as resamples from './resamples.repository.ts';
import * as samples from './samples.repository.ts';
import { viewPool, viewSample } from './views.ts';

export interface NewSample extends Tube {
  readonly id: string;
  readonly who: { readonly personId: string } | { readonly identityNumber: string };
  readonly takenAt: string;
  readonly foundIn: FoundIn;
}

/**
 * Puts a person's swab into a tube. May be sent twice and out of order: the tube is made by whichever command
 * names it first, and a swab taken before the tube was sealed is let in after.
 */
export async function registerSample(context: Context, input: NewSample) {
  const { trx, now } = context;
  const site = await samplingSite(context, input.siteId);
  requirePast(input.takenAt, now);
  const personId = await personOf(context, input.who);
  const pool = await openTube(context, input, site.division, input.takenAt);

  const known = await samples.findSampleById(trx, input.id);
  if (known) {
    if (known.poolId === pool.id && known.personId === personId) return answer(context, known.id, pool.id);
    throw refuse(
      { zh: '该采样编号已用于另一份样本', en: 'this sample id is used for another sample' },
      { zh: '换用新的编号登记。', en: 'Register it under a new id.' },
    );
  }
  requireRoom(pool, input.takenAt);

  const wanted = pool.capacity === 1 ? await resamples.lockWantedOf(trx, personId) : undefined;
  // Only a swab taken after the wish answers it: one that arrives late does not.
  const meets = wanted && Date.parse(input.takenAt) >= Date.parse(wanted.wantedAt) ? wanted : undefined;
  const sealed = sealedAt(pool) !== null || pool.capacity === 1;
  const inserted = await samples.insertSample(trx, {
    id: input.id,
    poolId: pool.id,
    personId,
    siteId: site.id,
    division: site.division,
    foundIn: (meets?.foundIn as FoundIn | undefined) ?? input.foundIn,
    resampleOf: meets?.poolId ?? null,
    takenAt: input.takenAt,
    registeredAt: now,
    registeredBy: context.actor.id,
    open: !sealed,
  });
  if (!inserted) throw await alreadyIn(context, pool, personId);
  await pools.updatePool(trx, pool.id, {
    memberCount: pool.memberCount + 1,
    ...(Date.parse(input.takenAt) < Date.parse(pool.openedAt) && { openedAt: input.takenAt }),
    ...(pool.capacity === 1 && { closedAt: pool.closedAt ?? input.takenAt }),
  });
  if (meets) await resamples.meetResample(trx, meets.id, input.id, input.takenAt);
  await emit(context, {
    kind: 'sample.registered',
    division: site.division,
    subject: { type: 'sample', id: input.id },
    data: { poolId: pool.id, siteId: site.id, personId, resampleOf: meets?.poolId ?? null },
  });
  if (meets) await closeWhenMet(context, meets.poolId);
  // A device that comes into coverage late may bring members of a pool that is positive by now.
  if (pool.outcome && needsReflex(pool.outcome)) {
    await wantReflex(context, pool, [(await samples.findSampleById(trx, input.id))!]);
  }
  return answer(context, input.id, pool.id);
}

async function answer(context: Context, sampleId: string, poolId: string) {
  const sample = (await samples.findSampleById(context.trx, sampleId))!;
  const pool = (await pools.findPoolById(context.trx, poolId))!;
  return { sample: await viewSample(context, sample), pool: await viewPool(context, pool) };
}

/** @throws `rule.refused` where nobody is registered under the card */
export async function personOf(context: Context, who: NewSample['who']): Promise<string> {
  if ('personId' in who) return (await findPersonByIdOrThrow(context.trx, who.personId)).id;
  const personId = await findPersonIdByCard(context, who.identityNumber);
  if (personId) return personId;
  throw refuse(
    { zh: '此证件号尚未登记', en: 'nobody is registered under this identity number' },
    { zh: '先登记姓名和住址，再采样。', en: 'Register name and address first, then sample.' },
  );
}

function requireRoom(pool: Pool, takenAt: string): void {
  const sealed = sealedAt(pool);
  if (sealed !== null && pool.capacity > 1 && Date.parse(takenAt) > Date.parse(sealed)) {
    throw refuseState(
      { zh: `采样管 ${pool.tubeCode} 已封管`, en: `tube ${pool.tubeCode} is sealed` },
      {
        zh: '换一支新管；封错的可在送检前重新启封。',
        en: 'Take a new tube; one sealed by mistake can be reopened before it is sent.',
      },
    );
  }
  if (pool.memberCount >= pool.capacity) {
    throw refuseState(
      {
        zh: `采样管 ${pool.tubeCode} 已满 ${pool.capacity} 人`,
        en: `tube ${pool.tubeCode} holds its ${pool.capacity}`,
      },
      { zh: '封管，换一支新管继续。', en: 'Seal it and go on with a new tube.' },
    );
  }
}

async function alreadyIn(context: Context, pool: Pool, personId: string) {
  const members = await samples.findMembers(context.trx, pool.id);
  if (members.some((member) => member.personId === personId)) {
    return refuse(
      { zh: `此人已在采样管 ${pool.tubeCode} 中`, en: `this person is in tube ${pool.tubeCode} already` },
      { zh: '无需重复采样，请下一位。', en: 'No second swab is needed; go on with the next person.' },
    );
  }
  const open = await samples.findOpenSampleOf(context.trx, personId);
  const where = open ? ` ${open.tubeCode} ` : '';
  return refuse(
    {
      zh: `此人已在另一支未封管的采样管${where}中`,
      en: `this person is in another open tube${where.trimEnd()}`,
    },
    {
      zh: '先封那支管，或撤销那次登记，再在此采样。',
      en: 'Seal that tube or withdraw that sample first.',
    },
  );
}

/** Takes a registration back while the swab can still be taken out: an open tube, or a single one not yet sent. */
export async function withdrawSample(context: Context, sampleId: string, reason: string) {
  const { trx, now } = context;
  const sample = await samples.findSampleById(trx, sampleId);
  const pool = sample && (await pools.lockPoolById(trx, sample.poolId));
  if (!sample || !pool) throw new LeveeError('not_found');
  requireScope(context, sample.division);
  if (sample.withdrawnAt !== null) return answer(context, sampleId, pool.id);
  if (pool.state !== 'open' && !(pool.capacity === 1 && pool.state === 'closed')) {
    throw refuseState(
      { zh: `采样管 ${pool.tubeCode} 已封管或送检`, en: `tube ${pool.tubeCode} is sealed or sent` },
      {
        zh: '未送检的可先启封；已送检的请联系实验室拒收该管。',
        en: 'Reopen it if it is not sent; otherwise ask the laboratory to reject it.',
      },
    );
  }
  await samples.withdrawSample(trx, sampleId, now, reason);
  await resamples.unmeetResample(trx, sampleId);
  await pools.updatePool(trx, pool.id, { memberCount: pool.memberCount - 1 });
  await emit(context, {
    kind: 'sample.withdrawn',
    division: sample.division,
    subject: { type: 'sample', id: sampleId },
    data: { poolId: pool.id, siteId: sample.siteId, personId: sample.personId },
  });
  return answer(context, sampleId, pool.id);
}
