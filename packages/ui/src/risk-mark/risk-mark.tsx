import { registerWords, useWords } from '../i18n/words.ts';
import './risk-mark.css';

export type RiskLevel = 'high' | 'medium' | 'low';

const words = registerWords('ui.risk', {
  zh: {
    high: '高',
    medium: '中',
    low: '低',
    'high.full': '高风险',
    'medium.full': '中风险',
    'low.full': '低风险',
  },
  en: {
    high: 'High',
    medium: 'Medium',
    low: 'Low',
    'high.full': 'High risk',
    'medium.full': 'Medium risk',
    'low.full': 'Low risk',
  },
});

/** A risk level by word, shape and pattern: hatched square, dotted lozenge, open circle. Colour only helps. */
export function RiskMark({ level, full = false }: { level: RiskLevel; full?: boolean }) {
  const t = useWords(words);
  return (
    <span className={`lv-risk lv-risk--${level}`} role="img" aria-label={t(`${level}.full`)}>
      <RiskShape level={level} />
      <span aria-hidden="true">{full ? t(`${level}.full`) : t(level)}</span>
    </span>
  );
}

/** The shape alone, for legends and map lists. */
export function RiskShape({ level }: { level: RiskLevel }) {
  return (
    <svg className="lv-risk__shape" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      {level === 'high' && (
        <>
          <rect x="1" y="1" width="12" height="12" fill="var(--lv-high-soft)" stroke="var(--lv-high)" />
          <path d="M1 7l6-6M1 13L13 1M7 13l6-6" stroke="var(--lv-high)" strokeWidth="1.6" />
        </>
      )}
      {level === 'medium' && (
        <>
          <path d="M7 .8L13.2 7 7 13.2.8 7z" fill="var(--lv-medium-soft)" stroke="var(--lv-medium)" />
          <path
            d="M7 4h.01M4.5 7h.01M7 7h.01M9.5 7h.01M7 10h.01"
            stroke="var(--lv-medium)"
            strokeWidth="2"
            strokeLinecap="round"
          />
        </>
      )}
      {level === 'low' && (
        <circle cx="7" cy="7" r="5.5" fill="none" stroke="var(--lv-low)" strokeWidth="1.4" />
      )}
    </svg>
  );
}
