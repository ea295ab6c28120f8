/** What other systems send: results by HL7 v2.5.1, FHIR R4 and files; what could not be applied is kept and shown. */
import * as z from 'zod';
import { get, post } from './route.ts';
import { bilingual, division, id, instant, list, page, pageQuery, prose } from './shapes.ts';
import { TEST_OUTCOMES, target } from './testing.ts';

export const interchangeEvents = {
  'interchange.link_opened': { zh: '实验室对接开通', en: 'Laboratory link opened' },
  'interchange.link_changed': { zh: '实验室对接变更', en: 'Laboratory link changed' },
  'interchange.quarantined': { zh: '检测结果待处理', en: 'Result needs attention' },
  'interchange.message_rerun': { zh: '报文再次处理', en: 'Message run again' },
  'interchange.text_failed': { zh: '短信送不到', en: 'Text not delivered' },
  'interchange.text_changed': { zh: '短信重发或取消', en: 'Text sent again or cancelled' },
  'interchange.text_budget_set': { zh: '短信额度调整', en: 'Budget of texts set' },
  'interchange.settled': { zh: '待处理结果已处理', en: 'Kept result dealt with' },
} as const;

const placeRef = z.strictObject({ id, nameZh: z.string(), nameEn: z.string() });

/** How one laboratory's system speaks to this one. */
export const labLink = z.strictObject({
  id,
  name: z.string(),
  lab: placeRef.nullable(),
  accountId: id,
  accountName: z.string(),
  /** MSH-4 of its messages. */
  sendingFacility: z.string(),
  /** Addresses its messages come from. */
  sourceAddresses: z.array(z.string()),
  tokenMadeAt: instant.nullable(),
  closedAt: instant.nullable(),
});
export type LabLink = z.output<typeof labLink>;

export const MESSAGE_PROTOCOLS = ['hl7', 'fhir', 'csv'] as const;
/**
 * applied: all of it; partly: the rest is kept; quarantined: none could be applied, all is kept; refused: a rule or the
 * content refuses it; not_understood: cannot be read; incomplete: the line broke before its end; too_large.
 */
export const MESSAGE_OUTCOMES = [
  'applied',
  'partly',
  'quarantined',
  'refused',
  'not_understood',
  'incomplete',
  'too_large',
] as const;
export type MessageOutcome = (typeof MESSAGE_OUTCOMES)[number];

export const labMessage = z.strictObject({
  id,
  protocol: z.enum(MESSAGE_PROTOCOLS),
  lab: placeRef.nullable(),
  controlId: z.string().nullable(),
  receivedAt: instant,
  source: z.string(),
  bytes: z.int(),
  charset: z.string().nullable(),
  outcome: z.enum(MESSAGE_OUTCOMES),
  problem: bilingual.nullable(),
  resultCount: z.int(),
  appliedCount: z.int(),
  /** Tried again after a repair. */
  rerunAt: instant.nullable(),
  rerunBy: z.string().nullable(),
  rerunReason: z.string().nullable(),
});
export type LabMessage = z.output<typeof labMessage>;

export const QUARANTINE_STATES = ['open', 'applied', 'set_aside'] as const;
export const quarantined = z.strictObject({
  id,
  messageId: id,
  lab: placeRef.nullable(),
  tubeCode: z.string().nullable(),
  outcome: z.enum(TEST_OUTCOMES).nullable(),
  targets: z.array(target),
  /** Tried again by itself when the laboratory has received the tube. */
  waitsForReceipt: z.boolean(),
  problem: bilingual,
  nextStep: bilingual,
  state: z.enum(QUARANTINE_STATES),
  at: instant,
  settledAt: instant.nullable(),
  settledBy: z.string().nullable(),
  reason: z.string().nullable(),
});
export type Quarantined = z.output<typeof quarantined>;

