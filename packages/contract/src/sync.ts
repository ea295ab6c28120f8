/** Field devices: which phones work for a site, and what they carry with them into places without a network. */
import * as z from 'zod';
import { get, post } from './route.ts';
import { actorRef, civilDay, division, id, instant, page, pageQuery, prose } from './shapes.ts';
import { POOL_CAPACITIES } from './testing.ts';

export const syncEvents = {
  'device.registered': { zh: '现场设备登记', en: 'Field device registered' },
  'device.revoked': { zh: '现场设备停用', en: 'Field device revoked' },
  'bundle.taken': { zh: '现场名单下载', en: 'Work bundle taken to the field' },
} as const;

const placeRef = z.strictObject({ id, nameZh: z.string(), nameEn: z.string() });

/** Most people a device carries: what a weak phone searches at once. A larger area is taken part by part. */
export const BUNDLE_LARGEST = 20_000;
/** People in one page of a bundle. */
export const BUNDLE_PAGE = 500;

export const fieldDevice = z.strictObject({
  id,
  /** What its holder calls it: `城北 2 号机`. */
  name: z.string(),
  site: placeRef.nullable(),
  division,
  holder: actorRef,
  registeredAt: instant,
  lastSeenAt: instant.nullable(),
  /** Records it had not yet handed over when it was last seen. */
  unsent: z.int().nullable(),
  revokedAt: instant.nullable(),
  revokedReason: z.string().nullable(),
});
export type FieldDevice = z.output<typeof fieldDevice>;

/** Somebody the device can find without a network: no number, no address, no birth date. */
export const bundlePerson = z.strictObject({
  id,
  nameZh: z.string(),
  pinyin: z.string(),
  initials: z.string(),
  identityMasked: z.string().nullable(),
  householdId: id.nullable(),
  /** First 16 bytes of HMAC-SHA-256 of the identity number under the bundle's key, base64: what a scanned card is found by. */
  card: z.string().nullable(),
  lastSampledAt: instant.nullable(),
  /** Of a tube that was not clean: to be sampled again, singly. */
  resampleWanted: z.boolean(),
  /** The next test they owe, by their post or by their journey; null where none. */
  due: z
    .strictObject({
      on: civilDay,
      why: z.enum(['key_population', 'returnee']),
      employerId: id.nullable(),
    })
    .nullable(),
});
export type BundlePerson = z.output<typeof bundlePerson>;

/** Names the whole: a device that holds fewer people, or others, holds nothing it may work from (T27). */
export const bundleManifest = z.strictObject({
  id,
  deviceId: id,
  site: placeRef.extend({ division }),
  /** The area whose residents are in it. */
  within: division,
  /** Secret of this bundle, base64: cards are found by it. Kept on the device under the holder's PIN. */
  key: z.string(),
  peopleCount: z.int(),
  pageCount: z.int(),
  /** SHA-256, hex, of the people's ids in the order of the pages, joined by line feeds. */
  digest: z.string(),
  /** Villages and communities somebody written down at the site may live in. */
  homes: z.array(placeRef.extend({ division })),
  labs: z.array(placeRef),
  /** Where members of key populations in the list work, and who answers for them there. */
  employers: z.array(placeRef.extend({ contact: z.string().nullable() })),
  /** Tubes printed for this site: a code that is not among them is foreign, or read wrong. */
  tubes: z.strictObject({
    codes: z.array(z.tuple([z.string(), z.literal(POOL_CAPACITIES)])),
    /** Those that carried a tube when the list was taken. */
    used: z.array(z.string()),
    /** False where more were printed than a phone carries: then a code not among them says nothing. */
    complete: z.boolean(),
  }),
  /** Where the public pages are, for a slip; empty where the installation does not say. */
  origin: z.string(),
  /** The protocol in force when the list was taken. */
  packId: z.string(),
  /** Venues of the site's area: where objects and surroundings are sampled. */
  venues: z.array(placeRef.extend({ pinyin: z.string() })),
  takenAt: instant,
  /** From then on the device may not work from it, and deletes it. */
  expiresAt: instant,
});
export type BundleManifest = z.output<typeof bundleManifest>;

export const sync = {
  register: post('/sync/devices', {
    summary: { zh: '登记现场设备', en: 'Register a field device at a site' },
    access: 'testing.sample',
    priority: 'intake',
    body: z.strictObject({ id, name: prose(40), siteId: id }),
    response: fieldDevice,
  }),
  devices: get('/sync/devices', {
    summary: { zh: '现场设备及未上传条数', en: 'Field devices and what they have not handed over' },
    // Who works with results, or who keeps accounts and phones.
    access: 'signed-in',
    query: z.strictObject({ ...pageQuery, siteId: id.optional() }),
    response: page(fieldDevice),
  }),
  /** By its holder, or by who keeps accounts. The device deletes what it carries; what it has not sent stays on it. */
  revoke: post('/sync/devices/:deviceId/revoke', {
    summary: { zh: '停用现场设备并清除其名单', en: 'Revoke a device; it deletes the list it carries' },
    access: 'signed-in',
    params: z.strictObject({ deviceId: id }),
    body: z.strictObject({ reason: prose(200) }),
    response: fieldDevice,
  }),
  checkIn: post('/sync/devices/:deviceId/check-in', {
    summary: { zh: '设备联络', en: 'A device reports, and learns how things stand' },
    access: 'testing.sample',
    priority: 'intake',
    params: z.strictObject({ deviceId: id }),
    body: z.strictObject({ unsent: z.int().min(0) }),
    response: z.strictObject({
      device: fieldDevice,
      /** Changes when the database was put back to an earlier state: the device offers again all it still holds. */
      epoch: z.string(),
      now: instant,
    }),
  }),
  takeBundle: post('/sync/bundles', {
    summary: { zh: '准备现场名单', en: 'Prepare what a device takes to the field' },
    access: 'testing.sample',
    purposes: ['testing'],
    // The key is shown once; a device that missed the answer asks for another bundle.
    secretAnswer: true,
    body: z.strictObject({
      id,
      deviceId: id,
      /** A part of the site's area, where the whole is too many; the site's own area where absent. */
      within: division.optional(),
    }),
    response: bundleManifest,
  }),
  bundlePage: get('/sync/bundles/:bundleId/pages/:page', {
    summary: { zh: '下载现场名单（分页）', en: 'One page of a bundle' },
    access: 'testing.sample',
    purposes: ['testing'],
    params: z.strictObject({ bundleId: id, page: z.coerce.number().int().min(0) }),
    response: z.strictObject({ page: z.int(), people: z.array(bundlePerson) }),
  }),
};
