import type { PersonSummary } from '@levee/contract';
import { occupationText } from '@levee/contract';
import {
  type Column,
  DataTable,
  EmptyState,
  Page as PageFrame,
  useNavigation,
  useText,
  useWords,
} from '@levee/ui';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { usePeoplePurpose } from './purpose.ts';
import { peopleWords } from './words.ts';
import './people.css';

/** Finding a person. What is typed stays out of the address: it may be a number or a name. */
export function Page() {
  const t = useWords(peopleWords);
  const purpose = usePeoplePurpose();
  const { go } = useNavigation();
  const text = useText();
  const [typed, setTyped] = useState('');
  const find = useMutation({
    mutationFn: async (wanted: string): Promise<readonly PersonSummary[]> =>
      /\d/.test(wanted)
        ? (await client.people.findByNumber({ purpose, body: { number: wanted } })).items
        : (await client.people.search({ purpose, query: { q: wanted, limit: 200 } })).items,
  });
  const columns = useMemo<Column<PersonSummary>[]>(
    () => [
      { key: 'name', title: t('name'), width: 160, render: (row) => row.nameZh, sortBy: (row) => row.nameZh },
      {
        key: 'sexAge',
        title: t('sexAge'),
        width: 100,
        render: (row) => `${t(row.sex)} ${row.age ?? '–'}`,
        sortBy: (row) => row.age,
      },
      { key: 'identity', title: t('identity'), width: 110, render: (row) => row.identityMasked ?? '–' },
      { key: 'phone', title: t('phone'), width: 110, render: (row) => row.phoneMasked ?? '–' },
      {
        key: 'occupation',
        title: t('occupation'),
        width: 120,
        render: (row) => (row.occupation ? text(occupationText(row.occupation)) : '–'),
      },
      { key: 'live', title: t('live'), render: (row) => text(row.divisionName) },
    ],
    [t, text],
  );
  return (
    <PageFrame
      title={t('people')}
      filled
      toolbar={
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== '') find.mutate(typed.trim());
          }}
        >
          <input
            className="lv-input people-find"
            type="search"
            aria-label={t('find')}
            placeholder={t('find')}
            title={t('findHint')}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </form>
      }
    >
      <DataTable
        name="people"
        label={t('people')}
        rows={find.isPending ? undefined : (find.data ?? [])}
        columns={columns}
        rowKey={(row) => row.id}
        error={find.error}
        onRetry={() => find.mutate(typed.trim())}
        onPeek={(id) => id && go(`/people/${id}`)}
        empty={
          <EmptyState why="none" title={find.data ? t('none') : t('start')}>
            {t('findHint')}
          </EmptyState>
        }
      />
    </PageFrame>
  );
}
