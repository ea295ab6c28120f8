import type { PortalLanguage, PortalView, PublicTestSite } from '@levee/contract';
import { fill, meaningWord, pick, time, words } from './words.ts';

type ViewOf<Kind extends PortalView['kind']> = Extract<PortalView, { kind: Kind }>;

/** Where to be sampled and how long it takes, county by county. */
export function Sites({ view, language }: { view: ViewOf<'sites'>; language: PortalLanguage }) {
  const counties = Map.groupBy(view.sites, ({ county }) => pick(county, language));
  return (
    <>
      <h1>{pick(words.sites, language)}</h1>
      {view.sites.length === 0 && <p>{pick(words.noSites, language)}</p>}
      {[...counties].map(([county, sites]) => (
        <section key={county}>
          <h2>{county}</h2>
          <ul>
            {sites.map((site) => (
              <SiteLine key={site.id} site={site} language={language} />
            ))}
          </ul>
        </section>
      ))}
      {view.sites.length > 0 && <p className="notice">{pick(words.queueNote, language)}</p>}
    </>
  );
}

function SiteLine({ site, language }: { site: PublicTestSite; language: PortalLanguage }) {
  const { queueMinutes, waiting, secondsPerPerson } = site;
  return (
    <li>
      <strong>{pick(site.name, language)}</strong>{' '}
      <span className="wait">
        {queueMinutes === null
          ? pick(words.queueUnknown, language)
          : fill(pick(words.queueMinutes, language), queueMinutes)}
      </span>
      <br />
      <small className="facts">
        {waiting !== null && <span>{fill(pick(words.waitingPeople, language), waiting)}</span>}
        {secondsPerPerson !== null && <span>{fill(pick(words.perPerson, language), secondsPerPerson)}</span>}
        <span>
          {pick(words.openHours, language)} {time(site.openFrom)} – {time(site.openUntil)}
        </span>
        <span>
          {pick(words.asOf, language)} {time(site.updatedAt)}
        </span>
      </small>
    </li>
  );
}

/** The form, and what it found. What was typed is not written back into the page. */
export function Result({ view, language }: { view: ViewOf<'result'>; language: PortalLanguage }) {
  const { answer } = view;
  if (answer !== 'ask' && answer !== 'refused') {
    return (
      <article>
        <h1>{pick(meaningWord[answer.meaning], language)}</h1>
        <p className="facts">
          <span>
            {pick(words.taken, language)} {time(answer.takenAt)}
          </span>
          {answer.resultedAt && (
            <span>
              {pick(words.resulted, language)} {time(answer.resultedAt)}
            </span>
          )}
        </p>
        <p>{pick(answer.explanation, language)}</p>
        <p>
          <a href={`/portal/${language}/result`}>{pick(words.another, language)}</a>
        </p>
      </article>
    );
  }
  return (
    <>
      <h1>{pick(words.result, language)}</h1>
      {answer === 'refused' && (
        <p className="notice" role="alert">
          {pick(words.refused, language)}
        </p>
      )}
      <p>{pick(words.resultHint, language)}</p>
      <form method="post" action={`/portal/${language}/result`} autoComplete="off">
        <label>
          {pick(words.code, language)}
          <input
            name="code"
            defaultValue={view.code}
            required
            maxLength={48}
            autoCapitalize="characters"
            spellCheck={false}
          />
        </label>
        <label>
          {pick(words.digits, language)}
          <input name="digits" required maxLength={4} minLength={4} size={6} spellCheck={false} />
        </label>
        <button type="submit">{pick(words.look, language)}</button>
      </form>
    </>
  );
}
