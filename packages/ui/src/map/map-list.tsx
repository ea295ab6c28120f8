import { registerWords, useLanguage, useWords } from '../i18n/words.ts';
import { RiskMark } from '../risk-mark/risk-mark.tsx';
import type { MapData, MapThing } from './map-data.ts';

const words = registerWords('ui.map-list', {
  zh: { areas: '风险区域', stays: '行程', divisions: '县', points: '地点', approximate: '（位置近似）' },
  en: {
    areas: 'Risk areas',
    stays: 'Stays',
    divisions: 'Counties',
    points: 'Places',
    approximate: ' (position approximate)',
  },
});

interface Item {
  readonly id: string;
  readonly name: string;
  readonly note?: string | undefined;
  readonly level?: 'high' | 'medium' | 'low';
}

/** The map as a list: the same things, the same selection. */
export function MapList({
  data,
  selected,
  note,
  onSelect,
}: {
  data: MapData;
  selected: string | null;
  note?: string | undefined;
  onSelect: (id: string, thing: MapThing) => void;
}) {
  const t = useWords(words);
  const current = useLanguage();
  const place = (one: { id: string; name: string; note?: string; approximate?: boolean }): Item => ({
    id: one.id,
    name: one.approximate ? one.name + t('approximate') : one.name,
    note: one.note,
  });
  const groups: readonly (readonly [MapThing, string, readonly Item[]])[] = [
    ['area', t('areas'), data.areas ?? []],
    ['stay', t('stays'), (data.stays ?? []).map(place)],
    [
      'division',
      t('divisions'),
      data.outlines.features.map(({ properties }) => ({
        id: properties.division,
        name: current === 'zh' ? properties.name : properties.nameEn,
      })),
    ],
    ['point', t('points'), (data.points ?? []).map(place)],
  ];
  return (
    <div className="lv-map__list">
      {note !== undefined && <p>{note}</p>}
      {groups.map(
        ([thing, title, items]) =>
          items.length > 0 && (
            <section key={thing} aria-label={title}>
              <h3>{title}</h3>
              <ul>
                {items.map((item) => (
                  <li key={item.id}>
                    <button
                      type="button"
                      aria-current={item.id === selected ? 'true' : undefined}
                      onClick={() => onSelect(item.id, thing)}
                    >
                      {item.level !== undefined && <RiskMark level={item.level} />}
                      <span>{item.name}</span>
                      {item.note !== undefined && <small>{item.note}</small>}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
    </div>
  );
}
