import { handlers as contract } from '@levee/contract';
import { implement } from '../../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../../platform/http/paging.ts';
import * as service from './handlers.service.ts';

export const handlersRoutes = implement('handlers', contract, {
  list: async (context, { params, query }) => {
    const found = await service.handlersOf(context, params.specimenId, query, offsetOf(query), query.limit);
    return { ...toPage(context, query, found.items, found.total), search: found.search };
  },
  search: (context, { params }) => service.searchHandlers(context, params.specimenId),
  add: (context, { params, body }) => service.addHandler(context, params.specimenId, body),
});
