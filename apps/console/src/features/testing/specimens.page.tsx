import { POOL_STATES, SPECIMEN_KINDS, type Specimen, TEST_OUTCOMES } from '@levee/contract';
import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  Figure,
  FigureStrip,
  Page as PageFrame,
  StatusMark,
  Time,
  useNavigation,
  useTableSearch,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { useMe } from '../../app/session.ts';
import { OutcomeMark, StateMark } from './marks.tsx';
import { KIND_NAMES, specimenWords } from './specimen-words.ts';
import { OUTCOME_NAMES, STATE_NAMES } from './words.ts';
import './testing.css';

type ListQuery = NonNullable<Parameters<typeof client.specimens.list>[0]>['query'];
const FIGURES = ['total', 'waiting', 'negative', 'positive', 'responsesOpen'] as const;

/** Everything taken from objects and surroundings, newest first; fetched page by page as the server filters it. */
export function Page() {
  const t = useWords(specimenWords);
  const text = useText();
  const me = useMe();
  const { go, Link } = useNavigation();
  const [recallId, setRecall] = useUrlText('recall');
  const table = useTableSearch('specimens');
  const q = useDeferredValue(table.query.trim());
  const query = useMemo(() => {
    const chosen = (name: string) => {
      const values = table.chosen(name);
      return values.length > 0 ? { [name]: values } : {};
    };
    return {
      ...(q && { q }),
      ...(recallId && { recallId }),
      ...chosen('kind'),
      ...chosen('state'),
      ...chosen('outcome'),
    } as ListQuery;
  }, [q, recallId, table]);
  const list = useInfiniteQuery({
    queryKey: ['testing', 'specimens', query],
    queryFn: ({ pageParam }) =>
      client.specimens.list({ query: { limit: 100, ...query, ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  });
  const first = list.data?.pages[0];
  const columns = useMemo<Column<Specimen>[]>(
    () => [
      {
        key: 'tube',
        title: t('tube'),
        width: 150,
        render: (row) => (
          <Link href={`/specimens/${row.id}`}>
            <span className="testing-code">{row.tubeCode}</span>
          </Link>
        ),
        searchText: (row) => row.tubeCode,
      },
      {
        key: 'kind',
        title: t('kind'),
        width: 120,
        render: (row) => text(KIND_NAMES[row.kind]),
        choices: SPECIMEN_KINDS.map((value) => ({ value, label: text(KIND_NAMES[value]) })),
        choiceOf: (row) => row.kind,
      },
      { key: 'what', title: t('what'), render: (row) => <What of={row} /> },
      {
        key: 'place',
        title: t('place'),
        render: (row) => (row.place ? text({ zh: row.place.nameZh, en: row.place.nameEn }) : '–'),
      },
      { key: 'taken', title: t('taken'), width: 130, render: (row) => <Time at={row.takenAt} /> },
      {
        key: 'state',
        title: t('state'),
        width: 120,
        render: (row) => <StateMark state={row.state} />,
        choices: POOL_STATES.filter((state) => state !== 'open').map((value) => ({
          value,
          label: text(STATE_NAMES[value]),
        })),
        choiceOf: (row) => row.state,
      },
      {
        key: 'outcome',
        title: t('outcome'),
        width: 120,
        render: (row) => <OutcomeMark outcome={row.outcome} />,
        choices: TEST_OUTCOMES.map((value) => ({ value, label: text(OUTCOME_NAMES[value]) })),
        choiceOf: (row) => row.outcome ?? '',
      },
      { key: 'response', title: t('response'), width: 130, render: (row) => <ResponseMark of={row} /> },
    ],
    [t, text, Link],
  );
  return (
    <PageFrame
      title={t('title')}
      filled
      note={first && <AsOf at={first.asOf} />}
      actions={
        me.permissions.includes('testing.sample') && (
          <button type="button" className="lv-button lv-button--primary" onClick={() => go('/specimens/new')}>
            {t('new')}
          </button>
        )
      }
    >
      <FigureStrip>
        {FIGURES.map((name) => (
          <Figure
            key={name}
            label={t(name)}
            value={first?.counts[name] ?? null}
            asOf={first?.asOf ?? null}
            source={t('countsSource')}
          />
        ))}
      </FigureStrip>
      <DataTable
        name="specimens"
        label={t('title')}
        rows={list.data?.pages.flatMap(({ items }) => items)}
        columns={columns}
        rowKey={(row) => row.id}
        served
        {...pagedBy(list)}
        onPeek={(key) => key && go(`/specimens/${key}`)}
        tools={
          recallId !== '' && (
            <span className="testing-line">
              {t('onlyRecall')}
              <button type="button" className="lv-button lv-button--quiet" onClick={() => setRecall(null)}>
                {t('showAll')}
              </button>
            </span>
          )
        }
        empty={
          <EmptyState why="none" title={t('none')}>
            {t('noneHint')}
          </EmptyState>
        }
      />
    </PageFrame>
  );
}

/** What it was taken from, as people call it. */
export function What({ of: { goods, description } }: { of: Pick<Specimen, 'goods' | 'description'> }) {
  const t = useWords(specimenWords);
  if (!goods) return <>{description}</>;
  return (
    <>
      {goods.product} <span className="testing-quiet">{goods.batchNumber ?? t('noBatch')}</span> ·{' '}
      {description}
    </>
  );
}

export function ResponseMark({ of: { response } }: { of: Pick<Specimen, 'response'> }) {
  const t = useWords(specimenWords);
  if (response === null) return <>–</>;
  return response === 'open' ? (
    <StatusMark tone="active">{t('responseOpen')}</StatusMark>
  ) : (
    <StatusMark tone="neutral">{t('responseWithdrawn')}</StatusMark>
  );
}
