/** At every positive and every case: is this more than chance explains, in this county, today? Told once a place and day. */
import { newId } from '@levee/contract';
import { civilDayOf } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import type { Reaction } from '../../platform/outbox/dispatch.ts';
import { emit } from '../../platform/outbox/emit.ts';
import {
  type Aberration,
  insertAberration,
  isFound,
  positivesByDay,
  reportsByDay,
} from './aberrations.repository.ts';
import { aberrationsOf } from './estimates/aberrations.ts';

/** Two months show what is usual; a week of it is compared with (C2), the two days before today left out. */
const DAYS = 60;
const METHOD = 'c2';
const COUNTS = { positives: positivesByDay, cases: reportsByDay } as const;

/** A dozen days and one sum: cheap enough to be done where it is heard. */
async function look(
  context: Context,
  division: string,
  at: string,
  series: Aberration['series'],
): Promise<void> {
  const { trx, now, platform } = context;
  const county = division.slice(0, 6);
  const day = civilDayOf(at, platform.config.LEVEE_TIME_ZONE);
  if (county.length < 6 || (await isFound(trx, { division: county, day, series }))) return;
  const days = await COUNTS[series](trx, { within: county, until: day, days: DAYS });
  const last = aberrationsOf({ days, series, method: METHOD }).days.at(-1);
  if (last?.alarm !== true || last.expected === null || last.upper === null) return;
  const found = {
    series,
    method: METHOD,
    day,
    observed: last.count,
    expected: last.expected,
    upper: last.upper,
  };
  const id = newId(Date.parse(now));
  if (!(await insertAberration(trx, { id, division: county, ...found }, now))) return;
  await emit(context, {
    kind: 'analysis.aberration_found',
    division: county,
    subject: { type: 'aberration', id },
    data: found,
  });
}

export const analysisReactions: readonly Reaction[] = [
  {
    name: 'analysis.look-at-positives',
    kinds: ['result.screening_positive'],
    handle: (context, event) => look(context, event.division, event.at, 'positives'),
  },
  {
    name: 'analysis.look-at-cases',
    kinds: ['case.opened'],
    handle: (context, event) => look(context, event.division, event.at, 'cases'),
  },
];
