import type {
  PortalCounty,
  PortalLanguage,
  PortalPage,
  PortalView,
  PublicArea,
  PublicBulletin,
} from '@levee/contract';
import type { ReactNode } from 'react';
import { levelWord, pick, time, words } from './words.ts';

type ViewOf<Kind extends PortalView['kind']> = Extract<PortalView, { kind: Kind }>;

const root = (language: PortalLanguage) => `/portal/${language}`;

/** A level is a word, a shape and a pattern; colour is the fourth. */
function Mark({ level, language }: { level: PublicArea['level']; language: PortalLanguage }) {
  return <span className={`mark ${level}`}>{pick(levelWord[level], language)}</span>;
}

function BulletinList({
  bulletins,
  language,
}: {
  bulletins: readonly PublicBulletin[];
  language: PortalLanguage;
}) {
  return (
    <ul>
      {bulletins.map((bulletin) => (
        <li key={`${bulletin.id}-${bulletin.edition}`}>
          <a href={`${root(language)}/bulletins/${bulletin.id}`}>
            {bulletin.withdrawn && `${pick(words.withdrawn, language)} · `}
            {bulletin.correction && `${pick(words.corrected, language)} · `}
            {pick(bulletin.title, language)}
          </a>
          <br />
          <small>
            {pick(bulletin.issuingBody, language)} · {time(bulletin.publishedAt)}
          </small>
        </li>
      ))}
    </ul>
  );
}

export function Home({ view, language }: { view: ViewOf<'home'>; language: PortalLanguage }) {
  const shown = view.pageNumber * 10;
  return (
    <>
      <h1>{pick(words.title, language)}</h1>
      <nav className="facts">
        <a href={`${root(language)}/sites`}>{pick(words.sites, language)}</a>
        <a href={`${root(language)}/result`}>{pick(words.result, language)}</a>
        <a href={`${root(language)}/returning`}>{pick(words.returning, language)}</a>
      </nav>
      <h2>{pick(words.areas, language)}</h2>
      <ul>
        {view.counties.map((county) => (
          <CountyLine key={county.division} county={county} language={language} />
        ))}
      </ul>
      <h2>{pick(words.bulletins, language)}</h2>
      {view.bulletins.length === 0 ? (
        <p>{pick(words.noBulletins, language)}</p>
      ) : (
        <BulletinList bulletins={view.bulletins} language={language} />
      )}
      <nav>
        {view.pageNumber > 1 && (
          <a href={`${root(language)}?page=${view.pageNumber - 1}`}>{pick(words.newer, language)}</a>
        )}{' '}
        {shown < view.total && (
          <a href={`${root(language)}?page=${view.pageNumber + 1}`}>{pick(words.older, language)}</a>
        )}
      </nav>
    </>
  );
}

function CountyLine({ county, language }: { county: PortalCounty; language: PortalLanguage }) {
  // The highest first.
  const levels = (['high', 'medium', 'low'] as const).filter((each) =>
    county.areas.some(({ level }) => level === each),
  );
  return (
    <li>
      <a href={`${root(language)}/areas/${county.division}`}>{pick(county.name, language)}</a>{' '}
      {levels.length === 0 ? (
        <small>{pick(words.noArea, language)}</small>
      ) : (
        levels.map((level) => <Mark key={level} level={level} language={language} />)
      )}
    </li>
  );
}

export function Area({ view, language }: { view: ViewOf<'area'>; language: PortalLanguage }) {
  const { county } = view;
  return (
    <>
      <h1>{pick(county.name, language)}</h1>
      {county.areas.length === 0 && <p>{pick(words.noArea, language)}</p>}
      {county.areas.map((area) => (
        <section key={`${area.division}-${area.since}-${area.name.zh}`}>
          <h2>
            <Mark level={area.level} language={language} /> {pick(area.name, language)}
          </h2>
          <p className="facts">
            <span>
              {pick(words.since, language)} {time(area.since)}
            </span>
            <span>
              {pick(words.until, language)} {time(area.until)}
            </span>
          </p>
          <p>
            <strong>{pick(words.allowed, language)}</strong>
            <br />
            {pick(area.allowed, language)}
          </p>
        </section>
      ))}
    </>
  );
}

