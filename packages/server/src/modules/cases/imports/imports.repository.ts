/** All SQL about imports and their rows. */
import type { ImportFault, ImportRow, NameGroup, Verdict } from '@levee/contract';
import { LeveeError } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';
import type { FileCounts, FileKind, Import, ReadLine, StoredRow } from './import.ts';
import type { NameCount } from './reading/hospital-groups.ts';

const importColumns = sql`
  id, division, state, cases_file as "casesFile", contacts_file as "contactsFile",
  mapping_remembered as "mappingRemembered", settings, hospital_groups as "hospitalGroups",
  with_warnings as "withWarnings", line_list_id as "lineListId", incident_id as "incidentId",
  made_list as "madeList", kept_count as "keptCount", counts, fault_counts as "faultCounts", problem,
  created_at as "createdAt", created_by as "createdBy", committed_at as "committedAt"`;

export async function getImportOrThrow(trx: Trx, id: string): Promise<Import> {
  const { rows } = await sql<Import>`select ${importColumns} from case_import where id = ${id}`.execute(trx);
  if (!rows[0]) throw new LeveeError('not_found');
  return rows[0];
}

/** Holds the row until the transaction ends. Where a job is to be stopped, stop it first: its steps hold job, then import. */
export async function lockImport(trx: Trx, id: string): Promise<Import> {
  const { rows } = await sql<Import>`
    select ${importColumns} from case_import where id = ${id} for update`.execute(trx);
  if (!rows[0]) throw new LeveeError('not_found');
  return rows[0];
}

export async function listImports(trx: Trx, offset: number, limit: number) {
  const { rows } = await sql<Import & { total: number }>`
    select ${importColumns}, count(*) over () as total from case_import
     order by created_at desc, id desc limit ${limit} offset ${offset}`.execute(trx);
  return { items: rows.map(({ total: _, ...one }) => one as Import), total: rows[0]?.total ?? 0 };
}

export async function insertImport(trx: Trx, one: Import): Promise<void> {
  await trx
    .insertInto('case_import')
    .values({
      id: one.id,
      division: one.division,
      state: one.state,
      cases_file: JSON.stringify(one.casesFile),
      contacts_file: one.contactsFile && JSON.stringify(one.contactsFile),
      mapping_remembered: one.mappingRemembered,
      counts: JSON.stringify(one.counts),
      created_at: one.createdAt,
      created_by: JSON.stringify(one.createdBy),
    })
    .execute();
}

const columnOf = {
  state: 'state',
  casesFile: 'cases_file',
  contactsFile: 'contacts_file',
  settings: 'settings',
  hospitalGroups: 'hospital_groups',
  withWarnings: 'with_warnings',
  lineListId: 'line_list_id',
  incidentId: 'incident_id',
  madeList: 'made_list',
  keptCount: 'kept_count',
  counts: 'counts',
  faultCounts: 'fault_counts',
  problem: 'problem',
  committedAt: 'committed_at',
} as const satisfies Partial<Record<keyof Import, string>>;

export async function updateImport(
  trx: Trx,
  id: string,
  change: Partial<Pick<Import, keyof typeof columnOf>>,
): Promise<void> {
  const set = Object.fromEntries(
    Object.entries(change).map(([name, value]) => [
      columnOf[name as keyof typeof columnOf],
      value !== null && typeof value === 'object' ? JSON.stringify(value) : value,
    ]),
  );
  await trx.updateTable('case_import').set(set).where('id', '=', id).execute();
}

const AT_ONCE = 2_000;

export async function insertRows(
  trx: Trx,
  { id, division }: Pick<Import, 'id' | 'division'>,
  file: FileKind,
  rows: readonly StoredRow[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const part = rows.slice(from, from + AT_ONCE);
    await sql`
      insert into import_row (import_id, file, line, division, cells)
      select ${id}, ${file}, line, ${division}, cells::jsonb
        from unnest(${part.map(({ line }) => line)}::int[],
                    ${part.map(({ cells }) => JSON.stringify(cells))}::text[]) as row (line, cells)`.execute(
      trx,
    );
  }
}

