import { FormField, useLanguage, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { client } from '../../app/client.ts';
import { keyPopulationWords } from './words.ts';

export interface ChosenEmployer {
  readonly id: string;
  readonly name: string;
}

/** A place of work by a part of its name. */
export function EmployerSearch({
  chosen,
  onChoose,
}: {
  chosen: ChosenEmployer | null;
  onChoose: (employer: ChosenEmployer | null) => void;
}) {
  const t = useWords(keyPopulationWords);
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['places', 'employers', q],
    queryFn: () => client.places.search({ query: { q, level: ['venue'], limit: 8 } }),
    enabled: q !== '' && chosen === null,
  });
  return (
    <FormField label={t('employer')} hint={chosen ? undefined : t('employerHint')}>
      {(wiring) =>
        chosen ? (
          <div className="keypop-line">
            <strong>{chosen.name}</strong>
            <button type="button" className="lv-button lv-button--quiet" onClick={() => onChoose(null)}>
              {t('otherEmployer')}
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
              onChange={({ target }) => setTyped(target.value)}
            />
            <ul className="keypop-choices">
              {found.data?.items.map((place) => {
                const name = language === 'zh' ? place.nameZh : place.nameEn || place.nameZh;
                return (
                  <li key={place.id}>
                    <button
                      type="button"
                      className="lv-button lv-button--quiet"
                      onClick={() => onChoose({ id: place.id, name })}
                    >
                      {name} <span className="keypop-quiet">{place.path.at(-1)?.nameZh}</span>
                    </button>
                  </li>
                );
              })}
              {found.data?.items.length === 0 && <li className="keypop-quiet">{t('employerNone')}</li>}
            </ul>
          </>
        )
      }
    </FormField>
  );
}
