import { newId } from '@levee/contract';
import { Dialog, ErrorState, FormField, useServerClock, useText, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { fromField, toField } from '../../app/local-time.ts';
import { useMe } from '../../app/session.ts';
import { type ChosenPerson, PersonFinder } from '../people/person-finder.tsx';
import { type FoundPlace, PlaceFinder } from '../places/place-finder.tsx';
import { situationWords } from './words.ts';

const AREAS: readonly FoundPlace['level'][] = ['prefecture', 'county', 'township', 'community'];

/** What no machine noticed: a call from a clinic, a school's report. It then waits for a decision like any other. */
export function RaiseSignal({ onClose }: { onClose: () => void }) {
  const t = useWords(situationWords);
  const text = useText();
  const me = useMe();
  const clock = useServerClock();
  const queries = useQueryClient();
  const [id] = useState(() => newId());
  const [place, setPlace] = useState<FoundPlace | null>(null);
  const [noticed, setNoticed] = useState(() => toField(clock.now()));
  const [person, setPerson] = useState<ChosenPerson | null>(null);
  const [note, setNote] = useState('');
  const at = fromField(noticed);
  const ready = place !== null && at !== null && note.trim() !== '';
  const raise = useMutation({
    mutationFn: () =>
      client.incidents.raiseSignal({
        body: {
          id,
          division: place!.division,
          at: at!,
          note: note.trim(),
          ...(!AREAS.includes(place!.level) && { siteId: place!.id }),
          ...(person && { personId: person.id }),
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['situation'] });
      onClose();
    },
  });
  return (
    <Dialog
      title={t('raiseTitle')}
      onClose={onClose}
      onSubmit={() => ready && !raise.isPending && raise.mutate()}
      footer={
        <>
          <button type="submit" className="lv-button lv-button--primary" disabled={!ready || raise.isPending}>
            {t('raiseSignal')}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
        </>
      }
    >
      <FormField label={t('raiseWhere')} hint={t('raiseWhereHint', { area: text(me.divisionName) })}>
        {(wiring) => <PlaceFinder wiring={wiring} chosen={place?.name ?? null} onChoose={setPlace} />}
      </FormField>
      <FormField label={t('raiseAt')} hint={t('confirmHint')}>
        {(wiring) => (
          <input
            {...wiring}
            className="lv-input"
            type="datetime-local"
            max={toField(clock.now())}
            value={noticed}
            onChange={({ target }) => setNoticed(target.value)}
          />
        )}
      </FormField>
      {me.permissions.includes('people.read') && (
        <PersonFinder optional chosen={person} onChoose={setPerson} />
      )}
      <FormField label={t('raiseNote')} hint={t('raiseNoteHint')}>
        {(wiring) => (
          <textarea
            {...wiring}
            className="lv-input"
            rows={3}
            maxLength={500}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        )}
      </FormField>
      {raise.error && <ErrorState error={raise.error} shape="line" />}
    </Dialog>
  );
}
