import type { ReturneeDeclaration } from '@levee/contract';
import {
  type Column,
  DataTable,
  EmptyState,
  StatusMark,
  Time,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { usePlaceName } from '../places/place-name.ts';
import { DeclarationPeek } from './declaration-peek.tsx';
import { JourneyText } from './journey-text.tsx';
import { keyPopulationWords } from './words.ts';

/** What people declared on the portal and nobody has spoken about yet, oldest first. */
export function DeclarationsTable() {
  const t = useWords(keyPopulationWords);
  const nameOf = usePlaceName();
  const [peeked, peek] = useUrlText('declaration');
  const list = useInfiniteQuery({
    queryKey: ['keyPopulations', 'declarations'],
    queryFn: ({ pageParam }) =>
      client.keyPopulations.declarations({
        purpose: 'testing',
        query: { limit: 100, ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const columns = useMemo<Column<ReturneeDeclaration>[]>(
    () => [
      {
        key: 'person',
        title: t('person'),
        width: 150,
        render: (row) => row.nameZh,
        searchText: (row) => row.nameZh,
      },
      { key: 'home', title: t('home'), width: 160, render: (row) => (row.home ? nameOf(row.home) : '–') },
      { key: 'arrived', title: t('arrived'), width: 120, render: (row) => <Time at={row.arrivedAt} /> },
      { key: 'journey', title: t('journey'), render: (row) => <JourneyText travel={row.travel} /> },
      {
        key: 'record',
        title: t('state'),
        width: 190,
        render: (row) => (
          <StatusMark tone={row.person ? 'good' : 'waiting'}>
            {t(row.person ? 'onRecord' : 'notOnRecord')}
          </StatusMark>
        ),
      },
      {
        key: 'declared',
        title: t('declaredAt'),
        width: 120,
        render: (row) => <Time at={row.declaredAt} />,
        sortBy: (row) => row.declaredAt,
      },
    ],
    [t, nameOf],
  );
  const at = rows?.findIndex(({ id }) => id === peeked) ?? -1;
  const one = rows?.[at];
  const step = (by: number) => {
    const next = rows?.[at + by];
    return next && (() => peek(next.id));
  };
  return (
    <WithPeek
      peek={
        one && (
          <DeclarationPeek
            key={one.id}
            declaration={one}
            onClose={() => peek(null)}
            onPrevious={step(-1)}
            onNext={step(1)}
          />
        )
      }
    >
      <DataTable
        name="declarations"
        label={t('view_declarations')}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.id}
        {...pagedBy(list)}
        peeked={peeked || null}
        onPeek={peek}
        empty={
          <EmptyState why="none" title={t('noDeclarations')}>
            {t('noDeclarationsHint')}
          </EmptyState>
        }
      />
    </WithPeek>
  );
}
