import { testing as contract } from '@levee/contract';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import { accountingOf } from './accounting.ts';
import { foundInOf } from './found-in/found-in.service.ts';
import { resultsOfPerson } from './person-results.service.ts';
import { listPools } from './pools.repository.ts';
import * as pools from './pools.service.ts';
import { listResamples } from './resamples.repository.ts';
import * as results from './results.service.ts';
import * as samples from './samples.service.ts';
import { viewPools, viewResamples } from './views.ts';

export const testingRoutes = implement('testing', contract, {
  registerSample: (context, { body }) => samples.registerSample(context, body),
  withdrawSample: (context, { params, body }) =>
    samples.withdrawSample(context, params.sampleId, body.reason),
  closePool: (context, { body }) => pools.closePool(context, body),
  reopenPool: (context, { params }) => pools.reopenPool(context, params.poolId),
  sendPools: (context, { body }) => pools.sendPools(context, body),
  receive: (context, { body }) => pools.receivePool(context, body),
  reportResult: (context, { body }) => results.reportResult(context, body),
  proposeAmendment: (context, { params, body }) => results.proposeAmendment(context, params.resultId, body),
  decideAmendment: (context, { params, body }) =>
    results.decideAmendment(context, params.amendmentId, body.decision),
  pools: async (context, { query }) => {
    const { items, total } = await listPools(context.trx, query, offsetOf(query), query.limit);
    return toPage(context, query, await viewPools(context, items), total);
  },
  poolById: (context, { params }) => pools.poolById(context, params.poolId),
  desk: (context, { params }) => pools.deskOf(context, params.siteId),
  resamples: async (context, { query }) => {
    const { items, total } = await listResamples(context.trx, query, offsetOf(query), query.limit);
    return toPage(context, query, await viewResamples(context, items), total);
  },
  accounting: (context, { query }) => accountingOf(context, query),
  foundIn: (context, { params }) => foundInOf(context, params.sampleId),
  byPerson: (context, { params }) => resultsOfPerson(context, params.personId),
});
