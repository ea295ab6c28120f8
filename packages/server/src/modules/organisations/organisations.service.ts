import { type ActorRef, LeveeError, newId, type Role, refuse, roles } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { divisionNames } from '../../platform/db/division-name.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { type Account, findAccountById, listAccounts } from '../access/index.ts';
import { nearestSteward } from '../places/index.ts';
import {
  chainOf,
  divisionsUpward,
  headquartersOf,
  type Post,
  type ResponsibilityChain,
  STANDARD_POSTS,
} from './organisation.ts';
import * as organisations from './organisations.repository.ts';

/**
 * Who answers for a duty of `role` in `division`, with the steps of the ladder. Where no post is filled up to the
 * jurisdiction, the nearest account of that role in reach owns it, so that a house without posts still works.
 */
export async function chainFor(
  context: Context,
  duty: { division: string; role: Role },
): Promise<ResponsibilityChain> {
  const upward = divisionsUpward(duty.division, context.platform.config.LEVEE_JURISDICTION);
  const posts = await organisations.listPosts(context.trx, upward);
  const chain = chainOf(posts, upward, duty.role);
  return chain.owner ? chain : { ...chain, owner: await nearestAccount(context, upward, duty.role) };
}

/** The account that answers for a duty of `role` in `division`; null only where nobody at all could. */
export async function ownerFor(
  context: Context,
  duty: { division: string; role: Role },
): Promise<string | null> {
  return (await chainFor(context, duty)).owner?.id ?? null;
}

async function nearestAccount(
  context: Context,
  upward: readonly string[],
  role: Role,
): Promise<ActorRef | null> {
  const { items } = await listAccounts(context.trx, { role: [role] }, 0, 500);
  const able = items.filter((account) => account.disabledAt === null);
  for (const division of upward) {
    const account = able.find((each) => each.division === division);
    if (account) return { id: account.id, name: account.name };
  }
  return null;
}

export async function headquartersWithPosts(context: Context) {
  const [all, posts, handovers] = [
    await organisations.listHeadquarters(context.trx),
    await organisations.listPosts(context.trx),
    await organisations.latestHandovers(context.trx),
  ];
  return all.map((headquarters) => ({
    ...headquarters,
    posts: posts
      .filter((post) => post.headquartersId === headquarters.id)
      .map((post) => answerOf(post, handovers.get(post.id))),
  }));
}

function answerOf(post: Post, handover?: organisations.Handover) {
  const { id, title, role, holder, deputy, version } = post;
  if (!handover) return { id, title, role, holder, deputy, version, lastHandover: null };
  const { postId: _, ...lastHandover } = handover;
  return { id, title, role, holder, deputy, version, lastHandover };
}

/** Who answers for a duty of `role` in a place of the reader's area: the chain, and the steward on the spot. */
export async function whoAnswers(context: Context, duty: { division: string; role: Role }) {
  requireScope(context, duty.division);
  const { owner, deputy, headquarters, upperHeadquarters } = await chainFor(context, duty);
  const names = await divisionNames(context.trx, [duty.division]);
  return {
    ...duty,
    divisionName: names(duty.division),
    steps: [
      { step: 'owner' as const, account: owner },
      { step: 'deputy' as const, account: deputy },
      { step: 'headquarters' as const, account: headquarters },
      { step: 'upper_headquarters' as const, account: upperHeadquarters },
    ],
    steward: await nearestSteward(context.trx, duty.division),
    asOf: context.now,
  };
}

/** Accounts of the post's role whose area covers it: whom it may be given to. */
export async function postCandidates(context: Context, postId: string): Promise<ActorRef[]> {
  const post = await organisations.findPostByIdOrThrow(context.trx, postId);
  requireScope(context, post.division);
  const { items } = await listAccounts(context.trx, { role: [post.role] }, 0, 500);
  return items
    .filter((each) => each.disabledAt === null && post.division.startsWith(each.division))
    .map(({ id, name }) => ({ id, name }));
}

/** Says who holds a post and who deputises. Errors: another role, an account outside the post's area, a clash. */
export async function fillPost(
  context: Context,
  input: { postId: string; holderId: string | null; deputyId: string | null; version: number },
) {
  const post = await lockForEdit(context, input.postId, input.version);
  if (input.holderId !== null && input.holderId === input.deputyId) {
    throw refuse(
      { zh: '任职人与副职不能是同一人', en: 'holder and deputy are the same person' },
      { zh: '另选一名副职，或暂缺。', en: 'Choose another deputy, or leave it empty.' },
    );
  }
  const holder = input.holderId === null ? null : await fitFor(context, post, input.holderId);
  const deputy = input.deputyId === null ? null : await fitFor(context, post, input.deputyId);
  await put(context, post, holder, deputy);
  return answerOf({ ...post, holder, deputy, version: post.version + 1 });
}

/**
 * Hands a post over with what is open and what may go wrong. The holder does it, or whoever may fill posts. Tasks
 * hear of it and move the open duties without resetting their clocks.
 */
