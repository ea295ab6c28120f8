import type { Contact } from '@levee/contract';
import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  Page as PageFrame,
  StatusMark,
  Time,
  useText,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { useMe } from '../../app/session.ts';
import { ClassMark } from './class-mark.tsx';
import { ContactPeek } from './contact-peek.tsx';
import { ReviewBar } from './review-bar.tsx';
import { CLASSES, classNames, STATES, tracingWords } from './words.ts';
import './tracing.css';

const STATE_TONES = { proposed: 'waiting', accepted: 'good', rejected: 'neutral' } as const;

/** All contacts in the area; decisions on one or many at a time. */
export function Page() {
  const t = useWords(tracingWords);
  const text = useText();
  const me = useMe();
  const mayReview = me.permissions.includes('tracing.review');
  const purpose = mayReview ? ('contact_tracing' as const) : ('outbreak_command' as const);
  const [caseId] = useUrlText('case');
  const [state, setState] = useUrlText('state');
  const [contactId, setContact] = useUrlText('contact');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const states = STATES.filter((one) => one === state);
  const list = useInfiniteQuery({
    queryKey: ['tracing', 'contacts', caseId, state],
    queryFn: ({ pageParam }) =>
      client.tracing.contacts({
        purpose,
        query: {
          limit: 200,
          ...(caseId && { caseId }),
          ...(states.length > 0 && { state: states }),
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const counts = useQuery({
    queryKey: ['tracing', 'counts', caseId],
    queryFn: () => client.tracing.counts({ query: caseId ? { caseId } : {} }),
  });
  const columns = useMemo<Column<Contact>[]>(
    () => [
      {
        key: 'person',
        title: t('person'),
        width: 110,
        render: (row) => row.person.nameZh,
        sortBy: (row) => row.person.nameZh,
        searchText: (row) => `${row.person.nameZh} ${text(row.person.divisionName)}`,
      },
      {
        key: 'class',
        title: t('class'),
        width: 150,
        render: (row) => <ClassMark value={row.class ?? row.proposedClass} />,
        choices: CLASSES.map((value) => ({ value, label: text(classNames[value]) })),
        choiceOf: (row) => row.class ?? row.proposedClass,
      },
      {
        key: 'state',
        title: t('state'),
        width: 100,
        render: (row) => (
          <StatusMark tone={row.lostAt ? 'over' : STATE_TONES[row.state]}>
            {row.lostAt ? t('lost') : t(row.state)}
          </StatusMark>
        ),
      },
      {
        key: 'how',
        title: t('met'),
        width: 150,
        render: (row) =>
          row.order === 1 ? t('order1') : t('order2', { name: row.via?.nameZh ?? t('someone') }),
      },
      {
        key: 'minutes',
        title: t('minutes'),
        width: 90,
        align: 'end',
        render: (row) => (row.minutes === null ? t('household') : t('min', { count: row.minutes })),
        sortBy: (row) => row.minutes,
      },
      {
        key: 'last',
        title: t('lastExposure'),
        width: 110,
        render: (row) => <Time at={row.lastExposure} />,
        sortBy: (row) => row.lastExposure,
      },
      {
        key: 'phone',
        title: t('phone'),
        width: 100,
        render: (row) => row.person.phoneMasked ?? '–',
      },
      { key: 'live', title: t('live'), render: (row) => text(row.person.divisionName) },
    ],
    [t, text],
  );
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const chosen = rows?.filter(({ id }) => selected.has(id)) ?? [];
  const at = rows?.findIndex(({ id }) => id === contactId) ?? -1;
  const walk = (to: Contact | undefined) => (to ? () => setContact(to.id) : undefined);
  return (
    <PageFrame
      title={t('contacts')}
      filled
      note={counts.data && <AsOf at={counts.data.asOf} source={text(counts.data.source)} />}
      toolbar={
        <div className="tracing-line">
          {counts.data &&
            (['accepted', 'proposed'] as const).map((which) => (
              <span key={which} className="tracing-line">
                <strong>{t(which === 'accepted' ? 'acceptedCounts' : 'proposedCounts')}</strong>
                {CLASSES.map((value) => (
                  <span key={value}>
                    {text(classNames[value])} <b>{counts.data[which][value]}</b>
                  </span>
                ))}
              </span>
            ))}
          <span className="tracing-states">
            {(['', ...STATES] as const).map((value) => (
              <button
                key={value}
                type="button"
                className="lv-button lv-button--quiet"
                aria-pressed={state === value}
                onClick={() => setState(value || null)}
              >
                {value === '' ? t('all') : t(value)}
              </button>
            ))}
          </span>
        </div>
      }
    >
      <WithPeek
        peek={
          contactId && (
            <ContactPeek
              contactId={contactId}
              purpose={purpose}
              mayReview={mayReview}
              onClose={() => setContact(null)}
              onPrevious={walk(rows?.[at - 1])}
              onNext={walk(rows?.[at + 1])}
            />
          )
        }
      >
        <DataTable
          name="contacts"
          label={t('contacts')}
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id}
          {...pagedBy(list)}
          peeked={contactId || null}
          onPeek={setContact}
          {...(mayReview && { selected, onSelect: setSelected })}
          bulkActions={<ReviewBar contacts={chosen} onDone={() => setSelected(new Set())} />}
          empty={<EmptyState why="none" title={t('noContacts')} />}
        />
      </WithPeek>
    </PageFrame>
  );
}
