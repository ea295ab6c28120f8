/** Headquarters at prefecture and county, and the named posts in them: who answers for what, and who steps in. */
import * as z from 'zod';
import { role } from './access.ts';
import { get, post } from './route.ts';
import { actorRef, bilingual, division, id, instant, prose, version } from './shapes.ts';

export const organisationsEvents = {
  'headquarters.set_up': { zh: '指挥部设立', en: 'Headquarters set up' },
  'post.filled': { zh: '岗位任职调整', en: 'Post filled' },
  'post.handed_over': { zh: '岗位交接', en: 'Post handed over' },
} as const;

/** A post is held by one person and has one deputy; an empty post is shown as empty, never hidden. */
export const headquartersPost = z.strictObject({
  id,
  title: bilingual,
  /** Whose duties the post carries: a task for this role goes to the holder. */
  role,
  holder: actorRef.nullable(),
  deputy: actorRef.nullable(),
  version,
  lastHandover: z
    .strictObject({
      from: actorRef.nullable(),
      to: actorRef,
      openItems: z.string(),
      risks: z.string(),
      at: instant,
    })
    .nullable(),
});
export type HeadquartersPost = z.output<typeof headquartersPost>;

export const headquarters = z.strictObject({
  id,
  division,
  name: bilingual,
  posts: z.array(headquartersPost),
});
export type Headquarters = z.output<typeof headquarters>;

/** Who answers for a duty in a place: territorial and departmental by the chain, individual by the steward (G3). */
export const responsibility = z.strictObject({
  division,
  divisionName: bilingual,
  role,
  /** A step nobody fills is null; no person stands on two steps. */
  steps: z.array(
    z.strictObject({
      step: z.enum(['owner', 'deputy', 'headquarters', 'upper_headquarters']),
      account: actorRef.nullable(),
    }),
  ),
  /** The nearest steward going up from the place. */
  steward: z.strictObject({ account: actorRef, placeName: z.string() }).nullable(),
  asOf: instant,
});
export type Responsibility = z.output<typeof responsibility>;

export const organisations = {
  headquarters: get('/headquarters', {
    summary: { zh: '指挥部与岗位', en: 'Headquarters and their posts' },
    access: 'organisations.read',
    response: z.strictObject({ items: z.array(headquarters), asOf: instant }),
  }),
  whoAnswers: get('/responsibility', {
    summary: { zh: '这件事谁负责', en: 'Who answers for a duty in a place' },
    access: 'organisations.read',
    query: z.strictObject({ division, role }),
    response: responsibility,
  }),
  postCandidates: get('/posts/:postId/candidates', {
    summary: { zh: '可任本岗位的人员', en: 'Who may hold a post' },
    access: 'organisations.read',
    params: z.strictObject({ postId: id }),
    response: z.strictObject({ items: z.array(actorRef), asOf: instant }),
  }),
  fillPost: post('/posts/:postId/fill', {
    summary: { zh: '调整岗位任职', en: 'Say who holds a post and who deputises' },
    access: 'organisations.write',
    params: z.strictObject({ postId: id }),
    body: z.strictObject({ holderId: id.nullable(), deputyId: id.nullable(), version }),
    response: headquartersPost,
  }),
  handOver: post('/posts/:postId/hand-over', {
    summary: { zh: '岗位交接', en: 'Hand a post over: open items, risks, and the open tasks with it' },
    access: 'organisations.read',
    params: z.strictObject({ postId: id }),
    body: z.strictObject({ toAccountId: id, openItems: prose(), risks: prose(), version }),
    response: headquartersPost,
  }),
};