export function Bulletin({ view, language }: { view: ViewOf<'bulletin'>; language: PortalLanguage }) {
  const { bulletin, editions, views, related } = view;
  const tibetan = language === 'bo' ? bulletin.tibetan : null;
  return (
    <article>
      <h1>{tibetan?.title ?? pick(bulletin.title, language)}</h1>
      <p className="facts">
        <span>
          {pick(words.source, language)} {pick(bulletin.issuingBody, language)}
        </span>
        <span>
          {pick(words.published, language)} {time(bulletin.publishedAt)}
        </span>
        <span>
          {pick(words.views, language)} {views}
        </span>
      </p>
      {bulletin.withdrawn && (
        <p className="notice">
          {pick(words.withdrawn, language)} {time(bulletin.withdrawn.at)}:{' '}
          {pick(bulletin.withdrawn.reason, language)}
        </p>
      )}
      {bulletin.correction && (
        <p className="notice">
          {pick(words.corrected, language)}: {pick(bulletin.correction.what, language)}{' '}
          {pick(bulletin.correction.why, language)}
        </p>
      )}
      {language === 'bo' && !tibetan && <p className="notice">{words.noTibetan.zh}</p>}
      <div className="body">{tibetan?.body ?? pick(bulletin.body, language)}</div>
      <h2>{pick(words.figures, language)}</h2>
      <table>
        <tbody>
          {bulletin.figures.map((figure) => (
            <tr key={figure.name}>
              <th scope="row">
                {pick(figure.title, language)}
                <br />
                <small>
                  {pick(words.asOf, language)} {time(figure.asOf)} · {pick(figure.source, language)}
                </small>
              </th>
              <td className="number">{figure.value ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {editions.length > 1 && (
        <>
          <h2>{pick(words.editions, language)}</h2>
          <ul>
            {editions.map(({ id, edition, publishedAt }) => (
              <li key={edition}>
                <a href={`${root(language)}/bulletins/${id}?edition=${edition}`}>{time(publishedAt)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {related.length > 0 && (
        <>
          <h2>{pick(words.related, language)}</h2>
          <BulletinList bulletins={related} language={language} />
        </>
      )}
    </article>
  );
}

const LANGUAGES: readonly [PortalLanguage, string][] = [
  ['zh', '中文'],
  ['bo', 'བོད་ཡིག'],
  ['en', 'English'],
];

/** What stands around every page. */
export function Frame({ page, children }: { page: PortalPage; children: ReactNode }) {
  const { language, jurisdiction, demonstration } = page;
  return (
    <>
      {demonstration && (
        <div className="demo" role="note">
          {pick(words.demonstration, language)} · {time(demonstration.now)}
        </div>
      )}
      <header>
        <a className="name" href={root(language)}>
          {pick(jurisdiction, language)}
        </a>
        <nav aria-label={pick(words.languages, language)}>
          {LANGUAGES.map(([code, name]) => (
            <a
              key={code}
              href={`/portal/${code}${page.path}`}
              lang={code}
              aria-current={code === language ? 'page' : undefined}
            >
              {name}
            </a>
          ))}
        </nav>
      </header>
      <main>{children}</main>
      <footer>
        {pick(words.asOf, language)} {time(page.asOf)} · <a href="/portal/feed.xml">RSS</a> ·{' '}
        <a href="/portal/bulletins.json">JSON</a>
      </footer>
    </>
  );
}

export function NotFound({ language }: { language: PortalLanguage }) {
  return (
    <>
      <h1>{pick(words.notFound, language)}</h1>
      <p>
        <a href={root(language)}>{pick(words.back, language)}</a>
      </p>
    </>
  );
}
