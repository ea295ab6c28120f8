import { LeveeError } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

const requestRows = (trx: Trx) =>
  trx
    .selectFrom('assistance_request')
    .select([
      'id',
      'search_id as searchId',
      'case_id as caseId',
      'incident_id as incidentId',
      'from_division as fromDivision',
      'to_division as toDivision',
      'people_count as peopleCount',
      'note',
      'author_id as authorId',
      'author_name as authorName',
      'at',
      'due_at as dueAt',
      'state',
      'answer',
      'answered_by_name as answeredByName',
      'answered_at as answeredAt',
      'version',
    ]);
export type RequestRow = Awaited<ReturnType<ReturnType<typeof requestRows>['executeTakeFirstOrThrow']>>;

export async function findRequestByIdOrThrow(trx: Trx, id: string): Promise<RequestRow> {
  const row = await requestRows(trx).where('id', '=', id).executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return row;
}

export async function listRequests(
  trx: Trx,
  states: readonly ('sent' | 'answered')[] | undefined,
  offset: number,
  limit: number,
) {
  const rows = await requestRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(Boolean(states?.length), (query) => query.where('state', 'in', states!))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}

/** False where this area was asked already about this search. */
export async function insertRequest(
  trx: Trx,
  request: Omit<RequestRow, 'state' | 'answer' | 'answeredByName' | 'answeredAt' | 'version'>,
): Promise<boolean> {
  const inserted = await trx
    .insertInto('assistance_request')
    .values({
      id: request.id,
      search_id: request.searchId,
      case_id: request.caseId,
      incident_id: request.incidentId,
      from_division: request.fromDivision,
      to_division: request.toDivision,
      people_count: request.peopleCount,
      note: request.note,
      author_id: request.authorId,
      author_name: request.authorName,
      at: request.at,
      due_at: request.dueAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** False where somebody answered or changed it meanwhile. */
export async function updateAnswer(
  trx: Trx,
  id: string,
  version: number,
  answer: { text: string; byName: string; at: string },
): Promise<boolean> {
  const updated = await trx
    .updateTable('assistance_request')
    .set({
      state: 'answered',
      answer: answer.text,
      answered_by_name: answer.byName,
      answered_at: answer.at,
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'sent')
    .returning('id')
    .executeTakeFirst();
  return updated !== undefined;
}
