import { newId } from '@levee/contract';
import { ErrorState, FormActions, FormField, useWords } from '@levee/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { testingWords } from './words.ts';

/** Name and dwelling of somebody whose card nobody knows yet; sex and birth date are read off the number. */
export function NewPersonForm({
  card,
  onDone,
  onCancel,
}: {
  card: string;
  onDone: (personId: string) => void;
  onCancel: () => void;
}) {
  const t = useWords(testingWords);
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [placeId, setPlaceId] = useState('');
  const communities = useQuery({
    queryKey: ['places', 'choice', 'community'],
    queryFn: () => client.places.search({ query: { level: ['community'], limit: 500 } }),
    staleTime: 600_000,
  });
  const save = useMutation({
    mutationFn: () =>
      client.people.register({
        purpose: 'testing',
        body: {
          id: newId(),
          nameZh: name,
          identityNumber: card,
          placeId,
          ...(phone !== '' && { phone }),
        },
      }),
    onSuccess: ({ id }) => onDone(id),
  });
  return (
    <form
      className="testing-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <FormField label={t('name')}>
        {(wiring) => (
          <input
            {...wiring}
            className="lv-input"
            autoFocus
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t('community')}>
        {(wiring) => (
          <select
            {...wiring}
            className="lv-input"
            required
            value={placeId}
            onChange={(event) => setPlaceId(event.target.value)}
          >
            <option value="" />
            {communities.data?.items.map((place) => (
              <option key={place.id} value={place.id}>
                {place.path.at(-1)?.nameZh} {place.nameZh}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField label={t('phone')} optional>
        {(wiring) => (
          <input
            {...wiring}
            className="lv-input"
            inputMode="numeric"
            value={phone}
            onChange={(event) => setPhone(event.target.value)}
          />
        )}
      </FormField>
      {save.error && <ErrorState error={save.error} shape="line" />}
      <FormActions>
        <button type="submit" className="lv-button lv-button--primary" disabled={save.isPending}>
          {t('register')}
        </button>
        <button type="button" className="lv-button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </FormActions>
    </form>
  );
}
