import { type ActorRef, type Bilingual, LeveeError, type Role } from '@levee/contract';
import type { Trx } from '../../platform/db/pool.ts';
import type { Headquarters, Post } from './organisation.ts';

const actorOf = (id: string | null, name: string | null): ActorRef | null =>
  id && name ? { id, name } : null;

const postRows = (trx: Trx) => trx.selectFrom('post').selectAll();
type PostRow = Awaited<ReturnType<ReturnType<typeof postRows>['executeTakeFirstOrThrow']>>;

const toPost = (row: PostRow): Post => ({
  id: row.id,
  headquartersId: row.headquarters_id,
  division: row.division,
  rank: row.rank,
  title: { zh: row.title_zh, en: row.title_en },
  role: row.role as Role,
  holder: actorOf(row.holder_id, row.holder_name),
  deputy: actorOf(row.deputy_id, row.deputy_name),
  version: row.version,
});

export async function listHeadquarters(trx: Trx): Promise<Headquarters[]> {
  const rows = await trx.selectFrom('headquarters').selectAll().orderBy('division').execute();
  return rows.map((row) => ({
    id: row.id,
    division: row.division,
    name: { zh: row.name_zh, en: row.name_en },
  }));
}

export async function findHeadquartersName(trx: Trx, division: string): Promise<Bilingual | undefined> {
  const row = await trx
    .selectFrom('headquarters')
    .select(['name_zh as zh', 'name_en as en'])
    .where('division', '=', division)
    .executeTakeFirst();
  return row;
}

export async function listPosts(trx: Trx, divisions?: readonly string[]): Promise<Post[]> {
  const rows = await postRows(trx)
    .$if(divisions !== undefined, (query) => query.where('division', 'in', [...divisions!]))
    .orderBy('division')
    .orderBy('rank')
    .execute();
  return rows.map(toPost);
}

export async function findPostByIdOrThrow(trx: Trx, id: string): Promise<Post> {
  const row = await postRows(trx).where('id', '=', id).executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toPost(row);
}

export async function lockPostByIdOrThrow(trx: Trx, id: string): Promise<Post> {
  const row = await postRows(trx).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toPost(row);
}

/** Posts this account holds or deputises in. */
export async function lockPostsOf(trx: Trx, accountId: string): Promise<Post[]> {
  const rows = await postRows(trx)
    .where((where) => where.or([where('holder_id', '=', accountId), where('deputy_id', '=', accountId)]))
    .forUpdate()
    .execute();
  return rows.map(toPost);
}

export async function updatePost(
  trx: Trx,
  id: string,
  people: { holder: ActorRef | null; deputy: ActorRef | null },
): Promise<void> {
  await trx
    .updateTable('post')
    .set((eb) => ({
      holder_id: people.holder?.id ?? null,
      holder_name: people.holder?.name ?? null,
      deputy_id: people.deputy?.id ?? null,
      deputy_name: people.deputy?.name ?? null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

/** Writes a headquarters; one that is there already stays. True when it is new. */
export async function insertHeadquarters(
  trx: Trx,
  row: Headquarters & { setUpAt: string },
): Promise<boolean> {
  const inserted = await trx
    .insertInto('headquarters')
    .values({
      id: row.id,
      division: row.division,
      name_zh: row.name.zh,
      name_en: row.name.en,
      set_up_at: row.setUpAt,
    })
    .onConflict((conflict) => conflict.column('division').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function insertPost(trx: Trx, row: Omit<Post, 'holder' | 'deputy' | 'version'>): Promise<void> {
  await trx
    .insertInto('post')
    .values({
      id: row.id,
      headquarters_id: row.headquartersId,
      division: row.division,
      rank: row.rank,
      title_zh: row.title.zh,
      title_en: row.title.en,
      role: row.role,
    })
    .execute();
}

export interface Handover {
  readonly postId: string;
  readonly from: ActorRef | null;
  readonly to: ActorRef;
  readonly openItems: string;
  readonly risks: string;
  readonly at: string;
}

export async function insertHandover(trx: Trx, id: string, division: string, row: Handover): Promise<void> {
  await trx
    .insertInto('post_handover')
    .values({
      id,
      post_id: row.postId,
      division,
      from_id: row.from?.id ?? null,
      from_name: row.from?.name ?? null,
      to_id: row.to.id,
      to_name: row.to.name,
      open_items: row.openItems,
      risks: row.risks,
      at: row.at,
    })
    .execute();
}

/** The newest hand-over of each post. */
export async function latestHandovers(trx: Trx): Promise<Map<string, Handover>> {
  const rows = await trx
    .selectFrom('post_handover')
    .selectAll()
    .distinctOn('post_id')
    .orderBy('post_id')
    .orderBy('at', 'desc')
    .execute();
  return new Map(
    rows.map((row) => [
      row.post_id,
      {
        postId: row.post_id,
        from: actorOf(row.from_id, row.from_name),
        to: { id: row.to_id, name: row.to_name },
        openItems: row.open_items,
        risks: row.risks,
        at: row.at,
      },
    ]),
  );
}
