import { tracing as contract } from '@levee/contract';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import * as assistance from './assistance.service.ts';
import { countPeople } from './contacts.repository.ts';
import * as contacts from './contacts.service.ts';
import * as searches from './searches.service.ts';

export const tracingRoutes = implement('tracing', contract, {
  window: (context, { params, query }) => searches.windowOfCase(context, params.caseId, query.packId),
  search: (context, { body }) => searches.makeSearch(context, body),
  searches: async (context, { query }) => {
    const found = await searches.listSearches(context, query.caseId, offsetOf(query), query.limit);
    return toPage(context, query, found.items, found.total);
  },
  searchById: (context, { params }) => searches.resultOf(context, params.searchId),
  searchExposures: async (context, { params }) => ({
    exposures: await searches.exposuresOfFinding(context, params.searchId, params.personId),
  }),
  adopt: (context, { params }) => searches.adoptSearch(context, params.searchId),
  contacts: async (context, { query }) => {
    const found = await contacts.listContacts(context, query, offsetOf(query), query.limit);
    return toPage(context, query, found.items, found.total);
  },
  contactById: (context, { params }) => contacts.contactDetail(context, params.contactId),
  counts: async (context, { query }) => ({
    asOf: context.now,
    source: { zh: '接触者判定记录，每人只计一次', en: 'decisions on contacts, each person counted once' },
    ...(await countPeople(context.trx, query)),
  }),
  review: async (context, { body }) => ({ items: await contacts.reviewContacts(context, body.items) }),
  addFacts: (context, { params, body }) => contacts.addFacts(context, params.contactId, body),
  requestAssistance: (context, { body }) => assistance.requestAssistance(context, body),
  assistanceRequests: async (context, { query }) => {
    const found = await assistance.listRequests(context, query.state, offsetOf(query), query.limit);
    return toPage(context, query, found.items, found.total);
  },
  answerAssistance: (context, { params, body }) => assistance.answerRequest(context, params.requestId, body),
});
