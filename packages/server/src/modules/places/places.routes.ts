import { places as contract } from '@levee/contract';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import { outlinesFor } from './outlines.ts';
import * as places from './places.repository.ts';
import * as service from './places.service.ts';
import { inTree, setSteward, stewardCandidates } from './stewards.ts';

export const placesRoutes = implement('places', contract, {
  search: async (context, { query }) => {
    const { items, total } = await places.listPlaces(context.trx, query, offsetOf(query), query.limit);
    return toPage(context, query, await service.withPaths(context, items), total);
  },
  byId: (context, { params }) => service.placeById(context, params.placeId),
  children: async (context, { params, query }) => {
    await places.findPlaceByIdOrThrow(context.trx, params.placeId);
    const filter = { parentId: params.placeId };
    const { items, total } = await places.listPlaces(context.trx, filter, offsetOf(query), query.limit);
    return toPage(context, query, await service.withPaths(context, items), total);
  },
  tree: async (context, { query }) => {
    if (query.parentId === undefined) {
      const root = await places.findPlaceByCode(context.trx, context.actor.scope);
      return toPage(context, query, await inTree(context, root ? [root] : []), root ? 1 : 0);
    }
    await places.findPlaceByIdOrThrow(context.trx, query.parentId);
    const filter = { parentId: query.parentId, coded: true };
    const { items, total } = await places.listPlaces(context.trx, filter, offsetOf(query), query.limit);
    return toPage(context, query, await inTree(context, items), total);
  },
  stewardCandidates: async (context, { params }) => ({
    items: await stewardCandidates(context, params.placeId),
    asOf: context.now,
  }),
  setSteward: (context, { params, body }) => setSteward(context, { ...params, ...body }),
  outlines: async (context) => {
    const areas = await outlinesFor(context);
    const { items } = await places.listPlaces(context.trx, { level: ['township'] }, 0, 500);
    return {
      attribution: [...new Set(areas.map(({ source }) => source))].join(' · '),
      areas,
      townships: await service.withPaths(context, items),
    };
  },
  add: (context, { body }) => service.addVenue(context, body),
});
