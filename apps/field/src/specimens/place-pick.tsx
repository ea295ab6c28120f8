import { useLanguage, useWords } from '@levee/ui';
import { useState } from 'react';
import type { Specimens } from './use-specimens.ts';
import { specimenWords } from './words.ts';

const SHOWN = 6;

/** The site itself, or a place of the carried list by a part of its name. */
export function PlacePick({ desk }: { desk: Specimens }) {
  const t = useWords(specimenWords);
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  const { place, setPlace, venues } = desk;
  const wanted = typed.trim().toLowerCase();
  const found =
    place || wanted === ''
      ? []
      : venues
          .filter(
            ({ nameZh, nameEn, pinyin }) =>
              nameZh.includes(wanted) || nameEn.toLowerCase().includes(wanted) || pinyin.includes(wanted),
          )
          .slice(0, SHOWN);
  return (
    <div>
      <label>
        {t('place')}
        <input
          className="lv-input"
          value={place?.name ?? typed}
          placeholder={t('placeHint')}
          autoComplete="off"
          onChange={(event) => {
            setPlace(null);
            setTyped(event.target.value);
          }}
        />
      </label>
      {wanted !== '' && venues.length === 0 && !place && <p className="muted">{t('noPlaces')}</p>}
      {found.length > 0 && (
        <ul className="choices">
          {found.map((venue) => {
            const name = language === 'zh' ? venue.nameZh : venue.nameEn || venue.nameZh;
            return (
              <li key={venue.id}>
                <button
                  type="button"
                  onClick={() => {
                    setPlace({ id: venue.id, name });
                    setTyped('');
                  }}
                >
                  <strong>{name}</strong>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
