/** Who looks after a place of the tree, and where nobody does (D2). */
import { LeveeError, refuse } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { findAccountById, listAccounts } from '../access/index.ts';
import type { Place } from './place.ts';
import * as places from './places.repository.ts';
import { withPaths } from './places.service.ts';
import { coverageOf, putSteward, removeSteward } from './stewards.repository.ts';

export async function inTree(context: Context, found: readonly Place[]) {
  const placed = await withPaths(context, found);
  const coverage = await coverageOf(
    context.trx,
    found.map(({ id }) => id),
  );
  return placed.map((place) => {
    const { childCount, gridCount, gridsWithoutSteward, stewardId, stewardName, since } = coverage.get(
      place.id,
    )!;
    return {
      ...place,
      childCount,
      gridCount,
      gridsWithoutSteward,
      steward:
        stewardId && stewardName && since ? { account: { id: stewardId, name: stewardName }, since } : null,
    };
  });
}

/** People on shift whose area reaches to the place: field workers first, then whoever else stands nearest. */
export async function stewardCandidates(context: Context, placeId: string) {
  const place = await places.findPlaceByIdOrThrow(context.trx, placeId);
  const { items } = await listAccounts(context.trx, { role: ['field_worker'] }, 0, 500);
  return items
    .filter((each) => each.disabledAt === null && place.division.startsWith(each.division))
    .sort((a, b) => b.division.length - a.division.length)
    .map(({ id, name }) => ({ id, name }));
}

export async function setSteward(context: Context, input: { placeId: string; accountId: string | null }) {
  const place = await places.findPlaceByIdOrThrow(context.trx, input.placeId);
  requireScope(context, place.division);
  if (input.accountId === null) await removeSteward(context.trx, place.id);
  else {
    const account = await findAccountById(context.trx, input.accountId);
    if (!account || account.disabledAt !== null) throw new LeveeError('not_found');
    if (!place.division.startsWith(account.division)) {
      throw refuse(
        {
          zh: `${account.name}的辖区不含${place.nameZh}`,
          en: `the area of ${account.name} does not reach ${place.nameEn}`,
        },
        { zh: '选择辖区覆盖该地的人员。', en: 'Choose someone whose area covers it.' },
      );
    }
    await putSteward(context.trx, place, account, context.now);
  }
  await emit(context, {
    kind: 'place.changed',
    division: place.division,
    subject: { type: 'place', id: place.id },
    data: { stewardId: input.accountId },
  });
  return (await inTree(context, [place]))[0]!;
}
