import {
  CASE_FIELDS,
  type CaseClash,
  type CaseField,
  type CaseFile,
  type CaseValues,
  LeveeError,
} from '@levee/contract';
import { ErrorState, FormActions, FormField, Section, useText, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { CaseClashScreen } from './case-clash.tsx';
import { FieldControl, type FieldTexts, textOfValue, valueOfText } from './field-control.tsx';
import { useCasePurpose } from './purpose.ts';
import { caseWords } from './words.ts';

/** Changes fields of a case. Sends only what was touched; when somebody else touched the same, both are laid side by side. */
export function CaseForm({ caseFile, onClose }: { caseFile: CaseFile; onClose: () => void }) {
  const t = useWords(caseWords);
  const text = useText();
  const purpose = useCasePurpose();
  const queries = useQueryClient();
  const [base] = useState(caseFile);
  const [texts, setTexts] = useState<FieldTexts>({});
  const [reason, setReason] = useState('');
  const touched = CASE_FIELDS.filter(
    (field) => texts[field] !== undefined && texts[field] !== textOfValue(base[field]),
  );
  const save = useMutation({
    mutationFn: ({ version, fields }: { version: number; fields: readonly CaseField[] }) =>
      client.cases.change({
        params: { caseId: base.id },
        purpose,
        body: {
          version,
          reason,
          values: Object.fromEntries(
            fields.map((field) => [field, valueOfText(field, texts[field] ?? '')]),
          ) as Partial<CaseValues>,
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['cases'] });
      onClose();
    },
  });
  const refusal = save.error instanceof LeveeError ? save.error : null;
  const clash = refusal?.code === 'edit.clash' ? (refusal.detail as unknown as CaseClash) : null;
  if (clash && clash.fields.length > 0) {
    return (
      <CaseClashScreen
        clash={clash}
        isSaving={save.isPending}
        onKeepEditing={() => save.reset()}
        onMerge={(mine) => {
          const others = touched.filter((field) => !clash.fields.some((one) => one.field === field));
          const fields = [...others, ...mine];
          if (fields.length === 0) {
            void queries.invalidateQueries({ queryKey: ['cases'] });
            onClose();
          } else save.mutate({ version: clash.version, fields });
        }}
      />
    );
  }
  const faultOf = (field: CaseField) => {
    const fault = refusal?.faults?.find(({ where }) => where.endsWith(`values.${field}`));
    return fault && text(fault.problem);
  };
  return (
    <Section title={t('editCase')}>
      <form
        className="case-form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ version: base.version, fields: touched });
        }}
        onKeyDown={(event) => event.key === 'Escape' && touched.length === 0 && onClose()}
      >
        <div className="case-form__grid">
          {CASE_FIELDS.map((field) => (
            <FieldControl
              key={field}
              field={field}
              value={texts[field] ?? textOfValue(base[field])}
              error={faultOf(field)}
              onChange={(value) => setTexts({ ...texts, [field]: value })}
            />
          ))}
        </div>
        <FormField label={t('reason')} hint={t('reasonHint')}>
          {(wiring) => (
            <input
              {...wiring}
              className="lv-input"
              required
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </FormField>
        {save.error && <ErrorState shape="line" error={save.error} />}
        <FormActions>
          <button
            type="submit"
            className="lv-button lv-button--primary"
            disabled={touched.length === 0 || reason.trim() === '' || save.isPending}
          >
            {t('saveChanges', { count: touched.length })}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
        </FormActions>
      </form>
    </Section>
  );
}
