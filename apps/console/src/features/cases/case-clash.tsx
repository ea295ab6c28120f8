import { type CaseClash, type CaseField, caseFields } from '@levee/contract';
import { ClashChooser, FormActions, Section, Time, useText, useWords } from '@levee/ui';
import { useState } from 'react';
import { FieldValue } from './field-value.tsx';
import { caseWords } from './words.ts';

/** Two people changed the same fields: mine, theirs and what both began from; one is chosen for each (F10). */
export function CaseClashScreen({
  clash,
  isSaving,
  onKeepEditing,
  onMerge,
}: {
  clash: CaseClash;
  isSaving: boolean;
  onKeepEditing: () => void;
  /** The fields of the clash where mine shall stand. */
  onMerge: (mine: readonly CaseField[]) => void;
}) {
  const t = useWords(caseWords);
  const text = useText();
  const [picks, setPicks] = useState<Readonly<Record<string, 'mine' | 'theirs'>>>({});
  const latest = clash.fields[0];
  const open = clash.fields.filter(({ field }) => picks[field] === undefined).length;
  return (
    <Section title={t('clash')}>
      <p className="case-clash__said" role="alert">
        {latest && t('clashSaid', { name: latest.by.name })}
        {latest && <Time at={latest.at} />}
      </p>
      <ClashChooser
        rows={clash.fields.map(({ field, mine, theirs, base }) => ({
          key: field,
          field: text(caseFields[field].label),
          base: <FieldValue field={field} value={base} />,
          mine: <FieldValue field={field} value={mine} />,
          theirs: <FieldValue field={field} value={theirs} />,
        }))}
        picks={picks}
        onPick={(key, side) => setPicks({ ...picks, [key]: side })}
      />
      <FormActions>
        <button
          type="button"
          className="lv-button lv-button--primary"
          disabled={open > 0 || isSaving}
          onClick={() =>
            onMerge(clash.fields.map(({ field }) => field).filter((field) => picks[field] === 'mine'))
          }
        >
          {open > 0 ? t('clashOpen', { count: open }) : t('clashMerge')}
        </button>
        <button type="button" className="lv-button" onClick={onKeepEditing}>
          {t('backToForm')}
        </button>
      </FormActions>
    </Section>
  );
}
