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
export const reviewIsOverdue = (at: string) => sql<boolean>`(
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
