/** Each laboratory: what waits, how long it took, and whether the next hours will hold. */
import type { LabLoad } from '@levee/contract';
import type { Context } from '../../../platform/context.ts';
import { findPlacesByIds } from '../../places/index.ts';
import { loadRows } from './load.repository.ts';
import { foresee } from './overload.ts';

/** The house's own limit for receipt to result; no document read gives one. */
const LIMIT_HOURS = 6;
/** Pace is taken over these hours: long enough for a batch of 96, short enough to notice that one stopped. */
const PACE_HOURS = 3;

const RECEIPTS = { zh: '收样记录', en: 'Receipts' };
const RESULTS = { zh: '结果记录', en: 'Results' };
const CUSTODY = { zh: '采样管流转记录', en: 'Custody of tubes' };

export async function loadOf(context: Context): Promise<{ asOf: string; items: LabLoad[] }> {
  const { now } = context;
  const rows = await loadRows(context.trx, now, PACE_HOURS);
  const places = await findPlacesByIds(
    context.trx,
    rows.map(({ labId }) => labId),
  );
  const figure = (value: number | null, source: typeof RESULTS) => ({
    value: value === null ? null : Math.round(value * 100) / 100,
    asOf: now,
    source,
  });
  const items = rows.flatMap((row) => {
    const lab = places.get(row.labId);
    if (!lab) return [];
    const arrivedPerHour = row.arrived / PACE_HOURS;
    const resultedPerHour = row.resulted / PACE_HOURS;
    const outlook = foresee({ waitingCount: row.waiting, arrivedPerHour, resultedPerHour }, LIMIT_HOURS);
    const { exceedsInHours } = outlook;
    return [
      {
        lab: { id: lab.id, nameZh: lab.nameZh, nameEn: lab.nameEn },
        waiting: figure(row.waiting, CUSTODY),
        recheck: figure(row.recheck, RESULTS),
        inTransit: figure(row.inTransit, CUSTODY),
        oldestReceivedAt: row.oldestReceivedAt,
        arrivedPerHour: figure(arrivedPerHour, RECEIPTS),
        resultedPerHour: figure(resultedPerHour, RESULTS),
        medianHours: figure(row.medianHours, RESULTS),
        p90Hours: figure(row.p90Hours, RESULTS),
        waitHours: figure(outlook.waitHours, RESULTS),
        limitHours: LIMIT_HOURS,
        exceedsAt:
          exceedsInHours === null || exceedsInHours > 24 * 365
            ? null
            : new Date(Date.parse(now) + exceedsInHours * 3_600_000).toISOString(),
        state: outlook.state,
      },
    ];
  });
  return { asOf: now, items };
}