export async function deleteRows(trx: Trx, importId: string): Promise<void> {
  await sql`delete from import_row where import_id = ${importId}`.execute(trx);
}

export async function rowsAfter(
  trx: Trx,
  importId: string,
  file: FileKind,
  line: number,
  limit: number,
): Promise<StoredRow[]> {
  const { rows } = await sql<StoredRow>`
    select line, cells from import_row
     where import_id = ${importId} and file = ${file} and line > ${line}
     order by line limit ${limit}`.execute(trx);
  return rows;
}

/** Forgets the last dry run. */
export async function clearReadings(trx: Trx, importId: string): Promise<void> {
  await sql`
    update import_row set verdict = null, faults = '[]', value = null
     where import_id = ${importId} and verdict is not null`.execute(trx);
}

export async function writeReadings(
  trx: Trx,
  importId: string,
  file: FileKind,
  lines: readonly ReadLine[],
): Promise<void> {
  await sql`
    update import_row
       set verdict = read.verdict, faults = read.faults::jsonb, value = read.value::jsonb
      from unnest(${lines.map(({ line }) => line)}::int[], ${lines.map(({ verdict }) => verdict)}::text[],
                  ${lines.map(({ faults }) => JSON.stringify(faults))}::text[],
                  ${lines.map(({ value }) => (value === null ? null : JSON.stringify(value)))}::text[])
           as read (line, verdict, faults, value)
     where import_id = ${importId} and file = ${file} and import_row.line = read.line`.execute(trx);
}

/** Text as it stands inside a JSON string. */
const inJson = (text: ReturnType<typeof sql>) =>
  sql`substr(to_json(${text}::text)::text, 2, length(to_json(${text}::text)::text) - 2)`;

/** A fault with its holes filled from columns of the statement. */
function filled(fault: ImportFault, values: Readonly<Record<string, ReturnType<typeof sql>>>) {
  return Object.entries(values).reduce(
    (text, [name, value]) => sql`replace(${text}, ${`{${name}}`}, ${inJson(value)})`,
    sql`${JSON.stringify([fault])}::text`,
  );
}

/**
 * For the rest of this transaction. The rows came in a moment ago, so the planner knows nothing of them and would
 * join each with each: 18 s for 5,888 rows, against 0.2 s by hashing.
 */
export const joinByHash = (trx: Trx) => sql`select set_config('enable_nestloop', 'off', true)`.execute(trx);

/** The same id on a later line: a copy of the row is a duplicate, another case under the id an error. */
export async function markRepeated(
  trx: Trx,
  importId: string,
  file: FileKind,
  { copy, clash }: { readonly copy: ImportFault; readonly clash: ImportFault },
): Promise<void> {
  const key = file === 'cases' ? sql`value->>'id'` : sql`jsonb_build_array(value->'from', value->'to')::text`;
  const values = { line: sql`first_line`, name: sql`key` };
  await sql`
    with keyed as (
      select line, ${key} as key, value,
             first_value(line) over same as first_line, first_value(value) over same as first_value
        from import_row where import_id = ${importId} and file = ${file} and value is not null
      window same as (partition by ${key} order by line)
    )
    update import_row
       set verdict = case when ${file === 'contacts'} or keyed.value = first_value then 'duplicate' else 'error' end,
           faults = faults || (case when ${file === 'contacts'} or keyed.value = first_value
                               then ${filled(copy, values)} else ${filled(clash, values)} end)::jsonb
      from keyed
     where import_id = ${importId} and file = ${file} and import_row.line = keyed.line
       and keyed.line <> first_line and verdict <> 'error'`.execute(trx);
}

/** Cases the target holds already. */
export async function markOnRecord(
  trx: Trx,
  importId: string,
  into: { readonly lineListId: string } | { readonly incidentId: string },
  fault: ImportFault,
): Promise<void> {
  await sql`
    update import_row
       set verdict = 'duplicate', faults = faults || (${filled(fault, { name: sql`value->>'id'` })})::jsonb
     where import_id = ${importId} and file = 'cases' and verdict in ('ok', 'warning')
       and value->>'id' in (select external_id from case_file where ${inTarget(into)})`.execute(trx);
}

