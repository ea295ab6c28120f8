import { LeveeError, refuse, refuseState } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { findPlaceByCode } from '../places/index.ts';
import { adoptFindings } from './adopt.ts';
import * as assistance from './assistance.repository.ts';
import { countByState } from './contacts.repository.ts';
import { findingsOfSearch, findSearchByIdOrThrow } from './searches.repository.ts';
import { inWiderScope, isOwn } from './wider-scope.ts';

/** Our own service level until the pack names one: an answer within a day. */
const ANSWER_HOURS = 24;

/**
 * Hands the people a search found in another area to that area: they become its proposed contacts, with their evidence,
 * and the asking area sees numbers and the answer.
 */
export async function requestAssistance(
  context: Context,
  order: { id: string; searchId: string; toDivision: string; note?: string | undefined },
) {
  const { actor, now } = context;
  const search = await findSearchByIdOrThrow(context.trx, order.searchId);
  requireScope(context, search.division);
  if (isOwn(context, order.toDivision)) {
    throw refuse(
      { zh: '该地区在您的辖区内，可直接办理', en: 'that area is yours: act directly' },
      { zh: '在接触者列表中研判。', en: 'Decide in the list of contacts.' },
    );
  }
  const sent = await inWiderScope(context, async (trx) => {
    const findings = await findingsOfSearch(trx, search.id, order.toDivision);
    if (findings.length === 0) {
      throw refuse(
        { zh: '此次排查未发现居住在该地区的人员', en: 'this search found nobody who lives in that area' },
        { zh: '核对所选地区。', en: 'Check the area.' },
      );
    }
    const inserted = await assistance.insertRequest(trx, {
      id: order.id,
      searchId: search.id,
      caseId: search.caseId,
      incidentId: search.incidentId,
      fromDivision: actor.scope,
      toDivision: order.toDivision,
      peopleCount: findings.length,
      note: order.note ?? null,
      authorId: actor.id,
      authorName: actor.name,
      at: now,
      dueAt: new Date(Date.parse(now) + ANSWER_HOURS * 3_600_000).toISOString(),
    });
    if (inserted) await adoptFindings({ ...context, trx }, search, findings, order.id);
    if (inserted) {
      await emit(context, {
        kind: 'assistance.requested',
        division: order.toDivision,
        subject: { type: 'assistance_request', id: order.id },
        incidentId: search.incidentId,
        data: { caseId: search.caseId, fromDivision: actor.scope, peopleCount: findings.length },
      });
    }
    return inserted;
  });
  if (!sent) {
    throw refuseState(
      { zh: '已就此次排查向该地区发函', en: 'that area was asked about this search already' },
      { zh: '在协查函列表中查看进展。', en: 'See the list of requests for its progress.' },
    );
  }
  return requestAnswer(context, order.id);
}

async function requestAnswer(context: Context, id: string) {
  const request = await assistance.findRequestByIdOrThrow(context.trx, id);
  return (await toAnswers(context, [request]))[0]!;
}

export async function listRequests(
  context: Context,
  states: readonly ('sent' | 'answered')[] | undefined,
  offset: number,
  limit: number,
) {
  const { items, total } = await assistance.listRequests(context.trx, states, offset, limit);
  return { items: await toAnswers(context, items), total };
}

/** Numbers and names of areas: what both sides may see. */
async function toAnswers(context: Context, requests: readonly assistance.RequestRow[]) {
  const codes = [...new Set(requests.flatMap(({ fromDivision, toDivision }) => [fromDivision, toDivision]))];
  const { names, states } = await inWiderScope(context, async (trx) => ({
    names: new Map(
      await Promise.all(
        codes.map(async (code) => [code, (await findPlaceByCode(trx, code))?.nameZh ?? code] as const),
      ),
    ),
    states: await countByState(
      trx,
      requests.map(({ id }) => id),
    ),
  }));
  const count = (id: string, state: string) =>
    states.find((one) => one.requestId === id && one.state === state)?.count ?? 0;
  return requests.map(({ incidentId: _, authorId, authorName, state, ...request }) => ({
    ...request,
    state: state as 'sent' | 'answered',
    fromName: names.get(request.fromDivision)!,
    toName: names.get(request.toDivision)!,
    author: { id: authorId, name: authorName },
    counts: {
      proposed: count(request.id, 'proposed'),
      accepted: count(request.id, 'accepted'),
      rejected: count(request.id, 'rejected'),
    },
  }));
}

/** The asked area answers; only it may. */
export async function answerRequest(
  context: Context,
  id: string,
  { version, answer }: { version: number; answer: string },
) {
  const request = await assistance.findRequestByIdOrThrow(context.trx, id);
  requireScope(context, request.toDivision);
  const updated = await assistance.updateAnswer(context.trx, id, version, {
    text: answer,
    byName: context.actor.name,
    at: context.now,
  });
  if (!updated) throw new LeveeError('edit.clash', {}, { detail: { version: request.version } });
  await emit(context, {
    kind: 'assistance.answered',
    division: request.toDivision,
    subject: { type: 'assistance_request', id },
    incidentId: request.incidentId,
    data: { caseId: request.caseId, fromDivision: request.fromDivision },
  });
  return requestAnswer(context, id);
}
