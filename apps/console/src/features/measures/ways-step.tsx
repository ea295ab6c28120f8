import type { Alternative } from '@levee/contract';
import { formatCount, useLanguage, useText, useWords } from '@levee/ui';
import { useState } from 'react';
import type { Draft } from './drafts.ts';
import { measureWords } from './words.ts';
import './areas-list.css';

/** The milder ways with what the author made of them: left out, with another reason, or of their own. */
export function waysOf(draft: Draft, milder: readonly Alternative[]): Alternative[] {
  const kept = milder
    .filter(({ name }) => !draft.left.includes(name.zh))
    .map((way) => ({ ...way, rejectedBecause: draft.reasons[way.name.zh] ?? way.rejectedBecause }));
  const own = draft.ways.map((way) => ({
    name: { zh: way.zh, en: way.en || way.zh },
    expectedEffect: { zh: way.effectZh, en: way.effectZh },
    peopleCount: 0,
    burdenPersonDays: 0,
    rejectedBecause: { zh: way.reasonZh, en: way.reasonZh },
  }));
  return [...kept, ...own].slice(0, 8);
}

/** At least two milder ways, each with effect, people, burden, and why it is not enough. */
export function WaysStep({
  draft,
  milder,
  onChange,
}: {
  draft: Draft;
  milder: readonly Alternative[];
  onChange: (change: Partial<Draft>) => void;
}) {
  const t = useWords(measureWords);
  const text = useText();
  const language = useLanguage();
  const [adding, setAdding] = useState({ zh: '', effectZh: '', reasonZh: '' });
  const complete = Object.values(adding).every((value) => value.trim() !== '');
  return (
    <>
      <ul className="measures-ways">
        {milder.map((way) => {
          const left = draft.left.includes(way.name.zh);
          const reason = draft.reasons[way.name.zh] ?? way.rejectedBecause;
          return (
            <li key={way.name.zh} className={left ? 'measures-ways--left' : ''}>
              <div className="measures-areas__head">
                <strong>{text(way.name)}</strong>
                <span>
                  {t('peopleOf', { count: formatCount(way.peopleCount) })} ·{' '}
                  {t('personDaysShort', { count: formatCount(way.burdenPersonDays) })}
                </span>
                <button
                  type="button"
                  className="lv-button lv-button--quiet"
                  onClick={() =>
                    onChange({
                      left: left
                        ? draft.left.filter((name) => name !== way.name.zh)
                        : [...draft.left, way.name.zh],
                    })
                  }
                >
                  {t(left ? 'restore' : 'drop')}
                </button>
              </div>
              <p className="measures-muted">{text(way.expectedEffect)}</p>
              {!left && (
                <input
                  className="lv-input"
                  aria-label={`${text(way.name)}：${t('rejectedBecause')}`}
                  value={reason[language]}
                  maxLength={300}
                  onChange={(event) =>
                    onChange({
                      reasons: {
                        ...draft.reasons,
                        [way.name.zh]: { ...reason, [language]: event.target.value },
                      },
                    })
                  }
                />
              )}
            </li>
          );
        })}
        {draft.ways.map((way) => (
          <li key={way.zh}>
            <div className="measures-areas__head">
              <strong>{way.zh}</strong>
              <span />
              <button
                type="button"
                className="lv-button lv-button--quiet"
                onClick={() => onChange({ ways: draft.ways.filter(({ zh }) => zh !== way.zh) })}
              >
                {t('drop')}
              </button>
            </div>
            <p className="measures-muted">{way.effectZh}</p>
            <p>{way.reasonZh}</p>
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('addWay')}</summary>
        <div className="measures-row">
          {(
            [
              ['zh', 'wayName'],
              ['effectZh', 'effect'],
              ['reasonZh', 'rejectedBecause'],
            ] as const
          ).map(([key, word]) => (
            <input
              key={key}
              className="lv-input"
              aria-label={t(word)}
              placeholder={t(word)}
              value={adding[key]}
              maxLength={200}
              onChange={(event) => setAdding({ ...adding, [key]: event.target.value })}
            />
          ))}
          <button
            type="button"
            className="lv-button"
            disabled={!complete}
            onClick={() => {
              onChange({ ways: [...draft.ways, { ...adding, en: '' }] });
              setAdding({ zh: '', effectZh: '', reasonZh: '' });
            }}
          >
            {t('addWay')}
          </button>
        </div>
      </details>
    </>
  );
}
