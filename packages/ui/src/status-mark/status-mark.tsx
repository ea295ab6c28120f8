import type { ReactNode } from 'react';
import './status-mark.css';

/** What a state means for the reader, not what it is called. */
export type StatusTone = 'neutral' | 'active' | 'waiting' | 'good' | 'bad' | 'over';

const shapes: Record<StatusTone, ReactNode> = {
  neutral: <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.4" />,
  active: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  waiting: (
    <path
      d="M5 1a4 4 0 010 8z M5 1a4 4 0 100 8"
      fill="currentColor"
      fillOpacity="0.55"
      stroke="currentColor"
    />
  ),
  good: <path d="M1 5.2l2.8 2.8L9 2" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  bad: <path d="M5 .8L9.5 9h-9z" fill="currentColor" />,
  over: <path d="M1.5 1.5l7 7M8.5 1.5l-7 7" stroke="currentColor" strokeWidth="1.6" />,
};

/** A state as a shape and its word. */
export function StatusMark({ tone, children }: { tone: StatusTone; children: ReactNode }) {
  return (
    <span className={`lv-status lv-status--${tone}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        {shapes[tone]}
      </svg>
      {children}
    </span>
  );
}