export async function handOver(
  context: Context,
  input: { postId: string; toAccountId: string; openItems: string; risks: string; version: number },
) {
  const post = await lockForEdit(context, input.postId, input.version);
  const { actor } = context;
  const mayFill =
    actor.role !== 'system' && roles[actor.role].may.some((each) => each === 'organisations.write');
  if (post.holder?.id !== actor.id && !mayFill)
    throw new LeveeError('access.not_permitted', {
      role: actor.role === 'system' ? '' : roles[actor.role].title,
    });
  const to = await fitFor(context, post, input.toAccountId);
  const deputy = post.deputy?.id === to.id ? post.holder : post.deputy;
  await put(context, post, to, deputy);
  const handover = {
    postId: post.id,
    from: post.holder,
    to,
    openItems: input.openItems,
    risks: input.risks,
    at: context.now,
  };
  await organisations.insertHandover(context.trx, newId(), post.division, handover);
  await emit(context, {
    kind: 'post.handed_over',
    division: post.division,
    subject: { type: 'post', id: post.id },
    data: { fromId: post.holder?.id ?? null, toId: to.id, role: post.role },
  });
  return answerOf({ ...post, holder: to, deputy, version: post.version + 1 }, handover);
}

/** An account that was disabled holds no post any longer: its deputy answers at once. */
export async function vacatePostsOf(context: Context, accountId: string): Promise<void> {
  for (const post of await organisations.lockPostsOf(context.trx, accountId)) {
    const keep = (person: ActorRef | null) => (person?.id === accountId ? null : person);
    await put(context, post, keep(post.holder), keep(post.deputy));
  }
}

/**
 * Sets up a headquarters with the standard posts in each of `divisions` (default: the jurisdiction and its counties)
 * and fills empty posts from the accounts of that area: first of the role holds, second deputises. May run again.
 */
export async function seedHeadquarters(
  context: Context,
  { divisions }: { divisions?: readonly string[] } = {},
): Promise<void> {
  const accounts = (await listAccounts(context.trx, {}, 0, 500)).items.filter(
    (each) => each.disabledAt === null,
  );
  const areas = divisions ?? (await jurisdictionAndCounties(context));
  const names = await divisionNames(context.trx, areas);
  for (const division of areas) {
    const id = newId();
    const name = headquartersOf(names(division));
    if (await organisations.insertHeadquarters(context.trx, { id, division, name, setUpAt: context.now })) {
      for (const [rank, { role, title }] of STANDARD_POSTS.entries()) {
        const post = { id: newId(), headquartersId: id, division, rank, role, title };
        await organisations.insertPost(context.trx, post);
      }
      await emit(context, { kind: 'headquarters.set_up', division, subject: { type: 'headquarters', id } });
    }
    for (const post of await organisations.listPosts(context.trx, [division])) {
      if (!post.holder) await fillFrom(context, post, accounts);
    }
  }
}

async function jurisdictionAndCounties(context: Context): Promise<string[]> {
  const { LEVEE_JURISDICTION } = context.platform.config;
  const rows = await context.trx
    .selectFrom('place')
    .select('division')
    .where('level', '=', 'county')
    .orderBy('division')
    .execute();
  return [
    LEVEE_JURISDICTION,
    ...rows.map((row) => row.division).filter((each) => each !== LEVEE_JURISDICTION),
  ];
}

async function fillFrom(context: Context, post: Post, accounts: readonly Account[]): Promise<void> {
  const [holder, deputy] = accounts
    .filter((account) => account.role === post.role && account.division === post.division)
    .map(({ id, name }) => ({ id, name }));
  if (holder) await put(context, post, holder, deputy ?? null);
}

async function lockForEdit(context: Context, postId: string, version: number): Promise<Post> {
  const post = await organisations.lockPostByIdOrThrow(context.trx, postId);
  requireScope(context, post.division);
  if (post.version !== version) {
    throw new LeveeError('edit.clash', {}, { detail: { mine: { version }, theirs: answerOf(post) } });
  }
  return post;
}

async function fitFor(context: Context, post: Post, accountId: string): Promise<ActorRef> {
  const account = await findAccountById(context.trx, accountId);
  if (!account || account.disabledAt !== null) throw new LeveeError('not_found');
  if (account.role !== post.role || !post.division.startsWith(account.division)) {
    throw refuse(
      {
        zh: `${account.name}的岗位或辖区与“${post.title.zh}”不符`,
        en: `${account.name} has another role or area than "${post.title.en}"`,
      },
      { zh: '先由安全管理员调整其账号岗位与辖区。', en: 'Have the account’s role and area changed first.' },
    );
  }
  return { id: account.id, name: account.name };
}

async function put(
  context: Context,
  post: Post,
  holder: ActorRef | null,
  deputy: ActorRef | null,
): Promise<void> {
  await organisations.updatePost(context.trx, post.id, { holder, deputy });
  await emit(context, {
    kind: 'post.filled',
    division: post.division,
    subject: { type: 'post', id: post.id },
    data: { holderId: holder?.id ?? null, deputyId: deputy?.id ?? null, role: post.role },
  });
}
