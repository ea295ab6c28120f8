import { type ContactClassCode, type ContactState, LeveeError } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import type { FindingRecord } from './findings.ts';
import { proposalColumns, toProposal } from './searches.repository.ts';
import type { ClassCounts, ContactRecord } from './tracing.ts';

const contactRows = (trx: Trx) => trx.selectFrom('contact').selectAll('contact');
type ContactRow = Awaited<ReturnType<ReturnType<typeof contactRows>['executeTakeFirstOrThrow']>>;

const toContact = (row: ContactRow): ContactRecord => ({
  ...toProposal(row),
  id: row.id,
  incidentId: row.incident_id,
  caseId: row.case_id,
  proposedClass: row.proposed_class as ContactClassCode,
  class: row.class as ContactClassCode | null,
  state: row.state as ContactState,
  packId: row.pack_id,
  searchId: row.search_id,
  assistanceRequestId: row.assistance_request_id,
  reason: row.reason,
  reviewedBy: row.reviewed_by ? { id: row.reviewed_by, name: row.reviewed_by_name ?? '' } : null,
  reviewedAt: row.reviewed_at,
  lostAt: row.lost_at,
  isolatedAt: row.isolated_at,
  proposedAt: row.proposed_at,
  version: row.version,
});

/** @throws LeveeError `not_found`, the same for a contact of another area */
export async function findContactByIdOrThrow(trx: Trx, id: string): Promise<ContactRecord> {
  const row = await contactRows(trx).where('id', '=', id).executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toContact(row);
}

/** Holds the rows until the transaction ends, in the order of their ids, so that two reviews never wait for each other. */
export async function lockContacts(trx: Trx, ids: readonly string[]): Promise<Map<string, ContactRecord>> {
  const rows = await contactRows(trx)
    .where('id', 'in', [...new Set(ids)])
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.id, toContact(row)]));
}

export async function contactsOfCase(trx: Trx, caseId: string): Promise<ContactRecord[]> {
  return (await contactRows(trx).where('case_id', '=', caseId).orderBy('id').execute()).map(toContact);
}

export async function lockContactsOfCase(trx: Trx, caseId: string): Promise<ContactRecord[]> {
  const rows = await contactRows(trx).where('case_id', '=', caseId).orderBy('id').forUpdate().execute();
  return rows.map(toContact);
}

/** When each of these people was isolated as a contact, where it is known. */
export async function isolationOf(trx: Trx, personIds: readonly string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom('contact')
    .select((select) => ['person_id', select.fn.min('isolated_at').as('at')])
    .where('person_id', 'in', [...new Set(personIds)])
    .where('isolated_at', 'is not', null)
    .groupBy('person_id')
    .execute();
  return new Map(rows.map((row) => [row.person_id, row.at as string]));
}

export interface ContactFilter {
  readonly incidentId?: string | undefined;
  readonly caseId?: string | undefined;
  readonly personId?: string | undefined;
  readonly within?: string | undefined;
  readonly q?: string | undefined;
  readonly class?: readonly ContactClassCode[] | undefined;
  readonly state?: readonly ContactState[] | undefined;
  readonly lost?: boolean | undefined;
}

const CLASS_ORDER = sql`array_position(array['close', 'contact_of_contact', 'general'], coalesce(contact.class, contact.proposed_class))`;

