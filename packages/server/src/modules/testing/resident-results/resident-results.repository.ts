import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';

export interface ToTell {
  readonly sampleId: string;
  readonly personId: string;
  readonly division: string;
  readonly takenAt: string;
  readonly phoneSealed: Buffer | null;
}

/** People of these tubes who have no proof for their sample yet. */
export async function toTell(trx: Trx, poolIds: readonly string[]): Promise<ToTell[]> {
  const { rows } = await sql<ToTell>`
    select sample.id as "sampleId", sample.person_id as "personId", sample.division, sample.taken_at as "takenAt",
           person.phone_sealed as "phoneSealed"
      from sample join person on person.id = sample.person_id
     where sample.pool_id = any(${[...poolIds]}::uuid[]) and sample.withdrawn_at is null
       and not exists (select 1 from result_token token where token.sample_id = sample.id and token.given = 'text')`.execute(
    trx,
  );
  return rows;
}

const hexOf = (bytes: Buffer) => bytes.toString('hex');

export async function insertTokens(
  trx: Trx,
  tokens: readonly { hash: Buffer; sampleId: string; personId: string; division: string }[],
  at: string,
  given: 'text' | 'slip' = 'text',
): Promise<void> {
  if (tokens.length === 0) return;
  await sql`
    insert into result_token (token_hash, sample_id, person_id, division, made_at, given)
    select decode(hash, 'hex'), sample, person, division, ${at}::timestamptz, ${given}
      from unnest(${tokens.map(({ hash }) => hexOf(hash))}::text[], ${tokens.map(({ sampleId }) => sampleId)}::uuid[],
                  ${tokens.map(({ personId }) => personId)}::uuid[], ${tokens.map(({ division }) => division)}::text[])
        as one (hash, sample, person, division)
    on conflict do nothing`.execute(trx);
}

export async function insertMessages(
  trx: Trx,
  messages: readonly {
    id: string;
    personId: string;
    division: string;
    about: string;
    phoneSealed: Buffer;
    bodySealed: Buffer;
  }[],
  at: string,
): Promise<void> {
  if (messages.length === 0) return;
  const column = <Value>(read: (message: (typeof messages)[number]) => Value) => messages.map(read);
  await sql`
    insert into message_outbox (id, channel, kind, person_id, division, about, phone_sealed, body_sealed, composed_at)
    select id, 'sms', 'result', person, division, about, decode(phone, 'hex'), decode(body, 'hex'), ${at}::timestamptz
      from unnest(${column(({ id }) => id)}::uuid[], ${column(({ personId }) => personId)}::uuid[],
                  ${column(({ division }) => division)}::text[], ${column(({ about }) => about)}::uuid[],
                  ${column(({ phoneSealed }) => hexOf(phoneSealed))}::text[],
                  ${column(({ bodySealed }) => hexOf(bodySealed))}::text[]) as one (id, person, division, about, phone, body)
    on conflict do nothing`.execute(trx);
}

export interface Held {
  readonly personId: string;
  readonly sampleId: string;
  readonly division: string;
  readonly madeAt: string;
  readonly failures: number;
  readonly lockedUntil: string | null;
  readonly identitySealed: Buffer | null;
}

/** Locked until the transaction ends, so that guesses come one after another. */
export async function lockToken(trx: Trx, hash: Buffer): Promise<Held | undefined> {
  const { rows } = await sql<Held>`
    select token.person_id as "personId", token.sample_id as "sampleId", token.division, token.made_at as "madeAt",
           token.failures, token.locked_until as "lockedUntil", person.identity_sealed as "identitySealed"
      from result_token token join person on person.id = token.person_id
     where token_hash = ${hash} for update of token`.execute(trx);
  return rows[0];
}

export async function putAttempt(
  trx: Trx,
  hash: Buffer,
  to: { failures: number; lockedUntil: string | null; seenAt: string | null },
): Promise<void> {
  await trx
    .updateTable('result_token')
    .set({
      failures: to.failures,
      locked_until: to.lockedUntil,
      ...(to.seenAt !== null && { seen_at: to.seenAt }),
    })
    .where('token_hash', '=', hash)
    .execute();
}

export async function countSlips(trx: Trx, sampleId: string): Promise<number> {
  const { slips } = await trx
    .selectFrom('result_token')
    .select(({ fn }) => fn.countAll<string>().as('slips'))
    .where('sample_id', '=', sampleId)
    .where('given', '=', 'slip')
    .executeTakeFirstOrThrow();
  return Number(slips);
}
