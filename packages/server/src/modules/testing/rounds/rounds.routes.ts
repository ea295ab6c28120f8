import { rounds as contract } from '@levee/contract';
import { implement } from '../../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../../platform/http/paging.ts';
import { countQueue } from '../resident-results/queue.service.ts';
import { listAreas } from './areas.repository.ts';
import { peopleOfRound, setStanding } from './people.service.ts';
import { findRoundByIdOrThrow, listRounds } from './rounds.repository.ts';
import * as service from './rounds.service.ts';

export const roundsRoutes = implement('rounds', contract, {
  plan: (context, { query }) => service.planRound(context, query),
  start: (context, { body }) => service.startRound(context, body),
  list: async (context, { query }) => {
    const { items, total } = await listRounds(context.trx, query.incidentId, offsetOf(query), query.limit);
    return toPage(context, query, await service.viewRounds(context, items), total);
  },
  byId: (context, { params }) => service.roundById(context, params.roundId),
  areas: async (context, { params, query }) => {
    const { id: roundId, division } = await findRoundByIdOrThrow(context.trx, params.roundId);
    const { level, order } = query;
    const within = query.within ?? division;
    const { items, total } = await listAreas(
      context.trx,
      { roundId, level, within, order },
      offsetOf(query),
      query.limit,
    );
    const lines = items.map(({ stewardId, stewardName, stewardPlace, ...line }) => ({
      ...line,
      steward:
        stewardId && stewardName
          ? { account: { id: stewardId, name: stewardName }, placeName: stewardPlace ?? '' }
          : null,
    }));
    return toPage(context, query, lines, total);
  },
  people: async (context, { params, query }) => {
    const { items, total } = await peopleOfRound(
      context,
      { ...params, ...query },
      offsetOf(query),
      query.limit,
    );
    return toPage(context, query, items, total);
  },
  setStanding: (context, { params, body }) => setStanding(context, { ...params, ...body }),
  callMissed: (context, { params, body }) => service.callStewards(context, params.roundId, body.within),
  countQueue: (context, { params, body }) => countQueue(context, params.siteId, body.waiting),
  close: (context, { params }) => service.closeRound(context, params.roundId),
});
