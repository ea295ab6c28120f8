import { specimens as contract } from '@levee/contract';
import { implement } from '../../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../../platform/http/paging.ts';
import { countSpecimens, listSpecimens } from './specimens.repository.ts';
import * as service from './specimens.service.ts';

export const specimensRoutes = implement('specimens', contract, {
  register: (context, { body }) => service.registerSpecimen(context, body),
  withdraw: (context, { params, body }) => service.withdrawSpecimen(context, params.specimenId, body.reason),
  list: async (context, { query }) => {
    const { items, total } = await listSpecimens(context.trx, query, offsetOf(query), query.limit);
    return {
      ...toPage(context, query, await service.viewSpecimens(context, items), total),
      counts: await countSpecimens(context.trx),
    };
  },
  byId: (context, { params }) => service.specimenById(context, params.specimenId),
});
