import { Icon, useWords } from '@levee/ui';
import { useState } from 'react';
import { useSession } from '../app/session.ts';
import { fieldWords } from '../app/words.ts';
import { exportQueue, importQueue, UnreadableFileError } from '../offline/hand-over.ts';

/** A queue that cannot leave this phone leaves by another (F38). */
export function HandOver() {
  const t = useWords(fieldWords);
  const { queue, loop } = useSession();
  const [made, setMade] = useState<{ code: string; count: number; url: string } | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [code, setCode] = useState('');
  const [answer, setAnswer] = useState('');
  const waiting = queue.records.filter(({ state }) =>
    ['saved', 'queued', 'attention'].includes(state),
  ).length;
  const make = async () => {
    const { code: secret, count, file: blob } = await exportQueue(queue);
    setMade({ code: secret, count, url: URL.createObjectURL(blob) });
  };
  const take = async () => {
    try {
      setAnswer(t('imported', { count: await importQueue(queue, await file!.text(), code) }));
      setFile(null);
      loop.wake();
    } catch (error) {
      if (!(error instanceof UnreadableFileError)) throw error;
      setAnswer(t('importFailed'));
    }
  };
  return (
    <section className="hand-over">
      <p className="muted">{t('exportText', { count: waiting })}</p>
      <div className="line">
        <button type="button" className="big" disabled={waiting === 0} onClick={() => void make()}>
          <Icon name="download" /> {t('export')}
        </button>
        <label className="big">
          {t('import')}
          <input
            type="file"
            accept="application/json,.levee"
            className="lv-hidden"
            onChange={(event) => {
              setFile(event.target.files?.[0] ?? null);
              setAnswer('');
            }}
          />
        </label>
      </div>
      {made && (
        <div className="form">
          <p>{t('exportCode')}</p>
          <output className="code">{made.code}</output>
          <a className="big big--primary" href={made.url} download="levee-queue.levee">
            {t('exportSave')}
          </a>
        </div>
      )}
      {file && (
        <div className="form">
          <label>
            {t('importCode')}
            <input
              className="lv-input mono"
              value={code}
              autoCapitalize="characters"
              autoComplete="off"
              onChange={(event) => setCode(event.target.value)}
            />
          </label>
          <button type="button" className="big big--primary" onClick={() => void take()}>
            {t('import')}
          </button>
        </div>
      )}
      <p role="status">{answer}</p>
    </section>
  );
}
