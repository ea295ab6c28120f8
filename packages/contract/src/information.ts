/** Bulletins: figures locked from the data, two persons, corrections that stay visible; and the public store. */
import * as z from 'zod';
import { BULLETIN_FIGURES } from './bulletin-text.ts';
import { get, post } from './route.ts';
import {
  actorRef,
  bilingual,
  division,
  figure,
  id,
  instant,
  list,
  page,
  pageQuery,
  prose,
  version,
} from './shapes.ts';

export const informationEvents = {
  'bulletin.drafted': { zh: '通报起草', en: 'Bulletin drafted' },
  'bulletin.checked': { zh: '通报送审', en: 'Bulletin checked' },
  'bulletin.sent_back': { zh: '通报退回修改', en: 'Bulletin sent back' },
  'bulletin.published': { zh: '通报发布', en: 'Bulletin published' },
  'bulletin.corrected': { zh: '通报更正', en: 'Bulletin corrected' },
  'bulletin.withdrawn': { zh: '通报撤回', en: 'Bulletin withdrawn' },
  'area_status.changed': { zh: '区域风险状态公布更新', en: 'Published area status changed' },
} as const;

/** `corrected`: replaced by a later edition, still readable. */
export const EDITION_STATES = ['draft', 'checked', 'published', 'corrected', 'withdrawn'] as const;
export type EditionState = (typeof EDITION_STATES)[number];

/** A number taken from the data at one moment. Nobody types it; a new lock takes all of them anew. */
export const lockedFigure = z.strictObject({
  name: z.enum(BULLETIN_FIGURES),
  title: bilingual,
  ...figure.shape,
  /** The same number by county, where the data have it. */
  areas: z.array(z.strictObject({ division, name: bilingual, value: z.number().nullable() })),
});
export type LockedFigure = z.output<typeof lockedFigure>;

const title = z.strictObject({ zh: prose(120), en: prose(200) });
const reason = z.strictObject({ zh: prose(400), en: prose(600) });
const body = z.strictObject({ zh: prose(8000), en: prose(12000) });
/** Written by a person who reads and writes it, named; never made by a machine. Null = there is none, and that is said. */
const tibetan = z.strictObject({ title: prose(200), body: prose(12000), writer: prose(80) });
const written = { title, body, tibetan: tibetan.nullable() };

/** What the check found in the text: `blocking` keeps it from going on, `notice` is shown to who approves. */
export const textFinding = z.strictObject({
  kind: z.enum([
    'identity_number',
    'phone',
    'name',
    'home',
    'person',
    'typed_figure',
    'figure_missing',
    'unknown_token',
  ]),
  severity: z.enum(['blocking', 'notice']),
  where: z.enum(['title.zh', 'title.en', 'title.bo', 'body.zh', 'body.en', 'body.bo']),
  /** Where in the text, as the author sees it; a number or a name shows its first place only. */
  excerpt: z.string(),
  problem: bilingual,
});
export type TextFinding = z.output<typeof textFinding>;

export const edition = z.strictObject({
  number: z.int().min(1),
  state: z.enum(EDITION_STATES),
  ...written,
  figures: z.array(lockedFigure),
  lockedAt: instant,
  author: actorRef,
  checker: actorRef.nullable(),
  checkedAt: instant.nullable(),
  approver: actorRef.nullable(),
  publishedAt: instant.nullable(),
  /** What changed and why: every edition after the first has it. */
  correction: z.strictObject({ what: bilingual, why: bilingual }).nullable(),
  sentBack: z.strictObject({ by: actorRef, at: instant, reason: z.string() }).nullable(),
  findings: z.array(textFinding),
});
export type Edition = z.output<typeof edition>;

export const bulletinSummary = z.strictObject({
  id,
  incidentId: id,
  division,
  divisionName: bilingual,
  /** Number in the row of the issuing body: 第 3 期. Given at first publication. */
  issue: z.int().nullable(),
  title,
  state: z.enum(EDITION_STATES),
  editionNumber: z.int(),
  author: actorRef,
  changedAt: instant,
  publishedAt: instant.nullable(),
  views: z.int(),
  hasTibetan: z.boolean(),
});
export type BulletinSummary = z.output<typeof bulletinSummary>;

export const bulletin = bulletinSummary.extend({
  issuingBody: bilingual,
  version,
  /** Newest first. */
  editions: z.array(edition),
  withdrawn: z.strictObject({ at: instant, by: actorRef, reason: bilingual }).nullable(),
});
export type Bulletin = z.output<typeof bulletin>;

