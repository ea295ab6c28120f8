import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { ErrorState } from '../error-state/error-state.tsx';
import { FormField } from '../form-field/form-field.tsx';
import { registerWords, useWords } from '../i18n/words.ts';
import { Icon } from '../icon/icon.tsx';
import './dialog.css';

const words = registerWords('ui.dialog', {
  zh: { close: '关闭', cancel: '取消', empty: '请填写后再提交' },
  en: { close: 'Close', cancel: 'Cancel', empty: 'Write it before you send' },
});

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** The acts, the main one first. */
  readonly footer?: ReactNode;
  /** For a form that shows what it will bring. */
  readonly wide?: boolean;
  /** Given, everything inside is one form: Enter in a field and the main act send it. */
  readonly onSubmit?: () => void;
}

/** One question over the page: holds the focus, Escape leaves, and the focus returns to where it was. */
export function Dialog({ title, onClose, children, footer, wide = false, onSubmit }: DialogProps) {
  const t = useWords(words);
  const id = useId();
  const host = useRef<HTMLDialogElement>(null);
  // Asked while rendering: once the dialog stands, its first field has taken the focus.
  const [before] = useState(() => document.activeElement as HTMLElement | null);
  useEffect(() => {
    const dialog = host.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
      before?.focus();
    };
  }, [before]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onSubmit?.();
  };
  const inside = (
    <>
      <header className="lv-dialog__head">
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          className="lv-button lv-button--quiet"
          aria-label={t('close')}
          title={t('close')}
          onClick={onClose}
        >
          <Icon name="close" size={16} />
        </button>
      </header>
      <div className="lv-dialog__body">{children}</div>
      {footer !== undefined && <footer className="lv-dialog__foot">{footer}</footer>}
    </>
  );
  return (
    <dialog
      ref={host}
      className={wide ? 'lv-dialog lv-dialog--wide' : 'lv-dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // The lists below listen for single keys; what is typed here is not for them.
      onKeyDown={(event) => event.stopPropagation()}
    >
      {onSubmit ? (
        <form className="lv-dialog__frame" onSubmit={submit}>
          {inside}
        </form>
      ) : (
        <div className="lv-dialog__frame">{inside}</div>
      )}
    </dialog>
  );
}

export interface WriteDialogProps {
  readonly title: string;
  /** What is asked for: reason, number of the report. */
  readonly label: string;
  readonly hint?: string;
  /** The act, as a verb. */
  readonly act: string;
  /** What the act brings, before it. */
  readonly children?: ReactNode;
  readonly maxLength?: number;
  /** Rejects with what is shown; resolves, and the dialog closes. */
  readonly onAct: (text: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** An act that needs a few words: a reason, an evidence. Never sent empty, never sent twice. */
export function WriteDialog(props: WriteDialogProps) {
  const { title, label, hint, act, children, maxLength = 500, onAct, onClose } = props;
  const t = useWords(words);
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async () => {
    setTried(true);
    if (text.trim() === '' || busy) return;
    setBusy(true);
    try {
      await onAct(text.trim());
      onClose();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => void send()}
      footer={
        <>
          <button type="submit" className="lv-button lv-button--primary" disabled={busy}>
            {act}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
        </>
      }
    >
      {children}
      <FormField label={label} hint={hint} error={tried && text.trim() === '' ? t('empty') : undefined}>
        {(wiring) => (
          <textarea
            {...wiring}
            className="lv-input"
            rows={3}
            maxLength={maxLength}
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </FormField>
      {error !== null && <ErrorState shape="line" error={error} />}
    </Dialog>
  );
}

export interface ConfirmDialogProps {
  readonly title: string;
  readonly act: string;
  readonly children: ReactNode;
  readonly onAct: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** An act that cannot be undone: what it does is said, then it is asked for once more. */
export function ConfirmDialog({ title, act, children, onAct, onClose }: ConfirmDialogProps) {
  const t = useWords(words);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async () => {
    setBusy(true);
    try {
      await onAct();
      onClose();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => void run()}
      footer={
        <>
          <button type="submit" className="lv-button lv-button--primary" disabled={busy}>
            {act}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
        </>
      }
    >
      {children}
      {error !== null && <ErrorState shape="line" error={error} />}
    </Dialog>
  );
}
