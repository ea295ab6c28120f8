import { type interchange, newId, type Quarantined, type RouteOutput } from '@levee/contract';
import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Page as PageFrame,
  Time,
  useNavigation,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { usePlaceName } from '../places/place-name.ts';
import { LaboratoryTabs } from './laboratory-tabs.tsx';
import { laboratoryWords } from './laboratory-words.ts';
import { OutcomeMark } from './marks.tsx';
import { PlaceChoice } from './place-choice.tsx';
import './testing.css';

type FileReport = RouteOutput<(typeof interchange)['reportFile']>;

/** Results other systems sent that could not be applied, each with its reason; and results by file. */
export function Page() {
  const t = useWords(laboratoryWords);
  const nameOf = usePlaceName();
  const text = useText();
  const me = useMe();
  const { Link } = useNavigation();
  const mayReport = me.permissions.includes('testing.result');
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const list = useQuery({
    queryKey: ['testing', 'kept'],
    queryFn: () => client.interchange.quarantine({ query: { limit: 200 } }),
  });
  const settle = useMutation({
    mutationFn: ({ id, decision }: { id: string; decision: 'retry' | 'set_aside' }) =>
      client.interchange.settle({
        purpose: 'testing',
        params: { quarantinedId: id },
        body: { decision, reason: reason.trim() || t('retry') },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['testing'] }),
  });
  const columns = useMemo<Column<Quarantined>[]>(
    () => [
      {
        key: 'tube',
        title: t('tube'),
        width: 150,
        render: (row) => <span className="testing-code">{row.tubeCode ?? '–'}</span>,
        searchText: (row) => row.tubeCode ?? '',
      },
      {
        key: 'outcome',
        title: t('outcome'),
        width: 90,
        render: (row) => <OutcomeMark outcome={row.outcome} />,
      },
      { key: 'problem', title: t('problem'), render: (row) => text(row.problem) },
      {
        key: 'next',
        title: t('next'),
        render: (row) => (row.waitsForReceipt ? t('auto') : text(row.nextStep)),
      },
      { key: 'lab', title: t('lab'), width: 160, render: (row) => (row.lab ? nameOf(row.lab) : '–') },
      {
        key: 'since',
        title: t('since'),
        width: 110,
        render: (row) => <Time at={row.at} />,
        sortBy: (row) => row.at,
      },
      ...(mayReport
        ? [
            {
              key: 'act',
              title: t('decision'),
              width: 180,
              render: (row: Quarantined) => (
                <span className="testing-line">
                  <button
                    type="button"
                    className="lv-button lv-button--quiet"
                    disabled={settle.isPending}
                    onClick={() => settle.mutate({ id: row.id, decision: 'retry' })}
                  >
                    {t('retry')}
                  </button>
                  <button
                    type="button"
                    className="lv-button lv-button--quiet"
                    disabled={settle.isPending || reason.trim() === ''}
                    title={t('reason')}
                    onClick={() => settle.mutate({ id: row.id, decision: 'set_aside' })}
                  >
                    {t('setAside')}
                  </button>
                </span>
              ),
            },
          ]
        : []),
    ],
    [t, text, mayReport, reason, settle, nameOf],
  );
  return (
    <PageFrame
      title={t('kept')}
      filled
      note={list.data && <AsOf at={list.data.asOf} />}
      toolbar={
        <div className="testing-line">
          <LaboratoryTabs at="kept" />
          <Link className="lv-button lv-button--quiet" href="/laboratory-messages">
            {t('messages')}
          </Link>
          {mayReport && (
            <input
              className="lv-input testing-choice"
              aria-label={t('reason')}
              placeholder={t('reason')}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </div>
      }
    >
      {mayReport && <ResultsFile />}
      {settle.error && <ErrorState error={settle.error} shape="line" />}
      <DataTable
        name="kept-results"
        label={t('kept')}
        rows={list.data?.items}
        columns={columns}
        rowKey={(row) => row.id}
        error={list.error}
        onRetry={() => void list.refetch()}
        {...(list.data && { totalCount: list.data.total })}
        empty={
          <EmptyState why="none" title={t('noKept')}>
            {t('noKeptHint')}
          </EmptyState>
        }
      />
    </PageFrame>
  );
}

/** A file is tried first: what each row would do; then written. */
function ResultsFile() {
  const t = useWords(laboratoryWords);
  const text = useText();
  const queries = useQueryClient();
  const [labId, setLab] = useUrlText('lab');
  const [file, setFile] = useState<File | null>(null);
  const report = useMutation({
    mutationFn: async (dryRun: boolean): Promise<FileReport> => {
      const bytes = new Uint8Array(await file!.arrayBuffer());
      const content = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
      const body = { id: newId(), labId, name: file!.name, content, dryRun };
      return client.interchange.reportFile({ purpose: 'testing', body });
    },
    onSuccess: (done) => {
      if (done.messageId) void queries.invalidateQueries({ queryKey: ['testing'] });
    },
  });
  const off = !file || labId === '' || report.isPending;
  const bad = report.data?.rows.filter(({ problem }) => problem !== null).slice(0, 8) ?? [];
  return (
    <section aria-label={t('upload')}>
      <div className="testing-line">
        <strong>{t('upload')}</strong>
        <PlaceChoice of="laboratory" value={labId} onChange={setLab} />
        <label className="lv-button testing-file">
          {file?.name ?? t('chooseFile')}
          <input
            type="file"
            accept=".csv,text/csv"
            onChange={(event) => {
              setFile(event.target.files?.[0] ?? null);
              report.reset();
            }}
          />
        </label>
        <button type="button" className="lv-button" disabled={off} onClick={() => report.mutate(true)}>
          {t('tryOut')}
        </button>
        <button
          type="button"
          className="lv-button lv-button--primary"
          disabled={off || !report.data || report.data.messageId !== null}
          onClick={() => report.mutate(false)}
        >
          {t('write')}
        </button>
      </div>
      <p className="testing-note" role="status">
        {report.data
          ? t('verdicts', {
              rows: report.data.rowCount,
              accepted: report.data.acceptedCount,
              known: report.data.knownCount,
              kept: report.data.quarantinedCount,
            })
          : t('uploadHint')}
      </p>
      {report.error && <ErrorState error={report.error} shape="line" />}
      {bad.length > 0 && (
        <ul className="testing-rows">
          {bad.map((row) => (
            <li key={row.line}>
              <span>{`${t('line')} ${row.line}`}</span>
              <span className="testing-code">{row.tubeCode ?? '–'}</span>
              <span>{row.problem && text(row.problem)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
