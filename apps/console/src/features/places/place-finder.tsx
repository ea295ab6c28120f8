import type { Place, PlaceTreeLevel } from '@levee/contract';
import { Combobox, type ComboboxProps, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { type Ref, useDeferredValue, useState } from 'react';
import { client } from '../../app/client.ts';
import { placeWords } from './words.ts';

export interface FoundPlace extends Pick<Place, 'id' | 'level' | 'division'> {
  /** In the reader's language. */
  readonly name: string;
}

/** A place by name, pinyin, initials or code, from the reader's area. */
export function PlaceFinder({
  wiring,
  chosen,
  onChoose,
  levels = [],
  text: kept,
  onType,
  ...field
}: {
  wiring: ComboboxProps<Place>['wiring'];
  /** The name of the place chosen. */
  chosen: string | null;
  onChoose: (place: FoundPlace | null) => void;
  /** Of these levels only; of all where none is named. */
  levels?: readonly PlaceTreeLevel[];
  /** Where what was typed and not chosen matters to the form, the form keeps it. */
  text?: string;
  onType?: (text: string) => void;
  onDone?: () => void;
  field?: Ref<HTMLInputElement>;
  placeholder?: string | undefined;
}) {
  const t = useWords(placeWords);
  const text = useText();
  const [own, setOwn] = useState('');
  const typed = kept ?? own;
  const q = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['places', 'search', q, levels],
    queryFn: () =>
      client.places.search({ query: { q, limit: 10, ...(levels.length > 0 && { level: [...levels] }) } }),
    enabled: chosen === null && q !== '',
    staleTime: 60_000,
  });
  const named = (place: Pick<Place, 'nameZh' | 'nameEn'>) => text({ zh: place.nameZh, en: place.nameEn });
  return (
    <Combobox
      wiring={wiring}
      chosen={chosen}
      typed={typed}
      onType={onType ?? setOwn}
      found={{ items: found.data?.items, error: found.error }}
      keyOf={({ id }) => id}
      nameOf={(place) => (
        <>
          {named(place)}
          {place.level === 'vehicle' && <span className="places-vehicle"> {t('vehicle')}</span>}
        </>
      )}
      detailOf={({ path }) => path.slice(-2).map(named).join(' › ')}
      onChoose={(place) => {
        setOwn('');
        onChoose(place && { id: place.id, level: place.level, division: place.division, name: named(place) });
      }}
      placeholder={t('findHint')}
      {...field}
    />
  );
}
