import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

export interface Room {
  readonly id: string;
  readonly facilityId: string;
  readonly division: string;
  readonly name: string;
  readonly beds: number;
}

const roomRows = (trx: Trx) =>
  trx.selectFrom('isolation_room').select(['id', 'facility_id as facilityId', 'division', 'name', 'beds']);

export async function findRoomsByIds(trx: Trx, ids: readonly string[]): Promise<Map<string, Room>> {
  if (ids.length === 0) return new Map();
  const rows = await roomRows(trx)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function roomsOf(trx: Trx, facilityId: string): Promise<Room[]> {
  return roomRows(trx).where('facility_id', '=', facilityId).orderBy('name').execute();
}

/** Holds the room: of two admissions to the last bed one comes first. */
export async function lockRoom(trx: Trx, id: string): Promise<Room | undefined> {
  return roomRows(trx).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** A room of the same name stays as it is. Returns how many are new. */
export async function insertRooms(trx: Trx, rooms: readonly Room[]): Promise<number> {
  const rows = await trx
    .insertInto('isolation_room')
    .values(rooms.map(({ facilityId, ...room }) => ({ ...room, facility_id: facilityId })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return rows.length;
}

export interface Occupant {
  readonly orderId: string;
  readonly personId: string;
  readonly roomId: string;
  readonly facilityId: string;
  /** When the bed is free again at the latest: the end of the measure, whoever forgets it. */
  readonly until: string;
}

/** Who has a bed at `at`. */
export async function occupantsAt(
  trx: Trx,
  at: string,
  where: { readonly facilityId?: string; readonly roomId?: string } = {},
): Promise<Occupant[]> {
  const { rows } = await sql<Occupant>`
    select isolation_order.id as "orderId", person_id as "personId", room.id as "roomId", room.facility_id as "facilityId",
           (select max(measure.ends_at) from isolation_phase as phase join measure on measure.id = phase.measure_id
             where phase.order_id = isolation_order.id and measure.kind = 'centralised_isolation'
               and measure.approved_at is not null and coalesce(measure.closed_at > ${at}, true)) as until
      from isolation_order join isolation_room as room on room.id = isolation_order.room_id
     where occupies_bed(isolation_order, ${at})
       and (${where.facilityId ?? null}::uuid is null or room.facility_id = ${where.facilityId ?? null}::uuid)
       and (${where.roomId ?? null}::uuid is null or room.id = ${where.roomId ?? null}::uuid)
     order by room.name, isolation_order.admitted_at`.execute(trx);
  return rows;
}

/** Places that have rooms or are isolation sites, with what they hold. */
export async function facilityCapacity(
  trx: Trx,
  filter: { readonly within?: string | undefined; readonly roomless: boolean },
) {
  const { rows } = await sql<{
    id: string;
    nameZh: string;
    nameEn: string;
    division: string;
    roomCount: number;
    bedCount: number;
  }>`
    select place.id, place.name_zh as "nameZh", place.name_en as "nameEn", place.division,
           count(room.id)::int as "roomCount", coalesce(sum(room.beds), 0)::int as "bedCount"
      from place left join isolation_room as room on room.facility_id = place.id
     where place.level = 'venue' and (place.class = 'isolation_site' or room.id is not null)
       and (${filter.within ?? null}::text is null
            or (place.division >= ${filter.within ?? null} and place.division < ${filter.within ?? null} || '~'))
     group by place.id
    having ${filter.roomless} or count(room.id) > 0
     order by place.division, place.name_zh`.execute(trx);
  return rows;
}

/** Ends of the centralised phases of people ordered to a facility who are not in one. */
export async function waitingForBed(
  trx: Trx,
  at: string,
  within: string | undefined,
): Promise<{ until: string }[]> {
  const { rows } = await sql<{ until: string }>`
    select max(measure.ends_at) as until
      from isolation_order join isolation_phase as phase
        on phase.order_id = isolation_order.id and phase.revision = isolation_order.revision
      join measure on measure.id = phase.measure_id
     where isolation_order.admitted_at is null and isolation_order.withdrawn_at is null
       and measure.kind = 'centralised_isolation' and measure.closed_at is null and measure.ends_at > ${at}
       and (${within ?? null}::text is null
            or (isolation_order.division >= ${within ?? null} and isolation_order.division < ${within ?? null} || '~'))
     group by isolation_order.id`.execute(trx);
  return rows;
}
