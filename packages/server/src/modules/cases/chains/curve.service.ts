/** Cases by day of onset, sample or report, with the days that are still filling up marked. */
import type { CaseCurve } from '@levee/contract';
import { epiCurve } from '@levee/epi';
import { civilDayOf } from '../../../platform/clock.ts';
import type { Context } from '../../../platform/context.ts';
import { allCases } from '../cases.repository.ts';

/** Reports of the last days are not all in: they are drawn as incomplete in a running incident. */
const INCOMPLETE_DAYS = 3;

interface Query {
  readonly incidentId?: string | undefined;
  readonly lineListId?: string | undefined;
  readonly basis: CaseCurve['basis'];
}

export async function caseCurveOf(context: Context, { basis, ...of }: Query): Promise<CaseCurve> {
  const found = await allCases(context.trx, of);
  const today = civilDayOf(context.now, context.platform.config.LEVEE_TIME_ZONE);
  // An outbreak that is over, as an imported one, has nothing left to come in.
  const running = of.lineListId === undefined;
  const { days, undatedCount } = epiCurve(found, {
    by: basis,
    ...(running && { until: today, incompleteDays: INCOMPLETE_DAYS }),
  });
  const dateOf = { onset: 'dateOnset', sample: 'dateSample', report: 'dateReporting' }[basis] as
    | 'dateOnset'
    | 'dateSample'
    | 'dateReporting';
  const groups = new Map<string, Record<string, number>>();
  for (const caseFile of found) {
    const day = caseFile[dateOf];
    if (day === null) continue;
    const counts = groups.get(day) ?? {};
    counts[caseFile.classification] = (counts[caseFile.classification] ?? 0) + 1;
    groups.set(day, counts);
  }
  return {
    asOf: context.now,
    basis,
    missingCount: undatedCount,
    totalCount: found.length,
    days: days.map(({ date, count, incomplete }, index) => ({
      day: date,
      count,
      groups: groups.get(date) ?? {},
      incomplete,
      mean7:
        index < 6 ? null : days.slice(index - 6, index + 1).reduce((sum, { count }) => sum + count, 0) / 7,
    })),
  };
}
