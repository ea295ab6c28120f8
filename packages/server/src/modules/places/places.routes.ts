import { places as contract } from '@levee/contract';
import { inScope } from '../../platform/context.ts';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import { readOutlines } from './outlines.ts';
import * as places from './places.repository.ts';
import * as service from './places.service.ts';

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
  outlines: async (context) => {
    const areas = readOutlines().filter(
      ({ division }) => inScope(context.actor, division) || context.actor.scope.startsWith(division),
    );
    const { items } = await places.listPlaces(context.trx, { level: ['township'] }, 0, 500);
    return {
      attribution: areas[0]?.source ?? '',
      areas: [...areas],
      townships: await service.withPaths(context, items),
    };
  },
  add: (context, { body }) => service.addVenue(context, body),
});
