import {
  type CaseFile,
  CLASSIFICATIONS,
  type Classification,
  caseWords as fieldWords,
  LeveeError,
} from '@levee/contract';
import { ErrorState, Section, useText, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useCasePurpose } from './purpose.ts';
import { caseWords } from './words.ts';

/** The classification is its own act: chosen, with a reason that stays in the history. */
export function ClassifyForm({ caseFile }: { caseFile: CaseFile }) {
  const t = useWords(caseWords);
  const text = useText();
  const purpose = useCasePurpose();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Classification | null>(null);
  const [reason, setReason] = useState('');
  const classify = useMutation({
    mutationFn: (classification: Classification) =>
      client.cases.classify({
        params: { caseId: caseFile.id },
        purpose,
        body: { version: caseFile.version, classification, reason },
      }),
    onSuccess: () => {
      setChosen(null);
      setReason('');
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['cases'] }),
  });
  const clash = classify.error instanceof LeveeError && classify.error.code === 'edit.clash';
  return (
    <Section title={t('classification')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen) classify.mutate(chosen);
        }}
      >
        <div className="case-classes" role="radiogroup" aria-label={t('classification')}>
          {CLASSIFICATIONS.map((value) => (
            <button
              key={value}
              type="button"
              role="radio"
              aria-checked={(chosen ?? caseFile.classification) === value}
              onClick={() => setChosen(value === caseFile.classification ? null : value)}
            >
              {text(fieldWords[value]!)}
            </button>
          ))}
        </div>
        {chosen && (
          <div className="case-line case-classes__why">
            <input
              className="lv-input case-reason"
              autoFocus
              placeholder={t('classifyReason')}
              aria-label={t('reason')}
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <button
              type="submit"
              className="lv-button lv-button--primary"
              disabled={reason.trim() === '' || classify.isPending}
            >
              {t('classifyTo', { to: text(fieldWords[chosen]!) })}
            </button>
            <button type="button" className="lv-button lv-button--quiet" onClick={() => setChosen(null)}>
              {t('cancel')}
            </button>
          </div>
        )}
        {clash ? (
          <p className="case-missing" role="alert">
            {t('classifyClash')}
          </p>
        ) : (
          classify.error && <ErrorState shape="line" error={classify.error} />
        )}
      </form>
    </Section>
  );
}
