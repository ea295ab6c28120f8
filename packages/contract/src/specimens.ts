/** Specimens of objects and surroundings (C5): goods, surfaces, sewage, air. Nobody is in them; their tubes go the way of all tubes. */
import * as z from 'zod';
import { get, post } from './route.ts';
import { actorRef, bilingual, division, id, instant, list, page, pageQuery, prose } from './shapes.ts';
import { amendment, POOL_STATES, pool, result, TEST_OUTCOMES, tubeCode } from './testing.ts';

export const specimensEvents = {
  'sample.specimen_registered': {
    zh: '物品环境采样登记',
    en: 'Specimen of an object or surroundings registered',
  },
  'sample.specimen_withdrawn': { zh: '物品环境采样撤销', en: 'Specimen withdrawn' },
  'specimen.positive': { zh: '物品环境标本阳性', en: 'Specimen of an object or surroundings positive' },
  'specimen.response_opened': { zh: '启动物品环境阳性处置', en: 'Response to a positive specimen opened' },
  'specimen.response_withdrawn': { zh: '撤回物品环境阳性处置', en: 'Response to a specimen withdrawn' },
  'specimen.disinfected': { zh: '完成终末消毒', en: 'Place disinfected' },
  'specimen.checked': { zh: '消毒效果评价合格', en: 'Disinfection checked clean' },
  'recall.opened': { zh: '启动批次召回', en: 'Recall of a batch opened' },
  'recall.withdrawn': { zh: '撤回批次召回', en: 'Recall of a batch withdrawn' },
} as const;

/** goods: 物品（含冷链）; surface: 物体表面; sewage: 污水; environment: other surroundings, such as air and water. */
export const SPECIMEN_KINDS = ['goods', 'surface', 'sewage', 'environment'] as const;
export type SpecimenKind = (typeof SPECIMEN_KINDS)[number];

/** What is printed on the carton; letters are stored in capitals so that one batch is one batch. */
const batchNumber = z
  .string()
  .trim()
  .toUpperCase()
  .min(1)
  .max(60)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  .regex(/^[^\u0000-\u001f\u007f]*$/u, 'no control characters');

/** Goods only. A batch number may be unreadable: then the recall is of these goods at this place. */
export const goods = z.strictObject({
  product: prose(80),
  batchNumber: batchNumber.nullable(),
  supplier: prose(80).nullable(),
  coldChain: z.boolean(),
});
export type Goods = z.output<typeof goods>;

/** What a desk or a device records: the same words in both. */
export const specimenFacts = {
  kind: z.enum(SPECIMEN_KINDS),
  /** Where the object stands or the surroundings are; the site is where the tube waits for its box. */
  placeId: id,
  /** What was swabbed or drawn: 带鱼外包装, 收银台, 3号污水井. */
  description: prose(120),
  goods: goods.optional(),
};

export const RESPONSE_STATES = ['open', 'withdrawn'] as const;
const placeRef = z.strictObject({ id, nameZh: z.string(), nameEn: z.string() });

export const specimen = z.strictObject({
  id,
  poolId: id,
  tubeCode: z.string(),
  kind: z.enum(SPECIMEN_KINDS),
  description: z.string(),
  goods: goods.nullable(),
  place: placeRef.nullable(),
  site: placeRef.nullable(),
  division,
  takenAt: instant,
  takenBy: actorRef,
  withdrawnAt: instant.nullable(),
  /** Of its tube. */
  state: z.enum(POOL_STATES),
  outcome: z.enum(TEST_OUTCOMES).nullable(),
  /** What a positive set off: null where nothing. */
  response: z.enum(RESPONSE_STATES).nullable(),
});
export type Specimen = z.output<typeof specimen>;

/** A duty a positive opened, as far as the reader's area reaches. */
export const specimenDuty = z.strictObject({
  taskId: id,
  kind: z.string(),
  title: bilingual,
  divisionName: bilingual,
  owner: actorRef.nullable(),
  dueAt: instant,
  state: z.enum(['open', 'accepted', 'done', 'cancelled']),
  overdue: z.boolean(),
  closedAt: instant.nullable(),
  evidence: z.string().nullable(),
});

