import type { Pool } from '@levee/contract';
import { useWords } from '@levee/ui';
import { useEffect, useRef, useState } from 'react';
import { client } from '../../app/client.ts';
import { NewPersonForm } from './new-person-form.tsx';
import type { Desk } from './use-desk.ts';
import { testingWords } from './words.ts';

/** The scan box, what was last said in large words, the tube in hand. */
export function DeskScan({ desk, open, siteId }: { desk: Desk; open: readonly Pool[]; siteId: string }) {
  const t = useWords(testingWords);
  const [raw, setRaw] = useState('');
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!desk.unknownCard && !desk.busy) box.current?.focus();
  }, [desk.unknownCard, desk.busy]);
  const inHand = open.find(({ id }) => id === desk.tube?.poolId);
  const count = inHand?.memberCount ?? 0;
  const tube = desk.tube;
  return (
    <div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void desk.scan(raw, open);
          setRaw('');
        }}
      >
        <label className="lv-hidden" htmlFor="testing-scan">
          {t('scan')}
        </label>
        <input
          id="testing-scan"
          ref={box}
          className="lv-input testing-scan"
          placeholder={t('scan')}
          autoComplete="off"
          spellCheck={false}
          aria-describedby="testing-scan-hint"
          value={raw}
          onChange={(event) => setRaw(event.target.value)}
        />
        <p id="testing-scan-hint" className="testing-note">
          {t('scanHint')}
        </p>
      </form>
      <p
        className={`testing-say testing-say--${desk.said?.tone ?? 'plain'}`}
        role="status"
        aria-live="assertive"
      >
        {desk.said?.text ?? (tube ? '' : desk.capacity === 1 ? t('scan') : t('noTube'))}
      </p>
      {desk.unknownCard && (
        <NewPersonForm
          card={desk.unknownCard}
          onDone={(id) => void desk.registerKnown(id)}
          onCancel={desk.forgetCard}
        />
      )}
      {tube && (
        <div className="testing-tube">
          <span className="testing-code">{tube.tubeCode}</span>
          <strong>{t('filled', { count, capacity: tube.capacity })}</strong>
          {count >= tube.capacity && <span>{t('full')}</span>}
          <button
            type="button"
            className="lv-button lv-button--primary"
            disabled={count === 0 || desk.busy}
            onClick={() =>
              void desk.act(async () => {
                await client.testing.closePool({ body: { ...tube, siteId, closedAt: desk.now() } });
                desk.let();
                return { tone: 'good', text: `${t('seal')} ${tube.tubeCode}` };
              })
            }
          >
            {t('seal')}
          </button>
        </div>
      )}
    </div>
  );
}
