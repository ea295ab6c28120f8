import type { Bilingual, LabMessage, MessageOutcome } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

export interface MessageRow {
  readonly id: string;
  readonly senderId: string;
  readonly labId: string | null;
  readonly division: string;
  readonly protocol: LabMessage['protocol'];
  readonly controlId: string | null;
  readonly contentHash: Buffer;
  /** Sealed. */
  readonly raw: Buffer;
  readonly bytes: number;
  readonly charset: string | null;
  readonly source: string;
  readonly receivedAt: string;
  readonly outcome: MessageOutcome;
  readonly problem?: Bilingual | null;
}

/** False where the sender has used the control id before; waits for a transaction that is using it now. */
export async function insertMessage(trx: Trx, row: MessageRow, first = true): Promise<boolean> {
  const inserted = await trx
    .insertInto('lab_message')
    .values({
      id: row.id,
      sender_id: row.senderId,
      lab_id: row.labId,
      division: row.division,
      protocol: row.protocol,
      control_id: row.controlId,
      first,
      content_hash: row.contentHash,
      raw: row.raw,
      bytes: row.bytes,
      charset: row.charset,
      source: row.source,
      received_at: row.receivedAt,
      outcome: row.outcome,
      problem: row.problem ? JSON.stringify(row.problem) : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export interface Answered {
  readonly outcome: MessageOutcome;
  readonly answer: string;
  readonly answerStatus: number;
  readonly problem: Bilingual | null;
  readonly resultCount: number;
  readonly appliedCount: number;
}

export async function updateMessage(trx: Trx, id: string, answered: Answered): Promise<void> {
  await trx
    .updateTable('lab_message')
    .set({
      outcome: answered.outcome,
      answer: answered.answer,
      answer_status: answered.answerStatus,
      problem: answered.problem && JSON.stringify(answered.problem),
      result_count: answered.resultCount,
      applied_count: answered.appliedCount,
    })
    .where('id', '=', id)
    .execute();
}

export const findFirstAnswer = (trx: Trx, senderId: string, controlId: string) =>
  trx
    .selectFrom('lab_message')
    .select(['id', 'content_hash as contentHash', 'answer', 'answer_status as answerStatus', 'outcome'])
    .where('sender_id', '=', senderId)
    .where('control_id', '=', controlId)
    .where('first', '=', true)
    .executeTakeFirst();

const messageRows = (trx: Trx) =>
  trx
    .selectFrom('lab_message')
    .leftJoin('place', 'place.id', 'lab_message.lab_id')
    .select([
      'lab_message.id',
      'lab_message.protocol',
      'lab_message.control_id as controlId',
      'lab_message.received_at as receivedAt',
      'lab_message.source',
      'lab_message.bytes',
      'lab_message.charset',
      'lab_message.outcome',
      'lab_message.problem',
      'lab_message.result_count as resultCount',
      'lab_message.applied_count as appliedCount',
      'lab_message.rerun_at as rerunAt',
      'lab_message.rerun_by_name as rerunBy',
      'lab_message.rerun_reason as rerunReason',
      'place.id as labId',
      'place.name_zh as labZh',
      'place.name_en as labEn',
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof messageRows>['executeTakeFirstOrThrow']>>;

const toMessage = ({ labId, labZh, labEn, ...row }: Row): LabMessage => ({
  ...row,
  protocol: row.protocol as LabMessage['protocol'],
  outcome: row.outcome as MessageOutcome,
  problem: row.problem as Bilingual | null,
  lab: labId ? { id: labId, nameZh: labZh ?? '', nameEn: labEn ?? labZh ?? '' } : null,
});

export async function listMessages(
  trx: Trx,
  filter: { readonly outcome?: readonly MessageOutcome[] | undefined },
  offset: number,
  limit: number,
) {
  const rows = await messageRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(Boolean(filter.outcome?.length), (query) =>
      query.where('lab_message.outcome', 'in', filter.outcome!),
    )
    .orderBy('lab_message.received_at', 'desc')
    .orderBy('lab_message.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(({ total: _, ...row }) => toMessage(row)), total: rows[0]?.total ?? 0 };
}

export async function findMessage(trx: Trx, id: string) {
  const row = await messageRows(trx)
    .select(['lab_message.raw', 'lab_message.answer'])
    .where('lab_message.id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const { raw, answer, ...message } = row;
  return { message: toMessage(message), raw, answer };
}

export interface StoredMessage {
  readonly id: string;
  readonly senderId: string;
  readonly labId: string | null;
  readonly division: string;
  readonly protocol: LabMessage['protocol'];
  readonly outcome: MessageOutcome;
  readonly problem: Bilingual | null;
  readonly raw: Buffer;
  readonly resultCount: number;
  readonly appliedCount: number;
}

/** Held until the transaction ends, so that two people run it one after the other. */
export async function lockMessage(trx: Trx, id: string): Promise<StoredMessage | undefined> {
  const row = await trx
    .selectFrom('lab_message')
    .select([
      'id',
      'sender_id as senderId',
      'lab_id as labId',
      'division',
      'protocol',
      'outcome',
      'problem',
      'raw',
      'result_count as resultCount',
      'applied_count as appliedCount',
    ])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && ({ ...row, problem: row.problem as Bilingual | null } as StoredMessage);
}

export async function updateOutcome(
  trx: Trx,
  id: string,
  to: Pick<Answered, 'outcome' | 'problem' | 'resultCount' | 'appliedCount'> & { readonly labId?: string },
): Promise<void> {
  await trx
    .updateTable('lab_message')
    .set({
      outcome: to.outcome,
      problem: to.problem && JSON.stringify(to.problem),
      result_count: to.resultCount,
      applied_count: to.appliedCount,
      ...(to.labId !== undefined && { lab_id: to.labId }),
    })
    .where('id', '=', id)
    .execute();
}

export async function noteRerun(
  trx: Trx,
  id: string,
  rerun: { at: string; by: { id: string; name: string }; reason: string },
): Promise<void> {
  await trx
    .updateTable('lab_message')
    .set({
      rerun_at: rerun.at,
      rerun_by: rerun.by.id,
      rerun_by_name: rerun.by.name,
      rerun_reason: rerun.reason,
    })
    .where('id', '=', id)
    .execute();
}
