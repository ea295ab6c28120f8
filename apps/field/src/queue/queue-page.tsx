import { useText, useWords } from '@levee/ui';
import { useEffect, useState } from 'react';
import { useSession } from '../app/session.ts';
import { fieldWords, STATE_NAMES } from '../app/words.ts';
import { SignInForm } from '../door/sign-in-form.tsx';
import { RECORD_STATES, type RecordState } from '../offline/database.ts';
import { HandOver } from './hand-over.tsx';
import { RecordRow } from './record-row.tsx';

const SHOWN = 100;

/** Every record and what became of it (F33): what needs somebody first, then the newest. */
export function QueuePage() {
  const t = useWords(fieldWords);
  const text = useText();
  const { queue, loop, profile } = useSession();
  const [only, setOnly] = useState<RecordState | null>(null);
  const [shown, setShown] = useState(SHOWN);
  const count = (state: RecordState) => queue.records.filter((record) => record.state === state).length;
  const found = queue.records
    .filter(({ state }) => only === null || state === only)
    .toSorted(
      (a, b) => Number(b.state === 'attention') - Number(a.state === 'attention') || b.order - a.order,
    );
  const { doing, error } = loop.state;
  return (
    <div className="page">
      <section className="sync" aria-label={t('syncNow')}>
        {doing === 'signed_out' && (
          <>
            <p>
              <strong>{t('signInAgain')}</strong>
            </p>
            <SignInForm username={profile.username} onIn={() => loop.wake()} />
          </>
        )}
        {doing === 'waiting' && error && (
          <p role="status">
            <strong>{error.code === 'unavailable' ? t('waiting') : text(error.messages)}</strong>{' '}
            <NextTry atMs={loop.state.nextAtMs} />
          </p>
        )}
        <button type="button" className="big" disabled={doing === 'syncing'} onClick={() => loop.wake()}>
          {t(doing === 'syncing' ? 'syncing' : 'syncNow')}
        </button>
      </section>
      <div className="filters">
        <button type="button" aria-pressed={only === null} onClick={() => setOnly(null)}>
          {t('all')} {queue.records.length}
        </button>
        {RECORD_STATES.filter((state) => count(state) > 0).map((state) => (
          <button
            key={state}
            type="button"
            className="state"
            data-state={state}
            aria-pressed={only === state}
            title={text(STATE_NAMES[state].means)}
            onClick={() => setOnly(state)}
          >
            {text(STATE_NAMES[state])} {count(state)}
          </button>
        ))}
      </div>
      {found.length === 0 && (
        <p className="empty">
          <strong>{t('emptyQueue')}</strong>
          {t('emptyQueueHint')}
        </p>
      )}
      <ul className="rows">
        {found.slice(0, shown).map((record) => (
          <RecordRow key={record.id} record={record} />
        ))}
      </ul>
      {found.length > shown && (
        <button type="button" className="big" onClick={() => setShown(shown + SHOWN)}>
          {t('more')} ({found.length - shown})
        </button>
      )}
      <HandOver />
    </div>
  );
}

function NextTry({ atMs }: { atMs: number | null }) {
  const t = useWords(fieldWords);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return atMs === null ? null : (
    <span>{t('nextTry', { seconds: Math.max(0, Math.ceil((atMs - now) / 1000)) })}</span>
  );
}
