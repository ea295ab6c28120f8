/** Returnees who register themselves: what they told waits for a grid worker, who makes it a registration or sets it aside. */
import {
  type DeclarationAnswer,
  LeveeError,
  newId,
  type Returnee,
  type ReturneeDeclaration,
  refuseState,
} from '@levee/contract';
import { getPackOrThrow } from '@levee/protocol';
import { civilDayOf, nowOf } from '../../../platform/clock.ts';
import { type Context, requireScope, systemContext } from '../../../platform/context.ts';
import { inScopedTransaction } from '../../../platform/db/pool.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { findPersonIdByCard, maskNumber, personSummaries, registerPerson } from '../../people/index.ts';
import { findPlacesByIds } from '../../places/index.ts';
import { closeTasksOf, openTask } from '../../tasks/index.ts';
import { type Declared, readDeclaration } from './declaration.ts';
import * as declarations from './declarations.repository.ts';
import { dutyOfTravel, type Travel } from './key-population.ts';
import { packOf, registerReturnee } from './key-populations.service.ts';
import { countSending, readFormToken } from './public-form-guard.ts';

const FIELD = 'returnee_declaration.values';
const TASK_KIND = 'testing.returnee';
/** Declarations of one card that wait at a time: a correction or two, not a flood. */
const MOST_WAITING = 3;
const CALL_HOURS = 12;

/** The public form. Whoever sends it learns what the pack makes of the journey, and nothing of what is on record. */
export async function declareReturnee(
  platform: Platform,
  given: { typed: Readonly<Record<string, string>>; source: string; atMs: number },
): Promise<DeclarationAnswer> {
  const id = readFormToken(platform.cipher, given.typed['token'] ?? '', given.atMs);
  if (id === null) return { kind: 'stale' };
  return inScopedTransaction(platform.db, platform.config.LEVEE_JURISDICTION, async (trx) => {
    if (!(await countSending(trx, given.source, given.atMs))) return { kind: 'busy' };
    const now = nowOf(platform.clock);
    const read = readDeclaration(given.typed, civilDayOf(now, platform.config.LEVEE_TIME_ZONE));
    if ('faults' in read) return { kind: 'faults', faults: read.faults };
    const { declared } = read;
    const home = (await findPlacesByIds(trx, [declared.placeId])).get(declared.placeId);
    if (!home || !isHome(home.level)) return { kind: 'faults', faults: ['home'] };
    const context = systemContext(platform, trx);
    const { cipher } = platform;
    const isNew = await declarations.insertDeclaration(
      trx,
      {
        ...{ id, placeId: home.id, division: home.division, at: now },
        identityIndex: cipher.blindIndex('returnee_declaration.identity', declared.identityNumber),
        valuesSealed: cipher.seal(FIELD, JSON.stringify(declared)),
      },
      MOST_WAITING,
    );
    if (isNew) await call(context, id, home);
    const known = declared.travel.filter((stay): stay is Travel => stay.level !== null);
    const packId = await packOf(context);
    const duty = dutyOfTravel(packId, known, declared.arrivedAt);
    return {
      kind: 'declared',
      receipt: id.slice(-8).toUpperCase(),
      testDays: duty?.testDays ?? [],
      // Whoever does not know is told by the grid worker, not by a page.
      certain: known.length === declared.travel.length,
      rule: duty && getPackOrThrow(packId).title,
    };
  });
}

export const isHome = (level: string): boolean => level === 'township' || level === 'community';

async function call(
  context: Context,
  id: string,
  home: { id: string; division: string; nameZh: string; nameEn: string },
) {
  const { division } = home;
  await emit(context, {
    kind: 'returnee.declared',
    division,
    subject: { type: 'returnee_declaration', id },
    data: {},
  });
  const day = context.now.slice(0, 10);
  await openTask(context, {
    kind: TASK_KIND,
    key: `${TASK_KIND}:${home.id}:${day}`,
    title: {
      zh: `${home.nameZh}：核实来返人员自主申报`,
      en: `${home.nameEn || home.nameZh}: speak with those who declared their return`,
    },
    division,
    role: 'field_worker',
    dueAt: new Date(Date.parse(context.now) + CALL_HOURS * 3_600_000).toISOString(),
    evidenceWanted: {
      zh: '每条申报已登记或注明不登记原因',
      en: 'Each declaration registered, or set aside with the reason',
    },
    source: { type: 'place', id: home.id },
  });
}

