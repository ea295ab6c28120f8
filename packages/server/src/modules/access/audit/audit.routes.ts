import { audit as contract } from '@levee/contract';
import { implement } from '../../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../../platform/http/paging.ts';
import * as audit from './audit.repository.ts';
import * as service from './audit.service.ts';

export const auditRoutes = implement('audit', contract, {
  list: async (context, { query }) => {
    const { items, total } = await service.listEntries(context, query, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  whoOpened: async (context, { params, query }) => {
    const { items, total } = await audit.listEntries(context.trx, params, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  verify: (context) => service.verifyAndTell(context),
});
