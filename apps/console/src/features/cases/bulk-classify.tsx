import {
  type CaseFile,
  CLASSIFICATIONS,
  type Classification,
  caseWords as fieldWords,
} from '@levee/contract';
import { ErrorState, useText, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useCasePurpose } from './purpose.ts';
import { caseWords } from './words.ts';

/** One classification and one reason for all that are selected; each case keeps its own line in its history. */
export function BulkClassify({ cases, onDone }: { cases: readonly CaseFile[]; onDone: () => void }) {
  const t = useWords(caseWords);
  const text = useText();
  const purpose = useCasePurpose();
  const queries = useQueryClient();
  const [classification, setClassification] = useState<Classification | ''>('');
  const [reason, setReason] = useState('');
  const classify = useMutation({
    mutationFn: async () => {
      for (const { id, version } of cases) {
        if (classification === '') return;
        const body = { version, classification, reason };
        await client.cases.classify({ params: { caseId: id }, purpose, body });
      }
    },
    onSuccess: onDone,
    // What went through before a refusal stands, so the list is asked again either way.
    onSettled: () => queries.invalidateQueries({ queryKey: ['cases'] }),
  });
  return (
    <form
      className="case-line"
      onSubmit={(event) => {
        event.preventDefault();
        classify.mutate();
      }}
    >
      <select
        className="lv-input case-choice"
        aria-label={t('classifyAs')}
        value={classification}
        onChange={(event) => setClassification(event.target.value as Classification | '')}
      >
        <option value="">{t('classifyAs')}</option>
        {CLASSIFICATIONS.map((value) => (
          <option key={value} value={value}>
            {text(fieldWords[value]!)}
          </option>
        ))}
      </select>
      <input
        className="lv-input case-reason"
        placeholder={t('reason')}
        aria-label={t('reason')}
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <button
        type="submit"
        className="lv-button lv-button--primary"
        disabled={classification === '' || reason.trim() === '' || classify.isPending}
      >
        {t('classify')}
      </button>
      {classify.error && <ErrorState shape="line" error={classify.error} />}
    </form>
  );
}
