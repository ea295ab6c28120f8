/** The public store: what anybody may read, in tables that have a column for nothing else. */
import type { PublicArea, PublicBulletin, PublicTestSite } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';

const bulletinRows = (trx: Trx) => trx.selectFrom('public_bulletin').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof bulletinRows>['executeTakeFirstOrThrow']>>;

/** Writes an edition; an earlier one in force becomes `corrected`. */
export async function publishEdition(
  trx: Trx,
  {
    tibetan,
    figures,
    title,
    body,
    issuingBody,
    correction,
    ...bulletin
  }: Omit<PublicBulletin, 'state' | 'withdrawn'>,
): Promise<void> {
  await trx
    .updateTable('public_bulletin')
    .set({ state: 'corrected' })
    .where('bulletin_id', '=', bulletin.id)
    .where('state', '=', 'published')
    .execute();
  await trx
    .insertInto('public_bulletin')
    .values({
      bulletin_id: bulletin.id,
      edition: bulletin.edition,
      division: bulletin.division,
      state: 'published',
      issue: bulletin.issue,
      issuing_body_zh: issuingBody.zh,
      issuing_body_en: issuingBody.en,
      title_zh: title.zh,
      title_en: title.en,
      body_zh: body.zh,
      body_en: body.en,
      title_bo: tibetan?.title ?? null,
      body_bo: tibetan?.body ?? null,
      writer_bo: tibetan?.writer ?? null,
      locked_at: bulletin.lockedAt,
      published_at: bulletin.publishedAt,
      what_zh: correction?.what.zh ?? null,
      what_en: correction?.what.en ?? null,
      why_zh: correction?.why.zh ?? null,
      why_en: correction?.why.en ?? null,
    })
    .execute();
  const rows = figures.flatMap((figure) => [
    { figure, area: null, value: figure.value },
    ...figure.areas.map((area) => ({ figure, area, value: area.value })),
  ]);
  if (rows.length === 0) return;
  await trx
    .insertInto('public_figure')
    .values(
      rows.map(({ figure, area, value }, position) => ({
        bulletin_id: bulletin.id,
        edition: bulletin.edition,
        division: bulletin.division,
        position,
        name: figure.name,
        title_zh: figure.title.zh,
        title_en: figure.title.en,
        area_code: area?.division ?? null,
        area_zh: area?.name.zh ?? null,
        area_en: area?.name.en ?? null,
        value,
        as_of: figure.asOf,
        source_zh: figure.source.zh,
        source_en: figure.source.en,
      })),
    )
    .execute();
}

export async function withdrawEdition(
  trx: Trx,
  bulletinId: string,
  { at, reason }: { at: string; reason: { zh: string; en: string } },
): Promise<void> {
  await trx
    .updateTable('public_bulletin')
    .set({
      state: 'withdrawn',
      withdrawn_at: at,
      withdrawn_reason_zh: reason.zh,
      withdrawn_reason_en: reason.en,
    })
    .where('bulletin_id', '=', bulletinId)
    .where('state', '=', 'published')
    .execute();
}