export async function listContacts(trx: Trx, filter: ContactFilter, offset: number, limit: number) {
  const text = filter.q
    ?.trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&');
  const rows = await contactRows(trx)
    .innerJoin('person', 'person.id', 'contact.person_id')
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(filter.incidentId !== undefined, (q) => q.where('contact.incident_id', '=', filter.incidentId!))
    .$if(filter.caseId !== undefined, (q) => q.where('contact.case_id', '=', filter.caseId!))
    .$if(filter.personId !== undefined, (q) => q.where('contact.person_id', '=', filter.personId!))
    .$if(filter.within !== undefined, (q) =>
      q.where('contact.division', '>=', filter.within!).where('contact.division', '<', `${filter.within}~`),
    )
    .$if(Boolean(text), (q) =>
      q.where((where) =>
        where.or([
          where('person.name_zh', 'like', `${text}%`),
          where('person.name_pinyin', 'like', `${text}%`),
          where('person.name_initials', 'like', `${text}%`),
        ]),
      ),
    )
    .$if(Boolean(filter.class?.length), (q) =>
      q.where(sql<string>`coalesce(contact.class, contact.proposed_class)`, 'in', filter.class!),
    )
    .$if(Boolean(filter.state?.length), (q) => q.where('contact.state', 'in', filter.state!))
    .$if(filter.lost !== undefined, (q) => q.where('contact.lost_at', filter.lost ? 'is not' : 'is', null))
    .orderBy(CLASS_ORDER)
    .orderBy('contact.last_exposure', 'desc')
    .orderBy('contact.id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(toContact), total: rows[0]?.total ?? 0 };
}

export async function insertContact(
  trx: Trx,
  contact: Pick<ContactRecord, 'id' | 'incidentId' | 'caseId' | 'packId' | 'searchId' | 'proposedAt'> & {
    assistanceRequestId: string | null;
  },
  finding: FindingRecord,
): Promise<void> {
  await trx
    .insertInto('contact')
    .values({
      id: contact.id,
      incident_id: contact.incidentId,
      case_id: contact.caseId,
      person_id: finding.personId,
      division: finding.division,
      proposed_class: finding.class,
      pack_id: contact.packId,
      ...proposalColumns(finding),
      search_id: contact.searchId,
      assistance_request_id: contact.assistanceRequestId,
      proposed_at: contact.proposedAt,
    })
    .execute();
}

/** A newer search says this of the contact; what a person decided stays. */
export async function updateProposal(
  trx: Trx,
  id: string,
  {
    searchId,
    packId,
    changed,
    assistanceRequestId = null,
  }: {
    searchId: string;
    packId: string;
    changed: boolean;
    assistanceRequestId?: string | null;
  },
  finding: FindingRecord,
): Promise<void> {
  await trx
    .updateTable('contact')
    .set((expression) => ({
      proposed_class: finding.class,
      ...proposalColumns(finding),
      search_id: searchId,
      pack_id: packId,
      lost_at: null,
      ...(assistanceRequestId && { assistance_request_id: assistanceRequestId }),
      // A decision that now differs from the proposal keeps its ground: the proposal it was made on.
      reason: sql<
        string | null
      >`case when state <> 'proposed' and reason is null and class is distinct from ${finding.class}
        then '判定后排查结果变化 decided before the proposal changed' else reason end`,
      ...(changed && { version: expression('version', '+', 1) }),
    }))
    .where('id', '=', id)
    .execute();
}

export async function deleteContact(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('contact').where('id', '=', id).execute();
}

export async function markLost(trx: Trx, id: string, at: string): Promise<void> {
  await trx
    .updateTable('contact')
    .set((expression) => ({ lost_at: at, version: expression('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export interface Decision {
  readonly state: 'accepted' | 'rejected';
  readonly class: ContactClassCode | null;
  readonly reason: string | null;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: string;
}

export async function updateDecision(trx: Trx, id: string, decision: Decision): Promise<void> {
  await trx
    .updateTable('contact')
    .set((expression) => ({
      state: decision.state,
      class: decision.class,
      reason: decision.reason,
      reviewed_by: decision.by.id,
      reviewed_by_name: decision.by.name,
      reviewed_at: decision.at,
      lost_at: null,
      version: expression('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

export async function updateIsolatedAt(trx: Trx, id: string, at: string): Promise<void> {
  await trx.updateTable('contact').set({ isolated_at: at }).where('id', '=', id).execute();
}

export interface CountFilter {
  readonly incidentId?: string | undefined;
  readonly caseId?: string | undefined;
  readonly within?: string | undefined;
}

/** People, each once: accepted ones by their highest class; others not accepted anywhere by their highest proposal. */
export async function countPeople(
  trx: Trx,
  { incidentId = undefined, caseId = undefined, within = undefined }: CountFilter,
): Promise<{ accepted: ClassCounts; proposed: ClassCounts; rejectedCount: number }> {
  const { rows } = await sql<{ state: ContactState; rank: number; people: number }>`
    with each as (
      select person_id, state,
             array_position(array['close', 'contact_of_contact', 'general'], coalesce(class, proposed_class)) as rank,
             array_position(array['accepted', 'proposed', 'rejected'], state) as weight
        from contact
       where (${incidentId ?? null}::uuid is null or incident_id = ${incidentId ?? null}::uuid)
         and (${caseId ?? null}::uuid is null or case_id = ${caseId ?? null}::uuid)
         and (${within ?? null}::text is null or (division >= ${within ?? null} and division < ${within ?? null} || '~'))
    ), person_state as (
      select distinct on (person_id) person_id, state, rank from each order by person_id, weight, rank
    )
    select state, rank, count(*)::int as people from person_state group by state, rank`.execute(trx);
  const of = (state: ContactState): ClassCounts => {
    const people = (rank: number) =>
      rows.find((row) => row.state === state && row.rank === rank)?.people ?? 0;
    return { close: people(1), contact_of_contact: people(2), general: people(3) };
  };
  const rejected = rows.filter(({ state }) => state === 'rejected');
  return {
    accepted: of('accepted'),
    proposed: of('proposed'),
    rejectedCount: rejected.reduce((sum, { people }) => sum + people, 0),
  };
}

export async function countByState(trx: Trx, assistanceRequestIds: readonly string[]) {
  if (assistanceRequestIds.length === 0) return [];
  const { rows } = await sql<{ requestId: string; state: ContactState; count: number }>`
    select assistance_request_id as "requestId", state, count(*)::int as count from contact
     where assistance_request_id = any(${assistanceRequestIds}::uuid[]) group by 1, 2`.execute(trx);
  return rows;
}
