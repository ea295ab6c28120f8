/** What a device takes to the field: a list named as a whole and fetched in pages, so that a part is never taken for it. */
import { createHash, randomBytes } from 'node:crypto';
import {
  BUNDLE_LARGEST,
  BUNDLE_PAGE,
  type BundleManifest,
  type BundlePerson,
  LeveeError,
  refuseState,
} from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { cardKeys, listResidentIds } from '../people/index.ts';
import { findPlaceByIdOrThrow, findPlacesByIds, listPlaces, type Place, pinyinKey } from '../places/index.ts';
import { contactsOf, dueOf, packInForceOf, printedTubes, standingOf, workerIdsIn } from '../testing/index.ts';
import { findBundleById, insertBundle } from './bundles.repository.ts';
import { BUNDLE_DAYS, requireHolder, requireInUse, tooMany } from './device.ts';
import { lockDeviceOrThrow } from './devices.service.ts';

const KEY_FIELD = 'work_bundle.key';
/** Villages and communities of one area; a county has a few hundred. */
const MOST_PLACES = 500;
/** Venues of one site's area: a town has a few hundred. */
const MOST_VENUES = 2_000;

/**
 * Fixes who is in the list. The people themselves come page by page.
 *
 * @throws `rule.refused` where the area has more residents than a device carries
 */
export async function takeBundle(
  context: Context,
  input: { id: string; deviceId: string; within?: string | undefined },
): Promise<BundleManifest> {
  const { trx, actor, now, platform } = context;
  const device = await lockDeviceOrThrow(context, input.deviceId);
  requireHolder(device, actor);
  requireInUse(device);
  const site = await findPlaceByIdOrThrow(trx, device.siteId);
  const within = input.within ?? site.division;
  requireScope(context, within);
  // A site serves its own area: the list of another is not this device's work.
  if (!within.startsWith(site.division)) throw new LeveeError('access.outside_scope', { division: within });
  const residents = await listResidentIds(trx, within, BUNDLE_LARGEST + 1);
  const workers = await workerIdsIn(trx, within, BUNDLE_LARGEST + 1);
  const personIds = [...new Set([...residents, ...workers])].sort();
  if (personIds.length > BUNDLE_LARGEST) throw tooMany(within, BUNDLE_LARGEST);

  const key = randomBytes(32);
  const expiresAt = new Date(Date.parse(now) + BUNDLE_DAYS * 86_400_000).toISOString();
  await insertBundle(trx, {
    id: input.id,
    deviceId: device.id,
    siteId: site.id,
    division: within,
    personIds,
    keySealed: platform.cipher.seal(KEY_FIELD, key.toString('base64')),
    takenAt: now,
    takenBy: actor.id,
    expiresAt,
  });
  await emit(context, {
    kind: 'bundle.taken',
    division: within,
    subject: { type: 'bundle', id: input.id },
    data: { deviceId: device.id, siteId: site.id, count: personIds.length },
  });
  const homes = await listPlaces(trx, { within, level: ['township', 'community'] }, 0, MOST_PLACES);
  const venues = await listPlaces(trx, { within: site.division, level: ['venue'] }, 0, MOST_VENUES);
  const labs = await listPlaces(trx, { class: ['laboratory'] }, 0, MOST_PLACES);
  return {
    id: input.id,
    deviceId: device.id,
    site: { ...refOf(site), division: site.division },
    within,
    key: key.toString('base64'),
    peopleCount: personIds.length,
    pageCount: Math.ceil(personIds.length / BUNDLE_PAGE),
    digest: createHash('sha256').update(personIds.join('\n')).digest('hex'),
    homes: homes.items.map((place) => ({ ...refOf(place), division: place.division })),
    labs: labs.items.map(refOf),
    employers: await employersOf(context, personIds),
    packId: await packInForceOf(context),
    venues: venues.items.map((place) => ({ ...refOf(place), pinyin: pinyinKey(place.nameZh) })),
    tubes: await printedTubes(context, site.id),
    origin: platform.config.LEVEE_ORIGIN ?? '',
    takenAt: now,
    expiresAt,
  };
}

async function employersOf({ trx }: Context, personIds: readonly string[]) {
  const due = [...(await dueOf(trx, personIds)).values()];
  const ids = new Set(due.flatMap(({ employerId }) => (employerId === null ? [] : [employerId])));
  const places = await findPlacesByIds(trx, [...ids]);
  const contacts = await contactsOf(trx, [...ids]);
  return [...places.values()].map((place) => ({ ...refOf(place), contact: contacts.get(place.id) ?? null }));
}

const refOf = ({ id, nameZh, nameEn }: Place) => ({ id, nameZh, nameEn });

/** @throws `not_found` for another holder's bundle and a page it does not have; `state.refused` once it has expired */
export async function bundlePage(
  context: Context,
  bundleId: string,
  page: number,
): Promise<{ page: number; people: BundlePerson[] }> {
  const { trx, actor, now, platform } = context;
  const bundle = await findBundleById(trx, bundleId);
  const ids = bundle?.personIds.slice(page * BUNDLE_PAGE, (page + 1) * BUNDLE_PAGE) ?? [];
  if (!bundle || bundle.takenBy !== actor.id || ids.length === 0) throw new LeveeError('not_found');
  requireInUse(await lockDeviceOrThrow(context, bundle.deviceId));
  if (now >= bundle.expiresAt) {
    throw refuseState(
      { zh: '这份现场名单已过期', en: 'this bundle has expired' },
      { zh: '重新下载现场名单。', en: 'Take a new one.' },
    );
  }
  const key = Buffer.from(platform.cipher.open(KEY_FIELD, bundle.keySealed), 'base64');
  const standing = await standingOf(trx, ids);
  const due = await dueOf(trx, ids);
  const people = (await cardKeys(context, ids, key)).map((person) => ({
    ...person,
    lastSampledAt: standing.get(person.id)?.lastSampledAt ?? null,
    resampleWanted: standing.get(person.id)?.resampleWanted ?? false,
    due: due.get(person.id) ?? null,
  }));
  return { page, people };
}
