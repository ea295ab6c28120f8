/** Use cases of the analysis: whose cases, known up to when, by which interval; then the thread computes. */
import { type AnalysisAbout, type Bilingual, LeveeError, refuse } from '@levee/contract';
import { packs } from '@levee/protocol';
import { civilDayOf } from '../../platform/clock.ts';
import { type Context, requireScope } from '../../platform/context.ts';
import {
  type CaseFacts,
  caseFactsOf,
  findLineListById,
  linksOf,
  onsetBeforeInfectorOf,
} from '../cases/index.ts';
import { findIncidentById } from '../incidents/index.ts';
import { countTestsByDay } from '../testing/index.ts';
import { type Basis, knownAt, lastRecordOf } from './analysis.ts';
import type { IntervalChoice } from './estimates/interval.ts';
import { estimateInThread } from './thread/estimator.ts';

interface Of {
  readonly incidentId?: string | undefined;
  readonly lineListId?: string | undefined;
  readonly within?: string | undefined;
  readonly until?: string | undefined;
}
interface IntervalQuery {
  readonly serialInterval: 'pack' | 'chains' | 'given';
  readonly packId?: string | undefined;
  readonly intervalMean?: number | undefined;
  readonly intervalSd?: number | undefined;
}

const todayOf = (context: Context): string =>
  civilDayOf(context.now, context.platform.config.LEVEE_TIME_ZONE);

/** The area asked for, inside one's own; without one, all of one's own. */
function areaOf(context: Context, { within }: Of): string {
  if (within === undefined) return context.actor.scope;
  requireScope(context, within);
  return within;
}

interface Source {
  readonly source: AnalysisAbout['source'];
  readonly packId: string | null;
  /** More cases may still come. */
  readonly running: boolean;
  readonly of: { readonly incidentId: string } | { readonly lineListId: string };
}

async function sourceOf({ trx }: Context, { incidentId, lineListId }: Of): Promise<Source> {
  if ((incidentId === undefined) === (lineListId === undefined)) {
    throw refuse(
      { zh: '须指定一个事件或一个名单', en: 'Name one incident or one list' },
      { zh: '在页面上方选择来源。', en: 'Choose the source above.' },
    );
  }
  if (incidentId !== undefined) {
    const incident = await findIncidentById(trx, incidentId);
    if (!incident) throw new LeveeError('not_found');
    const { id, name, packId, stoodDownAt } = incident;
    return {
      source: { kind: 'incident', id, nameZh: name.zh, nameEn: name.en },
      packId,
      running: stoodDownAt === null,
      of: { incidentId: id },
    };
  }
  const list = await findLineListById(trx, lineListId!);
  if (!list) throw new LeveeError('not_found');
  const { id, name, packId } = list;
  return {
    source: { kind: 'line_list', id, nameZh: name, nameEn: name },
    packId,
    running: false,
    of: { lineListId: id },
  };
}

/** The cases of a source as they were known at its cut-off, and what stands with every number made of them. */
async function read(context: Context, of: Of) {
  const source = await sourceOf(context, of);
  const within = areaOf(context, of);
  const facts: CaseFacts[] = await caseFactsOf(context.trx, source.of, within);
  const today = todayOf(context);
  const until = of.until !== undefined && of.until < today ? of.until : undefined;
  const cutoff = until ?? (source.running ? today : (lastRecordOf(facts) ?? today));
  const { cases, notCasesCount, afterCutoffCount } = knownAt(facts, cutoff);
  // Days and outcomes of single cases were read, though only sums are told: the record says of which list.
  context.opened(source.source.kind, [source.source.id!]);
  const about: AnalysisAbout = {
    asOf: context.now,
    cutoffDay: cutoff,
    cutoffFrom: until !== undefined ? 'chosen' : source.running ? 'today' : 'last_record',
    source: source.source,
    within,
    casesCount: cases.length,
    notCasesCount,
    afterCutoffCount,
    methodVersion: `@levee/epi ${context.platform.version}`,
  };
  // A past moment of a list that is over had its reports still coming in.
  const running = source.running || until !== undefined;
  return { ...source, running, within, cutoff, cases, about };
}

async function intervalOf(
  context: Context,
  query: IntervalQuery,
  { packId, of }: Source,
): Promise<IntervalChoice> {
  if (query.serialInterval === 'chains') return { from: 'chains', links: await linksOf(context.trx, of) };
  if (query.serialInterval === 'given') {
    const { intervalMean: mean, intervalSd: sd } = query;
    if (mean !== undefined && sd !== undefined) return { from: 'given', mean, sd };
    throw refuse(
      {
        zh: '自定代际间隔须有均值和标准差',
        en: 'An interval of your own needs a mean and a standard deviation',
      },
      { zh: '填写两个数（天）。', en: 'Give both, in days.' },
    );
  }
  const chosen = query.packId ?? packId;
  if (chosen !== null && !Object.hasOwn(packs, chosen)) {
    throw refuse(
      { zh: `没有规则包 ${chosen}`, en: `There is no protocol pack ${chosen}` },
      { zh: `可选：${Object.keys(packs).join('、')}`, en: `Choose one of ${Object.keys(packs).join(', ')}.` },
    );
  }
  return { from: 'pack', packId: chosen };
}

