import { useWords } from '@levee/ui';
import { useEffect, useState } from 'react';
import { Door } from '../door/door.tsx';
import type { Unlocked } from '../offline/profiles.ts';
import { DemonstrationStrip } from './demonstration.tsx';
import { FieldSession, SessionContext } from './session.ts';
import { fieldWords } from './words.ts';
import { Work } from './work.tsx';

/** Out of sight this long, the app locks; so it does when nobody touches it. */
const HIDDEN_MS = 120_000;
const IDLE_MS = 600_000;

export function FieldApp() {
  const t = useWords(fieldWords);
  const mine = useOnlyWindow();
  const [session, setSession] = useState<FieldSession | null>(null);
  const lock = () => {
    session?.close();
    setSession(null);
  };
  useAutoLock(session !== null, lock);
  useEffect(() => {
    document.title = t('app');
  }, [t]);
  if (!mine) {
    return (
      <main className="door">
        <h1>{t('openElsewhere')}</h1>
        <p>{t('openElsewhereNext')}</p>
      </main>
    );
  }
  if (!session) {
    const enter = async (unlocked: Unlocked) => setSession(await FieldSession.open(unlocked));
    return (
      <>
        <DemonstrationStrip />
        <Door onEnter={enter} />
      </>
    );
  }
  return (
    <SessionContext value={session}>
      <Work onLock={lock} />
    </SessionContext>
  );
}

/** One window of this browser records and hands over: two would number the same order twice. */
function useOnlyWindow(): boolean {
  const [mine, setMine] = useState(false);
  useEffect(() => {
    const leave = new AbortController();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    navigator.locks
      .request('levee-field', { signal: leave.signal }, () => {
        setMine(true);
        return held;
      })
      .catch(() => {});
    return () => {
      leave.abort();
      release();
      setMine(false);
    };
  }, []);
  return mine;
}

function useAutoLock(open: boolean, lock: () => void): void {
  useEffect(() => {
    if (!open) return;
    let timer = setTimeout(lock, IDLE_MS);
    const again = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(lock, ms);
    };
    const touched = () => again(IDLE_MS);
    const seen = () => again(document.hidden ? HIDDEN_MS : IDLE_MS);
    document.addEventListener('pointerdown', touched);
    document.addEventListener('keydown', touched);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerdown', touched);
      document.removeEventListener('keydown', touched);
      document.removeEventListener('visibilitychange', seen);
    };
  });
}
