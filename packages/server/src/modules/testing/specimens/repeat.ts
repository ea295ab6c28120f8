/** A specimen that said nothing: the tube was rejected, lost, or neither clean nor positive. Somebody takes it again. */
import type { Bilingual } from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import { findPlacesByIds } from '../../places/index.ts';
import { openTask } from '../../tasks/index.ts';
import type { Pool } from '../pool.ts';
import { DUTIES, DUTY, nameOfGoods } from './specimen.ts';
import { findSpecimenOfPool } from './specimens.repository.ts';

export const hoursAfter = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * 3_600_000).toISOString();

export async function wantSpecimenAgain(
  context: Context,
  pool: Pick<Pool, 'id'>,
  because: 'rejected' | 'lost' | 'inconclusive',
): Promise<void> {
  const specimen = await findSpecimenOfPool(context.trx, pool.id);
  if (!specimen || specimen.withdrawnAt !== null) return;
  const place = (await findPlacesByIds(context.trx, [specimen.placeId])).get(specimen.placeId);
  const { hours, role, title, evidence } = DUTIES.repeat;
  const names: Bilingual = { zh: place?.nameZh ?? '', en: place?.nameEn ?? '' };
  await openTask(context, {
    kind: DUTY.repeat,
    key: `${DUTY.repeat}:${specimen.id}:${because}`,
    title: title({
      goods: nameOfGoods(specimen.goods, specimen.description),
      place: names,
      tube: specimen.tubeCode,
    }),
    division: specimen.division,
    role,
    dueAt: hoursAfter(context.now, hours),
    evidenceWanted: evidence,
    source: { type: 'specimen', id: specimen.id },
  });
}
