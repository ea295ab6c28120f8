/** The situation as it is, or as it was at any past moment. */

import type { Bilingual, FigureName, Situation } from '@levee/contract';
import { addDays, startOfDay } from '@levee/protocol';
import { civilDayOf } from '../../platform/clock.ts';
import { type Context, requireScope } from '../../platform/context.ts';
import { divisionNames } from '../../platform/db/division-name.ts';
import { countOverdue } from '../tasks/index.ts';
import * as situation from './situation.repository.ts';
import { listTimeline } from './timeline.repository.ts';

const DAYS = 14;
const MARKS = 200;

interface FigureDefinition {
  readonly title: Bilingual;
  readonly source: Bilingual;
  /** A flow is counted by day, the last one up to the moment asked about; a stock is what holds at a moment. */
  readonly values: (context: Context, moments: Moments, within: string) => Promise<number[]>;
}

interface Moments {
  readonly days: readonly string[];
  /** The end of each day, the last one the moment asked about. */
  readonly instants: readonly string[];
  /** The beginning of the last day. */
  readonly dayStart: string;
}

const flow =
  (name: string, kinds: situation.FlowKinds): FigureDefinition['values'] =>
  async (context, { days, instants, dayStart }, within) => {
    const series = await situation.flowOfDays(context.trx, name, days, within);
    const at = instants.at(-1)!;
    // Looking back within a day: its counter holds what came later too.
    if (at >= context.now) return series;
    return [...series.slice(0, -1), await situation.flowBetween(context.trx, kinds, dayStart, at, within)];
  };
const stock =
  (name: string): FigureDefinition['values'] =>
  (context, { instants }, within) =>
    situation.stockAt(context.trx, name, instants, within);

const FIGURES: Readonly<Record<FigureName, FigureDefinition>> = {
  samples: {
    title: { zh: '今日采样', en: 'Samples today' },
    source: { zh: '采样登记', en: 'Sample registration' },
    values: flow('samples', { up: 'sample.registered', down: 'sample.withdrawn' }),
  },
  positives: {
    title: { zh: '今日初筛阳性', en: 'Screening-positive today' },
    source: { zh: '实验室单管结果', en: 'Single-tube laboratory results' },
    values: flow('positives', {
      up: 'result.screening_positive',
      down: 'result.amended',
      positivesOnly: true,
    }),
  },
  close_contacts: {
    title: { zh: '密切接触者', en: 'Close contacts' },
    source: { zh: '流调判定（已审核）', en: 'Tracing, reviewed' },
    values: stock('close_contacts'),
  },
  contacts_of_contacts: {
    title: { zh: '密接的密接', en: 'Contacts of contacts' },
    source: { zh: '流调判定（已审核）', en: 'Tracing, reviewed' },
    values: stock('contacts_of_contacts'),
  },
  under_measures: {
    title: { zh: '在管人员', en: 'People under measures' },
    source: { zh: '措施台账（现行有效）', en: 'Ledger of measures in force' },
    values: stock('under_measures'),
  },
  tasks_overdue: {
    title: { zh: '超时任务', en: 'Tasks overdue' },
    source: { zh: '任务清单', en: 'Task list' },
    values: (context, { instants }, within) => countOverdue(context.trx, instants, within),
  },
};

/** `at` defaults to now; `within` to the reader's own area, and must lie in it. */
export async function situationAt(
  context: Context,
  query: { at?: string | undefined; within?: string | undefined },
): Promise<Situation> {
  const within = query.within ?? context.actor.scope;
  requireScope(context, within);
  const at = query.at ? new Date(query.at).toISOString() : context.now;
  const zone = context.platform.config.LEVEE_TIME_ZONE;
  const today = civilDayOf(at, zone);
  const days = Array.from({ length: DAYS }, (_, index) => addDays(today, index - DAYS + 1));
  const ends = days.map((day) => new Date(Date.parse(startOfDay(addDays(day, 1), zone)) - 1).toISOString());
  const moments: Moments = { days, instants: [...ends.slice(0, -1), at], dayStart: startOfDay(today, zone) };
  const figures = [];
  for (const [name, { title, source, values }] of Object.entries(FIGURES)) {
    const series = await values(context, moments, within);
    figures.push({
      name: name as FigureName,
      title,
      source,
      asOf: at,
      value: series.at(-1) ?? 0,
      series: days.map((day, index) => ({ day, value: series[index] ?? 0 })),
    });
  }
  const cases = await situation.curveOf(context.trx, days, within, zone, at);
  return {
    asOf: at,
    figures,
    places: await placesOf(context, at, within),
    curve: days.map((day, index) => ({ day, cases: cases[index] ?? 0 })),
    marks: await marksOf(context, startOfDay(days[0]!, zone), at, within),
  };
}

async function placesOf(context: Context, at: string, within: string): Promise<Situation['places']> {
  const byDivision = new Map<string, Map<string, number>>();
  for (const { division, name, count } of await situation.stockByPlace(context.trx, at, within)) {
    const counts = byDivision.get(division) ?? new Map<string, number>();
    byDivision.set(division, counts.set(name, count));
  }
  const names = await divisionNames(context.trx, [...byDivision.keys()]);
  return [...byDivision].map(([division, counts]) => ({
    division,
    divisionName: names(division),
    signals: counts.get('signals') ?? 0,
    cases: counts.get('cases') ?? 0,
    highRiskAreas: counts.get('high_risk_areas') ?? 0,
    mediumRiskAreas: counts.get('medium_risk_areas') ?? 0,
  }));
}

/** Decisions to set against the curve. */
async function marksOf(
  context: Context,
  from: string,
  until: string,
  within: string,
): Promise<Situation['marks']> {
  const subject = ['incident', 'measure', 'bulletin', 'clock'];
  const { items } = await listTimeline(context.trx, { within, subject, from, until }, 0, MARKS);
  return items
    .filter(({ kind }) => MARKED.has(kind))
    .map(({ at, kind, title, division }) => ({ at, kind, title, division }))
    .reverse();
}

const MARKED = new Set<string>([
  'incident.activated',
  'incident.level_changed',
  'incident.decided',
  'incident.stood_down',
  'measure.approved',
  'measure.withdrawn',
  'bulletin.published',
]);
