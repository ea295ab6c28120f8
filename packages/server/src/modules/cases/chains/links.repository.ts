import type { Trx } from '../../../platform/db/pool.ts';

export interface CaseLink {
  readonly from: string;
  readonly to: string;
  readonly exposure: string | null;
}

type Of = { readonly incidentId?: string | undefined; readonly lineListId?: string | undefined };

/** Links in the order they were written. */
export function linksOf(trx: Trx, of: Of): Promise<CaseLink[]> {
  return trx
    .selectFrom('case_link')
    .select(['from_external_id as from', 'to_external_id as to', 'exposure'])
    .$if(of.incidentId !== undefined, (query) => query.where('incident_id', '=', of.incidentId!))
    .$if(of.lineListId !== undefined, (query) => query.where('line_list_id', '=', of.lineListId!))
    .orderBy('id')
    .execute();
}

/** Links after `after` in the order they were written, page by page: for files of any length. */
export function linksAfter(trx: Trx, of: Of, after: number, limit: number) {
  return trx
    .selectFrom('case_link')
    .select([
      'id',
      'from_external_id as from',
      'to_external_id as to',
      'exposure',
      'date_exposure as dateExposure',
    ])
    .where('id', '>', after)
    .$if(of.incidentId !== undefined, (query) => query.where('incident_id', '=', of.incidentId!))
    .$if(of.lineListId !== undefined, (query) => query.where('line_list_id', '=', of.lineListId!))
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function countLinks(trx: Trx, of: Of): Promise<number> {
  const { count } = await trx
    .selectFrom('case_link')
    .select((select) => select.fn.countAll<number>().as('count'))
    .$if(of.incidentId !== undefined, (query) => query.where('incident_id', '=', of.incidentId!))
    .$if(of.lineListId !== undefined, (query) => query.where('line_list_id', '=', of.lineListId!))
    .executeTakeFirstOrThrow();
  return count;
}

export interface NewLink {
  readonly importId: string;
  readonly importLine: number;
  readonly incidentId: string | null;
  readonly lineListId: string | null;
  readonly from: string;
  readonly to: string;
  readonly exposure: string | null;
  readonly dateExposure: string | null;
  readonly division: string;
}

/** Lines whose link was on record already are left out of the answer. */
export async function insertLinks(trx: Trx, links: readonly NewLink[]): Promise<Set<number>> {
  if (links.length === 0) return new Set();
  const rows = await trx
    .insertInto('case_link')
    .values(
      links.map((link) => ({
        import_id: link.importId,
        import_line: link.importLine,
        incident_id: link.incidentId,
        line_list_id: link.lineListId,
        from_external_id: link.from,
        to_external_id: link.to,
        exposure: link.exposure,
        date_exposure: link.dateExposure,
        division: link.division,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('import_line')
    .execute();
  return new Set(rows.map(({ import_line }) => import_line!));
}
