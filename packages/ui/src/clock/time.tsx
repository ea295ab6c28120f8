import { formatDuration, formatTime, formatTimeFull, type Instant } from '../format/time.ts';
import { registerWords, useLanguage, useWords } from '../i18n/words.ts';
import { useServerClock, useServerNow } from './server-clock.ts';
import './clock.css';

const words = registerWords('ui.clock', {
  zh: {
    left: '剩 {{time}}',
    over: '超时 {{time}}',
    done: '已完成',
    label: '{{name}}：{{state}}，时限 {{due}}',
  },
  en: {
    left: '{{time}} left',
    over: '{{time}} overdue',
    done: 'done',
    label: '{{name}}: {{state}}, due {{due}}',
  },
});

/** An instant as `08-11 21:40`, its full form on hover. */
export function Time({ at }: { at: Instant }) {
  const current = useLanguage();
  const clock = useServerClock();
  const date = at instanceof Date ? at : new Date(at);
  return (
    <time className="lv-time" dateTime={date.toISOString()} title={formatTimeFull(date, current)}>
      {formatTime(date, clock.snapshot())}
    </time>
  );
}

export interface ClockProps {
  readonly due: Instant;
  /** What is due; said to a screen reader, shown when `named`. */
  readonly name: string;
  readonly named?: boolean;
  /** From here on before `due` it is shown as near; default one quarter hour. */
  readonly nearMs?: number;
  readonly doneAt?: Instant | null;
}

/** Counts down to a due instant by the server's clock; near and overdue are said in words, not only in colour. */
export function Clock({ due, name, named = false, nearMs = 900_000, doneAt = null }: ClockProps) {
  const t = useWords(words);
  const current = useLanguage();
  const now = useServerNow();
  const left = new Date(due).getTime() - now;
  const tone = doneAt !== null ? 'done' : left < 0 ? 'over' : left <= nearMs ? 'near' : 'calm';
  const state =
    tone === 'done' ? t('done') : t(left < 0 ? 'over' : 'left', { time: formatDuration(left, current) });
  return (
    <span
      className={`lv-clock lv-clock--${tone}`}
      role="timer"
      aria-label={t('label', { name, state, due: formatTime(due, now) })}
      title={formatTimeFull(due, current)}
    >
      {named && <span className="lv-clock__name">{name}</span>}
      <span className="lv-clock__state">{state}</span>
    </span>
  );
}