export const csvRow = z.strictObject({
  line: z.int(),
  tubeCode: z.string().nullable(),
  outcome: z.enum(TEST_OUTCOMES).nullable(),
  verdict: z.enum(['accepted', 'known', 'quarantined', 'rejected']),
  problem: bilingual.nullable(),
});

/**
 * waiting: not sent yet; submitting: on its way to the gateway; submitted: the gateway has it; unsure: it went out and nobody
 * answered, so it is not sent again by itself; expired: two days old, nobody needs it any more.
 */
export const TEXT_STATES = [
  'waiting',
  'submitting',
  'submitted',
  'delivered',
  'unsure',
  'failed',
  'expired',
  'cancelled',
] as const;

/** A text without its number, its words and whose it is: what an administrator needs is how it stands. */
export const textView = z.strictObject({
  id,
  kind: z.enum(['result']),
  division,
  divisionName: bilingual,
  composedAt: instant,
  state: z.enum(TEXT_STATES),
  waitsFor: z.enum(['number_cap', 'budget', 'gateway']).nullable(),
  nextTryAt: instant.nullable(),
  tries: z.int(),
  segments: z.int().nullable(),
  sentAt: instant.nullable(),
  settledAt: instant.nullable(),
  /** `wrong_number`, `opted_out`, `forbidden_words`, `gateway`, or the gateway's own code. */
  failure: z.string().nullable(),
  incidentId: id.nullable(),
});
export type TextView = z.output<typeof textView>;

export const textsStatus = z.strictObject({
  asOf: instant,
  enabled: z.boolean(),
  connected: z.boolean(),
  problem: z.string().nullable(),
  gateway: z.string().nullable(),
  senderAddress: z.string(),
  quietHours: z.string(),
  isQuiet: z.boolean(),
  perNumberDay: z.int(),
  counts: z.array(z.strictObject({ state: z.enum(TEXT_STATES), count: z.int(), oldestAt: instant })),
  /** Segments by incident; null is for texts of no incident. */
  budgets: z.array(
    z.strictObject({
      incidentId: id.nullable(),
      incidentName: bilingual.nullable(),
      used: z.int(),
      allowed: z.int(),
      isDefault: z.boolean(),
      setByName: z.string().nullable(),
      reason: z.string().nullable(),
      setAt: instant.nullable(),
    }),
  ),
});
export type TextsStatus = z.output<typeof textsStatus>;

const testing = ['testing'] as const;
const textParams = z.strictObject({ textId: id });
const done = z.strictObject({ asOf: instant });

