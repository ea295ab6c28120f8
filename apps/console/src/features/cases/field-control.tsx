import { type CaseField, caseFields, caseWords as fieldWords } from '@levee/contract';
import { FormField, useText, useWords } from '@levee/ui';
import { caseWords } from './words.ts';

/** What a person has typed so far; '' = not known. */
export type FieldTexts = Readonly<Partial<Record<CaseField, string>>>;

/** The control of one field of a case, by its kind. */
export function FieldControl({
  field,
  value,
  error,
  onChange,
}: {
  field: CaseField;
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}) {
  const t = useWords(caseWords);
  const text = useText();
  const definition = caseFields[field];
  const choices =
    definition.kind === 'boolean'
      ? [
          ['true', t('yes')],
          ['false', t('no')],
        ]
      : ('choices' in definition ? definition.choices : []).map((choice) => [
          choice,
          text(fieldWords[choice] ?? { zh: choice, en: choice }),
        ]);
  return (
    <FormField label={text(definition.label)} optional error={error}>
      {(wiring) =>
        definition.kind === 'choice' || definition.kind === 'boolean' ? (
          <select
            {...wiring}
            className="lv-input"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          >
            <option value="">{t('unknown')}</option>
            {choices.map(([key, name]) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          <input
            {...wiring}
            className="lv-input"
            type={definition.kind === 'day' ? 'date' : definition.kind === 'integer' ? 'number' : 'text'}
            maxLength={300}
            {...(definition.kind === 'integer' && { min: 0, max: 120 })}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </FormField>
  );
}

/** As the server takes it: '' is null, a number is a number. */
export function valueOfText(field: CaseField, text: string): string | number | boolean | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const { kind } = caseFields[field];
  if (kind === 'integer') return Number(trimmed);
  if (kind === 'boolean') return trimmed === 'true';
  return trimmed;
}

export const textOfValue = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value);
