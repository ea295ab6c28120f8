/** All SQL about case files and their changes. */
import type { CASE_SORTS, CaseField, CaseValues, Classification } from '@levee/contract';
import { caseFields, LeveeError } from '@levee/contract';
import { sql } from 'kysely';
import { plannedOnce } from '../../platform/db/planned-once.ts';
import type { Trx } from '../../platform/db/pool.ts';
import type { CaseChange, CaseFile } from './case.ts';

const caseRows = (trx: Trx) =>
  trx
    .selectFrom('case_file')
    .select([
      'id',
      'external_id as externalId',
      'incident_id as incidentId',
      'line_list_id as lineListId',
      'import_id as importId',
      'person_id as personId',
      'classification',
      'date_infection as dateInfection',
      'date_onset as dateOnset',
      'date_sample as dateSample',
      'date_reporting as dateReporting',
      'date_admission as dateAdmission',
      'date_discharge as dateDischarge',
      'date_outcome as dateOutcome',
      'outcome',
      'severity',
      'hospital',
      'gender',
      'age',
      'occupation',
      'hcw',
      'location',
      'found_in as foundIn',
      'note',
      'division',
      'result_id as resultId',
      'sample_id as sampleId',
      'opened_at as openedAt',
      'changed_at as changedAt',
      'version',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof caseRows>['executeTakeFirstOrThrow']>>;
// The closed lists are checked by the table.
const toCase = (row: Row): CaseFile => row as unknown as CaseFile;

export async function findCaseById(trx: Trx, id: string): Promise<CaseFile | undefined> {
  const row = await caseRows(trx).modifyFront(plannedOnce).where('id', '=', id).executeTakeFirst();
  return row && toCase(row);
}

export async function findCaseByIdOrThrow(trx: Trx, id: string): Promise<CaseFile> {
  const found = await findCaseById(trx, id);
  if (!found) throw new LeveeError('not_found');
  return found;
}

/** Holds the row until the transaction ends: changes of one case follow each other. */
export async function lockCase(trx: Trx, id: string): Promise<CaseFile> {
  const row = await caseRows(trx).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toCase(row);
}

/** The case a positive sample opened. */
export async function findCaseOfSample(trx: Trx, sampleId: string): Promise<CaseFile | undefined> {
  const row = await caseRows(trx).where('sample_id', '=', sampleId).executeTakeFirst();
  return row && toCase(row);
}

export async function findCaseOfPerson(
  trx: Trx,
  incidentId: string,
  personId: string,
): Promise<CaseFile | undefined> {
  const row = await caseRows(trx)
    .where('incident_id', '=', incidentId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && toCase(row);
}

/** Cases of one incident or list by what people call them. */
export async function findCasesByExternalIds(
  trx: Trx,
  of: { readonly incidentId?: string; readonly lineListId?: string },
  externalIds: readonly string[],
): Promise<Map<string, CaseFile>> {
  if (externalIds.length === 0) return new Map();
  const rows = await caseRows(trx)
    .where('external_id', 'in', [...new Set(externalIds)])
    .$if(of.incidentId !== undefined, (query) => query.where('incident_id', '=', of.incidentId!))
    .$if(of.lineListId !== undefined, (query) => query.where('line_list_id', '=', of.lineListId!))
    .execute();
  return new Map(rows.map((row) => [row.externalId, toCase(row)]));
}

export interface CaseFilter {
  readonly q?: string | undefined;
  readonly incidentId?: string | undefined;
  readonly lineListId?: string | undefined;
  readonly within?: string | undefined;
  readonly classification?: readonly Classification[] | undefined;
  readonly severity?: readonly string[] | undefined;
  readonly outcome?: readonly string[] | undefined;
  readonly foundIn?: readonly string[] | undefined;
  readonly onsetFrom?: string | undefined;
  readonly onsetUntil?: string | undefined;
  readonly sampleFrom?: string | undefined;
  readonly sampleUntil?: string | undefined;
  readonly reportingFrom?: string | undefined;
  readonly reportingUntil?: string | undefined;
  /** People whose names answer `q`; the people module found them. */
  readonly personIds?: readonly string[] | undefined;
}

/** Fields of a filter → columns. */
const CHOICES = { severity: 'severity', outcome: 'outcome', foundIn: 'found_in' } as const;
const DAYS = {
  onset: 'date_onset',
  sample: 'date_sample',
  reporting: 'date_reporting',
} as const;

export type CaseSort = (typeof CASE_SORTS)[number];
/** Words of the contract → columns; nothing a caller writes becomes part of a statement (T48). */
const SORT_COLUMNS = {
  opened: 'opened_at',
  onset: 'date_onset',
  reporting: 'date_reporting',
  id: 'external_id',
  classification: 'classification',
  hospital: 'hospital',
  age: 'age',
} as const satisfies Record<CaseSort, string>;

function filtered(trx: Trx, filter: CaseFilter) {
  const text = filter.q?.trim().replaceAll(/[\\%_]/g, '\\$&');
  let rows = caseRows(trx)
    .$if(Boolean(text), (query) =>
      query.where((where) =>
        where.or([
          where('external_id', 'ilike', `%${text}%`),
          where('hospital', 'ilike', `%${text}%`),
          where('location', 'ilike', `%${text}%`),
          ...(filter.personIds?.length ? [where('person_id', 'in', [...filter.personIds])] : []),
        ]),
      ),
    )
    .$if(Boolean(filter.incidentId), (query) => query.where('incident_id', '=', filter.incidentId!))
    .$if(Boolean(filter.lineListId), (query) => query.where('line_list_id', '=', filter.lineListId!))
    .$if(Boolean(filter.within), (query) =>
      query.where('division', '>=', filter.within!).where('division', '<', `${filter.within}~`),
    )
    .$if(Boolean(filter.classification?.length), (query) =>
      query.where('classification', 'in', filter.classification as Classification[]),
    );
  for (const name of ['severity', 'outcome', 'foundIn'] as const) {
    const chosen = filter[name];
    if (chosen?.length) rows = rows.where(CHOICES[name], 'in', chosen as never);
  }
  for (const name of ['onset', 'sample', 'reporting'] as const) {
    const [from, until] = [filter[`${name}From`], filter[`${name}Until`]];
    if (from) rows = rows.where(DAYS[name], '>=', from as never);
    if (until) rows = rows.where(DAYS[name], '<=', until as never);
  }
  return rows;
}

export async function listCases(
  trx: Trx,
  filter: CaseFilter & { readonly sort: CaseSort; readonly order: 'asc' | 'desc' },
  offset: number,
  limit: number,
) {
  const rows = await filtered(trx, filter)
    .select(sql<number>`count(*) over ()`.as('total'))
    .orderBy(SORT_COLUMNS[filter.sort], (order) =>
      filter.order === 'asc' ? order.asc().nullsLast() : order.desc().nullsLast(),
    )
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();
  const items = rows.map(({ total: _, ...row }) => toCase(row));
  return { items, total: rows[0]?.total ?? (offset > 0 ? await countCases(trx, filter) : 0) };
}

export async function countCases(trx: Trx, filter: CaseFilter): Promise<number> {
  const { count } = await filtered(trx, filter)
    .clearSelect()
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Every case of the filter in the order of their ids; for export and chains. */
export async function allCases(trx: Trx, filter: CaseFilter): Promise<CaseFile[]> {
  const rows = await filtered(trx, filter).orderBy('external_id').orderBy('id').execute();
  return rows.map(toCase);
}

/** The cases of the filter after `after` in the order of their ids, page by page: for files of any length. */
export async function casesAfter(
  trx: Trx,
  filter: CaseFilter,
  after: { readonly externalId: string; readonly id: string } | null,
  limit: number,
): Promise<CaseFile[]> {
  const rows = await filtered(trx, filter)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(external_id, id) > (${after!.externalId}, ${after!.id}::uuid)`),
    )
    .orderBy('external_id')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toCase);
}

export interface NewCase {
  readonly id: string;
  readonly externalId: string;
  readonly incidentId: string | null;
  readonly lineListId: string | null;
  readonly personId: string | null;
  readonly classification: Classification;
  readonly division: string;
  readonly values: CaseValues;
  readonly importId?: string;
  readonly importLine?: number;
  readonly signalId?: string;
  readonly resultId?: string | null;
  readonly sampleId?: string | null;
}

const columnsOf = (values: Partial<CaseValues>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [caseFields[name as CaseField].tag, value]),
  );

export async function insertCases(trx: Trx, cases: readonly NewCase[], now: string): Promise<void> {
  if (cases.length === 0) return;
  const rows = cases.map((one) => ({
    id: one.id,
    external_id: one.externalId,
    incident_id: one.incidentId,
    line_list_id: one.lineListId,
    import_id: one.importId ?? null,
    import_line: one.importLine ?? null,
    person_id: one.personId,
    signal_id: one.signalId ?? null,
    result_id: one.resultId ?? null,
    sample_id: one.sampleId ?? null,
    classification: one.classification,
    division: one.division,
    opened_at: now,
    changed_at: now,
    ...columnsOf(one.values),
  }));
  await trx.insertInto('case_file').values(rows).execute();
}

export async function updateCase(
  trx: Trx,
  id: string,
  change: { values?: Partial<CaseValues>; classification?: Classification; personId?: string },
  version: number,
  now: string,
): Promise<void> {
  await trx
    .updateTable('case_file')
    .set({
      ...columnsOf(change.values ?? {}),
      ...(change.classification && { classification: change.classification }),
      ...(change.personId && { person_id: change.personId }),
      version,
      changed_at: now,
    })
    .where('id', '=', id)
    .execute();
}

export interface NewChange {
  readonly caseId: string;
  readonly division: string;
  readonly version: number;
  readonly field: string;
  readonly old: unknown;
  readonly new: unknown;
  readonly reason: string | null;
}

export async function insertChanges(
  trx: Trx,
  changes: readonly NewChange[],
  actor: { readonly id: string; readonly name: string },
  now: string,
): Promise<void> {
  if (changes.length === 0) return;
  const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));
  await trx
    .insertInto('case_change')
    .values(
      changes.map((change) => ({
        case_id: change.caseId,
        division: change.division,
        version: change.version,
        field: change.field,
        old: json(change.old),
        new: json(change.new),
        reason: change.reason,
        actor_id: actor.id,
        actor_name: actor.name,
        at: now,
      })),
    )
    .execute();
}

/** Every change of a case, newest first. */
export async function changesOf(trx: Trx, caseId: string, afterVersion = 0): Promise<CaseChange[]> {
  const rows = await trx
    .selectFrom('case_change')
    .select(['field', 'old', 'new', 'reason', 'actor_id', 'actor_name', 'at', 'version'])
    .where('case_id', '=', caseId)
    .where('version', '>', afterVersion)
    .orderBy('version', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ actor_id, actor_name, ...row }) => ({ ...row, by: { id: actor_id, name: actor_name } }));
}

/** The next number of the year for a case opened here: `2022-0007`. */
export async function nextCaseNumber(trx: Trx, year: string): Promise<string> {
  // One at a time: two cases opened in the same moment get two numbers.
  await sql`select pg_advisory_xact_lock(hashtext('case number'))`.execute(trx);
  const { rows } = await sql<{ last: number | null }>`
    select max(substring(external_id from ${`^${year}-(\\d+)$`})::int) as last
      from case_file where external_id like ${`${year}-%`} and line_list_id is null`.execute(trx);
  return `${year}-${String((rows[0]?.last ?? 0) + 1).padStart(4, '0')}`;
}
