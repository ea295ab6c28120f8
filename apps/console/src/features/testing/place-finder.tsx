import { type FieldWiring, useText } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useState } from 'react';
import { client } from '../../app/client.ts';

export interface FoundPlace {
  readonly id: string;
  readonly name: string;
}

/** A place by name, pinyin or initials, from the reader's area; emptied, it is none. */
export function PlaceFinder({
  wiring,
  place,
  onChoose,
}: {
  wiring: FieldWiring;
  place: FoundPlace | null;
  onChoose: (place: FoundPlace | null) => void;
}) {
  const text = useText();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const q = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['places', 'search', q],
    queryFn: () => client.places.search({ query: { q, limit: 8 } }),
    enabled: place === null && q !== '',
    staleTime: 60_000,
  });
  const items = place === null && q !== '' ? (found.data?.items ?? []) : [];
  const choose = (index: number) => {
    const one = items[index];
    if (!one) return;
    onChoose({ id: one.id, name: text({ zh: one.nameZh, en: one.nameEn }) });
    setTyped('');
  };
  return (
    <div className="testing-finder">
      <input
        {...wiring}
        className="lv-input"
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={listId}
        aria-activedescendant={items.length > 0 ? `${listId}-${at}` : undefined}
        autoComplete="off"
        value={place?.name ?? typed}
        onChange={(event) => {
          onChoose(null);
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || items.length === 0) return;
          if (event.key === 'ArrowDown') setAt((at + 1) % items.length);
          else if (event.key === 'ArrowUp') setAt((at - 1 + items.length) % items.length);
          else if (event.key === 'Enter') choose(at);
          else return;
          event.preventDefault();
        }}
      />
      {items.length > 0 && (
        <ul id={listId} role="listbox" className="testing-finder__list">
          {items.map((one, index) => (
            <li
              key={one.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              onPointerDown={(event) => {
                event.preventDefault();
                choose(index);
              }}
            >
              {text({ zh: one.nameZh, en: one.nameEn })}
              <span className="testing-quiet">
                {one.path
                  .slice(-2)
                  .map(({ nameZh, nameEn }) => text({ zh: nameZh, en: nameEn }))
                  .join(' › ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
