import { people as contract } from '@levee/contract';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import * as service from './people.service.ts';

export const peopleRoutes = implement('people', contract, {
  search: async (context, { query }) => {
    const { items, total } = await service.searchPeople(context, query, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  findByNumber: async (context, { body }) => ({ items: await service.findByNumber(context, body.number) }),
  register: (context, { body }) => service.registerPerson(context, body),
  byId: (context, { params }) => service.personById(context, params.personId),
  household: (context, { params }) => service.householdOf(context, params.personId),
  correct: (context, { params, body }) => service.correctPerson(context, params.personId, body),
  reveal: (context, { params, body }) => service.reveal(context, params.personId, body.field),
});
