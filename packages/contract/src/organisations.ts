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

export const organisations = {
  headquarters: get('/headquarters', {
    summary: { zh: '指挥部与岗位', en: 'Headquarters and their posts' },
    access: 'organisations.read',
    response: z.strictObject({ items: z.array(headquarters), asOf: instant }),
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