export async function curveAnalysis(context: Context, query: Of & { readonly basis: Basis }) {
  const { about, ...known } = await read(context, query);
  return { about, ...(await estimateInThread('curve', { ...pick(known), basis: query.basis })) };
}

export async function reproductionAnalysis(
  context: Context,
  query: Of & IntervalQuery & { readonly basis: Basis; readonly windowDays: number },
) {
  const { about, ...known } = await read(context, query);
  const interval = await intervalOf(context, query, known);
  const { basis, windowDays } = query;
  const asked = { ...pick(known), basis, windowDays, interval };
  return { about, ...(await estimateInThread('reproduction', asked)) };
}

export async function caseReproductionAnalysis(
  context: Context,
  query: Of & IntervalQuery & { readonly basis: Basis; readonly windowDays: number },
) {
  const { about, ...known } = await read(context, query);
  const interval = await intervalOf(context, query, known);
  const { basis, windowDays } = query;
  const asked = { ...pick(known), basis, windowDays, interval };
  return { about, ...(await estimateInThread('caseReproduction', asked)) };
}

export async function forecastAnalysis(
  context: Context,
  query: Of &
    IntervalQuery & { readonly basis: Basis; readonly windowDays: number; readonly horizonDays: number },
) {
  const { about, ...known } = await read(context, query);
  const interval = await intervalOf(context, query, known);
  const links = await linksOf(context.trx, known.of);
  const { basis, windowDays, horizonDays } = query;
  const asked = { ...pick(known), basis, windowDays, horizonDays, interval, links, ...packOf(known.packId) };
  return { about, ...(await estimateInThread('forecast', asked)) };
}

export async function growthAnalysis(
  context: Context,
  query: Of &
    IntervalQuery & {
      readonly basis: Basis;
      readonly from?: string | undefined;
      readonly to?: string | undefined;
    },
) {
  const { basis, from, to } = query;
  if (from !== undefined && to !== undefined && from > to) {
    throw refuse(
      { zh: `起始日 ${from} 晚于结束日 ${to}`, en: `The days begin on ${from}, after they end on ${to}` },
      { zh: '把起始日改到结束日之前。', en: 'Let the first day lie before the last.' },
    );
  }
  const { about, ...known } = await read(context, query);
  const interval = await intervalOf(context, query, known);
  return { about, ...(await estimateInThread('growth', { ...pick(known), basis, from, to, interval })) };
}

export async function delaysAnalysis(context: Context, query: Of) {
  const { about, cases, cutoff } = await read(context, query);
  return { about, ...(await estimateInThread('delays', { cases, cutoff })) };
}

export async function severityAnalysis(context: Context, query: Of) {
  const { about, cases, cutoff } = await read(context, query);
  return { about, ...(await estimateInThread('severity', { cases, cutoff })) };
}

export async function offspringAnalysis(context: Context, query: Of) {
  const { about, packId, of, ...known } = await read(context, query);
  const links = await linksOf(context.trx, of);
  const asked = { ...pick(known), links, ...packOf(packId) };
  return { about, ...(await estimateInThread('offspring', asked)) };
}

/** What the pack of a source says of its chains. */
const packOf = (packId: string | null) => ({
  packMean:
    packId !== null && Object.hasOwn(packs, packId)
      ? packs[packId]!.definition.serialInterval.value.mean
      : null,
  onsetBeforeInfectorDays: onsetBeforeInfectorOf(packId).days,
});

const pick = ({
  cases,
  cutoff,
  running,
}: {
  cases: CaseFacts[] | readonly CaseFacts[];
  cutoff: string;
  running: boolean;
}) => ({
  cases,
  cutoff,
  running,
});

/** Days of tests looked back over: two months show what is usual. */
const TEST_DAYS = 60;
const TESTS: Bilingual = { zh: '采样与检测记录', en: 'Samples and results' };

export async function aberrationAnalysis(
  context: Context,
  query: Of & { readonly series: 'cases' | 'samples' | 'positives'; readonly method: 'c1' | 'c2' | 'c3' },
) {
  const { series, method } = query;
  if (series === 'cases') {
    const { about, ...known } = await read(context, query);
    const curve = await estimateInThread('curve', { ...pick(known), basis: 'report' });
    const days = curve.days.map(({ day, count }) => ({ day, count }));
    return { about, ...(await estimateInThread('aberrations', { days, series, method })) };
  }
  const within = areaOf(context, query);
  const today = todayOf(context);
  const until = query.until !== undefined && query.until < today ? query.until : today;
  const counts = await countTestsByDay(context.trx, { within, until, days: TEST_DAYS });
  const days = counts.map((one) => ({ day: one.day, count: one[series] }));
  const about: AnalysisAbout = {
    asOf: context.now,
    cutoffDay: until,
    cutoffFrom: until === today ? 'today' : 'chosen',
    source: { kind: 'tests', id: null, nameZh: TESTS.zh, nameEn: TESTS.en },
    within,
    casesCount: days.reduce((sum, { count }) => sum + count, 0),
    notCasesCount: 0,
    afterCutoffCount: 0,
    methodVersion: `@levee/epi ${context.platform.version}`,
  };
  return { about, ...(await estimateInThread('aberrations', { days, series, method })) };
}
