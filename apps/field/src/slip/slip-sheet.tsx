/** A slip with the code a resident reads the result by: to photograph, to print, or to copy by hand. The code stays nowhere. */
import { hashedText, newId, resultTokenFrom, spellResultToken } from '@levee/contract';
import { Icon, useWords } from '@levee/ui';
import { toString as drawQr } from 'qrcode';
import { useEffect, useRef, useState } from 'react';
import { fieldWords } from '../app/words.ts';
import type { QueueRecord } from '../offline/queue.ts';
import type { Desk } from '../sampling/use-desk.ts';

export default function SlipSheet({
  desk,
  record,
  onDone,
}: {
  desk: Desk;
  record: QueueRecord;
  onDone: () => void;
}) {
  const t = useWords(fieldWords);
  const [slip, setSlip] = useState<{ code: string; qr: string } | null>(null);
  const asked = useRef(false);
  const { session, write } = desk;
  useEffect(() => {
    // Once, however often it is drawn: each call would give another code.
    if (asked.current) return;
    asked.current = true;
    void (async () => {
      const token = resultTokenFrom(crypto.getRandomValues(new Uint8Array(16)));
      const bytes = new TextEncoder().encode(hashedText(token));
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const draft = {
        ...{ kind: 'slip' as const, id: newId(), sampleId: record.id },
        tokenHash: btoa(String.fromCharCode(...hash)),
      };
      if (!(await write([{ draft, about: record.about }]))) return onDone();
      const origin = session.list?.manifest.origin || location.origin;
      const address = `${origin.replace(/\/$/, '')}/portal/zh/result?code=${token}`;
      setSlip({
        code: spellResultToken(token),
        qr: await drawQr(address, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' }),
      });
    })();
  }, [session, write, record, onDone]);
  return (
    <section className="slip" aria-label={t('slip')}>
      <header className="line">
        <h2>
          {t('slip')} · {record.about.name} {record.about.masked}
        </h2>
      </header>
      {slip && (
        <>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn here from letters and digits */}
          <div className="slip__qr" dangerouslySetInnerHTML={{ __html: slip.qr }} />
          <p className="slip__code">{slip.code}</p>
          <p>{t('slipHow')}</p>
        </>
      )}
      <div className="line slip__acts">
        <button type="button" className="big" disabled={!slip} onClick={() => print()}>
          <Icon name="download" /> {t('printSlip')}
        </button>
        <button type="button" className="big big--primary" onClick={onDone}>
          {t('slipGiven')}
        </button>
      </div>
    </section>
  );
}
