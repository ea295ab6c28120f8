import { type ReactNode, useId } from 'react';
import { registerWords, type Text, useLanguage, useWords } from '../i18n/words.ts';
import '../empty-state/empty-state.css';
import './error-state.css';

const words = registerWords('ui.error', {
  zh: {
    unknown: '出现意外问题',
    retry: '重试',
    next: '下一步',
    code: '代码',
    offline: '连不上服务器，请检查网络后重试',
  },
  en: {
    unknown: 'Something unexpected went wrong',
    retry: 'Try again',
    next: 'Next step',
    code: 'code',
    offline: 'The server cannot be reached. Check the network and try again',
  },
});

/** What the contract's errors carry; anything else is shown by its own message. */
export interface SpokenError {
  readonly code: string;
  readonly message: Text;
  readonly nextStep?: Text | undefined;
}

const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;

/** Reads code, message and next step from whatever was thrown; nothing is invented for unknown things. */
export function speakError(error: unknown): SpokenError | { readonly plain: string } {
  if (typeof error === 'object' && error !== null) {
    const thrown = error as Record<string, unknown>;
    const message = isText(thrown['messages']) ? thrown['messages'] : thrown['message'];
    if (typeof thrown['code'] === 'string' && isText(message)) {
      const nextStep = isText(thrown['nextStep']) ? thrown['nextStep'] : undefined;
      return { code: thrown['code'], message, nextStep };
    }
  }
  return { plain: error instanceof Error ? error.message : String(error) };
}

export interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  /** `line`: one line inside a form or a panel. */
  readonly shape?: 'block' | 'line';
  readonly actions?: ReactNode;
}

/** A failure said plainly: what, its code, what to do next. */
export function ErrorState({ error, onRetry, shape = 'block', actions }: ErrorStateProps) {
  const t = useWords(words);
  const current = useLanguage();
  const id = useId();
  const spoken = speakError(error);
  const offline = 'plain' in spoken && error instanceof TypeError;
  const title = 'plain' in spoken ? (offline ? t('offline') : t('unknown')) : spoken.message[current];
  return (
    <div
      className={`lv-error lv-error--${shape}${shape === 'block' ? ' lv-empty' : ''}`}
      role="alert"
      aria-labelledby={id}
    >
      <p className="lv-error__title" id={id}>
        {title}
      </p>
      {'plain' in spoken && !offline && <p className="lv-empty__text">{spoken.plain}</p>}
      {'code' in spoken && (
        <p className="lv-empty__text">
          {spoken.nextStep !== undefined && (
            <>
              {t('next')}：{spoken.nextStep[current]}{' '}
            </>
          )}
          <code className="lv-error__code">{spoken.code}</code>
        </p>
      )}
      {(onRetry !== undefined || actions !== undefined) && (
        <div className="lv-empty__actions">
          {onRetry !== undefined && (
            <button type="button" className="lv-button" onClick={onRetry}>
              {t('retry')}
            </button>
          )}
          {actions}
        </div>
      )}
    </div>
  );
}
