import { organisations as contract } from '@levee/contract';
import { implement } from '../../platform/http/implement.ts';
import * as service from './organisations.service.ts';

export const organisationsRoutes = implement('organisations', contract, {
  headquarters: async (context) => ({
    items: await service.headquartersWithPosts(context),
    asOf: context.now,
  }),
  whoAnswers: (context, { query }) => service.whoAnswers(context, query),
  postCandidates: async (context, { params }) => ({
    items: await service.postCandidates(context, params.postId),
    asOf: context.now,
  }),
  fillPost: (context, { params, body }) => service.fillPost(context, { ...params, ...body }),
  handOver: (context, { params, body }) => service.handOver(context, { ...params, ...body }),
});