const inTarget = (into: { readonly lineListId: string } | { readonly incidentId: string }) =>
  'lineListId' in into ? sql`line_list_id = ${into.lineListId}` : sql`incident_id = ${into.incidentId}`;

/** How often each hospital stands in the file, as the file writes it. */
export async function hospitalCounts(trx: Trx, importId: string): Promise<NameCount[]> {
  const { rows } = await sql<NameCount>`
    select value->>'hospital' as name, count(*)::int as "rowsCount" from import_row
     where import_id = ${importId} and file = 'cases' and value->>'hospital' is not null
     group by 1`.execute(trx);
  return rows;
}

/** Rows that still carry a name that looks misspelt. */
export async function markVariants(
  trx: Trx,
  importId: string,
  groups: readonly NameGroup[],
  fault: ImportFault,
): Promise<void> {
  const pairs = groups.flatMap(({ canonical, variants }) =>
    variants.map(({ name }) => [name, canonical] as const),
  );
  if (pairs.length === 0) return;
  await sql`
    update import_row
       set verdict = case verdict when 'ok' then 'warning' else verdict end,
           faults = faults || (${filled(fault, { name: sql`pair.name`, other: sql`pair.canonical` })})::jsonb
      from unnest(${pairs.map(([name]) => name)}::text[], ${pairs.map(([, canonical]) => canonical)}::text[])
           as pair (name, canonical)
     where import_id = ${importId} and file = 'cases'
       and value->>'hospital' = pair.name and value->'values'->>'hospital' = pair.name`.execute(trx);
}

/**
 * Links to a case neither the file nor the target holds, to one whose row has an error, and cases with more than one
 * possible source.
 */
export async function markLinks(
  trx: Trx,
  importId: string,
  into: { readonly lineListId: string } | { readonly incidentId: string } | null,
  {
    unknown,
    rejected,
    several,
  }: { readonly unknown: ImportFault; readonly rejected: ImportFault; readonly several: ImportFault },
): Promise<void> {
  const known = sql`
    select value->>'id' as id, bool_or(verdict <> 'error') as comes from import_row
     where import_id = ${importId} and file = 'cases' and value is not null group by 1
    ${into ? sql`union all select external_id, true from case_file where ${inTarget(into)}` : sql``}`;
  for (const end of ['from', 'to']) {
    const name = sql`value->>${sql.lit(end)}`;
    await sql`
      with known as (${known}), one as (select id, bool_or(comes) as comes from known group by 1),
           dangling as (
             select line, coalesce(one.id, '') <> '' as "isHere"
               from import_row left join one on one.id = ${name}
              where import_id = ${importId} and file = 'contacts' and verdict in ('ok', 'warning')
                and one.comes is distinct from true
           )
      update import_row
         set verdict = 'warning',
             faults = faults || (case when "isHere" then ${filled(rejected, { name })}
                                 else ${filled(unknown, { name })} end)::jsonb
        from dangling
       where import_id = ${importId} and file = 'contacts' and import_row.line = dangling.line`.execute(trx);
  }
  await sql`
    with target as (
      select value->>'to' as id, count(distinct value->>'from') as sources from import_row
       where import_id = ${importId} and file = 'contacts' and verdict in ('ok', 'warning')
       group by 1 having count(distinct value->>'from') > 1
    )
    update import_row
       set verdict = 'warning',
           faults = faults || (${filled(several, { name: sql`target.id`, line: sql`target.sources` })})::jsonb
      from target
     where import_id = ${importId} and file = 'contacts' and verdict in ('ok', 'warning')
       and value->>'to' = target.id`.execute(trx);
}

export async function countVerdicts(trx: Trx, importId: string, file: FileKind) {
  const { rows } = await sql<Pick<FileCounts, 'rows' | Verdict>>`
    select count(*)::int as rows,
           count(*) filter (where verdict = 'ok')::int as ok,
           count(*) filter (where verdict = 'warning')::int as warning,
           count(*) filter (where verdict = 'error')::int as error,
           count(*) filter (where verdict = 'duplicate')::int as duplicate
      from import_row where import_id = ${importId} and file = ${file}`.execute(trx);
  return rows[0]!;
}

