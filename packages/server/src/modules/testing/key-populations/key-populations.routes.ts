import { keyPopulations as contract } from '@levee/contract';
import { implement } from '../../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../../platform/http/paging.ts';
import * as declarations from './declarations.service.ts';
import { enrolList } from './enrol-list.service.ts';
import * as service from './key-populations.service.ts';

export const keyPopulationsRoutes = implement('keyPopulations', contract, {
  rules: (context) => service.rulesInForce(context),
  enrol: (context, { body }) => service.enrol(context, body),
  enrolPerson: (context, { body }) => service.enrolPerson(context, body),
  enrolList: (context, { body }) => enrolList(context, body),
  end: (context, { params, body }) => service.endMembership(context, params.personId, body.population),
  employers: async (context, { query }) => {
    const { items, total } = await service.employersDue(context, query, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  members: async (context, { query }) => {
    const { items, total } = await service.membersDue(context, query, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  call: (context, { params }) => service.callEmployer(context, params.employerId),
  registerReturnee: (context, { body }) => service.registerReturnee(context, body),
  returnees: async (context, { query }) => {
    const { items, total } = await service.viewReturnees(
      context,
      { overdue: query.overdue === 'true' },
      offsetOf(query),
      query.limit,
    );
    return toPage(context, query, items, total);
  },
  declarations: async (context, { query }) => {
    const { items, total } = await declarations.waitingDeclarations(context, offsetOf(query), query.limit);
    return toPage(context, query, items, total);
  },
  declarationPhone: (context, { params }) => declarations.phoneOf(context, params.declarationId),
  confirmDeclaration: (context, { params, body }) =>
    declarations.confirmDeclaration(context, params.declarationId, body),
  setAsideDeclaration: (context, { params, body }) =>
    declarations.setAsideDeclaration(context, params.declarationId, body.reason),
});