/** The editions in force or withdrawn, newest first. */
export async function listPublicBulletins(trx: Trx, limit: number, offset = 0): Promise<PublicBulletin[]> {
  const rows = await bulletinRows(trx)
    .where('state', 'in', ['published', 'withdrawn'])
    .orderBy('published_at', 'desc')
    .orderBy('bulletin_id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return withFigures(trx, rows);
}

/** Every edition of a bulletin, newest first; empty where there is none. */
export async function findPublicEditions(trx: Trx, bulletinId: string): Promise<PublicBulletin[]> {
  const rows = await bulletinRows(trx)
    .where('bulletin_id', '=', bulletinId)
    .orderBy('edition', 'desc')
    .execute();
  return withFigures(trx, rows);
}

async function withFigures(trx: Trx, rows: readonly Row[]): Promise<PublicBulletin[]> {
  if (rows.length === 0) return [];
  const figures = await trx
    .selectFrom('public_figure')
    .selectAll()
    .where(
      'bulletin_id',
      'in',
      rows.map(({ bulletin_id }) => bulletin_id),
    )
    .orderBy('position')
    .execute();
  return rows.map((row) => {
    const own = figures.filter(
      ({ bulletin_id, edition }) => bulletin_id === row.bulletin_id && edition === row.edition,
    );
    return toPublicBulletin(row, own);
  });
}

interface FigureRow {
  name: string;
  title_zh: string;
  title_en: string;
  area_code: string | null;
  area_zh: string | null;
  area_en: string | null;
  value: number | null;
  as_of: string;
  source_zh: string;
  source_en: string;
}

function toPublicBulletin(row: Row, figures: readonly FigureRow[]): PublicBulletin {
  return {
    id: row.bulletin_id,
    edition: row.edition,
    state: row.state as PublicBulletin['state'],
    issue: row.issue,
    division: row.division,
    issuingBody: { zh: row.issuing_body_zh, en: row.issuing_body_en },
    title: { zh: row.title_zh, en: row.title_en },
    body: { zh: row.body_zh, en: row.body_en },
    tibetan: row.body_bo ? { title: row.title_bo!, body: row.body_bo, writer: row.writer_bo! } : null,
    figures: figures
      .filter(({ area_code }) => area_code === null)
      .map((figure) => ({
        name: figure.name as PublicBulletin['figures'][number]['name'],
        title: { zh: figure.title_zh, en: figure.title_en },
        value: figure.value,
        asOf: figure.as_of,
        source: { zh: figure.source_zh, en: figure.source_en },
        areas: figures
          .filter(({ name, area_code }) => name === figure.name && area_code !== null)
          .map((area) => ({
            division: area.area_code!,
            name: { zh: area.area_zh!, en: area.area_en! },
            value: area.value,
          })),
      })),
    lockedAt: row.locked_at,
    publishedAt: row.published_at,
    correction:
      row.what_zh === null
        ? null
        : {
            what: { zh: row.what_zh, en: row.what_en! },
            why: { zh: row.why_zh!, en: row.why_en! },
          },
    withdrawn:
      row.withdrawn_at === null
        ? null
        : {
            at: row.withdrawn_at,
            reason: { zh: row.withdrawn_reason_zh!, en: row.withdrawn_reason_en! },
          },
  };
}

/** Puts the areas now in force in the place of all that stood there. */
export async function replaceAreas(
  trx: Trx,
  areas: readonly (PublicArea & { id: string })[],
  at: string,
): Promise<void> {
  await trx.deleteFrom('public_area_status').execute();
  if (areas.length === 0) return;
  await trx
    .insertInto('public_area_status')
    .values(
      areas.map((area) => ({
        id: area.id,
        division: area.division,
        county_zh: area.county.zh,
        county_en: area.county.en,
        name_zh: area.name.zh,
        name_en: area.name.en,
        level: area.level,
        since: area.since,
        until: area.until,
        allowed_zh: area.allowed.zh,
        allowed_en: area.allowed.en,
        updated_at: at,
      })),
    )
    .execute();
}

/** Areas that hold at `at`: one that has ended is gone from the page without anything having to run. */
export async function listAreas(trx: Trx, at: string): Promise<PublicArea[]> {
  const rows = await trx
    .selectFrom('public_area_status')
    .selectAll()
    .where('since', '<=', at)
    .where('until', '>', at)
    .orderBy('division')
    .orderBy(sql`array_position(array['high', 'medium', 'low'], level)`)
    .orderBy('name_zh')
    .execute();
  return rows.map((row) => ({
    division: row.division,
    county: { zh: row.county_zh, en: row.county_en },
    name: { zh: row.name_zh, en: row.name_en },
    level: row.level as PublicArea['level'],
    since: row.since,
    until: row.until,
    allowed: { zh: row.allowed_zh, en: row.allowed_en },
  }));
}

/** One more opening of the page on that day. */
export async function countView(trx: Trx, bulletinId: string, day: string): Promise<void> {
  await trx
    .insertInto('public_view_count')
    .values({ bulletin_id: bulletinId, day, views: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['bulletin_id', 'day'])
        .doUpdateSet((eb) => ({ views: eb('public_view_count.views', '+', 1) })),
    )
    .execute();
}

export async function viewsOf(trx: Trx, bulletinIds: readonly string[]): Promise<Map<string, number>> {
  if (bulletinIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom('public_view_count')
    .select(['bulletin_id', sql<number>`sum(views)::int`.as('views')])
    .where('bulletin_id', 'in', [...bulletinIds])
    .groupBy('bulletin_id')
    .execute();
  return new Map(rows.map((row) => [row.bulletin_id, row.views]));
}

export async function countPublicBulletins(trx: Trx): Promise<number> {
  const { total } = await trx
    .selectFrom('public_bulletin')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('state', 'in', ['published', 'withdrawn'])
    .executeTakeFirstOrThrow();
  return total;
}

const COUNTED_FRESH_MS = 30 * 60_000;

/** Sites of running rounds, by county, the shortest wait first; those whose hours are over are left out. */
export async function listTestSites(trx: Trx, at: string): Promise<PublicTestSite[]> {
  const rows = await trx
    .selectFrom('public_test_site')
    .selectAll()
    .where('open_until', '>', at)
    .orderBy(sql`left(division, 6)`)
    .orderBy(sql`waiting * seconds_per_person nulls last`)
    .orderBy('division')
    .limit(500)
    .execute();
  return rows.map((row) => {
    const fresh =
      row.waiting_counted_at !== null &&
      Date.parse(at) - Date.parse(row.waiting_counted_at) <= COUNTED_FRESH_MS;
    const waiting = fresh ? row.waiting : null;
    const pace = row.seconds_per_person;
    return {
      id: row.site_id,
      county: { zh: row.county_zh, en: row.county_en },
      name: { zh: row.name_zh, en: row.name_en },
      openFrom: row.open_from,
      openUntil: row.open_until,
      secondsPerPerson: pace,
      waiting,
      queueMinutes: waiting === null || pace === null ? null : Math.ceil((waiting * pace) / 60),
      updatedAt: row.updated_at,
    };
  });
}
