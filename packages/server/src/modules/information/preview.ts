/** A bulletin as its readers will see it, before anybody can: the same renderer, the same shape, nothing stored. */
import type { PortalLanguage } from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import { findPlaceByCode } from '../places/index.ts';
import { latestOf } from './bulletin.ts';
import { getBulletinOrThrow } from './bulletins.repository.ts';
import { publicOf, widened } from './bulletins.service.ts';
import { loadRenderer, PORTAL_BUNDLE, portalIsBuilt } from './portal-renderer.ts';
import { findPublicEditions, listPublicBulletins, viewsOf } from './public-store.repository.ts';

const RELATED = 5;

/** The document of the newest edition; null where the portal is not built. An issue not yet given shows as 0. */
export async function previewOf(
  context: Context,
  id: string,
  language: PortalLanguage,
  bundle = PORTAL_BUNDLE,
): Promise<string | null> {
  const { trx, now } = context;
  const bulletin = await getBulletinOrThrow(trx, id);
  if (!portalIsBuilt(bundle)) return null;
  const edition = latestOf(bulletin);
  const shape = await publicOf(
    context,
    { ...bulletin, issue: bulletin.issue ?? 0 },
    edition,
    edition.publishedAt ?? now,
  );
  const { withdrawn } = bulletin;
  const shown = {
    ...shape,
    state: withdrawn ? ('withdrawn' as const) : ('published' as const),
    withdrawn: withdrawn && { at: withdrawn.at, reason: withdrawn.reason },
  };
  const earlier = (await findPublicEditions(trx, id)).filter((each) => each.edition !== shown.edition);
  const others = (await listPublicBulletins(trx, RELATED + 1)).filter((each) => each.id !== id);
  const { LEVEE_JURISDICTION } = context.platform.config;
  // The page is headed by the whole jurisdiction, which a county's reader does not see the record of.
  const area = await widened(trx, LEVEE_JURISDICTION, context.actor.scope, () =>
    findPlaceByCode(trx, LEVEE_JURISDICTION),
  );
  const render = await loadRenderer(bundle);
  return render({
    language,
    path: `/bulletins/${id}`,
    jurisdiction: area ? { zh: area.nameZh, en: area.nameEn } : shape.issuingBody,
    asOf: now,
    demonstration: null,
    view: {
      kind: 'bulletin',
      bulletin: shown,
      editions: [shown, ...earlier],
      views: (await viewsOf(trx, [id])).get(id) ?? 0,
      related: others.slice(0, RELATED),
    },
  }).html;
}
