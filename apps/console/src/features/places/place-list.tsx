import { type Place, type PlaceTreeLevel, VENUE_CLASSES, type VenueClass } from '@levee/contract';
import {
  type Column,
  DataTable,
  EmptyState,
  formatCount,
  StatusMark,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { classNames, levelNames, placeWords } from './words.ts';

/** What a search found, or the register of venues by class. */
export function PlaceList({
  q,
  level,
  peeked,
  onPeek,
}: {
  q: string;
  level?: PlaceTreeLevel;
  peeked: string | null;
  onPeek: (id: string | null) => void;
}) {
  const t = useWords(placeWords);
  const text = useText();
  const [chosen, setChosen] = useUrlText('class');
  const kind: VenueClass | undefined = level && VENUE_CLASSES.find((each) => each === chosen);
  const list = useInfiniteQuery({
    queryKey: ['places', 'list', q, level ?? '', kind ?? ''],
    queryFn: ({ pageParam }) =>
      client.places.search({
        query: {
          limit: 100,
          ...(q && { q }),
          ...(level && { level: [level] }),
          ...(kind && { class: [kind] }),
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const columns = useMemo<Column<Place>[]>(
    () => [
      { key: 'name', title: t('name'), render: (row) => text({ zh: row.nameZh, en: row.nameEn }) },
      {
        key: 'class',
        title: t(level ? 'class' : 'level'),
        width: 120,
        render: (row) =>
          text(row.class && row.level === 'venue' ? classNames[row.class] : levelNames[row.level]),
      },
      {
        key: 'where',
        title: t('where'),
        width: 250,
        render: (row) => {
          const path = row.path.map((each) => text({ zh: each.nameZh, en: each.nameEn })).join(' › ');
          return <span title={path}>{path}</span>;
        },
      },
      {
        key: 'indoors',
        title: t('kind'),
        width: 80,
        render: (row) => (row.level === 'venue' ? t(row.indoors ? 'indoors' : 'outdoors') : '–'),
        hidden: true,
      },
      {
        key: 'headcount',
        title: t('headcount'),
        width: 76,
        align: 'end',
        render: (row) => (row.headcount === 0 ? '–' : formatCount(row.headcount)),
      },
      {
        key: 'position',
        title: t('position'),
        width: 100,
        render: (row) =>
          row.lon === null ? (
            t('noPosition')
          ) : (
            <StatusMark tone={row.approximate ? 'neutral' : 'good'}>
              {t(row.approximate ? 'approximate' : 'exact')}
            </StatusMark>
          ),
      },
    ],
    [t, text, level],
  );
  const pages = list.data?.pages;
  return (
    <DataTable
      name={level ? 'venues' : 'found'}
      label={t(level ? 'venues' : 'found')}
      rows={pages?.flatMap(({ items }) => items)}
      columns={columns}
      rowKey={({ id }) => id}
      {...pagedBy(list)}
      peeked={peeked}
      onPeek={onPeek}
      tools={
        level && (
          <select
            className="lv-input lv-table__choice"
            aria-label={t('class')}
            value={kind ?? ''}
            onChange={(event) => setChosen(event.target.value)}
          >
            <option value="">{t('all')}</option>
            {VENUE_CLASSES.map((each) => (
              <option key={each} value={each}>
                {text(classNames[each])}
              </option>
            ))}
          </select>
        )
      }
      empty={
        q || kind ? (
          <EmptyState why="filter" title={t('none')}>
            {t('noneHint')}
          </EmptyState>
        ) : (
          <EmptyState why="none" title={t('noVenues')} />
        )
      }
    />
  );
}
