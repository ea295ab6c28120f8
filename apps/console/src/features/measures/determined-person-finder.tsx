import { Combobox, FormField, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMeasuresPurpose } from './purpose.ts';
import { measureWords } from './words.ts';

/** Only people about whom something was determined: accepted contacts, and cases. */
export function DeterminedPersonFinder({ onChoose }: { onChoose: (id: string) => void }) {
  const t = useWords(measureWords);
  const text = useText();
  const purpose = useMeasuresPurpose();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['measures', 'people', q],
    queryFn: async () => {
      const named = purpose === 'oversight' || purpose === null ? 'outbreak_command' : purpose;
      const [contacts, cases] = await Promise.all([
        client.tracing.contacts({ purpose: named, query: { q, state: ['accepted'], limit: 20 } }),
        client.cases.list({ purpose: named, query: { q, limit: 20 } }),
      ]);
      const people = [
        ...contacts.items.map(({ person: { id, nameZh, divisionName } }) => ({ id, nameZh, divisionName })),
        ...cases.items.flatMap(({ person, divisionName }) => (person ? [{ ...person, divisionName }] : [])),
      ];
      return people.filter(({ id }, index) => people.findIndex((one) => one.id === id) === index);
    },
    enabled: q !== '',
  });
  return (
    <FormField label={t('searchPerson')}>
      {(wiring) => (
        <Combobox
          wiring={wiring}
          chosen={null}
          typed={typed}
          onType={setTyped}
          found={{ items: found.data, error: found.error }}
          keyOf={({ id }) => id}
          nameOf={({ nameZh }) => nameZh}
          detailOf={({ divisionName }) => text(divisionName)}
          onChoose={(person) => person && onChoose(person.id)}
        />
      )}
    </FormField>
  );
}
