/** Handlers (C5): who worked at, or was at, the place of a positive object or surface while it could infect. */
import * as z from 'zod';
import { personSummary } from './people.ts';
import { get, post } from './route.ts';
import { actorRef, bilingual, id, instant, page, pageQuery, prose } from './shapes.ts';
import { ruleCited } from './specimens.ts';
import { TEST_OUTCOMES } from './testing.ts';

export const handlersEvents = {
  'handlers.found': { zh: '排查阳性物品接触者', en: 'Handlers of a positive specimen searched' },
} as const;

export const handler = z.strictObject({
  personId: id,
  person: personSummary.nullable(),
  /** Registered as working at the place. */
  worksHere: z.boolean(),
  /** First and last recorded stay at the place inside the window; null where only the register of workers names them. */
  firstAt: instant.nullable(),
  lastAt: instant.nullable(),
  staysCount: z.int(),
  /** Written by the person who added them, where no record names them. */
  addedReason: z.string().nullable(),
  /** wanted: a single test is wanted; sampled: taken, result open; then what came out; withdrawn: wanted no longer. */
  state: z.enum(['wanted', 'sampled', 'negative', 'positive', 'repeat', 'withdrawn']),
  sampledAt: instant.nullable(),
  outcome: z.enum(TEST_OUTCOMES).nullable(),
});
export type Handler = z.output<typeof handler>;

export const handlerSearch = z.strictObject({
  id,
  specimenId: id,
  from: instant,
  until: instant,
  rule: ruleCited,
  at: instant,
  actor: actorRef,
  /** In the whole jurisdiction: who works there, who was there and does not work there. */
  workers: z.int(),
  visitors: z.int(),
  /** New with this search. */
  added: z.int(),
  /** People who live outside the reader's area, by county: a number. */
  outside: z.array(z.strictObject({ division: z.string(), divisionName: bilingual, peopleCount: z.int() })),
});
export type HandlerSearch = z.output<typeof handlerSearch>;

export const handlers = {
  list: get('/tracing/specimens/:specimenId/handlers', {
    summary: { zh: '阳性物品环境接触者', en: 'Handlers of a positive specimen' },
    access: 'tracing.search',
    purposes: ['contact_tracing'],
    params: z.strictObject({ specimenId: id }),
    query: z.strictObject({
      ...pageQuery,
      state: z.enum(['wanted', 'sampled', 'positive', 'all']).default('all'),
    }),
    response: page(handler).extend({ search: handlerSearch.nullable() }),
  }),
  search: post('/tracing/specimens/:specimenId/handlers/search', {
    summary: { zh: '再次排查接触者', en: 'Search for handlers again' },
    access: 'tracing.search',
    purposes: ['contact_tracing'],
    params: z.strictObject({ specimenId: id }),
    response: handlerSearch,
  }),
  add: post('/tracing/specimens/:specimenId/handlers', {
    summary: { zh: '补充接触者', en: 'Add a handler no record names' },
    access: 'tracing.search',
    purposes: ['contact_tracing'],
    params: z.strictObject({ specimenId: id }),
    body: z.strictObject({ personId: id, reason: prose(200) }),
    response: handler,
  }),
};
