import { Dialog, ErrorState, FormField, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { type ChosenPerson, PersonFinder } from '../people/person-finder.tsx';
import { specimenWords } from './specimen-words.ts';

/** Somebody no record names: the driver, a porter without a contract. Asked for a single test like the others. */
export function AddHandler({ specimenId, onClose }: { specimenId: string; onClose: () => void }) {
  const t = useWords(specimenWords);
  const queries = useQueryClient();
  const [person, setPerson] = useState<ChosenPerson | null>(null);
  const [reason, setReason] = useState('');
  const ready = person !== null && reason.trim() !== '';
  const add = useMutation({
    mutationFn: () =>
      client.handlers.add({
        purpose: 'contact_tracing',
        params: { specimenId },
        body: { personId: person!.id, reason },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['testing'] });
      onClose();
    },
  });
  return (
    <Dialog
      title={t('addHandler')}
      onClose={onClose}
      onSubmit={() => ready && add.mutate()}
      footer={
        <>
          <button type="submit" className="lv-button lv-button--primary" disabled={!ready || add.isPending}>
            {t('addHandler')}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
        </>
      }
    >
      <p className="testing-note">{t('addHandlerHint')}</p>
      <PersonFinder chosen={person} onChoose={setPerson} />
      <FormField label={t('addReason')}>
        {(wiring) => (
          <input
            {...wiring}
            className="lv-input"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </FormField>
      {add.error && <ErrorState error={add.error} shape="line" />}
    </Dialog>
  );
}
