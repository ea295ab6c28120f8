import { useWords } from '@levee/ui';
import { fieldWords } from '../app/words.ts';
import type { Desk, Paper } from './use-desk.ts';

/** What was written on paper while the phone was dead, typed in with its line number. */
export function PaperBar({ desk, paper }: { desk: Desk; paper: Paper }) {
  const t = useWords(fieldWords);
  return (
    <section className="paper form" aria-label={t('paperOn')}>
      <h2>{t('paperOn')}</h2>
      <div className="line">
        <label>
          {t('paperNumber')}
          <input
            className="lv-input"
            value={paper.number}
            maxLength={40}
            onChange={(event) => desk.setPaper({ ...paper, number: event.target.value })}
          />
        </label>
        <label>
          {t('paperAt')}
          <input
            className="lv-input"
            type="datetime-local"
            value={paper.at}
            onChange={(event) => desk.setPaper({ ...paper, at: event.target.value })}
          />
        </label>
      </div>
      <button type="button" className="small" onClick={() => desk.setPaper(null)}>
        {t('paperDone')}
      </button>
    </section>
  );
}
