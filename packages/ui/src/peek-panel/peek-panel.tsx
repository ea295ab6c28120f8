import type { ReactNode } from 'react';
import { registerWords, useWords } from '../i18n/words.ts';
import { Icon } from '../icon/icon.tsx';
import './peek-panel.css';

const words = registerWords('ui.peek', {
  zh: { close: '关闭', next: '下一条（J）', previous: '上一条（K）' },
  en: { close: 'Close', next: 'Next (J)', previous: 'Previous (K)' },
});

export interface PeekPanelProps {
  readonly title: ReactNode;
  /** The panel's name for a screen reader, when the title is more than text. */
  readonly label?: string;
  readonly onClose: () => void;
  readonly onPrevious?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
  readonly children: ReactNode;
  /** The acts on the record, always in view. */
  readonly footer?: ReactNode;
}

/** A record beside its list; the list keeps the focus, so J and K go on walking. */
export function PeekPanel({ title, label, onClose, onPrevious, onNext, children, footer }: PeekPanelProps) {
  const t = useWords(words);
  return (
    <aside
      className="lv-peek"
      aria-label={label ?? (typeof title === 'string' ? title : undefined)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <header className="lv-peek__head">
        <h2>{title}</h2>
        <button
          type="button"
          className="lv-button lv-button--quiet"
          title={t('previous')}
          aria-label={t('previous')}
          disabled={!onPrevious}
          onClick={onPrevious}
        >
          <Icon name="previous" size={16} />
        </button>
        <button
          type="button"
          className="lv-button lv-button--quiet"
          title={t('next')}
          aria-label={t('next')}
          disabled={!onNext}
          onClick={onNext}
        >
          <Icon name="next" size={16} />
        </button>
        <button
          type="button"
          className="lv-button lv-button--quiet"
          title={t('close')}
          aria-label={t('close')}
          onClick={onClose}
        >
          <Icon name="close" size={16} />
        </button>
      </header>
      <div className="lv-peek__body">{children}</div>
      {footer !== undefined && <footer className="lv-peek__foot">{footer}</footer>}
    </aside>
  );
}

/** A list with, when something is peeked at, its panel. Fills a `<Page filled>`. */
export function WithPeek({ children, peek }: { children: ReactNode; peek: ReactNode }) {
  return (
    <div className={peek ? 'lv-with-peek lv-with-peek--open' : 'lv-with-peek'}>
      <div className="lv-with-peek__list">{children}</div>
      {peek}
    </div>
  );
}
