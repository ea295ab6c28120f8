import { type IsolationClass, LeveeError, type NotifyChannel, type OrderState } from '@levee/contract';
import type { PersonCondition, PhaseKind, QuarantineSchedule } from '@levee/protocol';
import { type SqlBool, sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import type { IsolationOrder } from './isolation.ts';

/** What the order is at `at`: its own ends first, then what the ledger says of its first phase. */
const STATE = sql<OrderState>`case
  when isolation_order.withdrawn_at is not null then 'withdrawn'
  when isolation_order.released_at is not null then 'released'
  when first.ledger is null then 'undrafted'
  when first.ledger in ('active', 'scheduled') then 'in_force'
  else first.ledger end`;

const orderRows = (trx: Trx, at: string) =>
  trx
    .selectFrom('isolation_order')
    .leftJoinLateral(
      sql<{ ledger: string; approvedAt: string | null }>`(
        select measure_phase(measure, ${at}) as ledger, measure.approved_at as "approvedAt"
          from isolation_phase as phase join measure on measure.id = phase.measure_id
         where phase.order_id = isolation_order.id and phase.revision = isolation_order.revision
         order by phase.ordinal limit 1)`.as('first'),
      (join) => join.onTrue(),
    )
    .selectAll('isolation_order')
    .select([STATE.as('state'), 'first.approvedAt']);

type Row = Awaited<ReturnType<ReturnType<typeof orderRows>['executeTakeFirstOrThrow']>>;

const toOrder = (row: Row): IsolationOrder => ({
  id: row.id,
  contactId: row.contact_id,
  personId: row.person_id,
  caseId: row.case_id,
  incidentId: row.incident_id,
  division: row.division,
  packId: row.pack_id,
  class: row.class as IsolationClass,
  schedule: row.schedule as unknown as QuarantineSchedule,
  conditions: row.conditions as PersonCondition[],
  revision: row.revision,
  draftedAt: row.drafted_at,
  foundAt: row.found_at,
  notifiedAt: row.notified_at,
  notifiedBy: row.notified_by,
  notifiedChannel: row.notified_channel as NotifyChannel | null,
  transferredAt: row.transferred_at,
  transferredBy: row.transferred_by,
  admittedAt: row.admitted_at,
  admittedBy: row.admitted_by,
  roomId: row.room_id,
  releasedAt: row.released_at,
  releasedBy: row.released_by,
  withdrawnAt: row.withdrawn_at,
  withdrawnReason: row.withdrawn_reason,
  undraftedReason: row.undrafted_reason,
  version: row.version,
  state: row.state,
  approvedAt: row.approvedAt,
});

export interface OrderFilter {
  readonly state?: readonly OrderState[] | undefined;
  readonly class?: readonly IsolationClass[] | undefined;
  readonly kind?: readonly PhaseKind[] | undefined;
  readonly facilityId?: string | undefined;
  readonly personId?: string | undefined;
  readonly contactId?: string | undefined;
  readonly incidentId?: string | undefined;
  readonly within?: string | undefined;
  readonly q?: string | undefined;
}

/** `limit` null: all of them. */
export async function listOrders(
  trx: Trx,
  at: string,
  filter: OrderFilter,
  offset = 0,
  limit: number | null = null,
): Promise<{ items: IsolationOrder[]; total: number }> {
  const text = filter.q?.toLowerCase().replaceAll(/[\\%_]/g, '\\$&');
  const rows = await orderRows(trx, at)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(Boolean(filter.state?.length), (q) => q.where(STATE, 'in', filter.state!))
    .$if(Boolean(filter.class?.length), (q) => q.where('isolation_order.class', 'in', filter.class!))
    .$if(Boolean(filter.kind?.length), (q) =>
      q.where(sql<string>`isolation_order.schedule #>> '{phases,0,kind}'`, 'in', filter.kind!),
    )
    .$if(filter.personId !== undefined, (q) => q.where('isolation_order.person_id', '=', filter.personId!))
    .$if(filter.contactId !== undefined, (q) => q.where('isolation_order.contact_id', '=', filter.contactId!))
    .$if(filter.incidentId !== undefined, (q) =>
      q.where('isolation_order.incident_id', '=', filter.incidentId!),
    )
    .$if(filter.facilityId !== undefined, (q) =>
      q.where(
        sql<SqlBool>`isolation_order.room_id in (select id from isolation_room where facility_id = ${filter.facilityId!})`,
      ),
    )
    .$if(filter.within !== undefined, (q) =>
      q
        .where('isolation_order.division', '>=', filter.within!)
        .where('isolation_order.division', '<', `${filter.within}~`),
    )
    .$if(Boolean(text), (q) =>
      q.where(
        sql<SqlBool>`exists (select from person where person.id = isolation_order.person_id
          and (name_zh like ${`${text}%`} or name_pinyin like ${`${text}%`} or name_initials like ${`${text}%`}))`,
      ),
    )
    .orderBy('isolation_order.found_at', 'desc')
    .orderBy('isolation_order.id')
    .$if(limit !== null, (q) => q.limit(limit!).offset(offset))
    .execute();
  return { items: rows.map(toOrder), total: rows[0]?.total ?? 0 };
}

export async function findOrder(
  trx: Trx,
  at: string,
  where: { readonly id: string } | { readonly contactId: string },
): Promise<IsolationOrder | undefined> {
  const row = await orderRows(trx, at)
    .$if('id' in where, (q) => q.where('isolation_order.id', '=', (where as { id: string }).id))
    .$if('contactId' in where, (q) =>
      q.where('isolation_order.contact_id', '=', (where as { contactId: string }).contactId),
    )
    .executeTakeFirst();
  return row && toOrder(row);
}

/** Holds the row until the transaction ends. @throws LeveeError `not_found`, the same for another area's order */
export async function lockOrder(trx: Trx, at: string, id: string): Promise<IsolationOrder> {
  await sql`select id from isolation_order where id = ${id} for update`.execute(trx);
  const order = await findOrder(trx, at, { id });
  if (!order) throw new LeveeError('not_found');
  return order;
}

/** Orders of these measures. */
export async function orderIdOfMeasure(trx: Trx, measureId: string) {
  return trx
    .selectFrom('isolation_phase')
    .select(['order_id as orderId', 'revision'])
    .where('measure_id', '=', measureId)
    .executeTakeFirst();
}

/** False where the contact has its order already. */
export async function insertOrder(
  trx: Trx,
  order: Pick<
    IsolationOrder,
    | 'id'
    | 'contactId'
    | 'personId'
    | 'caseId'
    | 'incidentId'
    | 'division'
    | 'packId'
    | 'class'
    | 'schedule'
    | 'conditions'
    | 'draftedAt'
    | 'foundAt'
  >,
): Promise<boolean> {
  const row = await trx
    .insertInto('isolation_order')
    .values({
      id: order.id,
      contact_id: order.contactId,
      person_id: order.personId,
      case_id: order.caseId,
      incident_id: order.incidentId,
      division: order.division,
      pack_id: order.packId,
      class: order.class,
      schedule: JSON.stringify(order.schedule),
      conditions: [...order.conditions],
      drafted_at: order.draftedAt,
      found_at: order.foundAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export interface OrderChange {
  readonly packId?: string;
  readonly class?: IsolationClass;
  readonly schedule?: QuarantineSchedule;
  readonly conditions?: readonly PersonCondition[];
  readonly revision?: number;
  readonly notified?: { readonly at: string; readonly by: string; readonly channel: NotifyChannel };
  readonly transferred?: { readonly at: string; readonly by: string };
  readonly admitted?: { readonly at: string; readonly by: string; readonly roomId: string | null };
  readonly released?: { readonly at: string; readonly by: string };
  readonly withdrawn?: { readonly at: string; readonly reason: string } | null;
  readonly undraftedReason?: string | null;
}

export async function updateOrder(trx: Trx, id: string, change: OrderChange): Promise<void> {
  await trx
    .updateTable('isolation_order')
    .set((expression) => ({
      version: expression('version', '+', 1),
      ...(change.packId !== undefined && { pack_id: change.packId }),
      ...(change.class !== undefined && { class: change.class }),
      ...(change.schedule && { schedule: JSON.stringify(change.schedule) }),
      ...(change.conditions && { conditions: [...change.conditions] }),
      ...(change.revision !== undefined && { revision: change.revision }),
      ...(change.notified && {
        notified_at: change.notified.at,
        notified_by: change.notified.by,
        notified_channel: change.notified.channel,
      }),
      ...(change.transferred && {
        transferred_at: change.transferred.at,
        transferred_by: change.transferred.by,
      }),
      ...(change.admitted && {
        admitted_at: change.admitted.at,
        admitted_by: change.admitted.by,
        room_id: change.admitted.roomId,
      }),
      ...(change.released && { released_at: change.released.at, released_by: change.released.by }),
      ...(change.withdrawn !== undefined && {
        withdrawn_at: change.withdrawn?.at ?? null,
        withdrawn_reason: change.withdrawn?.reason ?? null,
      }),
      ...(change.undraftedReason !== undefined && { undrafted_reason: change.undraftedReason }),
    }))
    .where('id', '=', id)
    .execute();
}

export interface PhaseRow {
  readonly orderId: string;
  readonly revision: number;
  readonly ordinal: number;
  readonly measureId: string;
}

export async function insertPhase(trx: Trx, phase: PhaseRow & { readonly division: string }): Promise<void> {
  await trx
    .insertInto('isolation_phase')
    .values({
      order_id: phase.orderId,
      revision: phase.revision,
      ordinal: phase.ordinal,
      measure_id: phase.measureId,
      division: phase.division,
    })
    .execute();
}

export async function phasesOf(trx: Trx, orderId: string): Promise<PhaseRow[]> {
  return trx
    .selectFrom('isolation_phase')
    .select(['order_id as orderId', 'revision', 'ordinal', 'measure_id as measureId'])
    .where('order_id', '=', orderId)
    .orderBy('revision')
    .orderBy('ordinal')
    .execute();
}

/** Whether this duty was written down already, whatever became of it. */
export async function taskOpened(trx: Trx, key: string): Promise<boolean> {
  return (await trx.selectFrom('task').select('id').where('key', '=', key).executeTakeFirst()) !== undefined;
}

export async function peopleInPools(trx: Trx, poolIds: readonly string[]): Promise<string[]> {
  const rows = await trx
    .selectFrom('sample')
    .innerJoin('isolation_order', 'isolation_order.person_id', 'sample.person_id')
    .select('sample.person_id as personId')
    .distinct()
    .where(sql<boolean>`sample.pool_id = any(${[...poolIds]}::uuid[])`)
    .execute();
  return rows.map(({ personId }) => personId);
}