/** What rule stands behind a reaction; `packId` null where no incident names a pack and the house's default was taken. */
export const ruleCited = z.strictObject({
  packId: z.string(),
  rule: z.string(),
  source: z.string(),
  confidence: z.enum(['sourced', 'unverified']),
  /** Whose pack: of the round the tube belongs to, of the incident of the area, or the house's default. */
  from: z.enum(['round', 'incident', 'house']),
});
export type RuleCited = z.output<typeof ruleCited>;

export const recall = z.strictObject({
  id,
  goods,
  openedAt: instant,
  withdrawnAt: instant.nullable(),
  /** Positive specimens of the batch that stand, in the reader's area. */
  specimens: z.array(z.strictObject({ id, tubeCode: z.string(), place: placeRef.nullable() })),
});
export type Recall = z.output<typeof recall>;

export const specimenDetail = specimen.extend({
  tube: pool,
  /** Newest first; the first is in force. */
  results: z.array(result),
  amendments: z.array(amendment),
  box: z.strictObject({ id, code: z.string(), packedAt: instant, receivedAt: instant.nullable() }).nullable(),
  opened: z
    .strictObject({
      at: instant,
      withdrawnAt: instant.nullable(),
      incidentId: id.nullable(),
      rule: ruleCited,
      disinfectedAt: instant.nullable(),
      checkedAt: instant.nullable(),
      /** The clean specimen that proves the disinfection. */
      checkedBy: id.nullable(),
    })
    .nullable(),
  recall: recall.nullable(),
  duties: z.array(specimenDuty),
  /** People asked for a single test because of it: counts only, nobody's name. In the reader's area. */
  handlers: z.strictObject({ wanted: z.int(), sampled: z.int(), positive: z.int() }),
});
export type SpecimenDetail = z.output<typeof specimenDetail>;

export const specimens = {
  register: post('/testing/specimens', {
    summary: { zh: '物品环境采样登记', en: 'Register a specimen of an object or surroundings' },
    access: 'testing.sample',
    priority: 'intake',
    body: z.strictObject({ id, poolId: id, tubeCode, siteId: id, takenAt: instant, ...specimenFacts }),
    response: specimen,
  }),
  withdraw: post('/testing/specimens/:specimenId/withdraw', {
    summary: { zh: '撤销物品环境采样登记', en: 'Withdraw a specimen' },
    access: 'testing.sample',
    params: z.strictObject({ specimenId: id }),
    body: z.strictObject({ reason: prose(200) }),
    response: specimen,
  }),
  // No person is in it, so whoever answers for goods or a place may read it: a department has no view of people's tests.
  list: get('/testing/specimens', {
    summary: { zh: '物品环境标本清单', en: 'Specimens of objects and surroundings' },
    access: 'places.read',
    query: z.strictObject({
      ...pageQuery,
      kind: list(z.enum(SPECIMEN_KINDS)),
      state: list(z.enum(POOL_STATES)),
      outcome: list(z.enum(TEST_OUTCOMES)),
      placeId: id.optional(),
      siteId: id.optional(),
      /** Those whose positive stands behind a recall. */
      recallId: id.optional(),
      /** The beginning of a tube code or a batch number, or part of what was swabbed, product or supplier. */
      q: z.string().trim().max(60).optional(),
    }),
    response: page(specimen).extend({
      /** All of the reader's area, whatever the filter. */
      counts: z.strictObject({
        total: z.int(),
        waiting: z.int(),
        negative: z.int(),
        positive: z.int(),
        responsesOpen: z.int(),
      }),
    }),
  }),
  byId: get('/testing/specimens/:specimenId', {
    summary: { zh: '物品环境标本详情', en: 'One specimen with its chain' },
    access: 'places.read',
    params: z.strictObject({ specimenId: id }),
    response: specimenDetail,
  }),
};
