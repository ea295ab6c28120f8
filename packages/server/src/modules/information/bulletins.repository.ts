import { type EditionState, LeveeError, type LockedFigure, type TextFinding } from '@levee/contract';
import { sql, type Updateable } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import type { DB } from '../../platform/db/schema.gen.ts';
import type { Bulletin, Edition, Written } from './bulletin.ts';

const bulletinRows = (trx: Trx) => trx.selectFrom('bulletin').selectAll('bulletin');
const editionRows = (trx: Trx) => trx.selectFrom('bulletin_edition').selectAll();

type BulletinRow = Awaited<ReturnType<ReturnType<typeof bulletinRows>['executeTakeFirstOrThrow']>>;
type EditionRow = Awaited<ReturnType<ReturnType<typeof editionRows>['executeTakeFirstOrThrow']>>;

const person = (id: string | null, name: string | null) => (id && name ? { id, name } : null);

function toEdition(row: EditionRow): Edition {
  const sentBackBy = person(row.sent_back_by, row.sent_back_by_name);
  return {
    number: row.number,
    state: row.state as EditionState,
    title: { zh: row.title_zh, en: row.title_en },
    body: { zh: row.body_zh, en: row.body_en },
    tibetan: row.body_bo ? { title: row.title_bo!, body: row.body_bo, writer: row.writer_bo! } : null,
    figures: row.figures as unknown as LockedFigure[],
    lockedAt: row.locked_at,
    author: { id: row.author_id, name: row.author_name },
    checker: person(row.checker_id, row.checker_name),
    checkedAt: row.checked_at,
    approver: person(row.approver_id, row.approver_name),
    publishedAt: row.published_at,
    correction: row.correction as unknown as Edition['correction'],
    sentBack: sentBackBy && { by: sentBackBy, at: row.sent_back_at!, reason: row.sent_back_reason! },
    findings: row.findings as unknown as TextFinding[],
  };
}

const toBulletin = (row: BulletinRow, editions: readonly Edition[]): Bulletin => ({
  id: row.id,
  incidentId: row.incident_id,
  division: row.division,
  issue: row.issue,
  changedAt: row.changed_at,
  withdrawn: row.withdrawn_at
    ? {
        at: row.withdrawn_at,
        by: person(row.withdrawn_by, row.withdrawn_by_name)!,
        reason: { zh: row.withdrawn_reason_zh!, en: row.withdrawn_reason_en! },
      }
    : null,
  version: row.version,
  editions,
});

async function withEditions(trx: Trx, rows: readonly BulletinRow[]): Promise<Bulletin[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const editions = await editionRows(trx).where('bulletin_id', 'in', ids).orderBy('number', 'desc').execute();
  return rows.map((row) =>
    toBulletin(row, editions.filter(({ bulletin_id }) => bulletin_id === row.id).map(toEdition)),
  );
}

export async function getBulletinOrThrow(trx: Trx, id: string): Promise<Bulletin> {
  const row = await bulletinRows(trx).where('id', '=', id).executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return (await withEditions(trx, [row]))[0]!;
}

/** Holds the bulletin until the transaction ends, as the version the caller saw it in. */
export async function lockBulletinOrThrow(trx: Trx, id: string, version: number): Promise<Bulletin> {
  const row = await bulletinRows(trx).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  const bulletin = (await withEditions(trx, [row]))[0]!;
  if (bulletin.version !== version) throw new LeveeError('edit.clash', {}, { detail: { theirs: bulletin } });
  return bulletin;
}

export interface BulletinFilter {
  readonly state?: readonly EditionState[] | undefined;
  readonly incidentId?: string | undefined;
}

/** Newest change first; a bulletin's state is that of its newest edition. */
export async function listBulletins(trx: Trx, filter: BulletinFilter, offset: number, limit: number) {
  const rows = await bulletinRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(Boolean(filter.incidentId), (query) => query.where('incident_id', '=', filter.incidentId!))
    .$if(Boolean(filter.state?.length), (query) =>
      query.where(
        (where) =>
          where
            .selectFrom('bulletin_edition')
            .select('state')
            .whereRef('bulletin_edition.bulletin_id', '=', 'bulletin.id')
            .orderBy('number', 'desc')
            .limit(1),
        'in',
        filter.state as EditionState[],
      ),
    )
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: await withEditions(trx, rows), total: rows[0]?.total ?? 0 };
}

export async function insertBulletin(
  trx: Trx,
  row: { id: string; incidentId: string; division: string; at: string },
): Promise<void> {
  await trx
    .insertInto('bulletin')
    .values({ id: row.id, incident_id: row.incidentId, division: row.division, changed_at: row.at })
    .execute();
}

export interface NewEdition extends Written {
  readonly number: number;
  readonly figures: readonly LockedFigure[];
  readonly lockedAt: string;
  readonly author: { id: string; name: string };
  readonly correction: Edition['correction'];
}

