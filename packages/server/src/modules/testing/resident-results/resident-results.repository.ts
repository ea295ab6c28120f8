import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';

export interface ToTell {
  readonly sampleId: string;
  readonly personId: string;
  readonly division: string;
  readonly takenAt: string;
  readonly phoneSealed: Buffer | null;
}

/** People of a tube who have no proof for this sample yet. */
export async function toTell(trx: Trx, poolId: string): Promise<ToTell[]> {
  const { rows } = await sql<ToTell>`
    select sample.id as "sampleId", sample.person_id as "personId", sample.division, sample.taken_at as "takenAt",
           person.phone_sealed as "phoneSealed"
      from sample join person on person.id = sample.person_id
     where sample.pool_id = ${poolId} and sample.withdrawn_at is null
       and not exists (select 1 from result_token token where token.sample_id = sample.id)`.execute(trx);
  return rows;
}

export async function insertToken(
  trx: Trx,
  token: { hash: Buffer; sampleId: string; personId: string; division: string; at: string },
): Promise<void> {
  await trx
    .insertInto('result_token')
    .values({
      token_hash: token.hash,
      sample_id: token.sampleId,
      person_id: token.personId,
      division: token.division,
      made_at: token.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function insertMessage(
  trx: Trx,
  message: {
    id: string;
    personId: string;
    division: string;
    about: string;
    phoneSealed: Buffer;
    bodySealed: Buffer;
    at: string;
  },
): Promise<void> {
  await trx
    .insertInto('message_outbox')
    .values({
      id: message.id,
      channel: 'sms',
      kind: 'result',
      person_id: message.personId,
      division: message.division,
      about: message.about,
      phone_sealed: message.phoneSealed,
      body_sealed: message.bodySealed,
      composed_at: message.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
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
