import { type Measure, type MeasureDetail, measureKindWords } from '@levee/contract';
import {
  AsOf,
  Clock,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  formatCount,
  formatTime,
  Loading,
  Page as PageFrame,
  Time,
  useServerNow,
  useText,
  useUrlText,
  useWords,
  WriteDialog,
} from '@levee/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { Comparison } from './comparison.tsx';
import { GroundList } from './ground-list.tsx';
import { MeasureFacts } from './measure-facts.tsx';
import { titleOf, useMeasureDetail } from './measure-peek.tsx';
import { NoticeView } from './notice-view.tsx';
import { SmallestArea } from './smallest-area.tsx';
import { Kind, Subject } from './subject.tsx';
import { measureWords } from './words.ts';
import './measures.css';
import './approvals.css';

/** What waits for the second person; the author sees the same and why the signature is not theirs. */
export function Page() {
  const t = useWords(measureWords);
  const [measureId, setMeasure] = useUrlText('measure');
  const awaiting = useQuery({
    queryKey: ['measures', 'list', 'approvals'],
    queryFn: () => client.measures.list({ query: { phase: ['awaiting'], limit: 500 } }),
  });
  const emergencies = useQuery({
    queryKey: ['measures', 'list', 'emergencies'],
    queryFn: () => client.measures.list({ query: { phase: ['active'], limit: 500 } }),
    select: (page) =>
      page.items.filter(({ approvedAt, author }) => approvedAt === null && author.name !== ''),
  });
  // An emergency measure that already holds waits for its second person as well; a hold by rule does not.
  const rows = [
    ...(emergencies.data ?? []).filter(({ kind }) => kind !== 'pool_hold'),
    ...(awaiting.data?.items ?? []),
  ];
  const shown = measureId || rows[0]?.id || '';
  return (
    <PageFrame title={t('approvals')} filled note={awaiting.data && <AsOf at={awaiting.data.asOf} />}>
      {awaiting.error && <ErrorState error={awaiting.error} onRetry={() => void awaiting.refetch()} />}
      {awaiting.isLoading && <Loading />}
      {awaiting.data && (
        <div className="measures-inbox">
          <nav className="measures-inbox__list" aria-label={t('view.awaiting')}>
            {rows.map((row) => (
              <InboxRow
                key={row.id}
                measure={row}
                current={row.id === shown}
                onOpen={() => setMeasure(row.id)}
              />
            ))}
            {rows.length === 0 && (
              <EmptyState why="none" title={t('noAwaiting')}>
                {t('noAwaitingHint')}
              </EmptyState>
            )}
          </nav>
          {shown === '' ? (
            <div />
          ) : (
            <Decision key={shown} measureId={shown} onDecided={() => setMeasure(null)} />
          )}
        </div>
      )}
    </PageFrame>
  );
}

function InboxRow({ measure, current, onOpen }: { measure: Measure; current: boolean; onOpen: () => void }) {
  const t = useWords(measureWords);
  return (
    <button type="button" aria-current={current ? 'true' : undefined} onClick={onOpen}>
      <Subject measure={measure} />
      <span className="measures-muted">
        <Kind measure={measure} /> · {measure.author.name} <Time at={measure.draftedAt} />
      </span>
      <span className="measures-muted">
        {t('peopleOf', { count: formatCount(measure.peopleCount) })}
        {measure.lapsesAt && (
          <>
            {' · '}
            <Clock due={measure.lapsesAt} name={t('lapses')} nearMs={2 * 3_600_000} />
          </>
        )}
      </span>
    </button>
  );
}

