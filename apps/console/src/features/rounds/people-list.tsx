import { AWAY_REASONS, EXEMPT_REASONS, type RoundDetail, type RoundPerson } from '@levee/contract';
import {
  ChoiceTabs,
  type Column,
  DataTable,
  Dialog,
  EmptyState,
  ErrorState,
  Time,
  useNavigation,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { useMe } from '../../app/session.ts';
import { useTestingPurpose } from '../testing/purpose.ts';
import { REASON_NAMES, roundWords, STANDING_NAMES } from './words.ts';

const STANDINGS = ['missed', 'exempt', 'away'] as const;
const NONE: ReadonlySet<string> = new Set();

/** Who of an area is missed, exempt or away; a field worker records why right here. */
export function PeopleList({
  round,
  division,
  onClose,
}: {
  round: RoundDetail;
  division: string;
  onClose: () => void;
}) {
  const t = useWords(roundWords);
  const text = useText();
  const me = useMe();
  const purpose = useTestingPurpose();
  const queries = useQueryClient();
  const { Link } = useNavigation();
  const [urlStanding, setStanding] = useUrlText('standing');
  const standing = STANDINGS.find((one) => one === urlStanding) ?? 'missed';
  const [selected, select] = useState(NONE);
  const mayRecord = me.permissions.includes('testing.sample');
  const list = useInfiniteQuery({
    queryKey: ['rounds', 'people', round.id, division, standing],
    queryFn: ({ pageParam }) =>
      client.rounds.people({
        purpose: purpose === 'contact_tracing' ? 'case_investigation' : purpose,
        params: { roundId: round.id },
        query: { within: division, standing, limit: 100, ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const record = useMutation({
    mutationFn: (reason: (typeof EXEMPT_REASONS)[number] | (typeof AWAY_REASONS)[number]) =>
      client.rounds.setStanding({
        purpose: 'testing',
        params: { roundId: round.id },
        body: {
          personIds: [...selected],
          standing: (EXEMPT_REASONS as readonly string[]).includes(reason) ? 'exempt' : 'away',
          reason,
        },
      }),
    onSuccess: () => {
      select(NONE);
      void queries.invalidateQueries({ queryKey: ['rounds'] });
    },
  });
  const columns = useMemo<Column<RoundPerson>[]>(
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
        title: t('area'),
        render: (row) => (row.person ? text(row.person.divisionName) : row.division),
      },
      {
        key: 'reason',
        title: t('reason'),
        width: 190,
        render: (row) => (row.reason ? text(REASON_NAMES[row.reason]) : '–'),
      },
      { key: 'at', title: t('since'), width: 120, render: (row) => (row.at ? <Time at={row.at} /> : '–') },
    ],
    [t, text, Link],
  );
  const rows = list.data?.pages.flatMap(({ items }) => items);
  return (
    <Dialog title={`${t('people')} · ${division}`} wide onClose={onClose}>
      <ChoiceTabs
        label={t('state')}
        value={standing}
        choices={STANDINGS.map((each) => [each, text(STANDING_NAMES[each])] as const)}
        onChoose={(value) => {
          select(NONE);
          setStanding(value);
        }}
      />
      {!me.permissions.includes('people.read') && <p className="rounds-muted">{t('namesHidden')}</p>}
      {record.error && <ErrorState shape="line" error={record.error} />}
      {record.data && <p role="status">{t('markDone', { count: record.data.changed })}</p>}
      <div className="rounds-people">
        <DataTable
          name="roundPeople"
          label={t('people')}
          rows={rows}
          columns={columns}
          rowKey={(row) => row.personId}
          {...pagedBy(list)}
          {...(mayRecord && standing === 'missed' && { selected, onSelect: select })}
          bulkActions={
            <select
              className="lv-input rounds-choice"
              aria-label={t('mark')}
              value=""
              disabled={record.isPending}
              onChange={(event) => record.mutate(event.target.value as (typeof EXEMPT_REASONS)[number])}
            >
              <option value="">{t('chooseReason')}</option>
              {(['exempt', 'away'] as const).map((each) => (
                <optgroup key={each} label={text(STANDING_NAMES[each])}>
                  {(each === 'exempt' ? EXEMPT_REASONS : AWAY_REASONS).map((reason) => (
                    <option key={reason} value={reason}>
                      {text(REASON_NAMES[reason])}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          }
          empty={<EmptyState why="none" title={t(standing === 'missed' ? 'noMissed' : 'noExcused')} />}
        />
      </div>
    </Dialog>
  );
}
