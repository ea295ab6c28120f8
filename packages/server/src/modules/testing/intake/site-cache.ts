import { inScopedTransaction } from '../../../platform/db/pool.ts';
import type { Platform } from '../../../platform/platform.ts';
import { findPlacesByIds } from '../../places/index.ts';
import { isSamplingSite } from '../pool.ts';

/** How long what a site is and where it lies is trusted. */
const TRUST_MS = 60_000;
const LARGEST = 5_000;

export interface Site {
  readonly id: string;
  readonly division: string;
  /** False: a market, a dwelling … nobody samples there. */
  readonly samples: boolean;
}

export type FindSite = (siteId: string) => Promise<Site | null>;

/** Sites by id without a question to the database for each sample: there are hundreds, asked for thousands of times. */
export function createSiteCache(platform: Platform): FindSite {
  const known = new Map<string, { site: Promise<Site | null>; untilMs: number }>();
  const load = async (id: string): Promise<Site | null> => {
    const { db, config } = platform;
    const places = await inScopedTransaction(db, config.LEVEE_JURISDICTION, (trx) =>
      findPlacesByIds(trx, [id]),
    );
    const place = places.get(id);
    return place ? { id, division: place.division, samples: isSamplingSite(place.class) } : null;
  };
  return (id) => {
    const hit = known.get(id);
    if (hit && hit.untilMs > Date.now()) return hit.site;
    if (known.size >= LARGEST) known.clear();
    const site = load(id);
    known.set(id, { site, untilMs: Date.now() + TRUST_MS });
    site.catch(() => known.delete(id));
    return site;
  };
}