/** How often each fault was found, with one of them as an example; errors first. */
export async function countFaults(trx: Trx, importId: string): Promise<Import['faultCounts']> {
  const { rows } = await sql<Import['faultCounts'][number]>`
    select file, fault->>'code' as code, fault->>'severity' as severity,
           count(distinct line)::int as "rowsCount", min((fault->'problem')::text)::jsonb as problem
      from import_row, jsonb_array_elements(faults) as fault
     where import_id = ${importId}
     group by 1, 2, 3 order by 1, 3, 4 desc, 2`.execute(trx);
  return rows;
}

export interface RowFilter {
  readonly file: FileKind;
  readonly verdict?: readonly Verdict[] | undefined;
  readonly code?: string | undefined;
}

export async function listRows(trx: Trx, importId: string, filter: RowFilter, offset: number, limit: number) {
  const { rows } = await sql<Omit<ImportRow, 'file'> & { total: number }>`
    select line, verdict, faults, cells, case_id as "caseId", count(*) over ()::int as total
      from import_row
     where import_id = ${importId} and file = ${filter.file}
       ${filter.verdict?.length ? sql`and verdict = any(${[...filter.verdict]}::text[])` : sql``}
       ${filter.code ? sql`and faults @> ${JSON.stringify([{ code: filter.code }])}::jsonb` : sql``}
     order by line limit ${limit} offset ${offset}`.execute(trx);
  return { items: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}

export interface CheckedRow<Value> {
  readonly line: number;
  readonly verdict: Verdict;
  readonly value: Value | null;
}

export async function checkedRowsAfter<Value>(
  trx: Trx,
  importId: string,
  file: FileKind,
  line: number,
  limit: number,
): Promise<CheckedRow<Value>[]> {
  const { rows } = await sql<CheckedRow<Value>>`
    select line, verdict, value from import_row
     where import_id = ${importId} and file = ${file} and line > ${line}
     order by line limit ${limit}`.execute(trx);
  return rows;
}

export interface WrittenLine {
  readonly line: number;
  readonly written: 'accepted' | 'rejected' | 'duplicate';
  readonly caseId: string | null;
}

export async function writeWritten(
  trx: Trx,
  importId: string,
  file: FileKind,
  lines: readonly WrittenLine[],
): Promise<void> {
  await sql`
    update import_row set written = done.written, case_id = done.case_id
      from unnest(${lines.map(({ line }) => line)}::int[], ${lines.map(({ written }) => written)}::text[],
                  ${lines.map(({ caseId }) => caseId)}::uuid[]) as done (line, written, case_id)
     where import_id = ${importId} and file = ${file} and import_row.line = done.line`.execute(trx);
}

/** Rows that did not come in, or would not: page by page. */
export async function failedRowsAfter(
  trx: Trx,
  importId: string,
  file: FileKind,
  line: number,
  limit: number,
) {
  const { rows } = await sql<StoredRow & { verdict: Verdict; faults: ImportFault[] }>`
    select line, cells, verdict, faults from import_row
     where import_id = ${importId} and file = ${file} and line > ${line}
       and (written in ('rejected', 'duplicate') or (written is null and verdict in ('error', 'duplicate')))
     order by line limit ${limit}`.execute(trx);
  return rows;
}

export async function findMapping(trx: Trx, headerHash: string, division: string) {
  const { rows } = await sql<{ mapping: Record<string, string> }>`
    select mapping from import_mapping where header_hash = ${headerHash} and division = ${division}`.execute(
    trx,
  );
  return rows[0]?.mapping;
}

export async function rememberMapping(
  trx: Trx,
  headerHash: string,
  division: string,
  mapping: Readonly<Record<string, string>>,
  now: string,
): Promise<void> {
  await sql`
    insert into import_mapping (header_hash, division, mapping, used_at)
    values (${headerHash}, ${division}, ${JSON.stringify(mapping)}::jsonb, ${now})
    on conflict (header_hash, division) do update set mapping = excluded.mapping, used_at = excluded.used_at`.execute(
    trx,
  );
}
