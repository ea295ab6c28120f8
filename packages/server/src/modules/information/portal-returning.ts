/** The public form of those who come home: by the journey alone, without script, kept by no cache. */
import type { Bilingual, PortalView, ReturningForm } from '@levee/contract';
import { inScopedTransaction } from '../../platform/db/pool.ts';
import type { Platform } from '../../platform/platform.ts';
import { listPlaces } from '../places/index.ts';
import { declareReturnee, FORM_STAYS, formToken } from '../testing/index.ts';

/** Villages and communities of a county; the largest counties have some hundreds. */
const MOST_HOMES = 2_000;

type Counties = readonly { readonly division: string; readonly name: Bilingual }[];
type ReturningView = Extract<PortalView, { kind: 'returning' }>;

export async function returningView(
  platform: Platform,
  counties: Counties,
  division: string | undefined,
): Promise<ReturningView | undefined> {
  if (division === undefined) return { kind: 'returning', counties, form: null, answer: 'ask' };
  const form = await formOf(platform, counties, division, {});
  return form && { kind: 'returning', counties, form, answer: 'ask' };
}

/** @param typed the form's fields; `county` among them */
export async function answerReturning(
  platform: Platform,
  counties: Counties,
  typed: Readonly<Record<string, string>>,
  source: string,
): Promise<ReturningView> {
  const answer = await declareReturnee(platform, { typed, source, atMs: Date.now() });
  if (answer.kind === 'declared') return { kind: 'returning', counties, form: null, answer };
  const form = await formOf(platform, counties, typed['county'] ?? '', typed);
  return { kind: 'returning', counties, form: form ?? null, answer };
}

async function formOf(
  platform: Platform,
  counties: Counties,
  division: string,
  typed: Readonly<Record<string, string>>,
): Promise<ReturningForm | undefined> {
  const county = counties.find((one) => one.division === division);
  if (!county) return undefined;
  const { items } = await inScopedTransaction(platform.db, division, (trx) =>
    listPlaces(trx, { within: division, level: ['township', 'community'] }, 0, MOST_HOMES),
  );
  const nameOf = ({ nameZh, nameEn }: (typeof items)[number]) => ({ zh: nameZh, en: nameEn || nameZh });
  const townships = new Map(
    items.filter(({ level }) => level === 'township').map((place) => [place.division, nameOf(place)]),
  );
  const homes = items.flatMap((place) => {
    const township = townships.get(place.division.slice(0, 9));
    return township ? [{ id: place.id, name: nameOf(place), township }] : [];
  });
  // The same form sent again is the same declaration; with faults it was none yet, and gets a new name.
  return { county, homes, token: formToken(platform.cipher, Date.now()), stays: FORM_STAYS, typed };
}
