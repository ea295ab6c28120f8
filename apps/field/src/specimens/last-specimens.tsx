import { formatHour, useText, useWords } from '@levee/ui';
import { STATE_NAMES } from '../app/words.ts';
import type { Specimens } from './use-specimens.ts';
import { specimenWords } from './words.ts';

/** The last five with their state in the queue, each to be taken back. */
export function LastSpecimens({ desk }: { desk: Specimens }) {
  const t = useWords(specimenWords);
  const text = useText();
  return (
    <section className="last" aria-label={t('last')}>
      <h2>{t('last')}</h2>
      {desk.last.length === 0 && <p className="muted">{t('noLast')}</p>}
      <ul>
        {desk.last.map((record) => (
          <li key={record.id} className="line">
            <span className="last__who">
              <strong>{record.about.name}</strong>
              <small>
                {formatHour(record.command.at)} · {record.about.tubeCode} ·{' '}
                <span className="state" data-state={record.state}>
                  {text(STATE_NAMES[record.state])}
                </span>
              </small>
            </span>
            <button type="button" className="small" onClick={() => void desk.undo(record)}>
              {t('undo')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
