import type { Returnee } from '@levee/contract';
import { type ManagedClass, words } from '@levee/protocol';
import {
  type Column,
  DataTable,
  dayOf,
  EmptyState,
  formatDay,
  StatusMark,
  Time,
  useNavigation,
  useServerNow,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { JourneyText } from './journey-text.tsx';
import { useDuePurpose } from './purpose.ts';
import { keyPopulationWords } from './words.ts';

/** Who came in, what the pack makes of the journey, and which of the tests are done. */
export function ReturneesTable() {
  const t = useWords(keyPopulationWords);
  const text = useText();
  const now = useServerNow();
  const purpose = useDuePurpose();
  const { Link } = useNavigation();
  const [overdue, setOverdue] = useUrlText('overdue');
  const list = useInfiniteQuery({
    queryKey: ['keyPopulations', 'returnees', overdue],
    queryFn: ({ pageParam }) =>
      client.keyPopulations.returnees({
        purpose,
        query: {
          limit: 100,
          ...(overdue && { overdue: 'true' as const }),
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const today = dayOf(now);
  const columns = useMemo<Column<Returnee>[]>(
    () => [
      {
        key: 'person',
        title: t('person'),
        width: 140,
        render: (row) =>
          row.person ? <Link href={`/people/${row.personId}`}>{row.person.nameZh}</Link> : t('elsewhere'),
        searchText: (row) => row.person?.nameZh ?? '',
      },
      {
        key: 'arrived',
        title: t('arrived'),
        width: 120,
        render: (row) => <Time at={row.arrivedAt} />,
        sortBy: (row) => row.arrivedAt,
      },
      { key: 'journey', title: t('journey'), render: (row) => <JourneyText travel={row.travel} /> },
      {
        key: 'class',
        title: t('class'),
        width: 170,
        render: (row) =>
          row.managedClass ? (
            <span title={row.rule ?? ''}>
              {text(words.MANAGED_CLASS_WORDS[row.managedClass as ManagedClass])}
            </span>
          ) : (
            <span className="keypop-quiet">{t('noClass')}</span>
          ),
      },
      {
        key: 'tests',
        title: t('tests'),
        width: 300,
        render: (row) => (
          <span className="keypop-tests">
            {row.tests.map(({ dueOn, metAt }) => (
              <StatusMark key={dueOn} tone={metAt ? 'good' : dueOn < today ? 'over' : 'waiting'}>
                {formatDay(dueOn, now)} {metAt ? t('met') : dueOn < today ? t('missedTest') : ''}
              </StatusMark>
            ))}
          </span>
        ),
      },
    ],
    [t, text, Link, now, today],
  );
  return (
    <DataTable
      name="returnees"
      label={t('view_returnees')}
      rows={list.data?.pages.flatMap(({ items }) => items)}
      columns={columns}
      rowKey={(row) => row.id}
      {...pagedBy(list)}
      tools={
        <label className="keypop-line">
          <input
            type="checkbox"
            checked={overdue !== ''}
            onChange={({ target }) => setOverdue(target.checked ? 'true' : null)}
          />
          {t('onlyOverdue')}
        </label>
      }
      empty={
        <EmptyState why="none" title={t('noReturnees')}>
          {t('noReturneesHint')}
        </EmptyState>
      }
    />
  );
}
