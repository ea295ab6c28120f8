import type { Goods, RuleCited } from '@levee/contract';
import type { Trx } from '../../../platform/db/pool.ts';

export interface Response {
  readonly specimenId: string;
  readonly resultId: string;
  readonly division: string;
  readonly incidentId: string | null;
  readonly rule: RuleCited;
  readonly handlersFrom: string;
  readonly samplesPerPerson: number;
  readonly recallId: string | null;
  readonly openedAt: string;
  readonly disinfectedAt: string | null;
  readonly checkedAt: string | null;
  readonly checkedBy: string | null;
  readonly withdrawnAt: string | null;
}

const responseRows = (trx: Trx) =>
  trx
    .selectFrom('specimen_response as response')
    .select([
      'response.specimen_id as specimenId',
      'response.result_id as resultId',
      'response.division',
      'response.incident_id as incidentId',
      'response.rule',
      'response.handlers_from as handlersFrom',
      'response.samples_per_person as samplesPerPerson',
      'response.recall_id as recallId',
      'response.opened_at as openedAt',
      'response.disinfected_at as disinfectedAt',
      'response.checked_at as checkedAt',
      'response.checked_by as checkedBy',
      'response.withdrawn_at as withdrawnAt',
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof responseRows>['executeTakeFirstOrThrow']>>;
const toResponse = (row: Row): Response => ({ ...row, rule: row.rule as unknown as RuleCited });

export async function findResponse(trx: Trx, specimenId: string): Promise<Response | undefined> {
  const row = await responseRows(trx).where('specimen_id', '=', specimenId).executeTakeFirst();
  return row && toResponse(row);
}

/** True where it is new, or stands again after it was withdrawn: one positive opens it once, however often it is told. */
export async function insertResponse(
  trx: Trx,
  one: Omit<Response, 'disinfectedAt' | 'checkedAt' | 'checkedBy' | 'withdrawnAt'>,
): Promise<boolean> {
  const values = {
    specimen_id: one.specimenId,
    result_id: one.resultId,
    division: one.division,
    incident_id: one.incidentId,
    rule: JSON.stringify(one.rule),
    handlers_from: one.handlersFrom,
    samples_per_person: one.samplesPerPerson,
    recall_id: one.recallId,
    opened_at: one.openedAt,
  };
  const inserted = await trx
    .insertInto('specimen_response')
    .values(values)
    .onConflict((conflict) =>
      conflict
        .column('specimen_id')
        .doUpdateSet({
          ...values,
          withdrawn_at: null,
          disinfected_at: null,
          checked_at: null,
          checked_by: null,
        })
        .where('specimen_response.withdrawn_at', 'is not', null),
    )
    .returning('specimen_id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** The response that stood, or undefined where none does. */
export async function withdrawResponse(
  trx: Trx,
  specimenId: string,
  at: string,
): Promise<Response | undefined> {
  const row = await trx
    .updateTable('specimen_response')
    .set({ withdrawn_at: at })
    .where('specimen_id', '=', specimenId)
    .where('withdrawn_at', 'is', null)
    .returning('specimen_id')
    .executeTakeFirst();
  return row && findResponse(trx, specimenId);
}

/** False where it was disinfected, or the response does not stand. */
export async function putDisinfected(trx: Trx, specimenId: string, at: string): Promise<boolean> {
  const row = await trx
    .updateTable('specimen_response')
    .set({ disinfected_at: at })
    .where('specimen_id', '=', specimenId)
    .where('withdrawn_at', 'is', null)
    .where('disinfected_at', 'is', null)
    .returning('specimen_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Responses at the place that were disinfected before the clean specimen was taken and not yet checked. */
export async function putChecked(
  trx: Trx,
  clean: {
    readonly specimenId: string;
    readonly placeId: string;
    readonly takenAt: string;
    readonly at: string;
  },
): Promise<{ specimenId: string; division: string; incidentId: string | null }[]> {
  return trx
    .updateTable('specimen_response as response')
    .from('specimen')
    .set({ checked_at: clean.at, checked_by: clean.specimenId })
    .whereRef('specimen.id', '=', 'response.specimen_id')
    .where('specimen.place_id', '=', clean.placeId)
    .where('response.withdrawn_at', 'is', null)
    .where('response.checked_at', 'is', null)
    .where('response.disinfected_at', '<=', clean.takenAt)
    .returning([
      'response.specimen_id as specimenId',
      'response.division',
      'response.incident_id as incidentId',
    ])
    .execute();
}

export interface Recall {
  readonly id: string;
  readonly goods: Goods;
  readonly division: string;
  readonly openedAt: string;
  readonly withdrawnAt: string | null;
}

export async function findRecall(trx: Trx, id: string): Promise<Recall | undefined> {
  const row = await trx.selectFrom('recall').selectAll().where('id', '=', id).executeTakeFirst();
  return (
    row && {
      id: row.id,
      goods: {
        product: row.product,
        batchNumber: row.batch_number,
        supplier: row.supplier,
        coldChain: row.cold_chain,
      },
      division: row.division,
      openedAt: row.opened_at,
      withdrawnAt: row.withdrawn_at,
    }
  );
}

/** The recall of the batch that stands, opened where there is none. */
export async function openRecall(
  trx: Trx,
  one: Omit<Recall, 'withdrawnAt'> & { readonly batchKey: string; readonly incidentId: string | null },
): Promise<{ id: string; isNew: boolean }> {
  const inserted = await trx
    .insertInto('recall')
    .values({
      id: one.id,
      batch_key: one.batchKey,
      product: one.goods.product,
      batch_number: one.goods.batchNumber,
      supplier: one.goods.supplier,
      cold_chain: one.goods.coldChain,
      division: one.division,
      incident_id: one.incidentId,
      opened_at: one.openedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted) return { id: inserted.id, isNew: true };
  const standing = await trx
    .selectFrom('recall')
    .select('id')
    .where('batch_key', '=', one.batchKey)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { id: standing.id, isNew: false };
}

/** Withdraws it where no positive of the batch stands any longer. */
export async function withdrawRecallWithoutGround(trx: Trx, id: string, at: string): Promise<boolean> {
  const row = await trx
    .updateTable('recall')
    .set({ withdrawn_at: at })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('specimen_response as response')
            .select('response.specimen_id')
            .where('response.recall_id', '=', id)
            .where('response.withdrawn_at', 'is', null),
        ),
      ),
    )
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Specimens whose positive stands behind a recall, in the reader's area. */
export async function specimensOfRecall(trx: Trx, recallId: string) {
  return trx
    .selectFrom('specimen_response as response')
    .innerJoin('specimen', 'specimen.id', 'response.specimen_id')
    .innerJoin('pool', 'pool.id', 'specimen.pool_id')
    .select(['specimen.id', 'pool.tube_code as tubeCode', 'specimen.place_id as placeId'])
    .where('response.recall_id', '=', recallId)
    .where('response.withdrawn_at', 'is', null)
    .orderBy('response.opened_at')
    .orderBy('specimen.id')
    .execute();
}
