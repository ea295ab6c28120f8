import type { KeyPopulationEmployer } from '@levee/contract';
import {
  type Column,
  ConfirmDialog,
  DataTable,
  EmptyState,
  formatCount,
  StatusMark,
  useNavigation,
  useText,
  useWords,
} from '@levee/ui';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { usePlaceName } from '../places/place-name.ts';
import { keyPopulationWords } from './words.ts';

/** Employers, those with most people overdue first, with whoever answers there. */
export function EmployersTable() {
  const t = useWords(keyPopulationWords);
  const nameOf = usePlaceName();
  const text = useText();
  const { Link } = useNavigation();
  const queries = useQueryClient();
  const [calling, call] = useState<KeyPopulationEmployer | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['keyPopulations', 'employers'],
    queryFn: ({ pageParam }) =>
      client.keyPopulations.employers({ query: { limit: 100, ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const columns = useMemo<Column<KeyPopulationEmployer>[]>(() => {
    const count = (key: 'members' | 'due' | 'overdue', marked = false): Column<KeyPopulationEmployer> => ({
      key,
      title: t(key),
      width: 110,
      align: 'end',
      render: (row) =>
        marked && row[key] > 0 ? (
          <StatusMark tone="over">{formatCount(row[key])}</StatusMark>
        ) : (
          formatCount(row[key])
        ),
      sortBy: (row) => row[key],
    });
    return [
      {
        key: 'employer',
        title: t('employer'),
        render: (row) => (
          <Link href={`/key-populations?employer=${row.employer.id}`}>
            {text({ zh: row.employer.nameZh, en: row.employer.nameEn || row.employer.nameZh })}
          </Link>
        ),
        searchText: (row) => `${row.employer.nameZh} ${row.employer.nameEn}`,
      },
      {
        key: 'contact',
        title: t('contact'),
        width: 220,
        render: (row) => row.contact ?? <span className="keypop-quiet">{t('noContact')}</span>,
      },
      count('members'),
      count('due'),
      count('overdue', true),
      {
        key: 'call',
        title: '',
        width: 110,
        render: (row) =>
          row.due + row.overdue > 0 && (
            <button type="button" className="lv-button lv-button--quiet" onClick={() => call(row)}>
              {t('call')}
            </button>
          ),
      },
    ];
  }, [t, text, Link]);
  return (
    <>
      <DataTable
        name="employers"
        label={t('view_employers')}
        rows={list.data?.pages.flatMap(({ items }) => items)}
        columns={columns}
        rowKey={(row) => row.employer.id}
        {...pagedBy(list)}
        empty={
          <EmptyState why="none" title={t('none')}>
            {t('noneHint')}
          </EmptyState>
        }
      />
      {calling && (
        <ConfirmDialog
          title={t('callTitle', { name: nameOf(calling.employer) })}
          act={t('call')}
          onClose={() => call(null)}
          onAct={async () => {
            await client.keyPopulations.call({ params: { employerId: calling.employer.id } });
            await queries.invalidateQueries({ queryKey: ['keyPopulations'] });
          }}
        >
          <p>{t('callHint', { due: calling.due, overdue: calling.overdue })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
