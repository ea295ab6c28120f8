import { newId, type Run, refuseState } from '@levee/contract';
import {
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Page as PageFrame,
  PeekPanel,
  StatusMark,
  Time,
  useServerClock,
  useText,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { usePlaceName } from '../places/place-name.ts';
import { LaboratoryTabs } from './laboratory-tabs.tsx';
import { laboratoryWords, RUN_NAMES } from './laboratory-words.ts';
import { PlaceChoice } from './place-choice.tsx';
import { Plate } from './plate.tsx';
import './testing.css';

const ROWS = 'ABCDEFGH';
/** A1, A2 … by row; the last two wells hold the controls. */
const WELLS = Array.from({ length: 94 }, (_, index) => `${ROWS[Math.floor(index / 12)]}${(index % 12) + 1}`);

/** Plates of a laboratory: laid out from its queue, read, reported; a failed control voids the plate. */
export function Page() {
  const t = useWords(laboratoryWords);
  const nameOf = usePlaceName();
  const text = useText();
  const me = useMe();
  const queries = useQueryClient();
  const clock = useServerClock();
  const [labId, setLab] = useUrlText('lab');
  const [runId, setRun] = useUrlText('run');
  const list = useQuery({
    queryKey: ['testing', 'runs', labId],
    queryFn: () => client.laboratory.runs({ query: { limit: 100, ...(labId && { labId }) } }),
  });
  const open = useMutation({
    mutationFn: async () => {
      const { items } = await client.testing.pools({ query: { state: ['received'], labId, limit: 94 } });
      if (items.length === 0) {
        throw refuseState(
          { zh: '本实验室没有待检的采样管', en: 'no tube waits in this laboratory' },
          { zh: '先收样，再排板。', en: 'Receive tubes first.' },
        );
      }
      const now = new Date(clock.snapshot()).toISOString();
      return client.laboratory.openRun({
        body: {
          id: newId(),
          labId,
          assay: (await client.laboratory.assays({})).items[0]!.code,
          plateCode: `P${now.slice(5, 16).replaceAll(/[-T:]/g, '')}`,
          startedAt: now,
          wells: [
            ...items.map(({ tubeCode }, index) => ({ well: WELLS[index]!, kind: 'tube' as const, tubeCode })),
            { well: 'H11', kind: 'positive_control' as const },
            { well: 'H12', kind: 'negative_control' as const },
          ],
        },
      });
    },
    onSuccess: (run) => {
      setRun(run.id);
      void queries.invalidateQueries({ queryKey: ['testing'] });
    },
  });
  const columns = useMemo<Column<Run>[]>(
    () => [
      {
        key: 'plate',
        title: t('plate'),
        width: 130,
        render: (row) => <span className="testing-code">{row.plateCode}</span>,
      },
      {
        key: 'state',
        title: t('state'),
        width: 100,
        render: (row) => (
          <StatusMark tone={RUN_NAMES[row.state].tone}>{text(RUN_NAMES[row.state])}</StatusMark>
        ),
      },
      { key: 'lab', title: t('lab'), render: (row) => (row.lab ? nameOf(row.lab) : '–') },
      { key: 'tubes', title: t('tubes'), width: 80, align: 'end', render: (row) => row.tubeCount },
      { key: 'started', title: t('started'), width: 120, render: (row) => <Time at={row.startedAt} /> },
      { key: 'by', title: t('by'), width: 120, render: (row) => row.openedBy.name },
      { key: 'why', title: t('why'), render: (row) => row.invalidReason ?? '–' },
    ],
    [t, text, nameOf],
  );
  const run = list.data?.items.find(({ id }) => id === runId);
  return (
    <PageFrame
      title={t('runs')}
      filled
      toolbar={
        <div className="testing-line">
          <LaboratoryTabs at="runs" />
          <PlaceChoice of="laboratory" value={labId} onChange={setLab} />
          {me.permissions.includes('testing.result') && (
            <button
              type="button"
              className="lv-button lv-button--primary"
              disabled={labId === '' || open.isPending}
              onClick={() => open.mutate()}
            >
              {t('fill')}
            </button>
          )}
        </div>
      }
    >
      {open.error && <ErrorState error={open.error} shape="line" />}
      <WithPeek
        peek={
          run && (
            <PeekPanel title={run.plateCode} onClose={() => setRun(null)}>
              <Plate key={run.id} run={run} mayRead={me.permissions.includes('testing.result')} />
            </PeekPanel>
          )
        }
      >
        <DataTable
          name="runs"
          label={t('runs')}
          rows={list.data?.items}
          columns={columns}
          rowKey={(row) => row.id}
          error={list.error}
          onRetry={() => void list.refetch()}
          peeked={runId || null}
          onPeek={setRun}
          {...(list.data && { totalCount: list.data.total })}
          empty={
            <EmptyState why="none" title={t('noRuns')}>
              {t('noRunsHint')}
            </EmptyState>
          }
        />
      </WithPeek>
    </PageFrame>
  );
}
