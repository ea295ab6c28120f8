import { type ReactNode, useId } from 'react';
import { registerWords, useWords } from '../i18n/words.ts';
import './form-field.css';

const words = registerWords('ui.form', { zh: { optional: '选填' }, en: { optional: 'optional' } });

export interface FieldWiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-required': true | undefined;
}

export interface FormFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** What is required is the rule; what is optional says so. */
  readonly optional?: boolean;
  readonly children: (wiring: FieldWiring) => ReactNode;
}

/** A label, a control, a hint and what is wrong, tied together for a screen reader: spread the wiring on the control. */
export function FormField({ label, hint, error, optional = false, children }: FormFieldProps) {
  const t = useWords(words);
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(
    Boolean,
  );
  return (
    <div className="lv-field">
      <label className="lv-field__label" htmlFor={id}>
        {label}
        {optional && <span className="lv-field__optional">{t('optional')}</span>}
      </label>
      {children({
        id,
        'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
        'aria-invalid': error === undefined ? undefined : true,
        'aria-required': optional ? undefined : true,
      })}
      {hint !== undefined && (
        <p className="lv-field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p className="lv-field__error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/** Fields in one or two columns. */
export function FormGrid({ columns = 1, children }: { columns?: 1 | 2; children: ReactNode }) {
  return <div className={`lv-form lv-form--${columns}`}>{children}</div>;
}

/** The acts at the end of a form; the main one first. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="lv-form__actions">{children}</div>;
}

/** Facts of a record, name and value. */
export function Facts({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="lv-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
