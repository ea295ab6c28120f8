/** The public pages at /portal: the store read as nobody, rendered by the portal's own bundle. */
import {
  type Bilingual,
  type Health,
  PORTAL_LANGUAGES,
  type PortalCounty,
  type PortalLanguage,
  type PortalPage,
  type PortalView,
  type PublicArea,
  readResultToken,
  spellResultToken,
} from '@levee/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { civilDayOf, nowOf } from '../../platform/clock.ts';
import { inScopedTransaction, type Trx } from '../../platform/db/pool.ts';
import type { Door } from '../../platform/http/implement.ts';
import { requireSameSite } from '../../platform/http/same-site.ts';
import type { Platform } from '../../platform/platform.ts';
import { listCounties } from '../places/index.ts';
import { ownResult } from '../testing/index.ts';
import { feedXml, openData } from './portal-feed.ts';
import { loadRenderer, PORTAL_BUNDLE, portalIsBuilt } from './portal-renderer.ts';
import { answerReturning, returningView } from './portal-returning.ts';
import * as store from './public-store.repository.ts';

const PER_PAGE = 10;
/** The longest form: a journey of four stays, Chinese written out as percent signs. */
const FORM_LIMIT = 8_192;
/** Two short fields. */
const RESULT_FORM_LIMIT = 2_048;
/** A public page may stand in a shared cache for a short while; nothing of it is anybody's own. */
const SHARED = 'public, max-age=5';
const RELATED = 5;
const IN_FEED = 50;
const NEVER = 'no-store';
/** The reader of a public page has no area: only what the store opens to everybody is seen. */
const NOBODY = '';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export interface PortalOptions {
  readonly demonstration: () => Health['demonstration'];
  /** Where reading one's own result is put on record. */
  readonly door: Pick<Door, 'record'>;
  readonly bundle?: string;
}