export async function waitingDeclarations(context: Context, offset: number, limit: number) {
  const { items, total } = await declarations.listWaiting(context.trx, offset, limit);
  const places = await findPlacesByIds(
    context.trx,
    items.map(({ placeId }) => placeId),
  );
  const views: ReturneeDeclaration[] = [];
  for (const one of items) {
    const declared = open(context, one);
    const personId = await findPersonIdByCard(context, declared.identityNumber);
    const home = places.get(one.placeId);
    views.push({
      id: one.id,
      division: one.division,
      home: home ? { id: home.id, nameZh: home.nameZh, nameEn: home.nameEn } : null,
      nameZh: declared.nameZh,
      identityMasked: maskNumber(declared.identityNumber),
      phoneMasked: maskNumber(declared.phone),
      arrivedAt: declared.arrivedAt,
      travel: [...declared.travel],
      declaredAt: one.declaredAt,
      person: personId === null ? null : ((await personSummaries(context, [personId])).get(personId) ?? null),
    });
  }
  context.opened(
    'returnee_declaration',
    items.map(({ id }) => id),
  );
  return { items: views, total };
}

const open = ({ platform }: Context, { valuesSealed }: declarations.Declaration): Declared =>
  JSON.parse(platform.cipher.open(FIELD, valuesSealed)) as Declared;

/** Whom to call. */
export async function phoneOf(context: Context, id: string): Promise<{ value: string }> {
  const one = await waitingOrThrow(context, id);
  context.opened('returnee_declaration.phone', [id]);
  return { value: open(context, one).phone };
}

async function waitingOrThrow(context: Context, id: string): Promise<declarations.Declaration> {
  const one = await declarations.lockDeclaration(context.trx, id);
  if (!one) throw new LeveeError('not_found');
  requireScope(context, one.division);
  return one;
}

/** Spoken with: they are registered where they stay if nobody has them on record, and the pack reads the journey as it is now known. */
export async function confirmDeclaration(
  context: Context,
  id: string,
  as: { arrivedAt: string; travel: readonly Travel[] },
): Promise<Returnee> {
  const one = await waitingOrThrow(context, id);
  if (one.settledAt !== null && one.returneeId === null) throw settledAlready();
  const declared = open(context, one);
  const { nameZh, identityNumber, phone, placeId } = declared;
  let personId = await findPersonIdByCard(context, identityNumber);
  if (personId === null) {
    personId = newId(Date.parse(context.now));
    await registerPerson(context, { id: personId, nameZh, identityNumber, phone, placeId });
  }
  const returnee = await registerReturnee(context, { id, personId, ...as });
  if (one.settledAt === null) {
    await declarations.settleDeclaration(context.trx, id, {
      at: context.now,
      by: context.actor.id,
      returneeId: id,
    });
    await closeWhenNoneWaits(context, one);
  }
  return returnee;
}

export async function setAsideDeclaration(context: Context, id: string, reason: string) {
  const one = await waitingOrThrow(context, id);
  if (one.returneeId !== null) throw settledAlready();
  if (one.settledAt === null) {
    await declarations.settleDeclaration(context.trx, id, { at: context.now, by: context.actor.id, reason });
    await emit(context, {
      kind: 'returnee.declaration_set_aside',
      division: one.division,
      subject: { type: 'returnee_declaration', id },
      data: {},
    });
    await closeWhenNoneWaits(context, one);
  }
  return { id };
}

async function closeWhenNoneWaits(context: Context, { division, placeId }: declarations.Declaration) {
  if ((await declarations.countWaitingIn(context.trx, division)) > 0) return;
  const source = { type: 'place', id: placeId };
  await closeTasksOf(
    context,
    source,
    { text: '申报已全部核实 · every declaration dealt with' },
    { kind: TASK_KIND },
  );
}

const settledAlready = () =>
  refuseState(
    { zh: '这条申报已经办理', en: 'this declaration is dealt with' },
    { zh: '刷新名单。', en: 'Load the list again.' },
  );
