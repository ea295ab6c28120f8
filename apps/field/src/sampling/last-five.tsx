import { formatHour, useText, useWords } from '@levee/ui';
import { fieldWords, STATE_NAMES } from '../app/words.ts';
import type { Desk } from './use-desk.ts';

export function LastFive({ desk }: { desk: Desk }) {
  const t = useWords(fieldWords);
  const text = useText();
  return (
    <section className="last" aria-label={t('last')}>
      <h2>{t('last')}</h2>
      {desk.last.length === 0 && <p className="muted">{t('noLast')}</p>}
      <ul>
        {desk.last.map((record) => (
          <li key={record.id} className="line">
            <span className="last__who">
              <strong>{record.about.name}</strong> {record.about.masked}
              <small>
                {formatHour(record.command.at)} · {record.about.tubeCode} ·{' '}
                <span className="state" data-state={record.state}>
                  {text(STATE_NAMES[record.state])}
                </span>
              </small>
            </span>
            <button type="button" className="small" onClick={() => desk.setSlipFor(record)}>
              {t('slip')}
            </button>
            <button type="button" className="small" onClick={() => void desk.undo(record)}>
              {t('undo')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
