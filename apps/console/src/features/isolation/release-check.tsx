import { type IsolationOrderDetail, newId, SITE_SAMPLE_KINDS } from '@levee/contract';
import {
  ErrorState,
  formatDay,
  Section,
  StatusMark,
  Time,
  useServerClock,
  useServerNow,
  useText,
  useWords,
} from '@levee/ui';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { useAct } from './use-act.ts';
import { isolationWords } from './words.ts';

const purpose = 'isolation_care' as const;

/** What the pack still asks before the person may leave, and what clears by itself. */
export function ReleaseCheck({ order }: { order: IsolationOrderDetail }) {
  const t = useWords(isolationWords);
  const text = useText();
  const now = useServerNow();
  const me = useMe();
  const mayAct = me.permissions.includes('isolation.write') && order.state === 'in_force';
  const release = useAct(() =>
    client.isolation.release({
      purpose,
      params: { orderId: order.id },
      body: { version: order.version },
    }),
  );
  if (order.state !== 'in_force') return null;
  const { releasable, blocking, missedTests } = order.release;
  return (
    <Section title={t('releaseCheck')}>
      <StatusMark tone={releasable ? 'good' : 'waiting'}>
        {releasable ? t('releasable') : t('blocked', { count: blocking.length })}
      </StatusMark>
      <ul className="isolation-blocks">
        {blocking.map((block) => (
          <li key={block.why.zh}>
            {text(block.why)}
            {block.clearsAt && (
              <span className="isolation-muted">
                {' '}
                · {t('clears', { day: formatDay(block.clearsAt.slice(0, 10), now) })}
              </span>
            )}
          </li>
        ))}
        {missedTests.map(({ day, date }) => (
          <li key={date} className="isolation-muted">
            {t('missedTest', { day, date: formatDay(date, now) })}
          </li>
        ))}
      </ul>
      {order.siteSamples.map((sample) => (
        <p key={sample.id} className="isolation-muted">
          {t(sample.kind)} {t(sample.result)} <Time at={sample.sampledAt} /> {sample.by}
        </p>
      ))}
      {mayAct && order.admittedAt && (
        <>
          {order.kind === 'centralised_isolation' && <SiteSample order={order} />}
          <div className="isolation-acts">
            <button
              type="button"
              className="lv-button lv-button--primary"
              disabled={!releasable || release.isPending}
              onClick={() => release.mutate(undefined)}
            >
              {t('release')}
            </button>
          </div>
          {release.error && <ErrorState error={release.error} shape="line" />}
        </>
      )}
    </Section>
  );
}

function SiteSample({ order }: { order: IsolationOrderDetail }) {
  const t = useWords(isolationWords);
  const clock = useServerClock();
  const act = useAct(
    ({ kind, result }: { kind: (typeof SITE_SAMPLE_KINDS)[number]; result: 'negative' | 'positive' }) =>
      client.isolation.siteSample({
        purpose,
        params: { orderId: order.id },
        body: { id: newId(), kind, sampledAt: new Date(clock.snapshot()).toISOString(), result },
      }),
  );
  return (
    <div className="isolation-acts">
      <span className="isolation-muted">{t('siteSample')}</span>
      {SITE_SAMPLE_KINDS.map((kind) =>
        (['negative', 'positive'] as const).map((result) => (
          <button
            key={`${kind} ${result}`}
            type="button"
            className="lv-button lv-button--quiet"
            disabled={act.isPending}
            onClick={() => act.mutate({ kind, result })}
          >
            {t(kind)} {t(result)}
          </button>
        )),
      )}
      {act.error && <ErrorState error={act.error} shape="line" />}
    </div>
  );
}
