import type { ReactNode } from 'react';
import { registerWords, useWords } from '../i18n/words.ts';
import './empty-state.css';

const words = registerWords('ui.empty', {
  zh: {
    none: '还没有记录',
    filter: '没有符合筛选条件的记录',
    rights: '您的权限范围内没有可看的记录',
    loading: '正在读取…',
  },
  en: {
    none: 'Nothing recorded yet',
    filter: 'Nothing matches the filters',
    rights: 'Nothing within your rights to see',
    loading: 'Loading…',
  },
});

export interface EmptyStateProps {
  /** Why it is empty: nothing there, filtered away, or outside one's rights. */
  readonly why: 'none' | 'filter' | 'rights';
  readonly title?: string;
  /** What to do now, one sentence. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** When the data were last heard of, usually an `<AsOf>`. */
  readonly asOf?: ReactNode;
}

/** An empty place that says why it is empty and what to do. */
export function EmptyState({ why, title, children, actions, asOf }: EmptyStateProps) {
  const t = useWords(words);
  return (
    <div className="lv-empty" role="status">
      <p className="lv-empty__title">{title ?? t(why)}</p>
      {children !== undefined && <p className="lv-empty__text">{children}</p>}
      {actions !== undefined && <div className="lv-empty__actions">{actions}</div>}
      {asOf}
    </div>
  );
}

/** Says that something is being read; appears only after a moment, so that quick answers do not flicker. */
export function Loading({ label }: { label?: string }) {
  const t = useWords(words);
  return (
    <div className="lv-empty lv-empty--late" role="status">
      <p className="lv-empty__text">{label ?? t('loading')}</p>
    </div>
  );
}
