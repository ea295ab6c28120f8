import { TEXT_STATES, type TextsStatus, type TextView } from '@levee/contract';
import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Facts,
  formatCount,
  formatTime,
  Loading,
  Page as PageFrame,
  PeekPanel,
  Section,
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
import { type ReactNode, useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { pagedBy } from '../../app/paged.ts';
import { useMe } from '../../app/session.ts';
import { BudgetForm } from './budget-form.tsx';
import { interchangeWords, type T } from './words.ts';
import '../cases/cases.css';
import './interchange.css';

const TONES = {
  waiting: 'neutral',
  submitting: 'active',
  submitted: 'active',
  delivered: 'good',
  unsure: 'bad',
  failed: 'bad',
  expired: 'over',
  cancelled: 'over',
} as const;
const KNOWN_FAILURES = ['wrong_number', 'opted_out', 'forbidden_words', 'gateway'] as const;

const failureText = (t: T, failure: string): string => {
  const known = KNOWN_FAILURES.find((one) => one === failure);
  return known ? t(`failure.${known}`) : t('failureCode', { code: failure });
};

const why = (t: T, { failure, waitsFor }: TextView): string =>
  failure ? failureText(t, failure) : waitsFor ? t(`waits.${waitsFor}`) : '';

/** The texts that wait, went and came to nothing, the line they go over, and what they may cost. */
export function Page() {
  const t = useWords(interchangeWords);
  const [stateText, setState] = useUrlText('state');
  const [peeked, setPeeked] = useUrlText('text');
  const state = TEXT_STATES.find((one) => one === stateText);
  const status = useQuery({
    queryKey: ['interchange', 'texts-status'],
    queryFn: () => client.interchange.textsStatus(),
    refetchInterval: 15_000,
  });
  const texts = useInfiniteQuery({
    queryKey: ['interchange', 'texts', state],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      client.interchange.texts({
        query: { limit: 100, ...(pageParam !== undefined && { cursor: pageParam }), ...(state && { state }) },
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: 30_000,
  });
  const rows = useMemo(() => texts.data?.pages.flatMap(({ items }) => items), [texts.data]);
  const columns = useColumns();
  const shown = rows?.find(({ id }) => id === peeked);
  if (status.error) return <ErrorState error={status.error} onRetry={() => void status.refetch()} />;
  if (!status.data) return <Loading />;
  return (
    <PageFrame title={t('texts')} filled note={<AsOf at={status.data.asOf} />}>
      <Line status={status.data} />
      <dl className="ic-states" aria-label={t('state')}>
        {TEXT_STATES.map((one) => (
          <div key={one}>
            <dt>
              <button
                type="button"
                className="lv-button lv-button--quiet"
                aria-pressed={state === one}
                onClick={() => setState(state === one ? null : one, { replace: true })}
              >
                {t(`text.${one}`)}
              </button>
            </dt>
            <dd>{formatCount(status.data.counts.find((count) => count.state === one)?.count ?? 0)}</dd>
          </div>
        ))}
      </dl>
      <WithPeek
        peek={
          shown ? (
            <TextPanel key={shown.id} text={shown} onClose={() => setPeeked(null)} />
          ) : (
            <aside className="ic-side" aria-label={t('budgets')}>
              <Budgets status={status.data} />
              <p className="ic-quiet">{t('textsHint')}</p>
            </aside>
          )
        }
      >
        <DataTable
          name="texts"
          label={t('texts')}
          served
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id}
          {...pagedBy(texts)}
          empty={<EmptyState why="none" title={t('noTexts')} />}
          peeked={peeked || null}
          onPeek={(key) => setPeeked(key, { replace: true })}
        />
      </WithPeek>
    </PageFrame>
  );
}

function Line({ status }: { status: TextsStatus }) {
  const t = useWords(interchangeWords);
  if (!status.enabled) return <p role="status">{t('textsOff')}</p>;
  const fact = (label: string, value: ReactNode) => (
    <span>
      <span className="ic-quiet">{label}</span> {value}
    </span>
  );
  return (
    <div className="ic-line">
      {fact(
        t('gateway'),
        <>
          {status.gateway}{' '}
          <StatusMark tone={status.connected ? 'good' : status.problem ? 'bad' : 'neutral'}>
            {status.connected ? t('connected') : status.problem ? t('notConnected') : t('connectsWhenNeeded')}
          </StatusMark>
        </>,
      )}
      {status.problem && <span role="status">{status.problem}</span>}
      {fact(t('sender'), status.senderAddress || t('noSender'))}
      {fact(t('quiet'), status.quietHours === 'off' ? t('quietOff') : status.quietHours)}
      {status.isQuiet && <StatusMark tone="neutral">{t('quietNow')}</StatusMark>}
      {fact(t('perNumber'), t('perNumberOf', { count: status.perNumberDay }))}
    </div>
  );
}

function useColumns(): Column<TextView>[] {
  const t = useWords(interchangeWords);
  const inWords = useText();
  const now = useServerClock().snapshot();
  return useMemo<Column<TextView>[]>(
    () => [
      { key: 'composed', title: t('composedAt'), width: 110, render: (row) => <Time at={row.composedAt} /> },
      { key: 'area', title: t('area'), width: 230, render: (row) => inWords(row.divisionName) },
      {
        key: 'state',
        title: t('state'),
        width: 180,
        render: (row) => <StatusMark tone={TONES[row.state]}>{t(`text.${row.state}`)}</StatusMark>,
      },
      {
        key: 'why',
        title: t('problem'),
        render: (row) =>
          [why(t, row), row.nextTryAt ? t('nextTry', { at: formatTime(row.nextTryAt, now) }) : '']
            .filter(Boolean)
            .join(' · '),
      },
      { key: 'tries', title: t('tries'), width: 70, align: 'end', render: (row) => row.tries },
      {
        key: 'segments',
        title: t('segments'),
        width: 80,
        align: 'end',
        render: (row) => row.segments ?? '–',
      },
      {
        key: 'settled',
        title: t('settledAt'),
        width: 110,
        align: 'end',
        render: (row) => (row.settledAt ? <Time at={row.settledAt} /> : '–'),
      },
    ],
    [t, now, inWords],
  );
}

function TextPanel({ text, onClose }: { text: TextView; onClose: () => void }) {
  const t = useWords(interchangeWords);
  const inWords = useText();
  const queries = useQueryClient();
  const mayWrite = useMe().permissions.includes('accounts.write');
  const [act, setAct] = useState<'resend' | 'cancel' | null>(null);
  const canResend = text.state === 'unsure' || text.state === 'failed';
  const params = { textId: text.id };
  return (
    <PeekPanel
      title={t('resultText')}
      onClose={onClose}
      footer={
        mayWrite && (
          <>
            {canResend && (
              <button type="button" className="lv-button lv-button--primary" onClick={() => setAct('resend')}>
                {t('resend')}…
              </button>
            )}
            {text.state === 'waiting' && (
              <button type="button" className="lv-button" onClick={() => setAct('cancel')}>
                {t('cancelText')}…
              </button>
            )}
          </>
        )
      }
    >
      <Facts
        rows={[
          [t('state'), t(`text.${text.state}`)],
          [t('problem'), why(t, text) || '–'],
          [t('area'), `${inWords(text.divisionName)} ${text.division}`],
          [t('composedAt'), <Time key="composed" at={text.composedAt} />],
          [t('sentAt'), text.sentAt ? <Time key="sent" at={text.sentAt} /> : '–'],
          [t('settledAt'), text.settledAt ? <Time key="settled" at={text.settledAt} /> : '–'],
          [t('tries'), text.tries],
          [t('segments'), text.segments ?? '–'],
        ]}
      />
      <p className="ic-quiet">{t('textsHint')}</p>
      {act && (
        <WriteDialog
          title={t(act === 'resend' ? 'resend' : 'cancelText')}
          label={t('reason')}
          {...(act === 'resend' && { hint: t('resendHint') })}
          act={t(act === 'resend' ? 'resend' : 'cancelText')}
          maxLength={200}
          onClose={() => setAct(null)}
          onAct={async (reason) => {
            const input = { params, body: { reason } };
            await (act === 'resend'
              ? client.interchange.resendText(input)
              : client.interchange.cancelText(input));
            await queries.invalidateQueries({ queryKey: ['interchange'] });
          }}
        />
      )}
    </PeekPanel>
  );
}

function Budgets({ status }: { status: TextsStatus }) {
  const t = useWords(interchangeWords);
  const text = useText();
  const now = useServerClock().snapshot();
  const mayWrite = useMe().permissions.includes('accounts.write');
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <Section title={t('budgets')}>
      {status.budgets.length === 0 && <p className="ic-quiet">{t('noBudgets')}</p>}
      {status.budgets.length > 0 && (
        <table className="ic-budgets">
          <thead>
            <tr>
              <th scope="col">{t('budgetOf')}</th>
              <th scope="col" className="ic-number">
                {t('used')}
              </th>
              <th scope="col" className="ic-number">
                {t('allowed')}
              </th>
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {status.budgets.map((budget) => {
              const key = budget.incidentId ?? 'none';
              return (
                <tr key={key}>
                  <td>
                    {budget.incidentName ? text(budget.incidentName) : t('noIncident')}
                    {budget.setAt && (
                      <div className="ic-budgets__reason">
                        {t('setBy', {
                          who: budget.setByName ?? '',
                          at: formatTime(budget.setAt, now),
                          reason: budget.reason ?? '',
                        })}
                      </div>
                    )}
                  </td>
                  <td className="ic-number">{formatCount(budget.used)}</td>
                  <td className="ic-number">
                    {formatCount(budget.allowed)}
                    {budget.isDefault && <div className="ic-budgets__reason">{t('defaultLimit')}</div>}
                  </td>
                  <td>
                    {mayWrite && (
                      <button
                        type="button"
                        className="lv-button lv-button--quiet"
                        onClick={() => setEditing(editing === key ? null : key)}
                      >
                        {t('setBudget')}…
                      </button>
                    )}
                    {editing === key && <BudgetForm budget={budget} onDone={() => setEditing(null)} />}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Section>
  );
}
