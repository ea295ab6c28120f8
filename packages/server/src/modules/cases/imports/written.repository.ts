/** Cases and links an import has written: what the list holds already, and what an undo takes away. */
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';
import type { Target } from './target.ts';

const inTarget = (target: Target) =>
  'lineListId' in target ? sql`line_list_id = ${target.lineListId}` : sql`incident_id = ${target.incidentId}`;

/** Of these ids and persons, those the target holds. One import writes into one target at a time. */
export async function findTaken(
  trx: Trx,
  target: Target,
  ids: readonly string[],
  personIds: readonly string[],
): Promise<{ readonly ids: Set<string>; readonly personIds: Set<string> }> {
  const key = 'lineListId' in target ? target.lineListId : target.incidentId;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import into ${key}`}, 0))`.execute(trx);
  const { rows } = await sql<{ externalId: string; personId: string | null }>`
    select external_id as "externalId", person_id as "personId" from case_file
     where ${inTarget(target)}
       and (external_id = any(${[...ids]}::text[]) or person_id = any(${[...personIds]}::uuid[]))`.execute(
    trx,
  );
  return {
    ids: new Set(rows.map(({ externalId }) => externalId)),
    personIds: new Set(rows.flatMap(({ personId }) => personId ?? [])),
  };
}

export interface RemovedCase {
  readonly id: string;
  readonly division: string;
}

/**
 * Takes away the cases of an import nobody has worked on: unchanged, with no draft of a stay, and named in no event
 * since but their own opening. The links go too, but those between two cases that stay.
 */
export async function removeWritten(
  trx: Trx,
  importId: string,
  since: string,
): Promise<{ readonly removed: RemovedCase[]; readonly keptCount: number }> {
  const { rows: removed } = await sql<RemovedCase>`
    with touched as (
      select data->>'caseId' as id from event
       where at >= ${since} and kind <> 'case.opened' and data ? 'caseId'
    )
    delete from case_file
     where import_id = ${importId} and version = 1
       and id::text not in (select id from touched where id is not null)
       and not exists (select from stay_draft where case_id = case_file.id)
    returning id, division`.execute(trx);
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from case_file where import_id = ${importId}`.execute(trx);
  await sql`
    with kept as (select external_id from case_file where import_id = ${importId})
    delete from case_link
     where import_id = ${importId}
       and not (from_external_id in (select external_id from kept) and to_external_id in (select external_id from kept))`.execute(
    trx,
  );
  return { removed, keptCount: rows[0]!.count };
}

/** Takes away a list that nothing is left in. */
export async function removeEmptyList(trx: Trx, lineListId: string): Promise<void> {
  await sql`
    delete from line_list
     where id = ${lineListId}
       and not exists (select from case_file where line_list_id = line_list.id)
       and not exists (select from case_link where line_list_id = line_list.id)`.execute(trx);
}
