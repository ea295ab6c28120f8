import { type LabMessage, MESSAGE_OUTCOMES, type MessageOutcome } from '@levee/contract';
import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Facts,
  formatTime,
  Loading,
  Page as PageFrame,
  PeekPanel,
  StatusMark,
  Time,
  useServerClock,
  useText,
  useUrlText,
  useWords,
  WithPeek,
  WriteDialog,
} from '@levee/ui';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { useMe } from '../../app/session.ts';
import { usePlaceName } from '../places/place-name.ts';
import { InterchangeTabs } from './tabs.tsx';
import { interchangeWords } from './words.ts';
import '../cases/cases.css';
import './interchange.css';

const NEEDS_WORK: readonly MessageOutcome[] = MESSAGE_OUTCOMES.filter((outcome) => outcome !== 'applied');
const CAN_RERUN: readonly MessageOutcome[] = ['partly', 'quarantined', 'refused', 'not_understood'];
const toneOf = (outcome: MessageOutcome) =>
  outcome === 'applied' ? 'good' : outcome === 'partly' || outcome === 'quarantined' ? 'active' : 'bad';

/** What laboratories' systems sent, as it came, and what became of it. */
export function Page() {
  const t = useWords(interchangeWords);
  const nameOf = usePlaceName();
  const text = useText();
  const [shownText, setShown] = useUrlText('show');
  const [peeked, setPeeked] = useUrlText('message');
  const onlyOpen = shownText !== 'all';
  const messages = useInfiniteQuery({
    queryKey: ['interchange', 'messages', onlyOpen],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      client.interchange.messages({
        query: {
          limit: 100,
          ...(pageParam !== undefined && { cursor: pageParam }),
          ...(onlyOpen && { outcome: [...NEEDS_WORK] }),
        },
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const rows = useMemo(() => messages.data?.pages.flatMap(({ items }) => items), [messages.data]);
  const columns = useMemo<Column<LabMessage>[]>(
    () => [
      {
        key: 'received',
        title: t('receivedAt'),
        width: 120,
        render: (row) => <Time at={row.receivedAt} />,
      },
      { key: 'lab', title: t('lab'), width: 180, render: (row) => (row.lab ? nameOf(row.lab) : '–') },
      { key: 'protocol', title: t('protocol'), width: 80, render: (row) => row.protocol.toUpperCase() },
      { key: 'control', title: t('controlId'), width: 160, render: (row) => row.controlId ?? '–' },
      {
        key: 'outcome',
        title: t('state'),
        width: 150,
        render: (row) => <StatusMark tone={toneOf(row.outcome)}>{t(`outcome.${row.outcome}`)}</StatusMark>,
      },
      {
        key: 'results',
        title: t('results'),
        width: 80,
        align: 'end',
        render: (row) => t('resultsOf', { applied: row.appliedCount, all: row.resultCount }),
      },
      { key: 'problem', title: t('problem'), render: (row) => (row.problem ? text(row.problem) : '') },
      {
        key: 'rerun',
        title: t('rerunTime'),
        width: 120,
        render: (row) => (row.rerunAt ? <Time at={row.rerunAt} /> : ''),
      },
    ],
    [t, text, nameOf],
  );
  const first = messages.data?.pages[0];
  const shown = rows?.find(({ id }) => id === peeked);
  return (
    <PageFrame
      title={t('messages')}
      filled
      note={first && <AsOf at={first.asOf} />}
      toolbar={
        <div className="ic-line">
          <InterchangeTabs at="messages" />
          <div className="case-segments" role="radiogroup" aria-label={t('state')}>
            {(['open', 'all'] as const).map((one) => (
              <button
                key={one}
                type="button"
                role="radio"
                aria-checked={(one === 'open') === onlyOpen}
                onClick={() => setShown(one === 'open' ? null : 'all', { replace: true })}
              >
                {t(one === 'open' ? 'needsWork' : 'all')}
              </button>
            ))}
          </div>
        </div>
      }
    >
      <WithPeek
        peek={shown && <MessagePanel key={shown.id} message={shown} onClose={() => setPeeked(null)} />}
      >
        <DataTable
          name="lab-messages"
          label={t('messages')}
          served
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id}
          {...pagedBy(messages)}
          empty={
            <EmptyState
              why={onlyOpen ? 'none' : 'filter'}
              title={t(onlyOpen ? 'noOpenMessages' : 'noMessages')}
            >
              {t('noMessagesHint')}
            </EmptyState>
          }
          peeked={peeked || null}
          onPeek={(key) => setPeeked(key, { replace: true })}
        />
      </WithPeek>
    </PageFrame>
  );
}

function MessagePanel({ message, onClose }: { message: LabMessage; onClose: () => void }) {
  const t = useWords(interchangeWords);
  const nameOf = usePlaceName();
  const text = useText();
  const now = useServerClock().snapshot();
  const queries = useQueryClient();
  const mayRead = useMe().permissions.includes('testing.result');
  const [reading, setReading] = useState(false);
  const [rerunning, setRerunning] = useState(false);
  const params = { messageId: message.id };
  const whole = useQuery({
    queryKey: ['interchange', 'message', message.id],
    queryFn: () => client.interchange.message({ purpose: 'testing', params }),
    enabled: mayRead && reading,
  });
  return (
    <PeekPanel
      title={message.controlId ?? t('messages')}
      onClose={onClose}
      footer={
        mayRead &&
        CAN_RERUN.includes(message.outcome) && (
          <button type="button" className="lv-button lv-button--primary" onClick={() => setRerunning(true)}>
            {t('rerun')}…
          </button>
        )
      }
    >
      <Facts
        rows={[
          [t('state'), t(`outcome.${message.outcome}`)],
          [t('problem'), message.problem ? text(message.problem) : '–'],
          [t('receivedAt'), <Time key="at" at={message.receivedAt} />],
          [t('lab'), message.lab ? nameOf(message.lab) : '–'],
          [t('source'), message.source],
          [t('bytes'), message.bytes],
          [t('charset'), message.charset ?? '–'],
          [t('results'), t('resultsOf', { applied: message.appliedCount, all: message.resultCount })],
        ]}
      />
      {message.rerunAt && (
        <p className="ic-quiet">
          {t('rerunDone', {
            at: formatTime(message.rerunAt, now),
            who: message.rerunBy ?? '',
            reason: message.rerunReason ?? '',
          })}
        </p>
      )}
      {!mayRead && <p className="ic-quiet">{t('rawNotHere')}</p>}
      {mayRead && !reading && (
        <button type="button" className="lv-button" onClick={() => setReading(true)}>
          {t('showRaw')}
        </button>
      )}
      {reading && whole.isPending && <Loading />}
      {whole.error && <ErrorState shape="line" error={whole.error} onRetry={() => void whole.refetch()} />}
      {whole.data && (
        <>
          <h3>{t('raw')}</h3>
          <pre className="ic-raw" tabIndex={0}>
            {whole.data.raw}
          </pre>
          {whole.data.answer !== null && (
            <>
              <h3>{t('answer')}</h3>
              <pre className="ic-raw" tabIndex={0}>
                {whole.data.answer.replaceAll('\r', '\n')}
              </pre>
            </>
          )}
        </>
      )}
      {rerunning && (
        <WriteDialog
          title={t('rerun')}
          label={t('rerunReason')}
          act={t('rerun')}
          maxLength={200}
          onClose={() => setRerunning(false)}
          onAct={async (reason) => {
            await client.interchange.rerunMessage({ purpose: 'testing', params, body: { reason } });
            await Promise.all([
              queries.invalidateQueries({ queryKey: ['interchange'] }),
              queries.invalidateQueries({ queryKey: ['testing'] }),
            ]);
          }}
        />
      )}
    </PeekPanel>
  );
}
