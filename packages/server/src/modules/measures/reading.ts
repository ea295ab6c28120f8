/** What the ledger answers: measures with their phase, clock and cost at the time of the answer. */

import {
  type EventKind,
  eventKinds,
  type Measure as MeasureAnswer,
  type MeasureDetail,
  roleMay,
} from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import { divisionNames } from '../../platform/db/division-name.ts';
import { headquartersOf } from '../organisations/index.ts';
import { personSummaries } from '../people/index.ts';
import { listAppeals } from './appeals.repository.ts';
import { answer as answerAppeal } from './appeals.service.ts';
import { countsAt } from './counts.repository.ts';
import * as evidence from './evidence.ts';
import { approvalBlocks } from './faults.ts';
import { extensionsOf, historyOf, reviewsOf } from './history.repository.ts';
import {
  boMissing,
  EMERGENCY_HOURS,
  hoursAfter,
  type Measure,
  missingOf,
  personDays,
  reviewDueOf,
} from './measure.ts';
import * as measures from './measures.repository.ts';
import { placeRefs } from './place-refs.ts';

export async function answersOf(
  context: Context,
  found: readonly Measure[],
  at = context.now,
): Promise<MeasureAnswer[]> {
  const { trx } = context;
  const places = await placeRefs(
    trx,
    found.filter(({ subjectType }) => subjectType === 'place').map(({ subjectId }) => subjectId),
  );
  const names = await divisionNames(
    trx,
    found.map(({ division }) => division),
  );
  return found.map((measure) => {
    const due = reviewDueOf(measure);
    const {
      reviewAt: _,
      lastReviewAt: __,
      alternatives: ___,
      smallest: ____,
      notice: _____,
      ground,
      ...shown
    } = measure;
    return {
      ...shown,
      ground: [...ground],
      place: places.get(measure.subjectId) ?? null,
      divisionName: names(measure.division),
      lapsesAt:
        measure.emergency && measure.approvedAt === null
          ? hoursAfter(measure.draftedAt, EMERGENCY_HOURS)
          : null,
      reviewDueAt: due,
      reviewOverdue: measure.active && due !== null && Date.parse(due) < Date.parse(at),
      personDays: personDays(measure, at),
    };
  });
}

export const answerOf = async (context: Context, measure: Measure): Promise<MeasureAnswer> =>
  (await answersOf(context, [measure]))[0]!;

export async function measureDetail(context: Context, id: string): Promise<MeasureDetail> {
  const { trx, now, actor } = context;
  const measure = await measures.findMeasureByIdOrThrow(trx, id, now);
  const { items: appeals } = await listAppeals(trx, { measureId: id }, 0, 100);
  const people =
    measure.subjectType === 'person' ? await personSummaries(context, [measure.subjectId]) : new Map();
  const history = await historyOf(trx, [id, ...appeals.map((appeal) => appeal.id)]);
  const blocked = approvalBlocks(measure, actor, now);
  const mayApprove = actor.role === 'system' || roleMay(actor.role, 'measures.approve');
  if (!mayApprove && measure.state === 'awaiting_approval') blocked.push(NOT_AN_APPROVER);
  return {
    ...(await answerOf(context, measure)),
    person: people.get(measure.subjectId) ?? null,
    evidence: await evidence.describe(context, measure.ground, measure),
    alternatives: [...measure.alternatives],
    smallest: measure.smallest,
    notice: measure.notice,
    noticeMissing: missingOf(measure.notice),
    boMissing: boMissing(measure.notice),
    appeals: appeals.map((appeal) => answerAppeal(context, appeal)),
    reviews: await reviewsOf(trx, id),
    history: history.map((entry) => ({ ...entry, title: eventKinds[entry.kind as EventKind] })),
    extensions: await extensionsOf(trx, id),
    mayApprove: mayApprove && blocked.length === 0,
    approvalBlocked: blocked,
  };
}

const NOT_AN_APPROVER = {
  zh: '批准须由指挥长作出，您的岗位只能拟定',
  en: 'a commander approves; your post drafts only',
};

/** The notice as printed: whom it addresses, who issues it, its number. */
export async function noticeOf(context: Context, id: string) {
  const measure = await measures.findMeasureByIdOrThrow(context.trx, id, context.now);
  const [shown] = await answersOf(context, [measure]);
  const people =
    measure.subjectType === 'person' ? await personSummaries(context, [measure.subjectId]) : new Map();
  const county = (await divisionNames(context.trx, [measure.division]))(measure.division.slice(0, 6));
  return {
    notice: measure.notice,
    kind: measure.kind,
    addressee: people.get(measure.subjectId)?.nameZh ?? shown?.place?.nameZh ?? '',
    authority: headquartersOf(county),
    number: `${measure.division.slice(0, 6)}-${measure.draftedAt.slice(0, 10).replaceAll('-', '')}-${measure.id.slice(-6)}`,
    issuedAt: measure.approvedAt ?? (measure.emergency ? measure.draftedAt : null),
    boMissing: boMissing(measure.notice),
  };
}

export async function counts(
  context: Context,
  query: { within?: string | undefined; incidentId?: string | undefined; at?: string | undefined },
  appealsOpen: number,
  suspended: number,
) {
  const at = query.at ?? context.now;
  const { byKind, active, awaiting, endsSoon, reviewOverdue } = await countsAt(context.trx, query, at);
  const source = { zh: '措施台账', en: 'ledger of measures' };
  const figure = (value: number) => ({ value, asOf: at, source });
  return {
    asOf: at,
    byKind,
    active: figure(active),
    awaiting: figure(awaiting),
    endsSoon: figure(endsSoon),
    reviewOverdue: figure(reviewOverdue),
    appealsOpen: figure(appealsOpen),
    suspended: figure(suspended),
  };
}
