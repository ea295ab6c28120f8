import { LeveeError } from '@levee/contract';
import type { ContactClass, Setting } from '@levee/protocol';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import type { ExposureRecord, FindingRecord } from './findings.ts';
import type { MetWhere } from './met-places.ts';
import type { ClassCounts, KeptWindow, SearchRecord } from './tracing.ts';

export async function insertSearch(trx: Trx, search: SearchRecord): Promise<void> {
  await trx
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
      stays_count: search.staysCount,
      meetings_count: search.meetingsCount,
      milliseconds: search.milliseconds,
      counts: JSON.stringify(search.counts),
      outside: JSON.stringify(search.outside),
      actor_id: search.actor.id,
      actor_name: search.actor.name,
      at: search.at,
    })
    .execute();
}

/**
 * Writes what a search found, also about people of other areas: under their division, which hides it from others. One
 * parameter however many: a placeholder per value took 77 ms for 500 people, most of a search.
 */
export async function insertFound(
  trx: Trx,
  { id: searchId, caseId }: Pick<SearchRecord, 'id' | 'caseId'>,
  findings: readonly FindingRecord[],
  exposures: readonly ExposureRecord[],
): Promise<void> {
  const rows = findings.map((finding) => ({
    search_id: searchId,
    person_id: finding.personId,
    division: finding.division,
    class: finding.class,
    ...proposalValues(finding),
  }));
  if (rows.length > 0)
    await sql`insert into finding select * from jsonb_populate_recordset(null::finding, ${JSON.stringify(rows)})`.execute(
      trx,
    );
  const evidence = exposures.map((exposure) => ({
    id: exposure.id,
    search_id: searchId,
    case_id: caseId,
    person_id: exposure.personId,
    met_person_id: exposure.metPersonId,
    division: exposure.division,
    contact_order: exposure.order,
    setting: exposure.setting,
    place_id: exposure.placeId,
    from_at: exposure.from,
    until_at: exposure.until,
    minutes: exposure.minutes,
    indoors: exposure.indoors,
    household: exposure.household,
    seat_rows: exposure.seatRows,
    ...decisionValues(exposure),
  }));
  if (evidence.length > 0)
    await sql`insert into exposure select * from jsonb_populate_recordset(null::exposure, ${JSON.stringify(evidence)})`.execute(
      trx,
    );
}

type Proposal = Omit<FindingRecord, 'class' | 'division' | 'personId'>;

/** What a proposal is in `finding` and in `contact`, but its class. */
const proposalValues = (finding: Proposal) => ({
  contact_order: finding.order,
  via_person_id: finding.viaPersonId,
  rule: finding.rule,
  source: finding.source,
  confidence: finding.confidence,
  reasons: finding.reasons,
  undecided: finding.undecided,
  first_exposure: finding.firstExposure,
  last_exposure: finding.lastExposure,
  minutes: finding.minutes,
  meetings_count: finding.meetingsCount,
});

/** The same with its JSON as text, for a statement with a placeholder per column. */
export const proposalColumns = (finding: Proposal) => ({
  ...proposalValues(finding),
  source: JSON.stringify(finding.source),
  reasons: JSON.stringify(finding.reasons),
  undecided: JSON.stringify(finding.undecided),
});

const decisionValues = ({ facts, evidence, decision, distanceMetres, near }: ExposureRecord) => ({
  facts,
  class: decision.class,
  rule: decision.rule,
  reasons: decision.reasons,
  undecided: decision.undecided,
  evidence: { evidence, distanceMetres, near, source: decision.source, confidence: decision.confidence },
});

export async function updateExposure(trx: Trx, exposure: ExposureRecord): Promise<void> {
  const { facts, reasons, undecided, evidence, ...columns } = decisionValues(exposure);
  const asText = {
    facts: JSON.stringify(facts),
    reasons: JSON.stringify(reasons),
    undecided: JSON.stringify(undecided),
    evidence: JSON.stringify(evidence),
  };
  await trx
    .updateTable('exposure')
    .set({ ...columns, ...asText })
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

/** @throws LeveeError `not_found`, the same for a search of another area */
export async function findSearchByIdOrThrow(trx: Trx, id: string): Promise<SearchRecord> {
  const row = await searchRows(trx).where('id', '=', id).executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toSearch(row);
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

interface Kept {
  evidence: ExposureRecord['evidence'];
  distanceMetres: number | null;
  near: boolean | null;
  source: ExposureRecord['decision']['source'];
  confidence: ExposureRecord['decision']['confidence'];
}

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
    const kept = row.evidence as unknown as Kept;
    return {
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
      distanceMetres: kept.distanceMetres,
      near: kept.near,
      facts: row.facts as unknown as ExposureRecord['facts'],
      evidence: kept.evidence,
      decision: {
        class: row.class as ContactClass | 'none',
        rule: row.rule,
        source: kept.source,
        confidence: kept.confidence,
        reasons: row.reasons as unknown as ExposureRecord['decision']['reasons'],
        undecided: row.undecided as unknown as ExposureRecord['decision']['undecided'],
      },
    };
  });
}

/** Who was met where and when in a search, inside the transaction's scope. */
export const meetingsOfSearch = (trx: Trx, searchId: string): Promise<MetWhere[]> =>
  trx
    .selectFrom('exposure')
    .select(['person_id as personId', 'place_id as placeId', 'from_at as from', 'until_at as until'])
    .where('search_id', '=', searchId)
    .execute();
