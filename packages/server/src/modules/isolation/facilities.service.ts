/** Isolation sites: rooms, who is in them, and the beds of the next seven nights. */

import { LeveeError, refuse } from '@levee/contract';
import { addDays, dayOf, startOfDay } from '@levee/protocol';
import { type Context, requireScope } from '../../platform/context.ts';
import { divisionNames } from '../../platform/db/division-name.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { personSummaries } from '../people/index.ts';
import { findPlaceById, findPlaceByIdOrThrow } from '../places/index.ts';
import { weekFrom } from './isolation.ts';
import * as rooms from './rooms.repository.ts';

/** Whether a bed held until `until` is still taken in the night after `day`. */
const holdsNight = (until: string, day: string, zone: string): boolean =>
  Date.parse(until) > Date.parse(startOfDay(addDays(day, 1), zone));

export async function facilitiesNow(
  context: Context,
  query: { within?: string | undefined; roomless: boolean },
) {
  const { trx, now, platform } = context;
  const zone = platform.config.LEVEE_TIME_ZONE;
  const days = weekFrom(dayOf(now, zone));
  const capacity = await rooms.facilityCapacity(trx, query);
  const occupants = await rooms.occupantsAt(trx, now);
  const waiting = await rooms.waitingForBed(trx, now, query.within);
  const names = await divisionNames(
    trx,
    capacity.map(({ division }) => division),
  );
  const items = capacity.map(({ id, nameZh, nameEn, division, roomCount, bedCount }) => {
    const here = occupants.filter(({ facilityId }) => facilityId === id);
    return {
      place: { id, nameZh, nameEn },
      division,
      divisionName: names(division),
      roomCount,
      bedCount,
      occupiedCount: here.length,
      freeCount: bedCount - here.length,
      nights: days.map((date) => {
        const occupied = here.filter(({ until }) => holdsNight(until, date, zone)).length;
        return { date, occupied, free: bedCount - occupied };
      }),
    };
  });
  const beds = items.reduce((sum, { bedCount }) => sum + bedCount, 0);
  return {
    asOf: now,
    source: {
      zh: '隔离管理、房间登记；按措施到期时间推算',
      en: 'orders and rooms; counted by the ends of the measures',
    },
    items,
    toAdmit: waiting.length,
    nights: days.map((date, index) => {
      const occupied = items.reduce((sum, { nights }) => sum + nights[index]!.occupied, 0);
      const expected = waiting.filter(({ until }) => holdsNight(until, date, zone)).length;
      return { date, occupied, expected, beds, short: Math.max(0, occupied + expected - beds) };
    }),
  };
}

export async function roomsWithOccupants(context: Context, placeId: string) {
  const { trx, now, platform } = context;
  const place = await findPlaceById(trx, placeId);
  if (!place) throw new LeveeError('not_found');
  const occupants = await rooms.occupantsAt(trx, now, { facilityId: placeId });
  const people = await personSummaries(
    context,
    occupants.map(({ personId }) => personId),
  );
  return {
    asOf: now,
    place: { id: place.id, nameZh: place.nameZh, nameEn: place.nameEn },
    rooms: (await rooms.roomsOf(trx, placeId)).map(({ id, name, beds }) => ({
      id,
      name,
      beds,
      occupants: occupants
        .filter(({ roomId }) => roomId === id)
        .map(({ orderId, personId, until }) => ({
          orderId,
          nameZh: people.get(personId)?.nameZh ?? '',
          // The last day, not the midnight after it.
          untilDate: dayOf(new Date(Date.parse(until) - 1).toISOString(), platform.config.LEVEE_TIME_ZONE),
        })),
    })),
  };
}

export async function addRooms(
  context: Context,
  placeId: string,
  added: readonly { id: string; name: string; beds: number }[],
) {
  const { trx } = context;
  const place = await findPlaceByIdOrThrow(trx, placeId);
  requireScope(context, place.division);
  if (place.class !== 'isolation_site' && place.class !== 'lodging') {
    throw refuse(
      { zh: `${place.nameZh}不是隔离点或宾馆`, en: `${place.nameEn} is no isolation site and no lodging` },
      { zh: '先登记为集中隔离点或宾馆。', en: 'Register it as an isolation site or as lodging first.' },
    );
  }
  const addedCount = await rooms.insertRooms(
    trx,
    added.map((room) => ({ ...room, facilityId: place.id, division: place.division })),
  );
  if (addedCount > 0) {
    await emit(context, {
      kind: 'isolation.rooms_added',
      division: place.division,
      subject: { type: 'place', id: place.id },
      data: { count: addedCount },
    });
  }
  const all = await rooms.roomsOf(trx, place.id);
  return { addedCount, roomCount: all.length, bedCount: all.reduce((sum, { beds }) => sum + beds, 0) };
}
