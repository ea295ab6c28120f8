/** All SQL about stays and their drafts. */
import type { Trx } from '../../../platform/db/pool.ts';
import type { Stay, StayDraft } from './stay.ts';

const stayRows = (trx: Trx) =>
  trx
    .selectFrom('stay')
    .select([
      'id',
      'person_id as personId',
      'place_id as placeId',
      'from_at as from',
      'until_at as until',
      'source',
      'certainty',
      'seat_row as seatRow',
      'seat_column as seatColumn',
      'note',
      'division',
      'version',
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof stayRows>['executeTakeFirstOrThrow']>>;
const toStay = (row: Row): Stay => row as unknown as Stay;

/** Stays of these people that touch [from, until), oldest first. */
export async function staysOfPeople(
  trx: Trx,
  personIds: readonly string[],
  from: string,
  until: string,
): Promise<Stay[]> {
  if (personIds.length === 0) return [];
  const rows = await stayRows(trx)
    .where('person_id', 'in', [...new Set(personIds)])
    .where('from_at', '<', until)
    .where('until_at', '>', from)
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  return rows.map(toStay);
}

/** The person is named so that the search is by their index. */
export async function findStay(trx: Trx, personId: string, id: string): Promise<Stay | undefined> {
  const row = await stayRows(trx).where('person_id', '=', personId).where('id', '=', id).executeTakeFirst();
  return row && toStay(row);
}

export async function insertStay(
  trx: Trx,
  stay: Stay,
  by: { readonly id: string; readonly at: string },
): Promise<void> {
  const { personId, placeId, from, until, seatRow, seatColumn, ...rest } = stay;
  await trx
    .insertInto('stay')
    .values({
      ...rest,
      person_id: personId,
      place_id: placeId,
      from_at: from,
      until_at: until,
      seat_row: seatRow,
      seat_column: seatColumn,
      recorded_by: by.id,
      recorded_at: by.at,
    })
    .execute();
}

export async function deleteStay(trx: Trx, personId: string, id: string): Promise<void> {
  await trx.deleteFrom('stay').where('person_id', '=', personId).where('id', '=', id).execute();
}

const draftRows = (trx: Trx) =>
  trx
    .selectFrom('stay_draft')
    .select([
      'id',
      'case_id as caseId',
      'person_id as personId',
      'place_id as placeId',
      'place_text as placeText',
      'from_at as from',
      'until_at as until',
      'source',
      'certainty',
      'seat_row as seatRow',
      'seat_column as seatColumn',
      'note',
      'version',
    ]);
type DraftRow = Awaited<ReturnType<ReturnType<typeof draftRows>['executeTakeFirstOrThrow']>>;
const toDraft = (row: DraftRow): StayDraft => row as unknown as StayDraft;

export async function draftsOf(trx: Trx, caseId: string): Promise<StayDraft[]> {
  const rows = await draftRows(trx)
    .where('case_id', '=', caseId)
    .orderBy('from_at', (order) => order.asc().nullsLast())
    .orderBy('id')
    .execute();
  return rows.map(toDraft);
}

export async function findDraft(trx: Trx, caseId: string, id: string): Promise<StayDraft | undefined> {
  const row = await draftRows(trx).where('case_id', '=', caseId).where('id', '=', id).executeTakeFirst();
  return row && toDraft(row);
}

export async function insertDraft(
  trx: Trx,
  draft: StayDraft,
  division: string,
  by: { readonly id: string; readonly at: string },
): Promise<void> {
  const { caseId, personId, placeId, placeText, from, until, seatRow, seatColumn, ...rest } = draft;
  await trx
    .insertInto('stay_draft')
    .values({
      ...rest,
      case_id: caseId,
      person_id: personId,
      place_id: placeId,
      place_text: placeText,
      from_at: from,
      until_at: until,
      seat_row: seatRow,
      seat_column: seatColumn,
      division,
      recorded_by: by.id,
      recorded_at: by.at,
    })
    .execute();
}

export async function deleteDraft(trx: Trx, caseId: string, id: string): Promise<void> {
  await trx.deleteFrom('stay_draft').where('case_id', '=', caseId).where('id', '=', id).execute();
}
