/** The outbox as the sender sees it. Testing writes what is to be sent; from there on it is this module's. */
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';
import type { PartState, Receipt, TextState } from './sms.ts';

/** Texts of no incident share one budget. */
export const NO_INCIDENT = '00000000-0000-0000-0000-000000000000';

export interface Waiting {
  readonly id: string;
  readonly personId: string;
  readonly division: string;
  readonly phoneSealed: Buffer;
  readonly bodySealed: Buffer;
  readonly composedAt: string;
  readonly tries: number;
}

/** One sender at a time decides what goes, so that caps and budgets are kept to the text. */
export const holdClaiming = (trx: Trx) =>
  sql`select pg_advisory_xact_lock(hashtextextended('interchange texts', 0))`.execute(trx);

export async function dueTexts(trx: Trx, now: string, limit: number): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select id, person_id as "personId", division, phone_sealed as "phoneSealed", body_sealed as "bodySealed",
           composed_at as "composedAt", tries
      from message_outbox
     where state = 'waiting' and (next_try_at is null or next_try_at <= ${now})
     order by composed_at, id limit ${limit} for update`.execute(trx);
  return rows;
}

export interface TextChange {
  readonly state?: TextState;
  readonly waitsFor?: 'number_cap' | 'budget' | 'gateway' | null;
  readonly nextTryAt?: string | null;
  readonly tries?: number;
  readonly incidentId?: string | null;
  readonly numberIndex?: Buffer;
  readonly segments?: number;
  readonly claimedAt?: string;
  readonly sentAt?: string;
  readonly settledAt?: string | null;
  readonly failure?: string | null;
}

export async function updateText(trx: Trx, id: string, change: TextChange): Promise<void> {
  const columns = {
    state: change.state,
    waits_for: change.waitsFor,
    next_try_at: change.nextTryAt,
    tries: change.tries,
    incident_id: change.incidentId,
    number_index: change.numberIndex,
    segments: change.segments,
    claimed_at: change.claimedAt,
    sent_at: change.sentAt,
    settled_at: change.settledAt,
    failure: change.failure,
  };
  const set = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
  if (Object.keys(set).length > 0)
    await trx.updateTable('message_outbox').set(set).where('id', '=', id).execute();
}

/** Texts taken for this number since then, oldest first: what the cap counts. */
export async function takenSince(trx: Trx, numberIndex: Buffer, since: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('message_outbox')
    .select('claimed_at')
    .where('number_index', '=', numberIndex)
    .where('claimed_at', '>', since)
    .orderBy('claimed_at')
    .execute();
  return rows.map((row) => row.claimed_at!);
}

export async function blockOf(trx: Trx, numberIndex: Buffer): Promise<'wrong_number' | 'opted_out' | null> {
  const row = await trx
    .selectFrom('message_number')
    .select('reason')
    .where('number_index', '=', numberIndex)
    .executeTakeFirst();
  return (row?.reason as 'wrong_number' | 'opted_out' | undefined) ?? null;
}

export async function blockNumber(
  trx: Trx,
  number: { index: Buffer; division: string; reason: 'wrong_number' | 'opted_out'; at: string },
): Promise<void> {
  await trx
    .insertInto('message_number')
    .values({
      number_index: number.index,
      division: number.division,
      reason: number.reason,
      since: number.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Takes segments from the budget of an incident; false, and nothing taken, where they are not there. */
export async function takeFromBudget(
  trx: Trx,
  budget: { incidentId: string; division: string; segments: number; allowedByDefault: number },
): Promise<boolean> {
  const { incidentId, division, segments, allowedByDefault } = budget;
  await sql`insert into message_budget (incident_id, division) values (${incidentId}, ${division})
            on conflict do nothing`.execute(trx);
  const { rows } = await sql`
    update message_budget set used = used + ${segments}
     where incident_id = ${incidentId} and used + ${segments} <= coalesce(allowed, ${allowedByDefault})
    returning used`.execute(trx);
  return rows.length > 0;
}

export async function insertParts(
  trx: Trx,
  text: { id: string; division: string; count: number },
): Promise<void> {
  await sql`
    insert into message_part (message_id, part, division)
    select ${text.id}, part, ${text.division} from generate_series(1, ${text.count}::int) as part
    on conflict do nothing`.execute(trx);
}

export interface Part {
  readonly messageId: string;
  readonly part: number;
  readonly state: PartState;
}

/** Locks the text, so that an answer and a receipt of two of its parts come one after another. */
export async function lockParts(trx: Trx, messageId: string): Promise<Part[]> {
  await trx.selectFrom('message_outbox').select('id').where('id', '=', messageId).forUpdate().execute();
  const rows = await trx
    .selectFrom('message_part')
    .select(['message_id as messageId', 'part', 'state'])
    .where('message_id', '=', messageId)
    .orderBy('part')
    .execute();
  return rows as Part[];
}

export async function updatePart(
  trx: Trx,
  { messageId, part }: Pick<Part, 'messageId' | 'part'>,
  change: { state: PartState; providerId?: string; error?: string | null; at: string },
): Promise<void> {
  await trx
    .updateTable('message_part')
    .set({
      state: change.state,
      at: change.at,
      ...(change.providerId !== undefined && { provider_id: change.providerId }),
      ...(change.error !== undefined && { error: change.error }),
    })
    .where('message_id', '=', messageId)
    .where('part', '=', part)
    .execute();
}

/** The final word on a segment stays; a report on the way, or told again, changes nothing. */
export async function putReceipt(trx: Trx, receipt: Receipt, division: string, at: string): Promise<void> {
  await sql`
    insert into message_receipt as kept (provider_id, division, stat, error, at)
    values (${receipt.providerId}, ${division}, ${receipt.stat}, ${receipt.error}, ${at})
    on conflict (provider_id) do update set stat = excluded.stat, error = excluded.error, at = excluded.at
     where kept.stat not in ('DELIVRD', 'EXPIRED', 'DELETED', 'UNDELIV', 'REJECTD')`.execute(trx);
}

export async function receiptOf(trx: Trx, providerId: string): Promise<Receipt | null> {
  const row = await trx
    .selectFrom('message_receipt')
    .select(['provider_id as providerId', 'stat', 'error'])
    .where('provider_id', '=', providerId)
    .executeTakeFirst();
  return row ?? null;
}

export async function partOf(trx: Trx, providerId: string): Promise<Pick<Part, 'messageId' | 'part'> | null> {
  const row = await trx
    .selectFrom('message_part')
    .select(['message_id as messageId', 'part'])
    .where('provider_id', '=', providerId)
    .executeTakeFirst();
  return row ?? null;
}

export async function facts(trx: Trx, id: string) {
  return trx
    .selectFrom('message_outbox')
    .select(['person_id as personId', 'division', 'number_index as numberIndex', 'tries', 'state'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Taken by a server that is no more: nobody knows what of them went out. */
export async function leftBehind(trx: Trx, before: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('message_outbox')
    .select('id')
    .where('state', '=', 'submitting')
    .where('claimed_at', '<', before)
    .execute();
  return rows.map(({ id }) => id);
}
