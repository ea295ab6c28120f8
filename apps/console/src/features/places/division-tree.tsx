import { type Column, DataTable, formatCount, Icon, StatusMark, useText, useWords } from '@levee/ui';
import { useMemo } from 'react';
import { CoverageMark } from './coverage-mark.tsx';
import type { TreeRow, useTree } from './use-tree.ts';
import { levelNames, placeWords } from './words.ts';

/** Prefecture to unit as an outline of rows; a gap says so in its row and in every row above it. */
export function DivisionTree({
  tree,
  peeked,
  onPeek,
}: {
  tree: ReturnType<typeof useTree>;
  peeked: string | null;
  onPeek: (id: string | null) => void;
}) {
  const t = useWords(placeWords);
  const text = useText();
  const { toggle } = tree;
  const columns = useMemo<Column<TreeRow>[]>(
    () => [
      {
        key: 'name',
        title: t('name'),
        render: ({ place, depth, open }) => {
          const name = text({ zh: place.nameZh, en: place.nameEn });
          return (
            <span className="places-name" style={{ paddingInlineStart: depth * 18 }}>
              {place.childCount > 0 ? (
                <button
                  type="button"
                  className="lv-button lv-button--quiet"
                  aria-expanded={open}
                  aria-label={t(open ? 'close' : 'open', { name })}
                  onClick={(event) => {
                    event.stopPropagation();
                    toggle(place.id);
                  }}
                >
                  <Icon name={open ? 'next' : 'forward'} size={14} />
                </button>
              ) : (
                <span className="places-leaf" />
              )}
              {name}
            </span>
          );
        },
      },
      { key: 'level', title: t('level'), width: 110, render: ({ place }) => text(levelNames[place.level]) },
      {
        key: 'code',
        title: t('code'),
        width: 190,
        render: ({ place }) => <code>{place.code}</code>,
        hidden: true,
      },
      {
        key: 'headcount',
        title: t('headcount'),
        width: 84,
        align: 'end',
        render: ({ place }) => (place.headcount === 0 ? t('noHeadcount') : formatCount(place.headcount)),
      },
      {
        key: 'steward',
        title: t('steward'),
        width: 140,
        render: ({ place }) =>
          place.steward ? (
            place.steward.account.name
          ) : place.level === 'grid' ? (
            <StatusMark tone="bad">{t('noSteward')}</StatusMark>
          ) : (
            '–'
          ),
      },
      {
        key: 'coverage',
        title: t('coverage'),
        width: 236,
        render: ({ place }) => <CoverageMark place={place} />,
      },
    ],
    [t, text, toggle],
  );
  return (
    <DataTable
      name="tree"
      label={t('tree')}
      rows={tree.rows}
      columns={columns}
      rowKey={({ place }) => place.id}
      error={tree.error}
      onRetry={tree.retry}
      peeked={peeked}
      onPeek={onPeek}
    />
  );
}
