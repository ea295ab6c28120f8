import { isolation as contract } from '@levee/contract';
import { implement } from '../../platform/http/implement.ts';
import { offsetOf, toPage } from '../../platform/http/paging.ts';
import { enterFollowUp, enterSiteSample } from './care.service.ts';
import { certificateOf } from './certificate.ts';
import { countOrders } from './counts.service.ts';
import { addRooms, facilitiesNow, roomsWithOccupants } from './facilities.service.ts';
import * as loop from './loop.service.ts';
import { listOrders, orderDetail } from './reading.ts';

export const isolationRoutes = implement('isolation', contract, {
  orders: async (context, { query }) => {
    const found = await listOrders(context, query, offsetOf(query), query.limit);
    return toPage(context, query, found.items, found.total);
  },
  counts: (context, { query }) => countOrders(context, query),
  orderById: (context, { params }) => orderDetail(context, params.orderId),
  draft: (context, { body }) => loop.draftForContact(context, body),
  setConditions: (context, { params, body }) => loop.setConditions(context, { ...params, ...body }),
  approve: (context, { params, body }) => loop.approveOrder(context, { ...params, ...body }),
  reject: (context, { params, body }) => loop.rejectOrder(context, { ...params, ...body }),
  notify: (context, { params, body }) => loop.notifyPerson(context, { ...params, ...body }),
  transfer: (context, { params, body }) => loop.recordTransfer(context, { ...params, ...body }),
  admit: (context, { params, body }) => loop.admit(context, { ...params, ...body }),
  followUp: (context, { params, body }) => enterFollowUp(context, { ...params, ...body }),
  siteSample: (context, { params, body }) => enterSiteSample(context, { ...params, ...body }),
  release: (context, { params, body }) => loop.release(context, { ...params, ...body }),
  certificate: (context, { params }) => certificateOf(context, params.orderId),
  facilities: (context, { query }) => facilitiesNow(context, query),
  rooms: (context, { params }) => roomsWithOccupants(context, params.placeId),
  addRooms: (context, { params, body }) => addRooms(context, params.placeId, body.rooms),
});
