import type { CaseFile } from '@levee/contract';
import { Dialog, ErrorState, FormField, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { type ChosenPerson, PersonFinder } from '../people/person-finder.tsx';
import { useCasePurpose } from './purpose.ts';
import { caseWords } from './words.ts';

/** Says who a case is that was opened before the name was known. It is said once. */
export function IdentifyCase({ caseFile, onClose }: { caseFile: CaseFile; onClose: () => void }) {
  const t = useWords(caseWords);
  const queries = useQueryClient();
  const purpose = useCasePurpose();
  const [person, setPerson] = useState<ChosenPerson | null>(null);
  const [reason, setReason] = useState('');
  const ready = person !== null && reason.trim() !== '';
  const identify = useMutation({
    mutationFn: () =>
      client.cases.identify({
        purpose,
        params: { caseId: caseFile.id },
        body: { personId: person!.id, reason: reason.trim() },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['cases'] });
      onClose();
    },
  });
  return (
    <Dialog
      title={t('identify')}
      onClose={onClose}
      onSubmit={() => ready && !identify.isPending && identify.mutate()}
      footer={
        <>
          <button
            type="submit"
            className="lv-button lv-button--primary"
            disabled={!ready || identify.isPending}
          >
            {t('identifyAct')}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
        </>
      }
    >
      <p className="case-quiet">{t('identifyHint')}</p>
      <PersonFinder chosen={person} onChoose={setPerson} />
      <FormField label={t('reason')} hint={t('identifyReasonHint')}>
        {(wiring) => (
          <input
            {...wiring}
            className="lv-input"
            maxLength={300}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </FormField>
      {identify.error && <ErrorState error={identify.error} shape="line" />}
    </Dialog>
  );
}
