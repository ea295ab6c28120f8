import { formatTime, Icon, useLanguage, useWords } from '@levee/ui';
import { useEffect, useState } from 'react';
import { Trouble } from '../look/trouble.tsx';
import { isUnsent } from '../offline/queue.ts';
import { useSession } from './session.ts';
import { fieldWords } from './words.ts';

/** Always in sight (F33): what is not sent, when it last went through, how much room is left. */
export function StatusLine({ onOpen, onChooseSite }: { onOpen: () => void; onChooseSite: () => void }) {
  const t = useWords(fieldWords);
  const language = useLanguage();
  const { queue, loop, profile, nowMs } = useSession();
  const online = useOnline();
  const left = useStorageLeft(queue.records.length);
  const unsent = queue.records.filter(isUnsent).length;
  const attention = queue.records.filter(({ state }) => state === 'attention').length;
  useEffect(() => {
    if (online) loop.wake();
  }, [online, loop]);
  return (
    <>
      <button
        type="button"
        className="status"
        data-tone={attention > 0 ? 'attention' : unsent > 0 ? 'unsent' : 'clear'}
        onClick={onOpen}
      >
        <span className="status__site">{profile.siteName?.[language]}</span>
        <strong>
          {!online && <Icon name="warning" size={16} />}
          {unsent === 0 && attention > 0
            ? t('attentionCount', { count: attention })
            : unsent > 0
              ? t('unsent', { count: unsent })
              : t('allSent')}
        </strong>
        <span className="status__detail">
          {online ? (loop.state.doing === 'syncing' && unsent > 0 ? t('syncing') : null) : t('offline')}
          {unsent > 0 && attention > 0 && <b>{t('attentionCount', { count: attention })}</b>}
          <span>
            {profile.lastSyncAt
              ? t('lastSync', { time: formatTime(profile.lastSyncAt, nowMs) })
              : t('neverSynced')}
          </span>
          {left && <span>{t('storageLeft', { size: left })}</span>}
        </span>
      </button>
      {profile.revoked && (
        <div className="status__notice">
          <Trouble problem={t('revoked')} next={t('revokedNext')} />
          <button type="button" className="big" onClick={onChooseSite}>
            {t('chooseSite')}
          </button>
        </div>
      )}
    </>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return online;
}

/** What the browser still gives this app, asked again whenever something was written. */
function useStorageLeft(written: number): string | null {
  const [left, setLeft] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again for each record written
  useEffect(() => {
    void navigator.storage?.estimate?.().then(({ quota = 0, usage = 0 }) => {
      const megabytes = (quota - usage) / 1024 / 1024;
      setLeft(
        megabytes >= 1024
          ? `${(megabytes / 1024).toFixed(1)} GB`
          : `${Math.max(0, Math.floor(megabytes))} MB`,
      );
    });
  }, [written]);
  return left;
}
