import {
  type AreaLevel,
  type Evidence,
  LeveeError,
  type MeasureKind,
  type MeasurePhase,
  type MeasureState,
  type Notice,
} from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import type { Measure, Smallest } from './measure.ts';

const measureRows = (trx: Trx, at: string) =>
  trx
    .selectFrom('measure')
    .selectAll('measure')
    .select([
      sql<boolean>`measure_active(measure, ${at})`.as('active'),
      sql<string>`measure_phase(measure, ${at})`.as('phase'),
      sql<
        string | null
      >`(select max(review.at) from measure_review as review where review.measure_id = measure.id)`.as(
        'last_review_at',
      ),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof measureRows>['executeTakeFirstOrThrow']>>;
const ref = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

const toMeasure = (row: Row): Measure => ({
  id: row.id,
  kind: row.kind as MeasureKind,
  level: row.level as AreaLevel | null,
  subjectType: row.subject_type as Measure['subjectType'],
  subjectId: row.subject_id,
  division: row.division,
  incidentId: row.incident_id,
  packId: row.pack_id,
  ground: row.ground as unknown as Evidence[],
  legalBasis: row.legal_basis,
  power: { zh: row.power_zh, en: row.power_en },
  author: { id: row.author_id, name: row.author_name },
  draftedAt: row.drafted_at as unknown as string,
  approver: ref(row.approver_id, row.approver_name),
  approvedAt: row.approved_at as unknown as string | null,
  closedBy: ref(row.closed_by_id, row.closed_by_name),
  closedAt: row.closed_at as unknown as string | null,
  closeReason: row.close_reason,
  state: row.state as MeasureState,
  phase: row.phase as MeasurePhase,
  active: row.active,
  startsAt: row.starts_at as unknown as string,
  endsAt: row.ends_at as unknown as string,
  reviewAt: row.review_at as unknown as string | null,
  lastReviewAt: row.last_review_at,
  emergency: row.emergency,
  extendsId: row.extends_id,
  alternatives: row.alternatives as unknown as Measure['alternatives'],
  smallest: row.smallest as unknown as Smallest | null,
  peopleCount: row.people_count,
  vulnerableCount: row.vulnerable_count,
  notice: row.notice as unknown as Notice,
  version: row.version,
});

export async function findMeasureById(trx: Trx, id: string, at: string): Promise<Measure | undefined> {
  const row = await measureRows(trx, at).where('measure.id', '=', id).executeTakeFirst();
  return row && toMeasure(row);
}

export async function findMeasureByIdOrThrow(trx: Trx, id: string, at: string): Promise<Measure> {
  const found = await findMeasureById(trx, id, at);
  if (!found) throw new LeveeError('not_found');
  return found;
}

/** Holds the row until the transaction ends: two deciders follow each other. */
export async function lockMeasure(trx: Trx, id: string, at: string): Promise<Measure> {
  await sql`select id from measure where id = ${id} for update`.execute(trx);
  return findMeasureByIdOrThrow(trx, id, at);
}

export async function findMeasuresByIds(
  trx: Trx,
  ids: readonly string[],
  at: string,
): Promise<Map<string, Measure>> {
  if (ids.length === 0) return new Map();
  const rows = await measureRows(trx, at)
    .where('measure.id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, toMeasure(row)]));
}

export interface MeasureFilter {
  readonly phase?: readonly MeasurePhase[] | undefined;
  readonly kind?: readonly MeasureKind[] | undefined;
  readonly subjectType?: 'person' | 'place' | undefined;
  readonly subjectId?: string | undefined;
  readonly incidentId?: string | undefined;
  readonly within?: string | undefined;
  readonly number?: string | undefined;
  readonly endsBefore?: string | undefined;
  readonly reviewOverdue?: boolean | undefined;
}

/** "Still needed?" unanswered on a place measure in force at `at` (R18). */
const reviewIsOverdue = (at: string) => sql<boolean>`(
  measure_active(measure, ${at}) and measure.subject_type = 'place' and coalesce(
    (select max(review.at) from measure_review as review where review.measure_id = measure.id) + interval '72 hours',
    measure.review_at) < ${at})`;

export async function listMeasures(
  trx: Trx,
  filter: MeasureFilter,
  at: string,
  offset: number,
  limit: number,
) {
  const rows = await measureRows(trx, at)
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('measure.drafted_at', '<=', at)
    .$if(Boolean(filter.phase?.length), (query) =>
      query.where(sql`measure_phase(measure, ${at})`, 'in', filter.phase as string[]),
    )
    .$if(Boolean(filter.kind?.length), (query) => query.where('kind', 'in', filter.kind as string[]))
    .$if(Boolean(filter.subjectType), (query) => query.where('subject_type', '=', filter.subjectType!))
    .$if(Boolean(filter.subjectId), (query) => query.where('subject_id', '=', filter.subjectId!))
    .$if(Boolean(filter.incidentId), (query) => query.where('incident_id', '=', filter.incidentId!))
    .$if(Boolean(filter.within), (query) =>
      query.where('division', '>=', filter.within!).where('division', '<', `${filter.within}~`),
    )
    .$if(Boolean(filter.number), (query) =>
      query
        .where('division', '>=', filter.number!.slice(0, 6))
        .where('division', '<', `${filter.number!.slice(0, 6)}~`)
        .where(sql<boolean>`right(measure.id::text, 6) = ${filter.number!.slice(-6)}`),
    )
    .$if(Boolean(filter.endsBefore), (query) => query.where(sql<boolean>`ends_at < ${filter.endsBefore}`))
    .$if(filter.reviewOverdue === true, (query) => query.where(reviewIsOverdue(at)))
    .orderBy(sql`measure.approved_at is null and measure.closed_at is null`, 'desc')
    .orderBy('drafted_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(toMeasure), total: Number(rows[0]?.total ?? 0) };
}

/** What stands at `at` on these people, on these places, or in this area. */
export async function activeMeasures(
  trx: Trx,
  where: {
    readonly personIds?: readonly string[];
    readonly placeIds?: readonly string[];
    readonly division?: string;
  },
  at: string,
): Promise<Measure[]> {
  const subjects = where.personIds ?? where.placeIds;
  if (subjects?.length === 0) return [];
  const rows = await measureRows(trx, at)
    .where(sql<boolean>`measure_active(measure, ${at})`)
    .$if(subjects !== undefined, (query) => query.where('subject_id', 'in', [...subjects!]))
    .$if(where.personIds !== undefined, (query) => query.where('subject_type', '=', 'person'))
    .$if(where.placeIds !== undefined, (query) => query.where('subject_type', '=', 'place'))
    .$if(where.division !== undefined, (query) =>
      query.where('division', '>=', where.division!).where('division', '<', `${where.division}~`),
    )
    .orderBy('drafted_at')
    .execute();
  return rows.map(toMeasure);
}

/** Those of the evidence that exist and concern the subject. */
export async function concerning(
  trx: Trx,
  ground: readonly Evidence[],
  subject: { readonly type: 'person' | 'place'; readonly id: string },
): Promise<Set<string>> {
  if (ground.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from jsonb_to_recordset(${JSON.stringify(ground)}::jsonb) as item (type text, id uuid)
     where evidence_concerns(item.type, item.id, ${subject.type}, ${subject.id})`.execute(trx);
  return new Set(rows.map(({ id }) => id));
}

/** Evidence already used for a limit of this kind on this subject that took effect. */
export async function usedEvidence(
  trx: Trx,
  subject: Pick<Measure, 'subjectId' | 'kind' | 'level'>,
): Promise<Set<string> | null> {
  const { rows } = await sql<{ id: string }>`
    select distinct used ->> 'id' as id from measure, jsonb_array_elements(ground) as used
     where subject_id = ${subject.subjectId} and kind = ${subject.kind}
       and level is not distinct from ${subject.level} and (approved_at is not null or emergency)`.execute(
    trx,
  );
  return rows.length === 0 ? null : new Set(rows.map(({ id }) => id));
}

export type NewMeasure = Pick<
  Measure,
  | 'id'
  | 'kind'
  | 'level'
  | 'subjectType'
  | 'subjectId'
  | 'division'
  | 'incidentId'
  | 'packId'
  | 'ground'
  | 'legalBasis'
  | 'power'
  | 'author'
  | 'draftedAt'
  | 'startsAt'
  | 'endsAt'
  | 'reviewAt'
  | 'emergency'
  | 'extendsId'
  | 'alternatives'
  | 'smallest'
  | 'peopleCount'
  | 'vulnerableCount'
  | 'notice'
>;

export async function insertMeasure(trx: Trx, measure: NewMeasure): Promise<void> {
  await trx
    .insertInto('measure')
    .values({
      id: measure.id,
      kind: measure.kind,
      level: measure.level,
      subject_type: measure.subjectType,
      subject_id: measure.subjectId,
      division: measure.division,
      incident_id: measure.incidentId,
      pack_id: measure.packId,
      ground: JSON.stringify(measure.ground),
      legal_basis: measure.legalBasis,
      power_zh: measure.power.zh,
      power_en: measure.power.en,
      author_id: measure.author.id,
      author_name: measure.author.name,
      drafted_at: measure.draftedAt,
      emergency: measure.emergency,
      starts_at: measure.startsAt,
      ends_at: measure.endsAt,
      review_at: measure.reviewAt,
      extends_id: measure.extendsId,
      alternatives: JSON.stringify(measure.alternatives),
      smallest: measure.smallest && JSON.stringify(measure.smallest),
      people_count: measure.peopleCount,
      vulnerable_count: measure.vulnerableCount,
      notice: JSON.stringify(measure.notice),
    })
    .execute();
}

export async function approve(
  trx: Trx,
  id: string,
  approver: { id: string; name: string },
  at: string,
): Promise<void> {
  await trx
    .updateTable('measure')
    .set({ approver_id: approver.id, approver_name: approver.name, approved_at: at })
    .set((update) => ({ version: update('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function close(
  trx: Trx,
  id: string,
  how: { kind: 'rejected' | 'withdrawn'; by: { id: string; name: string }; at: string; reason: string },
): Promise<void> {
  await trx
    .updateTable('measure')
    .set({
      close_kind: how.kind,
      closed_at: how.at,
      closed_by_id: how.by.id,
      closed_by_name: how.by.name,
      close_reason: how.reason,
    })
    .set((update) => ({ version: update('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function setNotice(trx: Trx, id: string, notice: Notice): Promise<void> {
  await trx
    .updateTable('measure')
    .set({ notice: JSON.stringify(notice) })
    .set((update) => ({ version: update('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function extensionsOf(trx: Trx, id: string) {
  const rows = await trx
    .selectFrom('measure')
    .select(['id', 'state', 'ends_at as endsAt'])
    .where('extends_id', '=', id)
    .orderBy('drafted_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    state: row.state as MeasureState,
    endsAt: row.endsAt as unknown as string,
  }));
}

export async function insertReview(
  trx: Trx,
  review: {
    id: string;
    measureId: string;
    division: string;
    at: string;
    by: { id: string; name: string };
    stillNeeded: boolean;
    reason: string;
  },
): Promise<void> {
  await trx
    .insertInto('measure_review')
    .values({
      id: review.id,
      measure_id: review.measureId,
      division: review.division,
      at: review.at,
      reviewer_id: review.by.id,
      reviewer_name: review.by.name,
      still_needed: review.stillNeeded,
      reason: review.reason,
    })
    .execute();
}

export async function reviewsOf(trx: Trx, measureId: string) {
  const rows = await trx
    .selectFrom('measure_review')
    .selectAll()
    .where('measure_id', '=', measureId)
    .orderBy('at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at as unknown as string,
    reviewer: { id: row.reviewer_id, name: row.reviewer_name },
    stillNeeded: row.still_needed,
    reason: row.reason,
  }));
}

/** Names of areas by code, as far as the reader's scope reaches; the nearest area above where the code has no place. */
export async function divisionNames(trx: Trx, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const { rows } = await sql<{ code: string; name: string }>`
    select wanted.code, area.name_zh as name from unnest(${[...new Set(codes)]}::text[]) as wanted (code)
     cross join lateral (
       select name_zh from place
        where place.code in (wanted.code, left(wanted.code, 12), left(wanted.code, 9), left(wanted.code, 6), left(wanted.code, 4))
        order by length(place.code) desc limit 1) as area`.execute(trx);
  return new Map(rows.map(({ code, name }) => [code, name]));
}

/** The events of one measure and of its appeals, oldest first. */
export async function historyOf(trx: Trx, subjectIds: readonly string[]) {
  const { rows } = await sql<{
    kind: string;
    at: string;
    actor_id: string | null;
    actor_name: string | null;
  }>`
    select kind, at, actor_id, actor_name from event where subject_id = any(${[...subjectIds]}::uuid[]) order by sequence
  `.execute(trx);
  return rows.map((row) => ({ kind: row.kind, at: row.at, actor: ref(row.actor_id, row.actor_name) }));
}

export async function countsAt(
  trx: Trx,
  filter: { within?: string | undefined; incidentId?: string | undefined },
  at: string,
) {
  const within = filter.within ?? null;
  const incidentId = filter.incidentId ?? null;
  const { rows } = await sql<{
    kind: MeasureKind;
    level: AreaLevel | null;
    activeCount: number;
    peopleCount: number;
    personDaysSpent: number;
  }>`
    with chosen as (
      select measure as m, kind, level, people_count,
             measure_active(measure, ${at}) as active,
             case when approved_at is null and not emergency then 0
                  else greatest(0, extract(epoch from least(ends_at, coalesce(closed_at, ends_at), ${at}::timestamptz,
                         case when approved_at is null then drafted_at + interval '12 hours' else ends_at end)
                       - case when emergency or approved_at is null then starts_at else greatest(starts_at, approved_at) end)) / 86400.0
                       * people_count end as days
        from measure
       where drafted_at <= ${at}
         and (${within}::text is null or (division >= ${within} and division < ${within} || '~'))
         and (${incidentId}::uuid is null or incident_id = ${incidentId}))
    select kind, level, count(*) filter (where active)::int as "activeCount",
           coalesce(sum(people_count) filter (where active), 0)::int as "peopleCount",
           round(coalesce(sum(days), 0), 1)::float8 as "personDaysSpent"
      from chosen group by kind, level order by kind, level`.execute(trx);
  const { rows: open } = await sql<{ awaiting: number; review: number; soon: number; active: number }>`
    select count(*) filter (where measure_active(measure, ${at}))::int as active,
           count(*) filter (where measure_active(measure, ${at})
             and ends_at < ${at}::timestamptz + interval '24 hours')::int as soon,
           count(*) filter (where measure_phase(measure, ${at}) = 'awaiting')::int as awaiting,
           count(*) filter (where ${reviewIsOverdue(at)})::int as review
      from measure where drafted_at <= ${at}
       and (${within}::text is null or (division >= ${within} and division < ${within} || '~'))
       and (${incidentId}::uuid is null or incident_id = ${incidentId})`.execute(trx);
  const { active, soon, awaiting, review } = open[0]!;
  return { byKind: rows, active, endsSoon: soon, awaiting, reviewOverdue: review };
}
