import { useWords } from '@levee/ui';
import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { fieldWords } from '../app/words.ts';
import { searchPeople } from '../people/search-people.ts';
import { readScan } from './read-scan.ts';
import type { Desk } from './use-desk.ts';

// Fetched with the shell, started only by those who have no scanner.
const Camera = lazy(() => import('../scan/camera.tsx'));

/** One field for everything. It keeps the focus, so that a scanner always finds it; the screen keyboard comes on demand. */
export function ScanField({ desk }: { desk: Desk }) {
  const t = useWords(fieldWords);
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [typing, setTyping] = useState(false);
  const [camera, setCamera] = useState(false);
  const { list } = desk.session;
  const candidates = list && readScan(typed).kind !== 'card' ? searchPeople(list.people, typed) : [];
  // After every answer the scanner finds the field again, whatever was tapped in between.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each answer
  useEffect(() => field.current?.focus(), [desk.said, desk.household]);

  // A scanner is faster than a write: what it brings waits its turn, and meets the desk as the one before left it.
  const latest = useRef(desk);
  latest.current = desk;
  const turn = useRef(Promise.resolve());
  const read = (text: string) => {
    if (readScan(text).kind === 'name') return readName(text.trim());
    setTyped('');
    turn.current = turn.current.then(async () => {
      await latest.current.scan(text);
      await new Promise((drawn) => setTimeout(drawn));
    });
  };
  const readName = (text: string) => {
    if (candidates.length === 1) choose(candidates[0]!.id);
    else if (candidates.length === 0) {
      desk.say({ tone: 'no', title: t('noMatch', { text }), detail: t('noMatchNext') });
    }
  };
  const choose = (personId: string) => {
    setTyped('');
    void desk.meet({ person: list!.byId.get(personId)! });
    field.current?.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    read(typed);
  };
  return (
    <div className="scan">
      <form className="scan__form" onSubmit={submit}>
        <input
          ref={field}
          className="lv-input scan__field"
          aria-label={t('scan')}
          placeholder={t('scan')}
          value={typed}
          inputMode={typing ? 'text' : 'none'}
          enterKeyHint="done"
          autoCapitalize="none"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button
          type="button"
          className="square"
          aria-label={t('keyboard')}
          aria-pressed={typing}
          onClick={() => {
            setTyping(!typing);
            field.current?.blur();
            setTimeout(() => field.current?.focus());
          }}
        >
          <KeyboardSign />
        </button>
        <button
          type="button"
          className="square"
          aria-label={t('camera')}
          aria-pressed={camera}
          onClick={() => setCamera(!camera)}
        >
          <CameraSign />
        </button>
      </form>
      {camera && (
        <Suspense fallback={<p className="muted">{t('loading')}</p>}>
          <Camera onRead={read} />
        </Suspense>
      )}
      {candidates.length > 0 && (
        <ul className="choices scan__candidates">
          {candidates.map((person) => {
            const family = person.householdId ? (list!.byHousehold.get(person.householdId) ?? []) : [];
            return (
              <li key={person.id} className="line">
                <button type="button" onClick={() => choose(person.id)}>
                  <strong>{person.nameZh}</strong>
                  <small>
                    {person.identityMasked} {person.resampleWanted && <b className="mark">{t('due')}</b>}
                  </small>
                </button>
                {family.length > 1 && (
                  <button
                    type="button"
                    className="family"
                    onClick={() => {
                      setTyped('');
                      desk.setHousehold(family);
                    }}
                  >
                    {t('household', { count: family.length })}
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

const KeyboardSign = () => (
  <svg
    width="24"
    height="24"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.8"
    aria-hidden
  >
    <path d="M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8" strokeLinecap="round" />
  </svg>
);
export const CameraSign = () => (
  <svg
    width="24"
    height="24"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.8"
    aria-hidden
  >
    <path d="M3 7h4l2-2h6l2 2h4v12H3zM12 16.5a3.5 3.5 0 100-7 3.5 3.5 0 000 7z" strokeLinejoin="round" />
  </svg>
);