function Decision({ measureId, onDecided }: { measureId: string; onDecided: () => void }) {
  const t = useWords(measureWords);
  const text = useText();
  const detail = useMeasureDetail(measureId);
  if (detail.error) return <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />;
  const measure = detail.data;
  if (!measure) return <Loading />;
  return (
    <article className="measures-decision">
      <header>
        <h2>{titleOf(measure, text, measure.person?.nameZh ?? t('onePerson'))}</h2>
        <DecisionActs measure={measure} onDecided={onDecided} />
      </header>
      <div className="measures-decision__body">
        <div>
          <h3 className="measures-heading">{t('ground')}</h3>
          <GroundList items={measure.evidence} />
          {measure.extendsId && <Earlier measureId={measure.extendsId} measure={measure} />}
          <h3 className="measures-heading">{t('comparison')}</h3>
          <Comparison
            ways={measure.alternatives}
            own={{
              name: text(measureKindWords[measure.kind]),
              peopleCount: measure.peopleCount,
              personDays: measure.personDays.planned,
            }}
          />
          <SmallestArea measure={measure} />
          <h3 className="measures-heading">{t('notice')}</h3>
          <NoticeView notice={measure.notice} />
        </div>
        <div>
          <h3 className="measures-heading">{t('facts')}</h3>
          <MeasureFacts measure={measure} />
        </div>
      </div>
    </article>
  );
}

/** For an extension: how long it was to last, and what is new. */
function Earlier({ measureId, measure }: { measureId: string; measure: MeasureDetail }) {
  const t = useWords(measureWords);
  const earlier = useMeasureDetail(measureId).data;
  if (!earlier) return null;
  const known = new Set(earlier.ground.map(({ id }) => id));
  return (
    <p className="measures-callout">
      {t('before')}：<Time at={earlier.startsAt} /> – <Time at={earlier.endsAt} /> ·{' '}
      {t('fresh', { count: measure.ground.filter(({ id }) => !known.has(id)).length })}
    </p>
  );
}

function DecisionActs({ measure, onDecided }: { measure: MeasureDetail; onDecided: () => void }) {
  const t = useWords(measureWords);
  const text = useText();
  const now = useServerNow();
  const queries = useQueryClient();
  const approves = useMe().permissions.includes('measures.approve');
  const [act, setAct] = useState<'approve' | 'reject' | null>(null);
  const params = { measureId: measure.id };
  const done = async () => {
    onDecided();
    await queries.invalidateQueries({ queryKey: ['measures'] });
  };
  const decidable = measure.state === 'awaiting_approval';
  return (
    <div className="measures-decision__acts">
      {!measure.mayApprove && (
        <div className="measures-blocked" role="status">
          <strong>{t('cannotApprove')}</strong>
          <ul>
            {measure.approvalBlocked.map((why) => (
              <li key={why.en}>{text(why)}</li>
            ))}
          </ul>
        </div>
      )}
      {approves && decidable && (
        <>
          <button
            type="button"
            className="lv-button lv-button--primary"
            disabled={!measure.mayApprove}
            onClick={() => setAct('approve')}
          >
            {t('approve')}…
          </button>
          <button type="button" className="lv-button" onClick={() => setAct('reject')}>
            {t('reject')}…
          </button>
        </>
      )}
      {act === 'approve' && (
        <ConfirmDialog
          title={t('approveTitle')}
          act={t('approve')}
          onClose={() => setAct(null)}
          onAct={async () => {
            await client.measures.approve({ params, body: { version: measure.version } });
            await done();
          }}
        >
          <p>
            <strong>{titleOf(measure, text, measure.person?.nameZh ?? t('onePerson'))}</strong>
          </p>
          <p>
            {t('approveHint', {
              from: formatTime(Math.max(Date.parse(measure.startsAt), measure.emergency ? 0 : now), now),
              until: formatTime(measure.endsAt, now),
              people: formatCount(measure.peopleCount),
            })}
          </p>
        </ConfirmDialog>
      )}
      {act === 'reject' && (
        <WriteDialog
          title={t('rejectTitle')}
          label={t('rejectReason')}
          hint={t('rejectHint')}
          act={t('reject')}
          onClose={() => setAct(null)}
          onAct={async (reason) => {
            await client.measures.reject({ params, body: { reason, version: measure.version } });
            await done();
          }}
        />
      )}
    </div>
  );
}
