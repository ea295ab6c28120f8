import { ROUND_LEVELS, type RoundArea, type RoundDetail } from '@levee/contract';
import {
  ChoiceTabs,
  type Column,
  DataTable,
  EmptyState,
  formatCount,
  formatProportion,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { CountsBar, shareDone } from './state-mark.tsx';
import { LEVEL_NAMES, roundWords } from './words.ts';

/** Every area of a level, those with most people missed first; a press opens its people. */
export function AreaTable({
  round,
  peeked,
  onPeek,
}: {
  round: RoundDetail;
  peeked: string;
  onPeek: (division: string | null) => void;
}) {
  const t = useWords(roundWords);
  const text = useText();
  const [urlLevel, setLevel] = useUrlText('level');
  const level = ROUND_LEVELS.find((one) => one === urlLevel) ?? 'community';
  const list = useInfiniteQuery({
    queryKey: ['rounds', 'areas', round.id, level],
    queryFn: ({ pageParam }) =>
      client.rounds.areas({
        params: { roundId: round.id },
        query: { level, limit: 200, ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
  const columns = useMemo<Column<RoundArea>[]>(
    () => [
      {
        key: 'area',
        title: text(LEVEL_NAMES[level]),
        render: (row) => text({ zh: row.nameZh, en: row.nameEn }),
        searchText: (row) => `${row.nameZh} ${row.nameEn} ${row.division}`,
      },
      {
        key: 'done',
        title: t('share'),
        width: 190,
        render: (row) => (
          <span className="rounds-done">
            <CountsBar counts={row} />
            {formatProportion(shareDone(row))}
          </span>
        ),
        sortBy: (row) => shareDone(row),
      },
      ...(['headcount', 'sampled', 'exempt', 'away', 'missed'] as const).map((key) => ({
        key,
        title: t(key),
        width: 88,
        align: 'end' as const,
        render: (row: RoundArea) => formatCount(row[key]),
        sortBy: (row: RoundArea) => row[key],
      })),
      {
        key: 'steward',
        title: t('steward'),
        width: 180,
        render: (row) => (
          <>
            {row.steward ? row.steward.account.name : <span className="rounds-muted">{t('noSteward')}</span>}
            {row.called && ` · ${t('called')}`}
          </>
        ),
      },
    ],
    [t, text, level],
  );
  return (
    <section className="rounds-section rounds-areas" aria-label={t('areas')}>
      <header className="rounds-line">
        <h2>{t('areas')}</h2>
        <ChoiceTabs
          label={t('level')}
          value={level}
          choices={ROUND_LEVELS.map((each) => [each, text(LEVEL_NAMES[each])] as const)}
          onChoose={setLevel}
        />
      </header>
      <div className="rounds-areas__table">
        <DataTable
          name="areas"
          label={t('areas')}
          rows={list.data?.pages.flatMap(({ items }) => items)}
          columns={columns}
          rowKey={(row) => row.division}
          {...pagedBy(list)}
          peeked={peeked || null}
          onPeek={onPeek}
          empty={<EmptyState why="none" title={t('noAreas')} />}
        />
      </div>
    </section>
  );
}
