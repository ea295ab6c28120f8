import type { Place } from '@levee/contract';
import {
  AsOf,
  ChoiceTabs,
  Icon,
  Page as PageFrame,
  StatusMark,
  useNavigation,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useState } from 'react';
import { useMe } from '../../app/session.ts';
import { DivisionTree } from './division-tree.tsx';
import { PlaceList } from './place-list.tsx';
import { PlacePeek } from './place-peek.tsx';
import { useTree } from './use-tree.ts';
import { VenueForm } from './venue-form.tsx';
import { placeWords } from './words.ts';
import './places.css';

/** The tree and the register of venues; a search goes over both. */
export function Page() {
  const t = useWords(placeWords);
  const { setSearch } = useNavigation();
  const mayWrite = useMe().permissions.includes('places.write');
  const [view, setView] = useUrlText('view');
  const [q, setQ] = useUrlText('q');
  const [placeId, setPlace] = useUrlText('place');
  const [adding, setAdding] = useState<Place | 'anywhere' | null>(null);
  const tree = useTree();
  const { root } = tree;
  const showInTree = (place: Place) => {
    tree.openAll(place.path.map(({ id }) => id));
    setSearch({ q: undefined, view: undefined, place: place.id });
  };
  const go = (id: string | null) => {
    setAdding(null);
    setPlace(id);
  };
  const peek = adding ? (
    <VenueForm
      under={adding === 'anywhere' ? null : adding}
      onClose={() => setAdding(null)}
      onAdded={(id) => go(id)}
    />
  ) : (
    placeId !== '' && (
      <PlacePeek
        placeId={placeId}
        onClose={() => setPlace(null)}
        onGo={go}
        onTree={showInTree}
        onAdd={setAdding}
      />
    )
  );
  const list = { peeked: placeId || null, onPeek: go };
  return (
    <PageFrame
      title={t('title')}
      filled
      marks={
        root &&
        root.gridCount > 0 && (
          <StatusMark tone={root.gridsWithoutSteward > 0 ? 'bad' : 'good'}>
            {root.gridsWithoutSteward > 0
              ? t('totalGaps', { gaps: root.gridsWithoutSteward, count: root.gridCount })
              : t('totalCovered', { count: root.gridCount })}
          </StatusMark>
        )
      }
      note={tree.asOf && <AsOf at={tree.asOf} />}
      actions={
        mayWrite && (
          <button type="button" className="lv-button" onClick={() => setAdding('anywhere')}>
            <Icon name="plus" size={16} />
            {t('addVenue')}
          </button>
        )
      }
      toolbar={
        <>
          <ChoiceTabs
            label={t('view')}
            value={view === 'venues' ? 'venues' : 'tree'}
            choices={[
              ['tree', t('tree')],
              ['venues', t('venues')],
            ]}
            onChoose={(next) => setView(next === 'tree' ? null : next)}
          />
          <input
            className="lv-input places-search"
            type="search"
            placeholder={t('search')}
            aria-label={t('search')}
            value={q}
            onChange={(event) => setQ(event.target.value, { replace: true })}
          />
        </>
      }
    >
      <WithPeek peek={peek}>
        {view === 'venues' ? (
          <PlaceList q={q.trim()} level="venue" {...list} />
        ) : q.trim() !== '' ? (
          <PlaceList q={q.trim()} {...list} />
        ) : (
          <DivisionTree tree={tree} {...list} />
        )}
      </WithPeek>
    </PageFrame>
  );
}