/** What stands in the public store, and all that stands there. */
export const publicBulletin = z.strictObject({
  id,
  edition: z.int(),
  state: z.enum(['published', 'corrected', 'withdrawn']),
  issue: z.int(),
  division,
  issuingBody: bilingual,
  title,
  body,
  tibetan: tibetan.nullable(),
  figures: z.array(lockedFigure),
  lockedAt: instant,
  publishedAt: instant,
  correction: z.strictObject({ what: bilingual, why: bilingual }).nullable(),
  withdrawn: z.strictObject({ at: instant, reason: bilingual }).nullable(),
});
export type PublicBulletin = z.output<typeof publicBulletin>;

export const RISK_LEVELS = ['high', 'medium', 'low'] as const;
export const publicArea = z.strictObject({
  division,
  county: bilingual,
  name: bilingual,
  level: z.enum(RISK_LEVELS),
  since: instant,
  until: instant,
  /** What people there may and may not do. */
  allowed: bilingual,
});
export type PublicArea = z.output<typeof publicArea>;

const bulletinId = z.strictObject({ bulletinId: id });
const based = z.strictObject({ version });

export const information = {
  list: get('/bulletins', {
    summary: { zh: '通报列表', en: 'List bulletins' },
    access: 'information.read',
    query: z.strictObject({ ...pageQuery, state: list(z.enum(EDITION_STATES)), incidentId: id.optional() }),
    response: page(bulletinSummary),
  }),
  byId: get('/bulletins/:bulletinId', {
    summary: { zh: '通报及其各版本', en: 'One bulletin with its editions' },
    access: 'information.read',
    params: bulletinId,
    response: bulletin,
  }),
  draft: post('/bulletins', {
    summary: {
      zh: '起草通报：锁定数据并生成文稿',
      en: 'Draft a bulletin: lock the figures, fill the template',
    },
    access: 'information.draft',
    body: z.strictObject({ id, incidentId: id, division }),
    response: bulletin,
  }),
  write: post('/bulletins/:bulletinId/write', {
    summary: { zh: '修改文稿', en: 'Write the text of a draft' },
    access: 'information.draft',
    params: bulletinId,
    body: z.strictObject({ ...written, version }),
    response: bulletin,
  }),
  lockFigures: post('/bulletins/:bulletinId/lock', {
    summary: { zh: '重新锁定数据', en: 'Lock the figures anew, as of now' },
    access: 'information.draft',
    params: bulletinId,
    body: based,
    response: bulletin,
  }),
  check: post('/bulletins/:bulletinId/check', {
    summary: { zh: '核对并送审', en: 'Check the text and hand it over for approval' },
    access: 'information.draft',
    params: bulletinId,
    body: based,
    response: bulletin,
  }),
  sendBack: post('/bulletins/:bulletinId/send-back', {
    summary: { zh: '退回修改', en: 'Send back to the author, with the reason' },
    access: 'information.approve',
    params: bulletinId,
    body: z.strictObject({ version, reason: prose(500) }),
    response: bulletin,
  }),
  approve: post('/bulletins/:bulletinId/approve', {
    summary: { zh: '签发（须另一人），即时发布', en: 'Approve and publish at once; never its author' },
    access: 'information.approve',
    params: bulletinId,
    body: based,
    response: bulletin,
  }),
  correct: post('/bulletins/:bulletinId/correct', {
    summary: { zh: '更正：另立一版，旧版保留', en: 'Correct: a new edition; the old one stays readable' },
    access: 'information.draft',
    params: bulletinId,
    body: z.strictObject({ version, what: reason, why: reason }),
    response: bulletin,
  }),
  withdraw: post('/bulletins/:bulletinId/withdraw', {
    summary: { zh: '撤回通报', en: 'Withdraw a bulletin, with the reason' },
    access: 'information.approve',
    params: bulletinId,
    body: z.strictObject({ version, reason }),
    response: bulletin,
  }),
  preview: get('/bulletins/:bulletinId/preview', {
    summary: {
      zh: '按公众端样式预览最新一版',
      en: 'The newest edition as the portal would show it',
    },
    access: 'information.read',
    params: bulletinId,
    query: z.strictObject({ language: z.enum(['zh', 'en', 'bo']).default('zh') }),
    /** A whole document without script; null where the portal's pages are not built. */
    response: z.strictObject({ html: z.string().nullable(), asOf: instant }),
  }),
  areas: get('/public-areas', {
    summary: { zh: '已公布的区域风险状态', en: 'The area status now published' },
    access: 'information.read',
    response: z.strictObject({ items: z.array(publicArea), asOf: instant }),
  }),
};
