import { FormField, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { client } from '../../app/client.ts';
import { usePeoplePurpose } from '../people/purpose.ts';
import { caseWords } from './words.ts';

export interface ChosenPerson {
  readonly id: string;
  readonly name: string;
  readonly division: string;
}

/** A person by name, pinyin, initials, or by the whole identity or phone number; that is sent in the body, never in an address. */
export function PersonSearch({
  chosen,
  onChoose,
  otherwise,
}: {
  chosen: ChosenPerson | null;
  /** What to do where nobody is found, as the form around it knows. */
  otherwise?: string;
  onChoose: (person: ChosenPerson | null) => void;
}) {
  const t = useWords(caseWords);
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
      label={t('personSearch')}
      hint={[t('personSearchHint'), otherwise].filter(Boolean).join(' ')}
      optional
    >
      {(wiring) =>
        chosen ? (
          <div className="case-line">
            <strong>{chosen.name}</strong>
            <button type="button" className="lv-button lv-button--quiet" onClick={() => onChoose(null)}>
              {t('chooseAnother')}
            </button>
          </div>
        ) : (
          <>
            <input
              {...wiring}
              className="lv-input"
              type="search"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
            <ul className="case-rows">
              {found.data?.items.map((person) => (
                <li key={person.id}>
                  <button
                    type="button"
                    className="lv-button lv-button--quiet"
                    onClick={() =>
                      onChoose({ id: person.id, name: person.nameZh, division: person.division })
                    }
                  >
                    {person.nameZh}
                  </button>
                  <span className="case-quiet">
                    {[person.age, person.divisionName, person.phoneMasked].filter(Boolean).join(' · ')}
                  </span>
                </li>
              ))}
              {found.data?.items.length === 0 && <li className="case-quiet">{t('nobodyFound')}</li>}
            </ul>
          </>
        )
      }
    </FormField>
  );
}
