import { Combobox, FormField, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { client } from '../../app/client.ts';
import { usePeoplePurpose } from './purpose.ts';
import { peopleWords } from './words.ts';

export interface ChosenPerson {
  readonly id: string;
  readonly name: string;
  readonly division: string;
}

/** A person by name, pinyin, initials, or by the whole identity or phone number; that is sent in the body, never in an address. */
export function PersonFinder({
  chosen,
  onChoose,
  otherwise,
  optional = false,
}: {
  chosen: ChosenPerson | null;
  onChoose: (person: ChosenPerson | null) => void;
  /** What to do where nobody is found, as the form around it knows. */
  otherwise?: string;
  optional?: boolean;
}) {
  const t = useWords(peopleWords);
  const text = useText();
  const purpose = usePeoplePurpose();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const isNumber = /^\d{6,17}[\dXx]?$/.test(q);
  const isWhole = /^(\d{17}[\dXx]|1\d{10})$/.test(q);
  const found = useQuery({
    queryKey: ['people', 'choice', q],
    queryFn: () =>
      isNumber
        ? client.people.findByNumber({ purpose, body: { number: q } })
        : client.people.search({ purpose, query: { q, limit: 8 } }),
    enabled: q !== '' && chosen === null && (!isNumber || isWhole),
    gcTime: 0,
    retry: false,
  });
  return (
    <FormField
      label={t('person')}
      hint={[t('personHint'), otherwise].filter(Boolean).join(' ')}
      optional={optional}
    >
      {(wiring) => (
        <Combobox
          wiring={wiring}
          chosen={chosen?.name ?? null}
          typed={typed}
          onType={setTyped}
          found={{
            items: found.data?.items,
            error: found.error,
            asking: isNumber && !isWhole ? t('wholeNumber') : undefined,
          }}
          keyOf={({ id }) => id}
          nameOf={({ nameZh }) => nameZh}
          detailOf={({ age, divisionName, phoneMasked }) =>
            [age, text(divisionName), phoneMasked].filter(Boolean).join(' · ')
          }
          onChoose={(person) => {
            setTyped('');
            onChoose(person && { id: person.id, name: person.nameZh, division: person.division });
          }}
        />
      )}
    </FormField>
  );
}
