import type { Place } from '@levee/contract';
import { useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type RefObject, useDeferredValue, useId, useState } from 'react';
import { client } from '../../../app/client.ts';
import { caseWords } from '../words.ts';
import type { EntryPlace } from './stay-entry.ts';

/** A place by name, pinyin, initials or code. Typed and not chosen, the text is kept and the stay becomes a draft. */
export function PlaceSearch({
  place,
  text: typed,
  field,
  onChoose,
  onType,
  onDone,
}: {
  place: EntryPlace | null;
  text: string;
  field: RefObject<HTMLInputElement | null>;
  onChoose: (place: EntryPlace) => void;
  onType: (text: string) => void;
  /** Enter, with nothing to choose. */
  onDone: () => void;
}) {
  const t = useWords(caseWords);
  const text = useText();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const q = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['places', 'search', q],
    queryFn: () => client.places.search({ query: { q, limit: 10 } }),
    enabled: place === null && q !== '',
    staleTime: 60_000,
  });
  const items = place === null && q !== '' ? (found.data?.items ?? []) : [];
  const shown = open && items.length > 0;
  const choose = (one: Place | undefined) => {
    if (!one) return;
    onChoose({
      id: one.id,
      name: text({ zh: one.nameZh, en: one.nameEn }),
      isVehicle: one.level === 'vehicle',
    });
    setOpen(false);
  };
  const press = (event: KeyboardEvent) => {
    // While an input method composes, Enter and arrows are its own.
    if (event.nativeEvent.isComposing) return;
    if (!shown) {
      if (event.key !== 'Enter') return;
      // A place alone is no stay yet: on to the hours.
      event.preventDefault();
      onDone();
      return;
    }
    if (event.key === 'ArrowDown') setAt((at + 1) % items.length);
    else if (event.key === 'ArrowUp') setAt((at - 1 + items.length) % items.length);
    else if (event.key === 'Escape') setOpen(false);
    else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) {
      choose(items[at]);
      if (event.key === 'Tab') return;
    } else return;
    event.preventDefault();
  };
  return (
    <div className="case-place">
      <input
        ref={field}
        className="lv-input"
        role="combobox"
        aria-label={t('place')}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder={t('placeHint')}
        maxLength={120}
        value={place?.name ?? typed}
        onChange={(event) => {
          onType(event.target.value);
          setAt(0);
          setOpen(true);
        }}
        onKeyDown={press}
        onBlur={() => setOpen(false)}
      />
      {shown && (
        <ul className="case-place__list" id={`${id}-list`} role="listbox" aria-label={t('place')}>
          {items.map((one, index) => (
            <li
              key={one.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              // Before the field loses the focus and the list goes.
              onPointerDown={(event) => {
                event.preventDefault();
                choose(one);
              }}
            >
              <span>
                {text({ zh: one.nameZh, en: one.nameEn })}
                {one.level === 'vehicle' && <em> {t('vehicle')}</em>}
              </span>
              <span className="case-quiet">
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
