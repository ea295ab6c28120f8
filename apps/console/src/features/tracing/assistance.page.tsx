import type { AssistanceRequest } from '@levee/contract';
import {
  AsOf,
  Clock,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Facts,
  FormField,
  Page as PageFrame,
  PeekPanel,
  StatusMark,
  Time,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { tracingWords } from './words.ts';
import './tracing.css';

/** Requests between areas, sent and received: numbers, due times, answers. */
export function Page() {
  const t = useWords(tracingWords);
  const me = useMe();
  const [requestId, setRequest] = useUrlText('request');
  const requests = useQuery({
    queryKey: ['tracing', 'assistance'],
    queryFn: () => client.tracing.assistanceRequests({ query: { limit: 200 } }),
  });
  const columns = useMemo<Column<AssistanceRequest>[]>(
    () => [
      {
        key: 'at',
        title: t('at'),
        width: 110,
        render: (row) => <Time at={row.at} />,
        sortBy: (row) => row.at,
      },
      { key: 'from', title: t('from'), width: 140, render: (row) => row.fromName },
      { key: 'to', title: t('to'), width: 140, render: (row) => row.toName },
      { key: 'count', title: t('count'), width: 70, align: 'end', render: (row) => row.peopleCount },
      {
        key: 'state',
        title: t('state'),
        width: 100,
        render: (row) => (
          <StatusMark tone={row.state === 'sent' ? 'waiting' : 'good'}>
            {row.state === 'sent' ? t('waiting') : t('answered')}
          </StatusMark>
        ),
      },
      {
        key: 'due',
        title: t('due'),
        width: 160,
        render: (row) => <Clock due={row.dueAt} name={t('due')} doneAt={row.answeredAt} />,
      },
      { key: 'progress', title: t('progress'), render: (row) => t('progressText', { ...row.counts }) },
    ],
    [t],
  );
  const peeked = requests.data?.items.find(({ id }) => id === requestId);
  return (
    <PageFrame title={t('assistance')} filled note={requests.data && <AsOf at={requests.data.asOf} />}>
      <WithPeek
        peek={
          peeked && (
            <RequestPeek
              request={peeked}
              mayAnswer={peeked.toDivision.startsWith(me.division)}
              onClose={() => setRequest(null)}
            />
          )
        }
      >
        <DataTable
          name="assistance"
          label={t('assistance')}
          rows={requests.data?.items}
          columns={columns}
          rowKey={(row) => row.id}
          error={requests.error}
          onRetry={() => void requests.refetch()}
          peeked={requestId || null}
          onPeek={setRequest}
          empty={<EmptyState why="none" title={t('noAssistance')} />}
        />
      </WithPeek>
    </PageFrame>
  );
}

function RequestPeek({
  request,
  mayAnswer,
  onClose,
}: {
  request: AssistanceRequest;
  mayAnswer: boolean;
  onClose: () => void;
}) {
  const t = useWords(tracingWords);
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const answer = useMutation({
    mutationFn: () =>
      client.tracing.answerAssistance({
        params: { requestId: request.id },
        body: { version: request.version, answer: text.trim() },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tracing', 'assistance'] }),
  });
  return (
    <PeekPanel title={`${request.fromName} → ${request.toName}`} onClose={onClose}>
      <Facts
        rows={[
          [t('count'), t('people', { count: request.peopleCount })],
          [t('progress'), t('progressText', { ...request.counts })],
          ...(request.note ? [[t('reason'), request.note] as const] : []),
          ...(request.answer
            ? [[t('answer'), `${request.answer}（${request.answeredByName ?? ''}）`] as const]
            : []),
        ]}
      />
      {request.state === 'sent' && mayAnswer && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            answer.mutate();
          }}
        >
          <FormField label={t('answer')}>
            {(wiring) => (
              <textarea
                {...wiring}
                className="lv-input"
                rows={4}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </FormField>
          {answer.error && <ErrorState shape="line" error={answer.error} />}
          <button
            type="submit"
            className="lv-button lv-button--primary"
            disabled={text.trim() === '' || answer.isPending}
          >
            {t('answer')}
          </button>
        </form>
      )}
    </PeekPanel>
  );
}
