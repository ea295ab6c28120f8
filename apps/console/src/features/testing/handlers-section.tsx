import type { Handler, SpecimenDetail } from '@levee/contract';
import {
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  formatTime,
  Section,
  StatusMark,
  Time,
  useNavigation,
  useText,
  useWords,
} from '@levee/ui';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { useMe } from '../../app/session.ts';
import { AddHandler } from './add-handler.tsx';
import { HANDLER_NAMES, specimenWords } from './specimen-words.ts';

const purpose = 'contact_tracing' as const;

/** Who worked at or was at the place: numbers for everybody, names for who traces, each opening on the record. */
export function HandlersSection({ specimen }: { specimen: SpecimenDetail }) {
  const t = useWords(specimenWords);
  const me = useMe();
  const mayTrace = me.permissions.includes('tracing.search') && me.purposes.includes(purpose);
  return (
    <Section title={t('handlers')} note={<span>{t('handlersCounts', specimen.handlers)}</span>}>
      {mayTrace ? <Named specimen={specimen} /> : <p className="testing-note">{t('handlersAllowed')}</p>}
    </Section>
  );
}

function Named({ specimen }: { specimen: SpecimenDetail }) {
  const t = useWords(specimenWords);
  const text = useText();
  const { Link } = useNavigation();
  const queries = useQueryClient();
  const params = { specimenId: specimen.id };
  const [adding, setAdding] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ['testing', 'handlers', specimen.id],
    queryFn: ({ pageParam }) =>
      client.handlers.list({
        purpose,
        params,
        query: { limit: 100, ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const again = useMutation({
    mutationFn: () => client.handlers.search({ purpose, params }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['testing'] }),
  });
  const columns = useMemo<Column<Handler>[]>(
    () => [
      {
        key: 'person',
        title: t('person'),
        width: 110,
        render: (row) => <Link href={`/people/${row.personId}`}>{row.person?.nameZh ?? '–'}</Link>,
      },
      {
        key: 'community',
        title: t('community'),
        render: (row) => (row.person ? text(row.person.divisionName) : '–'),
      },
      {
        key: 'how',
        title: t('how'),
        width: 110,
        render: (row) => row.addedReason ?? t(row.worksHere ? 'works' : 'came'),
      },
      {
        key: 'lastAt',
        title: t('lastAt'),
        width: 120,
        render: (row) => (row.lastAt ? <Time at={row.lastAt} /> : '–'),
      },
      {
        key: 'test',
        title: t('test'),
        width: 130,
        render: (row) => (
          <StatusMark tone={HANDLER_NAMES[row.state].tone}>{text(HANDLER_NAMES[row.state])}</StatusMark>
        ),
      },
    ],
    [t, text, Link],
  );
  const first = list.data?.pages[0];
  const search = first?.search;
  return (
    <>
      {search && (
        <p className="testing-note">
          {t('handlersWindow', {
            from: formatTime(search.from),
            until: formatTime(search.until),
            workers: search.workers,
            visitors: search.visitors,
          })}
          {search.outside.map((one) => (
            <span key={one.division}>
              {' · '}
              {t('handlersOutside', { count: one.peopleCount, name: text(one.divisionName) })}
            </span>
          ))}
        </p>
      )}
      {specimen.response === 'open' && (
        <p className="testing-line testing-note">
          <button
            type="button"
            className="lv-button"
            disabled={again.isPending}
            onClick={() => again.mutate()}
          >
            {t('searchAgain')}
          </button>
          <button type="button" className="lv-button" onClick={() => setAdding(true)}>
            {t('addHandler')}
          </button>
          <span className="testing-quiet">{t('handlersAsked')}</span>
        </p>
      )}
      {adding && <AddHandler specimenId={specimen.id} onClose={() => setAdding(false)} />}
      {again.error && <ErrorState error={again.error} shape="line" />}
      <div className="testing-table">
        <DataTable
          name="handlers"
          label={t('handlers')}
          rows={list.data?.pages.flatMap(({ items }) => items)}
          columns={columns}
          rowKey={(row) => row.personId}
          served
          {...pagedBy(list)}
          empty={<EmptyState why="none" title={t('noHandlers')} />}
        />
      </div>
    </>
  );
}
