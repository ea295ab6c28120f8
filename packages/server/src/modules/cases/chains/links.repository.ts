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

/** The one list a link belongs to. */
export type ListOf = { readonly incidentId: string } | { readonly lineListId: string };

const keysOf = (of: ListOf) => ({
  incident_id: 'incidentId' in of ? of.incidentId : null,
  line_list_id: 'lineListId' in of ? of.lineListId : null,
});

/** Links from and to one case. */
export function linksAround(trx: Trx, of: ListOf, externalId: string): Promise<CaseLink[]> {
  return trx
    .selectFrom('case_link')
    .select(['from_external_id as from', 'to_external_id as to', 'exposure'])
    .where('incidentId' in of ? 'incident_id' : 'line_list_id', '=', Object.values(of)[0]!)
    .where((where) =>
      where.or([where('from_external_id', '=', externalId), where('to_external_id', '=', externalId)]),
    )
    .orderBy('id')
    .execute();
}

/** False where the link was on record already. */
export async function insertLink(
  trx: Trx,
  of: ListOf,
  link: CaseLink & { readonly division: string },
): Promise<boolean> {
  const rows = await trx
    .insertInto('case_link')
    .values({
      ...keysOf(of),
      from_external_id: link.from,
      to_external_id: link.to,
      exposure: link.exposure,
      division: link.division,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return rows.length > 0;
}

export async function deleteLink(trx: Trx, of: ListOf, from: string, to: string): Promise<boolean> {
  const rows = await trx
    .deleteFrom('case_link')
    .where('incidentId' in of ? 'incident_id' : 'line_list_id', '=', Object.values(of)[0]!)
    .where('from_external_id', '=', from)
    .where('to_external_id', '=', to)
    .returning('id')
    .execute();
  return rows.length > 0;
}
