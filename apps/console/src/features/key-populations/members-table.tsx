import { DUE_STATES, type DueState, type KeyPopulationMember } from '@levee/contract';
import { KEY_POPULATIONS } from '@levee/protocol';
import {
  type Column,
  ConfirmDialog,
  DataTable,
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
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { useMe } from '../../app/session.ts';
import { usePlaceName } from '../places/place-name.ts';
import { useDuePurpose } from './purpose.ts';
import { keyPopulationWords, STATE_NAMES } from './words.ts';

/** Everybody of the key populations, longest overdue first; by employer, population and state. */
export function MembersTable() {
  const t = useWords(keyPopulationWords);
  const nameOf = usePlaceName();
  const text = useText();
  const me = useMe();
  const now = useServerNow();
  const purpose = useDuePurpose();
  const queries = useQueryClient();
  const { Link } = useNavigation();
  const [employerId, setEmployer] = useUrlText('employer');
  const [urlState, setState] = useUrlText('state');
  const [urlPopulation, setPopulation] = useUrlText('population');
  const [ending, end] = useState<KeyPopulationMember | null>(null);
  const state = DUE_STATES.find((one) => one === urlState) ?? 'all';
  const population = KEY_POPULATIONS.find((one) => one === urlPopulation);
  const mayEnrol = me.permissions.includes('testing.sample');
  const list = useInfiniteQuery({
    queryKey: ['keyPopulations', 'members', state, population, employerId],
    queryFn: ({ pageParam }) =>
      client.keyPopulations.members({
        purpose,
        query: {
          ...{ state, limit: 200 },
          ...(population && { population }),
          ...(employerId && { employerId }),
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const columns = useMemo<Column<KeyPopulationMember>[]>(
    () => [
      {
        key: 'person',
        title: t('person'),
        width: 150,
        render: (row) =>
          row.person ? <Link href={`/people/${row.personId}`}>{row.person.nameZh}</Link> : t('elsewhere'),
        searchText: (row) => row.person?.nameZh ?? '',
      },
      {
        key: 'home',
        title: t('home'),
        width: 270,
        render: (row) => (row.person ? text(row.person.divisionName) : '–'),
      },
      { key: 'population', title: t('population'), width: 150, render: (row) => t(row.population) },
      {
        key: 'employer',
        title: t('employer'),
        render: (row) => nameOf(row.employer),
        searchText: (row) => `${row.employer.nameZh} ${row.employer.nameEn}`,
      },
      {
        key: 'last',
        title: t('lastSampled'),
        width: 120,
        render: (row) =>
          row.lastSampledAt ? (
            <Time at={row.lastSampledAt} />
          ) : (
            <span className="keypop-quiet">{t('never')}</span>
          ),
      },
      { key: 'dueOn', title: t('dueOn'), width: 100, render: (row) => formatDay(row.dueOn, now) },
      {
        key: 'state',
        title: t('state'),
        width: 110,
        render: (row) => (
          <StatusMark tone={STATE_NAMES[row.state].tone}>{text(STATE_NAMES[row.state])}</StatusMark>
        ),
      },
      ...(mayEnrol
        ? [
            {
              key: 'end',
              title: '',
              width: 80,
              render: (row: KeyPopulationMember) => (
                <button type="button" className="lv-button lv-button--quiet" onClick={() => end(row)}>
                  {t('end')}
                </button>
              ),
            },
          ]
        : []),
    ],
    [t, text, Link, mayEnrol, now, nameOf],
  );
  const employer = rows?.[0] ? nameOf(rows[0].employer) : '…';
  return (
    <>
      <DataTable
        name="members"
        label={t('view_due')}
        rows={rows}
        columns={columns}
        rowKey={(row) => `${row.personId}:${row.population}`}
        {...pagedBy(list)}
        tools={
          <>
            <select
              className="lv-input keypop-choice"
              aria-label={t('state')}
              value={state}
              onChange={({ target }) => setState(target.value === 'all' ? null : target.value)}
            >
              <option value="all">{t('allStates')}</option>
              {(['overdue', 'due', 'ahead'] satisfies DueState[]).map((one) => (
                <option key={one} value={one}>
                  {text(STATE_NAMES[one])}
                </option>
              ))}
            </select>
            <select
              className="lv-input keypop-choice"
              aria-label={t('population')}
              value={population ?? ''}
              onChange={({ target }) => setPopulation(target.value || null)}
            >
              <option value="">{t('allPopulations')}</option>
              {KEY_POPULATIONS.map((one) => (
                <option key={one} value={one}>
                  {t(one)}
                </option>
              ))}
            </select>
            {employerId && (
              <button type="button" className="lv-button" onClick={() => setEmployer(null)}>
                {t('ofEmployer', { name: employer })} · {t('showAll')}
              </button>
            )}
          </>
        }
        empty={
          <EmptyState why="none" title={t(state === 'all' ? 'none' : 'noneDue')}>
            {t('noneHint')}
          </EmptyState>
        }
      />
      {ending && (
        <ConfirmDialog
          title={t('endTitle', { name: ending.person?.nameZh ?? t('elsewhere') })}
          act={t('end')}
          onClose={() => end(null)}
          onAct={async () => {
            await client.keyPopulations.end({
              purpose: 'testing',
              params: { personId: ending.personId },
              body: { population: ending.population },
            });
            await queries.invalidateQueries({ queryKey: ['keyPopulations'] });
          }}
        >
          <p>{t('endHint')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
