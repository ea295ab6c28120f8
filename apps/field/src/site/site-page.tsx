import { LeveeError, type Place } from '@levee/contract';
import { Icon, useLanguage, useText, useWords } from '@levee/ui';
import { useCallback, useEffect, useState } from 'react';
import { useSession } from '../app/session.ts';
import { fieldWords } from '../app/words.ts';
import { SignInForm } from '../door/sign-in-form.tsx';
import { Trouble } from '../look/trouble.tsx';
import { client } from '../offline/wire.ts';
import { useTakeList } from './use-take-list.ts';

/** Where this phone works: it is registered there and takes the list of that area. */
export function SitePage({
  onDone,
  onLock,
  canCancel,
}: {
  onDone: () => void;
  onLock: () => void;
  canCancel: boolean;
}) {
  const t = useWords(fieldWords);
  const text = useText();
  const language = useLanguage();
  const session = useSession();
  const [sites, setSites] = useState<readonly Place[] | null>(null);
  const [error, setError] = useState<LeveeError | null>(null);
  const [site, setSite] = useState<Place | null>(null);
  const [name, setName] = useState(t('deviceNameIs', { name: session.profile.name }));
  const taking = useTakeList();
  const look = useCallback(() => {
    setError(null);
    client.places
      .search({ query: { class: ['test_site'], limit: 500 } })
      .then(({ items }) => setSites(items))
      .catch((cause: LeveeError) => setError(cause));
  }, []);
  useEffect(look, [look]);
  const nameOf = (place: { nameZh: string; nameEn: string }) =>
    language === 'zh' ? place.nameZh : place.nameEn || place.nameZh;

  const take = async () => {
    if (!site) return;
    setError(null);
    try {
      await session.registerAt(site, name.trim() || session.profile.name);
    } catch (cause) {
      return setError(cause instanceof LeveeError ? cause : new LeveeError('unavailable', {}, { cause }));
    }
    if (await taking.take(site.division)) onDone();
  };
  return (
    <main className="door">
      <header className="door__head">
        <h1>{t('chooseSite')}</h1>
        <button type="button" className="small" onClick={canCancel ? onDone : onLock}>
          <Icon name={canCancel ? 'back' : 'lock'} /> {t(canCancel ? 'back' : 'lockNow')}
        </button>
      </header>
      <p className="muted">{t('chooseSiteText')}</p>
      {error?.code === 'access.signed_out' ? (
        <SignInForm username={session.profile.username} onIn={look} />
      ) : (
        error && (
          <>
            <Trouble problem={text(error.messages)} next={text(error.nextStep)} />
            <button type="button" className="big" onClick={look}>
              {t('retry')}
            </button>
          </>
        )
      )}
      {!sites && !error && <p>{t('loading')}</p>}
      {sites?.length === 0 && <Trouble problem={t('noSites')} next={t('noSitesNext')} />}
      {taking.share === null && (
        <ul className="choices">
          {sites?.map((place) => (
            <li key={place.id}>
              <button type="button" aria-pressed={site?.id === place.id} onClick={() => setSite(place)}>
                <strong>{nameOf(place)}</strong>
                <small>{place.path.map(nameOf).slice(-2).join(' › ')}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
      {site && (
        <div className="form door__foot">
          <label>
            {t('deviceName')}
            <input
              className="lv-input"
              value={name}
              maxLength={40}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          {taking.parts && (
            <label>
              {t('partOfArea')}
              <select
                className="lv-input"
                value={taking.within ?? ''}
                onChange={(event) => taking.choose(event.target.value)}
              >
                <option value="">{t('choose')}</option>
                {taking.parts.map((part) => (
                  <option key={part.id} value={part.division}>
                    {nameOf(part)}
                  </option>
                ))}
              </select>
            </label>
          )}
          {taking.trouble && <Trouble {...taking.trouble} />}
          <button
            type="button"
            className="big big--primary"
            disabled={taking.share !== null}
            onClick={() => void take()}
          >
            {taking.share === null ? t('takeList') : t('taking', { percent: Math.round(taking.share * 100) })}
          </button>
        </div>
      )}
    </main>
  );
}
