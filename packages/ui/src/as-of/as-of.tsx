import { useServerNow } from '../clock/server-clock.ts';
import { formatAge, formatTime, formatTimeFull, type Instant } from '../format/time.ts';
import { registerWords, useLanguage, useWords } from '../i18n/words.ts';
import './as-of.css';

const words = registerWords('ui.as-of', {
  zh: {
    asOf: '截至 {{time}}',
    source: '来源：{{source}}',
    stale: '数据已 {{age}}，可能过时',
    never: '尚无数据',
  },
  en: {
    asOf: 'as of {{time}}',
    source: 'source: {{source}}',
    stale: 'last data {{age}}, may be out of date',
    never: 'no data yet',
  },
});

export interface AsOfProps {
  readonly at: Instant | null;
  readonly source?: string;
  /** Older than this is said in words and turns amber; default 30 minutes. */
  readonly staleAfterMs?: number;
}

/** The time and the source of a number. No number stands on a screen without it. */
export function AsOf({ at, source, staleAfterMs = 1_800_000 }: AsOfProps) {
  const t = useWords(words);
  const current = useLanguage();
  const now = useServerNow();
  if (at === null) return <span className="lv-as-of">{t('never')}</span>;
  const age = now - new Date(at).getTime();
  const stale = age > staleAfterMs;
  return (
    <span className={stale ? 'lv-as-of lv-as-of--stale' : 'lv-as-of'} title={formatTimeFull(at, current)}>
      {t('asOf', { time: formatTime(at, now) })}
      {source !== undefined && <> · {t('source', { source })}</>}
      {stale && <> · {t('stale', { age: formatAge(age, current) })}</>}
    </span>
  );
}
