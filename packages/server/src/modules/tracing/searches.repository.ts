import { LeveeError } from '@levee/contract';
import { type ContactClass, type ContactEvidence, getPackOrThrow, type Setting } from '@levee/protocol';
import { sql } from 'kysely';
import { plainArray } from '../../platform/db/plain-array.ts';
import type { Trx } from '../../platform/db/pool.ts';
import { decide, type ExposureRecord, type FindingRecord, type Undecided } from './findings.ts';
import { staysCount } from './meetings.repository.ts';
import type { MetWhere } from './met-places.ts';
import type { ClassCounts, KeptWindow, SearchRecord } from './tracing.ts';

/** With the number of stays it could go by; null where a search of this id was made before. */
export async function insertSearch(
  trx: Trx,
  search: Omit<SearchRecord, 'staysCount'>,
): Promise<SearchRecord | null> {
  const inserted = await trx
    .insertInto('search')
    .values({
      id: search.id,
      case_id: search.caseId,
      person_id: search.personId,
      incident_id: search.incidentId,
      division: search.division,
      pack_id: search.packId,
      from_at: search.from,
      until_at: search.until,
      trace_window: JSON.stringify(search.traceWindow),
      adjusted: search.adjusted,
      min_minutes: search.minMinutes,
      lingering_minutes: search.lingeringMinutes,
      place_ids: search.placeIds,
      path: search.path,
      as_of: search.asOf,
      purpose: search.purpose,
      stays_count: staysCount(search.personId, search.from, search.until),
      meetings_count: search.meetingsCount,
      milliseconds: search.milliseconds,
      counts: JSON.stringify(search.counts),
      outside: JSON.stringify(search.outside),
      actor_id: search.actor.id,
      actor_name: search.actor.name,
      at: search.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('stays_count')
    .executeTakeFirst();
  return inserted ? { ...search, staysCount: inserted.stays_count } : null;
}

/**
 * Writes what a search found, also about people of other areas: under their division, which hides it from others. Whole
 * columns at once: a placeholder per value took 77 ms for 500 people, most of a search, and JSON of whole rows half of that.
 */
export async function insertFound(
  trx: Trx,
  { id: searchId, caseId, packId }: Pick<SearchRecord, 'id' | 'caseId' | 'packId'>,
  findings: readonly FindingRecord[],
  exposures: readonly ExposureRecord[],
): Promise<void> {
  if (findings.length > 0) await insertFindings(trx, searchId, findings);
  if (exposures.length > 0) await insertExposures(trx, { searchId, caseId, packId }, exposures);
}

function insertFindings(trx: Trx, searchId: string, findings: readonly FindingRecord[]) {
  const column = (read: (finding: FindingRecord) => string | number | null) => plainArray(findings.map(read));
  const source = documents(findings.map((one) => one.source));
  const reasons = documents(findings.map((one) => one.reasons));
  const undecided = documents(findings.map((one) => one.undecided));
  return sql`
    insert into finding (search_id, person_id, division, class, contact_order, via_person_id, rule, source, confidence,
                         reasons, undecided, first_exposure, last_exposure, minutes, meetings_count)
    select ${searchId}, person, division, class, contact_order, via, rule, (${source.distinct}::jsonb[])[source], confidence,
           (${reasons.distinct}::jsonb[])[reasons], (${undecided.distinct}::jsonb[])[undecided], first, last, minutes, meetings
      from unnest(${column((one) => one.personId)}::uuid[], ${column((one) => one.division)}::text[],
                  ${column((one) => one.class)}::text[], ${column((one) => one.order)}::smallint[],
                  ${column((one) => one.viaPersonId)}::uuid[], ${column((one) => one.rule)}::text[],
                  ${source.places}::integer[], ${column((one) => one.confidence)}::text[],
                  ${reasons.places}::integer[], ${undecided.places}::integer[],
                  ${column((one) => one.firstExposure)}::timestamptz[],
                  ${column((one) => one.lastExposure)}::timestamptz[],
                  ${column((one) => one.minutes)}::integer[],
                  ${column((one) => one.meetingsCount)}::integer[])
        as one (person, division, class, contact_order, via, rule, source, confidence, reasons, undecided, first, last,
                minutes, meetings)`.execute(trx);
}

/** A column of JSON in which the same few documents come again and again: each is sent and parsed once. Places from 1. */
function documents(values: readonly unknown[]): { distinct: string[]; places: string } {
  const placeOf = new Map<string, number>();
  const places = values.map((value) => {
    const json = JSON.stringify(value);
    const place = placeOf.get(json) ?? placeOf.size + 1;
    placeOf.set(json, place);
    return place;
  });
  return { distinct: [...placeOf.keys()], places: plainArray(places) };
}

function insertExposures(
  trx: Trx,
  { searchId, caseId, packId }: { searchId: string; caseId: string; packId: string },
  exposures: readonly ExposureRecord[],
) {
  const column = (read: (exposure: ExposureRecord) => string | number | boolean | null) =>
    plainArray(exposures.map(read));
  return sql`
    insert into exposure (search_id, case_id, pack_id, id, person_id, met_person_id, division, contact_order, setting,
                          place_id, from_at, until_at, minutes, indoors, household, seat_rows, class, rule, evidence)
    select ${searchId}, ${caseId}, ${packId}, one.*
      from unnest(${column((one) => one.id)}::uuid[], ${column((one) => one.personId)}::uuid[],
                  ${column((one) => one.metPersonId)}::uuid[], ${column((one) => one.division)}::text[],
                  ${column((one) => one.order)}::smallint[], ${column((one) => one.setting)}::text[],
                  ${column((one) => one.placeId)}::uuid[], ${column((one) => one.from)}::timestamptz[],
                  ${column((one) => one.until)}::timestamptz[], ${column((one) => one.minutes)}::integer[],
                  ${column((one) => one.indoors)}::boolean[], ${column((one) => one.household)}::boolean[],
                  ${column((one) => one.seatRows)}::smallint[],
                  ${column((one) => one.decision.class)}::text[], ${column((one) => one.decision.rule)}::text[],
                  ${exposures.map(jsonOfEvidence)}::jsonb[]) as one`.execute(trx);
}

/** What the pack was asked and no column holds. Its answer in words is asked again when somebody reads it. */
interface KeptEvidence extends Pick<ExposureRecord, 'distanceMetres' | 'near'> {
  readonly via?: ContactEvidence['via'] | null;
}

/** Null for most meetings, which costs no JSON: a quarter of the time of writing them (4.6 of 6.0 ms for 300, 2 vCPU). */
function jsonOfEvidence({ evidence: { via }, distanceMetres, near }: ExposureRecord): string | null {
  const kept: KeptEvidence = { via, distanceMetres, near };
  return via === undefined && distanceMetres === null && near === null ? null : JSON.stringify(kept);
}

/** The columns a proposal has in `contact`, but its class. */
export const proposalColumns = (finding: Omit<FindingRecord, 'class' | 'division' | 'personId'>) => ({
  contact_order: finding.order,
  via_person_id: finding.viaPersonId,
  rule: finding.rule,
  source: JSON.stringify(finding.source),
  confidence: finding.confidence,
  reasons: JSON.stringify(finding.reasons),
  undecided: JSON.stringify(finding.undecided),
  first_exposure: finding.firstExposure,
  last_exposure: finding.lastExposure,
  minutes: finding.minutes,
  meetings_count: finding.meetingsCount,
});

export async function updateExposure(trx: Trx, exposure: ExposureRecord): Promise<void> {
  await trx
    .updateTable('exposure')
    .set({
      facts: JSON.stringify(exposure.facts),
      class: exposure.decision.class,
      rule: exposure.decision.rule,
      evidence: jsonOfEvidence(exposure),
    })
    .where('id', '=', exposure.id)
    .execute();
}

const searchRows = (trx: Trx) => trx.selectFrom('search').selectAll();
type SearchRow = Awaited<ReturnType<ReturnType<typeof searchRows>['executeTakeFirstOrThrow']>>;

const toSearch = (row: SearchRow): SearchRecord => ({
  id: row.id,
  caseId: row.case_id,
  personId: row.person_id,
  incidentId: row.incident_id,
  division: row.division,
  packId: row.pack_id,
  from: row.from_at,
  until: row.until_at,
  traceWindow: row.trace_window as unknown as KeptWindow,
  adjusted: row.adjusted,
  minMinutes: row.min_minutes,
  lingeringMinutes: row.lingering_minutes,
  placeIds: row.place_ids,
  path: row.path as 'index' | 'sql',
  asOf: row.as_of,
  purpose: row.purpose,
  staysCount: row.stays_count,
  meetingsCount: row.meetings_count,
  milliseconds: row.milliseconds,
  counts: row.counts as unknown as ClassCounts,
  outside: row.outside as unknown as SearchRecord['outside'],
  actor: { id: row.actor_id, name: row.actor_name },
  at: row.at,
  adoptedAt: row.adopted_at,
});

export async function findSearchById(trx: Trx, id: string): Promise<SearchRecord | undefined> {
  const row = await searchRows(trx).where('id', '=', id).executeTakeFirst();
  return row && toSearch(row);
}

/** @throws LeveeError `not_found`, the same for a search of another area */
export async function findSearchByIdOrThrow(trx: Trx, id: string): Promise<SearchRecord> {
  const search = await findSearchById(trx, id);
  if (!search) throw new LeveeError('not_found');
  return search;
}

export async function listSearches(trx: Trx, caseId: string | undefined, offset: number, limit: number) {
  const rows = await searchRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(caseId !== undefined, (query) => query.where('case_id', '=', caseId!))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(toSearch), total: rows[0]?.total ?? 0 };
}

export async function markAdopted(trx: Trx, id: string, at: string): Promise<void> {
  await trx.updateTable('search').set({ adopted_at: at }).where('id', '=', id).execute();
}

/** Those inside the transaction's scope. */
export async function findingsOfSearch(
  trx: Trx,
  searchId: string,
  within?: string,
): Promise<FindingRecord[]> {
  const rows = await trx
    .selectFrom('finding')
    .selectAll()
    .where('search_id', '=', searchId)
    .$if(within !== undefined, (query) =>
      query.where('division', '>=', within!).where('division', '<', `${within}~`),
    )
    .execute();
  return rows.map((row) => ({ ...toProposal(row), class: row.class as ContactClass }));
}

/** The proposal part of a row of `finding` or `contact`. */
export const toProposal = (row: {
  person_id: string;
  division: string;
  contact_order: number;
  via_person_id: string | null;
  rule: string;
  source: unknown;
  confidence: string;
  reasons: unknown;
  undecided: unknown;
  first_exposure: string;
  last_exposure: string;
  minutes: number | null;
  meetings_count: number;
}): Omit<FindingRecord, 'class'> => ({
  personId: row.person_id,
  division: row.division,
  order: row.contact_order as 1 | 2,
  viaPersonId: row.via_person_id,
  rule: row.rule,
  source: row.source as FindingRecord['source'],
  confidence: row.confidence as FindingRecord['confidence'],
  reasons: row.reasons as FindingRecord['reasons'],
  undecided: row.undecided as FindingRecord['undecided'],
  firstExposure: row.first_exposure,
  lastExposure: row.last_exposure,
  minutes: row.minutes,
  meetingsCount: row.meetings_count,
});

export async function exposuresOf(trx: Trx, searchId: string, personId?: string): Promise<ExposureRecord[]> {
  const rows = await trx
    .selectFrom('exposure')
    .selectAll()
    .where('search_id', '=', searchId)
    .$if(personId !== undefined, (query) => query.where('person_id', '=', personId!))
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => {
    const kept = row.evidence as unknown as KeptEvidence | null;
    const exposure: Undecided = {
      id: row.id,
      personId: row.person_id,
      metPersonId: row.met_person_id,
      division: row.division,
      order: row.contact_order as 1 | 2,
      setting: row.setting as Setting,
      placeId: row.place_id,
      from: row.from_at,
      until: row.until_at,
      minutes: row.minutes,
      indoors: row.indoors,
      household: row.household,
      seatRows: row.seat_rows,
      distanceMetres: kept?.distanceMetres ?? null,
      near: kept?.near ?? null,
      facts: row.facts as unknown as ExposureRecord['facts'],
    };
    return decide(getPackOrThrow(row.pack_id), exposure, kept?.via ?? undefined);
  });
}

/** Who was met where and when in a search, inside the transaction's scope. */
export const meetingsOfSearch = (trx: Trx, searchId: string): Promise<MetWhere[]> =>
  trx
    .selectFrom('exposure')
    .select(['person_id as personId', 'place_id as placeId', 'from_at as from', 'until_at as until'])
    .where('search_id', '=', searchId)
    .execute();
