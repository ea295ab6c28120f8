import { MEASURE_KINDS, type Measure, type MeasureKind, measureKindWords } from '@levee/contract';
import {
  AsOf,
  ChoiceTabs,
  Clock,
  type Column,
  DataTable,
  EmptyState,
  formatCount,
  Page as PageFrame,
  Time,
  useNavigation,
  useServerClock,
  useText,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { useMe } from '../../app/session.ts';
import { MeasurePeek } from './measure-peek.tsx';
import { Kind, Phase, Subject } from './subject.tsx';
import { measureWords } from './words.ts';
import './measures.css';

const VIEWS = ['now', 'awaiting', 'soon', 'review', 'idle', 'ended', 'all'] as const;
type View = (typeof VIEWS)[number];

function queryOf(view: View, now: number) {
  switch (view) {
    case 'now':
      return { phase: ['active' as const] };
    case 'idle':
      return { phase: ['scheduled' as const, 'suspended' as const] };
    case 'awaiting':
      return { phase: ['awaiting' as const] };
    case 'soon':
      return {
        phase: ['active' as const],
        endsBefore: new Date(now + 24 * 3_600_000).toISOString(),
      };
    case 'review':
      return { reviewOverdue: 'true' as never };
    case 'ended':
      return {
        phase: ['ended' as const, 'lapsed' as const, 'rejected' as const, 'withdrawn' as const],
      };
    case 'all':
      return {};
  }
}

/** The ledger: what holds now, what waits, what ends soon, what is over. */
export function Page() {
  const t = useWords(measureWords);
  const text = useText();
  const clock = useServerClock();
  const { Link } = useNavigation();
  const mayDraft = useMe().permissions.includes('measures.draft');
  const [urlView, setView] = useUrlText('view');
  const view = VIEWS.find((one) => one === urlView) ?? 'now';
  const [urlKind, setKind] = useUrlText('kind');
  const kind = MEASURE_KINDS.find((one) => one === urlKind);
  const [measureId, setMeasure] = useUrlText('measure');
  const list = useInfiniteQuery({
    queryKey: ['measures', 'list', view, kind],
    queryFn: ({ pageParam }) =>
      client.measures.list({
        query: {
          limit: 200,
          ...queryOf(view, clock.now()),
          ...(kind && { kind: [kind] }),
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const counts = useQuery({
    queryKey: ['measures', 'counts'],
    queryFn: () => client.measures.counts({ query: {} }),
  });
  const countOf: Partial<Record<View, number | null>> = {
    now: counts.data?.active.value ?? null,
    awaiting: counts.data?.awaiting.value ?? null,
    soon: counts.data?.endsSoon.value ?? null,
    review: counts.data?.reviewOverdue.value ?? null,
  };
  const columns = useMemo<Column<Measure>[]>(
    () => [
      {
        key: 'subject',
        title: t('subject'),
        render: (row) => <Subject measure={row} />,
        sortBy: (row) => row.place?.nameZh ?? row.division,
        searchText: (row) =>
          `${row.place?.nameZh ?? ''} ${row.place?.nameEn ?? ''} ${text(row.divisionName)} ${row.author.name}`,
      },
      { key: 'kind', title: t('kind'), width: 136, render: (row) => <Kind measure={row} /> },
      {
        key: 'state',
        title: t('state'),
        width: 150,
        render: (row) => <Phase measure={row} />,
        sortBy: (row) => row.phase,
      },
      {
        key: 'from',
        title: t('from'),
        width: 88,
        // The end is what one acts on; the start stands in the peek panel.
        hidden: true,
        render: (row) => <Time at={row.startsAt} />,
        sortBy: (row) => row.startsAt,
      },
      {
        key: 'until',
        title: t('until'),
        width: 88,
        render: (row) => <Time at={row.closedAt ?? row.endsAt} />,
        sortBy: (row) => row.closedAt ?? row.endsAt,
      },
      {
        key: 'left',
        title: t('left'),
        width: 108,
        render: (row) =>
          row.lapsesAt && row.phase !== 'lapsed' ? (
            <Clock due={row.lapsesAt} name={t('lapses')} nearMs={2 * 3_600_000} />
          ) : row.active ? (
            <Clock due={row.endsAt} name={t('left')} nearMs={24 * 3_600_000} />
          ) : (
            '–'
          ),
        sortBy: (row) => row.endsAt,
      },
      {
        key: 'review',
        title: t('review'),
        width: 112,
        render: (row) =>
          row.reviewDueAt && row.active ? (
            <Clock due={row.reviewDueAt} name={t('review')} nearMs={12 * 3_600_000} />
          ) : (
            '–'
          ),
        sortBy: (row) => row.reviewDueAt,
      },
      {
        key: 'people',
        title: t('people'),
        width: 72,
        align: 'end',
        render: (row) => formatCount(row.peopleCount),
        sortBy: (row) => row.peopleCount,
      },
      {
        key: 'days',
        title: t('personDays'),
        width: 124,
        align: 'end',
        render: (row) => `${formatCount(row.personDays.spent)} / ${formatCount(row.personDays.planned)}`,
        sortBy: (row) => row.personDays.planned,
      },
      { key: 'author', title: t('author'), width: 148, render: (row) => row.author.name },
      {
        key: 'approver',
        title: t('approver'),
        width: 156,
        hidden: true,
        render: (row) => row.approver?.name ?? '–',
      },
    ],
    [t, text],
  );
  const rows = list.data?.pages.flatMap(({ items }) => items);
  const at = rows?.findIndex(({ id }) => id === measureId) ?? -1;
  const walk = (to: Measure | undefined) => (to ? () => setMeasure(to.id) : undefined);
  return (
    <PageFrame
      title={t('title')}
      filled
      note={counts.data && <AsOf at={counts.data.asOf} source={text(counts.data.active.source)} />}
      actions={
        mayDraft && (
          <Link href="/measures/new" className="lv-button lv-button--primary">
            {t('draft')}
          </Link>
        )
      }
      toolbar={
        <>
          <ChoiceTabs
            label={t('view')}
            value={view}
            choices={VIEWS.map((each) => {
              const count = countOf[each];
              const title = t(`view.${each}`);
              return [each, typeof count === 'number' ? `${title} ${formatCount(count)}` : title] as const;
            })}
            onChoose={(each) => setView(each === 'now' ? null : each)}
          />
          <select
            className="lv-input measures-kind"
            aria-label={t('kind')}
            value={kind ?? ''}
            onChange={(event) => setKind((event.target.value as MeasureKind) || null)}
          >
            <option value="">{t('allKinds')}</option>
            {MEASURE_KINDS.map((each) => (
              <option key={each} value={each}>
                {text(measureKindWords[each])}
              </option>
            ))}
          </select>
        </>
      }
    >
      <WithPeek
        peek={
          measureId && (
            <MeasurePeek
              measureId={measureId}
              onClose={() => setMeasure(null)}
              onPrevious={walk(rows?.[at - 1])}
              onNext={walk(at < 0 ? undefined : rows?.[at + 1])}
            />
          )
        }
      >
        <DataTable
          name="measures"
          label={t('ledger')}
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id}
          {...pagedBy(list)}
          peeked={measureId || null}
          onPeek={setMeasure}
          empty={
            <EmptyState why="none" title={t('none')}>
              {t('noneHint')}
            </EmptyState>
          }
        />
      </WithPeek>
    </PageFrame>
  );
}