export const interchange = {
  links: get('/interchange/links', {
    summary: { zh: '实验室对接', en: 'Laboratory links' },
    // Who works with results, or who keeps accounts.
    access: 'signed-in',
    response: z.strictObject({
      asOf: instant,
      items: z.array(labLink),
      /** Laboratories of one's area, for a new link; the doors that are open. */
      laboratories: z.array(placeRef),
      doors: z.strictObject({ mllp: z.string().nullable(), fhir: z.string() }),
    }),
  }),
  openLink: post('/interchange/links', {
    summary: { zh: '开通实验室对接', en: 'Open a laboratory link' },
    access: 'accounts.write',
    body: z.strictObject({
      id,
      name: prose(80),
      labId: id,
      accountId: id,
      sendingFacility: z.string().trim().min(1).max(60),
      sourceAddresses: z.array(z.union([z.ipv4(), z.ipv6()])).max(20),
    }),
    response: labLink,
  }),
  makeToken: post('/interchange/links/:linkId/token', {
    summary: { zh: '生成对接令牌', en: 'Make a token for a link' },
    access: 'accounts.write',
    secretAnswer: true,
    params: z.strictObject({ linkId: id }),
    response: z.strictObject({ link: labLink, token: z.string() }),
  }),
  closeLink: post('/interchange/links/:linkId/close', {
    summary: { zh: '关闭实验室对接', en: 'Close a laboratory link' },
    access: 'accounts.write',
    params: z.strictObject({ linkId: id }),
    response: labLink,
  }),
  messages: get('/interchange/messages', {
    summary: { zh: '收到的报文', en: 'Messages received' },
    access: 'signed-in',
    query: z.strictObject({ ...pageQuery, outcome: list(z.enum(MESSAGE_OUTCOMES)) }),
    response: page(labMessage),
  }),
  message: get('/interchange/messages/:messageId', {
    summary: { zh: '报文原文', en: 'A message as it came' },
    access: 'testing.result',
    purposes: testing,
    params: z.strictObject({ messageId: id }),
    response: z.strictObject({ message: labMessage, raw: z.string(), answer: z.string().nullable() }),
  }),
  /** What it could not be applied for is mended: the link is open, the assay known, the tube received. */
  rerunMessage: post('/interchange/messages/:messageId/rerun', {
    summary: { zh: '再次处理报文', en: 'Run a message again' },
    access: 'testing.result',
    purposes: testing,
    params: z.strictObject({ messageId: id }),
    body: z.strictObject({ reason: prose(200) }),
    response: labMessage,
  }),
  quarantine: get('/interchange/quarantine', {
    summary: { zh: '待处理的检测结果', en: 'Results that need attention' },
    access: 'testing.read',
    query: z.strictObject({ ...pageQuery, state: z.enum(QUARANTINE_STATES).default('open') }),
    response: page(quarantined),
  }),
  settle: post('/interchange/quarantine/:quarantinedId/settle', {
    summary: { zh: '处理待处理结果', en: 'Deal with a kept result' },
    access: 'testing.result',
    purposes: testing,
    params: z.strictObject({ quarantinedId: id }),
    body: z.strictObject({ decision: z.enum(['retry', 'set_aside']), reason: prose(200) }),
    response: quarantined,
  }),
  textsStatus: get('/interchange/texts/status', {
    summary: { zh: '短信发送状态与额度', en: 'How texts stand, and their budget' },
    access: 'accounts.read',
    response: textsStatus,
  }),
  texts: get('/interchange/texts', {
    summary: { zh: '短信队列', en: 'Texts' },
    access: 'accounts.read',
    query: z.strictObject({ ...pageQuery, state: z.enum(TEXT_STATES).optional() }),
    response: page(textView),
  }),
  resendText: post('/interchange/texts/:textId/resend', {
    summary: { zh: '重发短信', en: 'Send a text again' },
    access: 'accounts.write',
    params: textParams,
    body: z.strictObject({ reason: prose(200) }),
    response: done,
  }),
  cancelText: post('/interchange/texts/:textId/cancel', {
    summary: { zh: '取消短信', en: 'Cancel a text that waits' },
    access: 'accounts.write',
    params: textParams,
    body: z.strictObject({ reason: prose(200) }),
    response: done,
  }),
  setTextBudget: post('/interchange/texts/budget', {
    summary: { zh: '调整短信额度', en: 'Set the budget of texts of an incident' },
    access: 'accounts.write',
    body: z.strictObject({
      incidentId: id.nullable(),
      allowed: z.int().min(0).max(100_000_000),
      reason: prose(200),
    }),
    response: done,
  }),
  reportFile: post('/interchange/results-file', {
    summary: { zh: '上传结果文件', en: 'Report results by file' },
    access: 'testing.result',
    purposes: testing,
    bodyLimit: 6 * 1024 * 1024,
    body: z.strictObject({
      id,
      labId: id,
      name: prose(200),
      content: z.base64(),
      /** True: verdicts only, nothing is written. */
      dryRun: z.boolean(),
    }),
    response: z.strictObject({
      messageId: id.nullable(),
      encoding: z.string(),
      rowCount: z.int(),
      acceptedCount: z.int(),
      knownCount: z.int(),
      quarantinedCount: z.int(),
      rejectedCount: z.int(),
      rows: z.array(csvRow),
    }),
  }),
};
