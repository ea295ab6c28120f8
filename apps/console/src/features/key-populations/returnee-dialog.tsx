import { newId } from '@levee/contract';
import { Dialog, dayOf, ErrorState, FormField, useServerClock, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { fromField, toField } from '../../app/local-time.ts';
import { type ChosenPerson, PersonFinder } from '../people/person-finder.tsx';
import { JourneyFields, type StayDraft, travelOf } from './journey-fields.tsx';
import { keyPopulationWords } from './words.ts';

/** Somebody who came in, at the desk: the pack reads the journey. */
export function ReturneeDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(keyPopulationWords);
  const clock = useServerClock();
  const queries = useQueryClient();
  const [id] = useState(() => newId());
  const [person, setPerson] = useState<ChosenPerson | null>(null);
  const [arrived, setArrived] = useState(() => toField(clock.now()));
  const [stays, setStays] = useState<readonly StayDraft[]>([
    { key: 0, where: '', level: null, left: dayOf(clock.now()) },
  ]);
  const travel = travelOf(stays);
  const save = useMutation({
    mutationFn: () =>
      client.keyPopulations.registerReturnee({
        purpose: 'testing',
        body: { id, personId: person!.id, arrivedAt: fromField(arrived) ?? arrived, travel: travel! },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['keyPopulations'] });
      onClose();
    },
  });
  return (
    <Dialog
      title={t('registerTitle')}
      wide
      onClose={onClose}
      onSubmit={() => person && travel && save.mutate()}
      footer={
        <>
          <button
            type="submit"
            className="lv-button lv-button--primary"
            disabled={!person || !travel || save.isPending}
          >
            {t('save')}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
        </>
      }
    >
      <p className="keypop-quiet">{t('why')}</p>
      <PersonFinder chosen={person} onChoose={setPerson} />
      <FormField label={t('arrivedOn')}>
        {(wiring) => (
          <input
            {...wiring}
            className="lv-input"
            type="datetime-local"
            value={arrived}
            onChange={({ target }) => setArrived(target.value)}
          />
        )}
      </FormField>
      <p>{t('journey')}</p>
      <JourneyFields stays={stays} onChange={setStays} />
      {save.error && <ErrorState error={save.error} shape="line" />}
    </Dialog>
  );
}
