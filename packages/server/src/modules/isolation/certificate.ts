/** The release certificate as printed: what was observed, until when, how it ended. */

import { LeveeError, refuseState } from '@levee/contract';
import { dayOf, getPackOrThrow, words } from '@levee/protocol';
import type { Context } from '../../platform/context.ts';
import { divisionNames } from '../../platform/db/division-name.ts';
import { headquartersOf } from '../organisations/index.ts';
import { personSummaries } from '../people/index.ts';
import { findPlaceById } from '../places/index.ts';
import { testState } from './isolation.ts';
import * as orders from './orders.repository.ts';
import { measuresByPhase, standingsOf } from './reading.ts';
import { findRoomsByIds } from './rooms.repository.ts';

/** @throws LeveeError `state.refused` while the person is not free */
export async function certificateOf(context: Context, orderId: string) {
  const { trx, now } = context;
  const order = await orders.findOrder(trx, now, { id: orderId });
  const phase = order?.schedule.phases[0];
  if (!order || !phase) throw new LeveeError('not_found');
  const first = (await measuresByPhase(context, orderId)).find(
    ({ revision, ordinal }) => revision === order.revision && ordinal === 0,
  );
  const releasedAt = order.releasedAt ?? (order.state === 'ended' ? (first?.measure.endsAt ?? null) : null);
  if (releasedAt === null) {
    throw refuseState(
      { zh: '尚未解除，不能出具通知书', en: 'not released yet: there is nothing to certify' },
      { zh: '解除或期满后打印。', en: 'Print it after release, or after the end has come.' },
    );
  }
  context.opened('isolation_order', [orderId]);
  const person = (await personSummaries(context, [order.personId])).get(order.personId);
  if (!person) throw new LeveeError('not_found');
  const pack = getPackOrThrow(order.packId);
  const [standing] = await standingsOf(context, [order]);
  const room = order.roomId ? (await findRoomsByIds(trx, [order.roomId])).get(order.roomId) : undefined;
  const facility = room && (await findPlaceById(trx, room.facilityId));
  const county = order.division.slice(0, 6);
  const countyName = (await divisionNames(trx, [county]))(county);
  const next = order.schedule.phases[1];
  const kindName = words.PHASE_WORDS[phase.kind];
  return {
    number: `${county}-${order.foundAt.slice(0, 10).replaceAll('-', '')}-${order.id.slice(-6)}`,
    addressee: person.nameZh,
    identityMasked: person.identityMasked,
    authority: headquartersOf(countyName),
    kind: phase.kind,
    kindName,
    className: words.CONTACT_CLASS_WORDS[order.class],
    place: facility
      ? { zh: `${facility.nameZh} ${room.name}`, en: `${facility.nameEn} ${room.name}` }
      : person.divisionName,
    fromDate: order.admittedAt ? dayOf(order.admittedAt, pack.tz) : phase.fromDate,
    untilDate: dayOf(new Date(Date.parse(releasedAt) - 1).toISOString(), pack.tz),
    releasedAt,
    byTime: order.releasedAt === null,
    tests: phase.tests.map((test) => ({
      date: test.date,
      day: test.day,
      result: testState(test, standing!.tests, dayOf(now, pack.tz), pack.tz).state,
    })),
    next: next
      ? {
          kindName: words.PHASE_WORDS[next.kind],
          fromDate: next.fromDate,
          untilDate: next.untilDate,
          mayGoOut: next.mayGoOut,
        }
      : null,
    packTitle: pack.title,
    issuedBy: order.releasedBy,
    demonstration: person.synthetic,
  };
}
