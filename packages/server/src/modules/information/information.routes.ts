import { information as contract } from '@levee/contract';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import { listBulletins } from './bulletins.repository.ts';
import * as service from './bulletins.service.ts';
import { previewOf } from './preview.ts';
import { listAreas } from './public-store.repository.ts';

export const informationRoutes = implement('information', contract, {
  list: async (context, { query }) => {
    const { items, total } = await listBulletins(context.trx, query, offsetOf(query), query.limit);
    return toPage(context, query, await service.summarise(context, items), total);
  },
  byId: (context, { params }) => service.view(context, params.bulletinId),
  draft: (context, { body }) => service.draft(context, body),
  write: (context, { params, body }) => service.write(context, params.bulletinId, body),
  lockFigures: (context, { params, body }) => service.relock(context, params.bulletinId, body.version),
  check: (context, { params, body }) => service.check(context, params.bulletinId, body.version),
  sendBack: (context, { params, body }) => service.sendBack(context, params.bulletinId, body),
  approve: (context, { params, body }) => service.approve(context, params.bulletinId, body.version),
  correct: (context, { params, body }) => service.correct(context, params.bulletinId, body),
  withdraw: (context, { params, body }) => service.withdraw(context, params.bulletinId, body),
  preview: async (context, { params, query }) => ({
    html: await previewOf(context, params.bulletinId, query.language),
    asOf: context.now,
  }),
  areas: async (context) => ({ items: await listAreas(context.trx, context.now), asOf: context.now }),
});