/** Serves the portal where its bundle is built; feed and open data need no bundle and are always there. */
export async function registerPortal(
  app: FastifyInstance,
  platform: Platform,
  { demonstration, door, bundle = PORTAL_BUNDLE }: PortalOptions,
): Promise<void> {
  const counties = keptFor(60_000, () =>
    inScopedTransaction(platform.db, platform.config.LEVEE_JURISDICTION, areasOfTree),
  );
  const read = <T>(work: (trx: Trx) => Promise<T>) => inScopedTransaction(platform.db, NOBODY, work);
  const now = () => nowOf(platform.clock);

  app.get('/portal/feed.xml', async (request, reply) => {
    const bulletins = await read((trx) => store.listPublicBulletins(trx, IN_FEED));
    const origin = platform.config.LEVEE_ORIGIN ?? `${request.protocol}://${request.headers.host}`;
    return cached(reply)
      .type('application/rss+xml; charset=utf-8')
      .send(
        feedXml({
          bulletins,
          origin: new URL(origin).origin,
          jurisdiction: (await counties()).jurisdiction,
          at: now(),
        }),
      );
  });
  app.get('/portal/bulletins.json', async (_request, reply) => {
    const at = now();
    const { jurisdiction } = await counties();
    const data = await read(async (trx) =>
      openData({
        bulletins: await store.listPublicBulletins(trx, IN_FEED),
        areas: await store.listAreas(trx, at),
        jurisdiction,
        at,
      }),
    );
    return cached(reply).send(data);
  });

  if (!portalIsBuilt(bundle)) return;
  const render = await loadRenderer(bundle);

  const show = async (
    reply: FastifyReply,
    language: PortalLanguage,
    path: string,
    view: PortalView,
    asOf: string,
    cache = SHARED,
  ) => {
    const { jurisdiction } = await counties();
    const page: PortalPage = { language, path, jurisdiction, asOf, demonstration: demonstration(), view };
    const { status, html } = render(page);
    // Without a referrer a browser says `Origin: null`, and a form that is sent back could not be told from another site's.
    if (view.kind === 'result' || view.kind === 'returning') reply.header('referrer-policy', 'same-origin');
    return reply.header('cache-control', cache).status(status).type('text/html; charset=utf-8').send(html);
  };
  const county = async (
    division: string,
    published: readonly PublicArea[],
  ): Promise<PortalCounty | undefined> => {
    const found = (await counties()).counties.find((one) => one.division === division);
    return (
      found && {
        division,
        name: found.name,
        areas: published.filter((area) => area.division.startsWith(division)),
      }
    );
  };

  app.get('/portal', (_request, reply) => reply.redirect('/portal/zh'));
  app.get('/portal/', (_request, reply) => reply.redirect('/portal/zh'));
  app.get<{ Params: { '*': string }; Querystring: { page?: string; edition?: string; code?: unknown } }>(
    '/portal/*',
    async (request, reply) => {
      const [given, ...rest] = request.params['*'].replace(/\/$/, '').split('/');
      const language = PORTAL_LANGUAGES.find((one) => one === given) ?? 'zh';
      const path = rest.map((part) => `/${part}`).join('');
      const at = now();
      const view = given === language ? await read((trx) => viewOf(trx, rest, request, at)) : undefined;
      const own =
        (view?.kind === 'returning' && view.form !== null) ||
        (view?.kind === 'result' && view.code !== undefined);
      return show(reply, language, view ? path : '', view ?? { kind: 'not_found' }, at, own ? NEVER : SHARED);
    },
  );

  // A form without script: what is typed comes back on the page and is kept nowhere, by us or by a cache between.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_LIMIT },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
  const languageOf = (given: string) => PORTAL_LANGUAGES.find((one) => one === given) ?? 'zh';
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  app.post<{ Params: { language: string }; Body: Record<string, unknown> }>(
    '/portal/:language/result',
    { bodyLimit: RESULT_FORM_LIMIT },
    async (request, reply) => {
      requireSameSite(request, platform.config.LEVEE_ORIGIN);
      const language = languageOf(request.params.language);
      const given = { token: text(request.body?.['code']), lastDigits: text(request.body?.['digits']) };
      const answer = (await ownResult(platform, door, given)) ?? 'refused';
      const view: PortalView = { kind: 'result', answer };
      return show(reply, language, '/result', view, now(), NEVER);
    },
  );
  app.post<{ Params: { language: string }; Body: Record<string, unknown> }>(
    '/portal/:language/returning',
    async (request, reply) => {
      requireSameSite(request, platform.config.LEVEE_ORIGIN);
      const typed = Object.fromEntries(
        Object.entries(request.body ?? {}).map(([field, value]) => [field, text(value)]),
      );
      const view = await answerReturning(platform, (await counties()).counties, typed, request.ip);
      if (view.answer !== 'ask' && view.answer.kind === 'busy') reply.header('retry-after', '3600');
      return show(reply, languageOf(request.params.language), '/returning', view, now(), NEVER);
    },
  );

  async function viewOf(
    trx: Trx,
    [section, key, ...more]: readonly string[],
    { query, method }: { query: { page?: string; edition?: string; code?: unknown }; method: string },
    at: string,
  ): Promise<PortalView | undefined> {
    if (section === undefined) {
      const pageNumber = Math.max(1, Math.trunc(Number(query.page)) || 1);
      const published = await store.listAreas(trx, at);
      return {
        kind: 'home',
        counties: await Promise.all(
          (await counties()).counties.map(async ({ division }) => (await county(division, published))!),
        ),
        bulletins: await store.listPublicBulletins(trx, PER_PAGE, (pageNumber - 1) * PER_PAGE),
        total: await store.countPublicBulletins(trx),
        pageNumber,
      };
    }
    if (section === 'sites' && key === undefined)
      return { kind: 'sites', sites: await store.listTestSites(trx, at) };
    if (section === 'result' && key === undefined) {
      const code = typeof query.code === 'string' ? readResultToken(query.code) : '';
      return { kind: 'result', answer: 'ask', ...(code && { code: spellResultToken(code) }) };
    }
    if (section === 'returning' && more.length === 0)
      return returningView(platform, (await counties()).counties, key);
    if (more.length > 0 || key === undefined) return undefined;
    if (section === 'areas') {
      const found = await county(key, await store.listAreas(trx, at));
      return found && { kind: 'area', county: found };
    }
    if (section !== 'bulletins' || !UUID.test(key)) return undefined;
    const editions = await store.findPublicEditions(trx, key);
    const bulletin = query.edition
      ? editions.find(({ edition }) => String(edition) === query.edition)
      : editions[0];
    if (!bulletin) return undefined;
    if (method === 'GET') await store.countView(trx, key, civilDayOf(at, platform.config.LEVEE_TIME_ZONE));
    const views = (await store.viewsOf(trx, [key])).get(key) ?? 0;
    const related = (await store.listPublicBulletins(trx, RELATED + 1)).filter(({ id }) => id !== key);
    return { kind: 'bulletin', bulletin, editions, views, related: related.slice(0, RELATED) };
  }
}

const cached = (reply: FastifyReply): FastifyReply => reply.header('cache-control', SHARED);

interface Areas {
  readonly jurisdiction: Bilingual;
  readonly counties: readonly { readonly division: string; readonly name: Bilingual }[];
}

/** Names only, from the division tree as the authority has it: an area loaded today is on the portal a minute later. */
async function areasOfTree(trx: Trx): Promise<Areas> {
  const areas = (await listCounties(trx)).map(({ division, level, nameZh, nameEn }) => ({
    division,
    level,
    name: { zh: nameZh, en: nameEn },
  }));
  return {
    jurisdiction: areas[0]?.name ?? { zh: '', en: '' },
    counties: areas.filter(({ level }) => level === 'county'),
  };
}

/** Asks again after `ms`: a page seen by everybody must not ask the same question for each of them. */
function keptFor<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let kept: { answer: Promise<T>; until: number } | undefined;
  return () => {
    if (!kept || performance.now() > kept.until) {
      const answer = ask();
      kept = { answer, until: performance.now() + ms };
      // A failure is not kept.
      answer.catch(() => {
        kept = undefined;
      });
    }
    return kept.answer;
  };
}
