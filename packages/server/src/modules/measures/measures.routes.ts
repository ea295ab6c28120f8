import { measures as contract, LeveeError } from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import { listAlarms } from './alarm.service.ts';
import * as appealsRepository from './appeals.repository.ts';
import * as appeals from './appeals.service.ts';
import * as areas from './areas.service.ts';
import * as decisions from './decisions.service.ts';
import * as drafting from './drafting.service.ts';
import * as evidence from './evidence.ts';
import { packOfIncident } from './incident-pack.ts';
import type { Measure } from './measure.ts';
import { listMeasures } from './measures.repository.ts';
import * as reading from './reading.ts';

const answered = async (context: Context, measure: Promise<Measure>) =>
  reading.answerOf(context, await measure);

export const measuresRoutes = implement('measures', contract, {
  list: async (context, { query }) => {
    const at = query.at ?? context.now;
    const { items, total } = await listMeasures(context.trx, query, at, offsetOf(query), query.limit);
    const people = items
      .filter(({ subjectType }) => subjectType === 'person')
      .map(({ subjectId }) => subjectId);
    context.opened('person', people);
    return { ...toPage(context, query, await reading.answersOf(context, items, at), total), asOf: at };
  },
  counts: async (context, { query }) => {
    const figures = await appealsRepository.figures(context.trx, query.at ?? context.now);
    return reading.counts(context, query, figures.open, figures.suspended);
  },
  byId: (context, { params }) => reading.measureDetail(context, params.measureId),
  evidence: (context, { query: { level = null, kind, ...subject } }) =>
    evidence.evidenceFor(context, { ...subject, kind, level }),
  areaProposals: async (context, { query }) => {
    const packId = await packOfIncident(context.trx, query.incidentId);
    if (packId === null) throw new LeveeError('not_found');
    return areas.areaProposals(context, {
      incidentId: query.incidentId,
      packId,
      spreadUnclear: query.spreadUnclear ?? false,
    });
  },
  preview: (context, { body }) => drafting.previewMeasure(context, body),
  draft: (context, { body }) => answered(context, drafting.draftMeasure(context, body)),
  amendNotice: (context, { params, body }) =>
    answered(context, decisions.amendNotice(context, { ...params, ...body })),
  approve: (context, { params, body }) =>
    answered(context, decisions.approveMeasure(context, { ...params, ...body })),
  reject: (context, { params, body }) =>
    answered(context, decisions.rejectMeasure(context, { ...params, ...body })),
  withdraw: (context, { params, body }) =>
    answered(context, decisions.withdrawMeasure(context, { ...params, ...body })),
  extend: (context, { params, body }) =>
    answered(context, drafting.extendMeasure(context, { ...params, ...body })),
  review: (context, { params, body }) =>
    answered(context, decisions.reviewMeasure(context, { ...params, ...body })),
  stepDown: (context, { params }) => areas.stepDownOf(context, params.measureId),
  notice: (context, { params }) => reading.noticeOf(context, params.measureId),
  appeals: async (context, { query }) => {
    const { items, total } = await appealsRepository.listAppeals(
      context.trx,
      query,
      offsetOf(query),
      query.limit,
    );
    return toPage(
      context,
      query,
      items.map((appeal) => appeals.answer(context, appeal)),
      total,
    );
  },
  lodgeAppeal: (context, { params, body }) => appeals.lodgeAppeal(context, { ...params, ...body }),
  acknowledgeAppeal: (context, { params }) => appeals.acknowledgeAppeal(context, params.appealId),
  confirmDanger: (context, { params, body }) => appeals.confirmDanger(context, { ...params, ...body }),
  decideAppeal: (context, { params, body }) => appeals.decideAppeal(context, { ...params, ...body }),
  appealFigures: async (context) => {
    const { median, suspended: _, ...rest } = await appealsRepository.figures(context.trx, context.now);
    return { asOf: context.now, ...rest, medianHoursToDecision: median };
  },
  alarms: async (context, { query }) => {
    const { items, total } = await listAlarms(context.trx, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
});
