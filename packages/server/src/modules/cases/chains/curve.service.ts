/** Cases by day of onset, sample or report, with the days that are still filling up marked. */

import { type Bilingual, type CaseCurve, caseWords } from '@levee/contract';
import { epiCurve, firstIncompleteDay, reportingDelay } from '@levee/epi';
import { civilDayOf } from '../../../platform/clock.ts';
import type { Context } from '../../../platform/context.ts';
import { divisionNames } from '../../../platform/db/division-name.ts';
import type { CaseFile } from '../case.ts';
import { allCases } from '../cases.repository.ts';

const UNKNOWN = 'unknown';

interface Query {
  readonly incidentId?: string | undefined;
  readonly lineListId?: string | undefined;
  readonly within?: string | undefined;
  readonly basis: CaseCurve['basis'];
  readonly by: CaseCurve['by'];
}

/** Where no delay can be measured; of days of report only today is not over. */
const RULE_DAYS = { onset: 3, sample: 3, report: 1 } as const;
const DAY_OF = { onset: 'dateOnset', sample: 'dateSample', report: 'dateReporting' } as const;

export async function caseCurveOf(context: Context, { basis, by, ...of }: Query): Promise<CaseCurve> {
  const found = await allCases(context.trx, of);
  const today = civilDayOf(context.now, context.platform.config.LEVEE_TIME_ZONE);
  // An outbreak that is over, as an imported one, has nothing left to come in.
  const running = of.lineListId === undefined;
  const { days, undatedCount } = epiCurve(found, { by: basis, ...(running && { until: today }) });
  const { incompleteFrom, incompleteBy } = running
    ? incompleteDaysOf(found, { today, basis, days: days.map(({ date }) => date) })
    : ({ incompleteFrom: null, incompleteBy: 'none' } as const);
  const byDay = new Map<string, Record<string, number>>();
  const totals = new Map<string, number>();
  for (const caseFile of found) {
    const day = caseFile[DAY_OF[basis]];
    if (day === null) continue;
    const key = groupOf(caseFile, by);
    const counts = byDay.get(day) ?? {};
    byDay.set(day, { ...counts, [key]: (counts[key] ?? 0) + 1 });
    totals.set(key, (totals.get(key) ?? 0) + 1);
  }
  const names = await namesOf(context, by, [...totals.keys()]);
  return {
    asOf: context.now,
    basis,
    by,
    groupNames: [...totals]
      .sort(([, a], [, b]) => b - a)
      .map(([key, count]) => ({ key, name: names(key), count })),
    missingCount: undatedCount,
    totalCount: found.length,
    incompleteBy,
    days: days.map(({ date, count }, index) => ({
      day: date,
      count,
      groups: byDay.get(date) ?? {},
      incomplete: incompleteFrom !== null && date >= incompleteFrom,
      mean7:
        index < 6 ? null : days.slice(index - 6, index + 1).reduce((sum, { count }) => sum + count, 0) / 7,
    })),
  };
}

/** By the delay to the report as measured on these cases, as the analysis has it; where too few tell it, by a rule. */
function incompleteDaysOf(
  found: readonly CaseFile[],
  { today, basis, days }: { today: string; basis: CaseCurve['basis']; days: readonly string[] },
) {
  const pairs = found.map((one) => ({ dateOnset: one[DAY_OF[basis]], dateReporting: one.dateReporting }));
  const { triangle } = basis === 'report' ? { triangle: null } : reportingDelay(pairs, { until: today });
  if (triangle) return { incompleteFrom: firstIncompleteDay(triangle), incompleteBy: 'delay' as const };
  const incompleteFrom = days.at(-RULE_DAYS[basis]) ?? days[0] ?? null;
  return { incompleteFrom, incompleteBy: incompleteFrom === null ? ('none' as const) : ('rule' as const) };
}

/** The prefecture itself where a case is placed no closer. */
const groupOf = (caseFile: CaseFile, by: CaseCurve['by']): string =>
  by === 'county' ? caseFile.division.slice(0, 6) : (caseFile[by] ?? UNKNOWN);

async function namesOf(context: Context, by: CaseCurve['by'], keys: readonly string[]) {
  const counties = by === 'county' ? await divisionNames(context.trx, keys) : null;
  return (key: string): Bilingual => {
    if (key === UNKNOWN) return { zh: '不详', en: 'Unknown' };
    return counties?.(key) ?? caseWords[key] ?? { zh: key, en: key };
  };
}
