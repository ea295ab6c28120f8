import {
  applyTheme,
  formatTime,
  Icon,
  setLanguage,
  type ThemeChoice,
  useLanguage,
  useTheme,
  useWords,
} from '@levee/ui';
import { useEffect, useState } from 'react';
import { useSession } from '../app/session.ts';
import { fieldWords } from '../app/words.ts';
import { Trouble } from '../look/trouble.tsx';
import { useTakeList } from '../site/use-take-list.ts';

const LOOKS: readonly ThemeChoice[] = ['system', 'light', 'dark', 'contrast'];
const HELP = ['help1', 'help2', 'help3', 'help4', 'help5', 'help6', 'help7', 'help8'] as const;

export function MorePage({ onLock, onChooseSite }: { onLock: () => void; onChooseSite: () => void }) {
  const t = useWords(fieldWords);
  const language = useLanguage();
  const { profile, list, nowMs } = useSession();
  const look = useTheme();
  const taking = useTakeList();
  const kept = usePersisted();
  const site = profile.siteName?.[language] ?? '';
  return (
    <div className="page">
      <div className="line">
        <span>
          <small>{t('account')}</small>
          <strong>{profile.name}</strong>
        </span>
        <button type="button" className="big" onClick={onLock}>
          <Icon name="lock" /> {t('lockNow')}
        </button>
      </div>
      <section className="form">
        <h2>{t('list')}</h2>
        {list ? (
          <p>
            {t('listOf', { area: site, count: list.people.length })}
            <br />
            <span className="muted">
              {t('listAsOf', {
                time: formatTime(list.manifest.takenAt, nowMs),
                until: formatTime(list.manifest.expiresAt, nowMs),
              })}
            </span>
          </p>
        ) : (
          <Trouble problem={t('noList')} next={t('noListNext')} />
        )}
        {taking.trouble && <Trouble {...taking.trouble} />}
        <div className="line">
          <button
            type="button"
            className="big"
            disabled={taking.share !== null || profile.revoked}
            onClick={() => void taking.take('')}
          >
            {taking.share === null
              ? t('refreshList')
              : t('taking', { percent: Math.round(taking.share * 100) })}
          </button>
          <button type="button" className="big" onClick={onChooseSite}>
            {t('changeSite')}
          </button>
        </div>
      </section>
      <section className="form">
        <h2>{t('look')}</h2>
        <fieldset className="segments" aria-label={t('look')}>
          {LOOKS.map((choice) => (
            <button
              key={choice}
              type="button"
              aria-pressed={look.choice === choice}
              onClick={() => {
                look.choose(choice);
                applyTheme(choice);
              }}
            >
              {t(`look_${choice}` as 'look_system')}
            </button>
          ))}
        </fieldset>
        <fieldset className="segments" aria-label={t('language')}>
          {(['zh', 'en'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={language === one}
              onClick={() => void setLanguage(one)}
            >
              {one === 'zh' ? '中文' : 'English'}
            </button>
          ))}
        </fieldset>
      </section>
      <section className="form">
        <h2>{t('help')}</h2>
        <ol className="help">
          {HELP.map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ol>
        <p className="muted">{t(kept ? 'persistYes' : 'persistNo')}</p>
      </section>
    </div>
  );
}

function usePersisted(): boolean {
  const [kept, setKept] = useState(false);
  useEffect(() => {
    void navigator.storage?.persisted?.().then(setKept);
  }, []);
  return kept;
}
