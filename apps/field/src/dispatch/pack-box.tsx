import { useWords } from '@levee/ui';
import { type FormEvent, lazy, Suspense, useRef, useState } from 'react';
import { useSession } from '../app/session.ts';
import { fieldWords } from '../app/words.ts';
import { signal } from '../look/signal.ts';
import { readScan } from '../sampling/read-scan.ts';
import type { DeviceTube } from '../sampling/tubes.ts';

const Camera = lazy(() => import('../scan/camera.tsx'));

/** The box first, then tube after tube as they go in; sealed, it is one record. */
export function PackBox({ ready, labId }: { ready: readonly DeviceTube[]; labId: string }) {
  const t = useWords(fieldWords);
  const { queue, profile, loop } = useSession();
  const field = useRef<HTMLInputElement>(null);
  const [box, setBox] = useState<string | null>(null);
  const [inside, setInside] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState('');
  const [camera, setCamera] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const say = (wrong: string | null) => {
    setProblem(wrong);
    signal(wrong === null ? 'done' : 'no');
  };
  const read = (raw: string) => {
    setTyped('');
    field.current?.focus();
    const scan = readScan(raw);
    if (scan.kind !== 'tube') return say(t('notACode', { text: raw.trim() }));
    if (box === null) {
      setBox(scan.code);
      return say(null);
    }
    const bare = scan.code.replaceAll('-', '');
    const tube = ready.find(({ tubeCode }) => tubeCode.replaceAll('-', '') === bare);
    if (!tube) return say(t('notReady', { code: scan.code }));
    setInside(new Set([...inside, tube.tubeCode]));
    say(null);
  };
  const seal = async () => {
    const tubeCodes = ready.filter(({ tubeCode }) => inside.has(tubeCode)).map(({ tubeCode }) => tubeCode);
    await queue.add(profile.siteId!, [
      { draft: { kind: 'pack', code: box!, labId, tubeCodes }, about: { name: '', tubeCode: box! } },
    ]);
    signal('done');
    loop.wake();
    setBox(null);
    setInside(new Set());
  };
  return (
    <section className="pack form" aria-label={t('packBox')}>
      <h2>{box === null ? t('packBox') : t('boxIs', { code: box })}</h2>
      <form
        className="scan__form"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          read(typed);
        }}
      >
        <input
          ref={field}
          className="lv-input scan__field"
          aria-label={t(box === null ? 'scanBox' : 'scanIntoBox')}
          placeholder={t(box === null ? 'scanBox' : 'scanIntoBox')}
          value={typed}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="button" className="big" aria-pressed={camera} onClick={() => setCamera(!camera)}>
          {t('camera')}
        </button>
      </form>
      {camera && (
        <Suspense fallback={<p className="muted">{t('loading')}</p>}>
          <Camera onRead={read} />
        </Suspense>
      )}
      {problem && (
        <p className="mark" role="alert">
          {problem}
        </p>
      )}
      {box !== null && (
        <>
          <ul className="choices">
            {ready.map(({ tubeCode, members, capacity }) => (
              <li key={tubeCode}>
                <label className="tick">
                  <input
                    type="checkbox"
                    checked={inside.has(tubeCode)}
                    onChange={() => {
                      const next = new Set(inside);
                      if (!next.delete(tubeCode)) next.add(tubeCode);
                      setInside(next);
                    }}
                  />
                  <strong className="mono">{tubeCode}</strong>
                  <small>{t('filled', { count: members.length, capacity })}</small>
                </label>
              </li>
            ))}
          </ul>
          <div className="line">
            <button type="button" className="big" onClick={() => setBox(null)}>
              {t('cancel')}
            </button>
            <button
              type="button"
              className="big big--primary"
              disabled={inside.size === 0}
              onClick={() => void seal()}
            >
              {t('sealBox', { count: inside.size })}
            </button>
          </div>
        </>
      )}
    </section>
  );
}