export async function insertEdition(
  trx: Trx,
  { id, division }: { id: string; division: string },
  edition: NewEdition,
): Promise<void> {
  await trx
    .insertInto('bulletin_edition')
    .values({
      bulletin_id: id,
      number: edition.number,
      division,
      state: 'draft',
      ...textColumns(edition),
      figures: JSON.stringify(edition.figures),
      locked_at: edition.lockedAt,
      author_id: edition.author.id,
      author_name: edition.author.name,
      correction: edition.correction && JSON.stringify(edition.correction),
    })
    .execute();
}

const textColumns = ({ title, body, tibetan }: Written) => ({
  title_zh: title.zh,
  title_en: title.en,
  body_zh: body.zh,
  body_en: body.en,
  title_bo: tibetan?.title ?? null,
  body_bo: tibetan?.body ?? null,
  writer_bo: tibetan?.writer ?? null,
});

export const setWritten = (
  trx: Trx,
  id: string,
  number: number,
  written: Written,
  author: Edition['author'],
) =>
  setEdition(trx, id, number, {
    ...textColumns(written),
    author_id: author.id,
    author_name: author.name,
  });

export const setFigures = (
  trx: Trx,
  id: string,
  number: number,
  lock: { figures: readonly LockedFigure[]; lockedAt: string },
) => setEdition(trx, id, number, { figures: JSON.stringify(lock.figures), locked_at: lock.lockedAt });

export const setChecked = (
  trx: Trx,
  id: string,
  number: number,
  check: { by: Edition['author']; at: string; findings: readonly TextFinding[] },
) =>
  setEdition(trx, id, number, {
    state: 'checked',
    checker_id: check.by.id,
    checker_name: check.by.name,
    checked_at: check.at,
    findings: JSON.stringify(check.findings),
  });

export const setSentBack = (
  trx: Trx,
  id: string,
  number: number,
  back: { by: Edition['author']; at: string; reason: string },
) =>
  setEdition(trx, id, number, {
    state: 'draft',
    checker_id: null,
    checker_name: null,
    checked_at: null,
    sent_back_by: back.by.id,
    sent_back_by_name: back.by.name,
    sent_back_at: back.at,
    sent_back_reason: back.reason,
  });

export const setPublished = (trx: Trx, id: string, number: number, by: Edition['author'], at: string) =>
  setEdition(trx, id, number, {
    state: 'published',
    approver_id: by.id,
    approver_name: by.name,
    published_at: at,
  });

export const setEditionState = (trx: Trx, id: string, number: number, state: EditionState) =>
  setEdition(trx, id, number, { state });

async function setEdition(
  trx: Trx,
  id: string,
  number: number,
  columns: Updateable<DB['bulletin_edition']>,
): Promise<void> {
  await trx
    .updateTable('bulletin_edition')
    .set(columns)
    .where('bulletin_id', '=', id)
    .where('number', '=', number)
    .execute();
}

/** Every change of a bulletin or its edition ends here: a new version, seen as changed now. */
export async function touchBulletin(trx: Trx, id: string, at: string): Promise<void> {
  await trx
    .updateTable('bulletin')
    .set((eb) => ({ version: eb('version', '+', 1), changed_at: at }))
    .where('id', '=', id)
    .execute();
}

/** The next number in the area's row, without gaps: the table is held while it is given. */
export async function giveIssue(trx: Trx, id: string, division: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('bulletin issue'), hashtext(${division}))`.execute(trx);
  const { issue } = await trx
    .updateTable('bulletin')
    .set({
      issue: sql<number>`(select coalesce(max(other.issue), 0) + 1 from bulletin as other where other.division = ${division})`,
    })
    .where('id', '=', id)
    .returning('issue')
    .executeTakeFirstOrThrow();
  return issue!;
}

export async function setWithdrawn(
  trx: Trx,
  id: string,
  withdrawn: NonNullable<Bulletin['withdrawn']>,
): Promise<void> {
  await trx
    .updateTable('bulletin')
    .set({
      withdrawn_at: withdrawn.at,
      withdrawn_by: withdrawn.by.id,
      withdrawn_by_name: withdrawn.by.name,
      withdrawn_reason_zh: withdrawn.reason.zh,
      withdrawn_reason_en: withdrawn.reason.en,
    })
    .where('id', '=', id)
    .execute();
}

/** Everybody a case, a signal or a contact of the response concerns, from the event log: ids only. */
export async function findConcernedPeople(trx: Trx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct data ->> 'personId' as id from event
     where kind in ('case.opened', 'signal.raised', 'signal.joined', 'contact.proposed', 'contact.accepted')
       and data ->> 'personId' is not null`.execute(trx);
  return rows.map(({ id }) => id);
}
