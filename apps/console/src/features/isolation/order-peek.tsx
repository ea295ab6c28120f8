import type { IsolationOrderDetail } from '@levee/contract';
import {
  ErrorState,
  Facts,
  formatDay,
  formatDuration,
  Loading,
  PeekPanel,
  Section,
  StatusMark,
  Time,
  useLanguage,
  useNavigation,
  useServerNow,
  useText,
  useWords,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { Conditions } from './conditions.tsx';
import { FollowUps } from './follow-ups.tsx';
import { LoopActs } from './loop-acts.tsx';
import { useIsolationPurpose } from './purpose.ts';
import { ReleaseCheck } from './release-check.tsx';
import { CHANNEL_NAMES, CLASS_NAMES, isolationWords, STATE_NAMES, STEP_NAMES, TEST_NAMES } from './words.ts';

/** One order: the next act, the loop with its limits, the schedule, follow-up, what still blocks release. */
export function OrderPeek({
  orderId,
  onClose,
  onPrevious,
  onNext,
}: {
  orderId: string;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}) {
  const t = useWords(isolationWords);
  const purpose = useIsolationPurpose();
  const detail = useQuery({
    queryKey: ['isolation', 'order', orderId],
    queryFn: () => client.isolation.orderById({ purpose, params: { orderId } }),
  });
  const order = detail.data;
  return (
    <PeekPanel
      title={order?.person.nameZh ?? '…'}
      label={t('orders')}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      footer={order && <LoopActs key={order.id} order={order} />}
    >
      {detail.isLoading && <Loading />}
      {detail.error && <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />}
      {order && (
        <>
          <Head order={order} />
          <Loop order={order} />
          <ReleaseCheck key={order.id} order={order} />
          <FollowUps key={`follow-${order.id}`} order={order} />
          <Schedule order={order} />
          <Conditions key={`conditions-${order.id}-${order.version}`} order={order} />
        </>
      )}
    </PeekPanel>
  );
}

function Head({ order }: { order: IsolationOrderDetail }) {
  const t = useWords(isolationWords);
  const text = useText();
  const { Link } = useNavigation();
  const free = order.state === 'released' || order.state === 'ended';
  return (
    <>
      <Facts
        rows={[
          [
            t('state'),
            <StatusMark key="state" tone={STATE_NAMES[order.state].tone}>
              {text(STATE_NAMES[order.state])}
            </StatusMark>,
          ],
          [t('class'), text(CLASS_NAMES[order.class])],
          [t('day'), order.day ? t('dayOf', { n: order.day.n, of: order.day.of }) : '–'],
          [
            t('place'),
            order.facility
              ? `${text({ zh: order.facility.nameZh, en: order.facility.nameEn })} ${order.room?.name ?? ''}`
              : order.kind === 'centralised_isolation'
                ? '–'
                : t('home'),
          ],
          [t('phone'), order.person.phoneMasked ?? '–'],
          [
            t('live'),
            `${text(order.person.divisionName)}${order.person.synthetic ? ` · ${t('synthetic')}` : ''}`,
          ],
          ...(order.withdrawnReason ? [[t('reason'), order.withdrawnReason] as const] : []),
          ...(order.undraftedReason
            ? [[t('reason'), t('undrafted', { reason: order.undraftedReason })] as const]
            : []),
        ]}
      />
      {order.positive && (
        <p className="isolation-alert">
          <StatusMark tone="bad">{t('positiveHint')}</StatusMark>
        </p>
      )}
      {free && (
        <p className="isolation-alert">
          <Link href={`/isolation/${order.id}/certificate`}>{t('certificate')}</Link>
        </p>
      )}
    </>
  );
}

function Loop({ order }: { order: IsolationOrderDetail }) {
  const t = useWords(isolationWords);
  const text = useText();
  const language = useLanguage();
  return (
    <Section title={t('loop')}>
      <ol className="isolation-loop">
        {order.loop.map((step) => (
          <li
            key={step.step}
            className={step.late ? 'isolation-loop__late' : step.at ? 'isolation-loop__done' : ''}
          >
            <span className="isolation-loop__name">{text(STEP_NAMES[step.step])}</span>
            <span>
              {!step.applies && <span className="isolation-muted">{t('notApplies')}</span>}
              {step.at && (
                <>
                  <Time at={step.at} /> {step.by}
                  {step.channel && ` · ${text(CHANNEL_NAMES[step.channel])}`}
                </>
              )}
              {step.dueAt && !step.at && (
                <>
                  {t('dueAt')} <Time at={step.dueAt} />
                </>
              )}
              {step.late && (
                <div>
                  <StatusMark tone="over">
                    {t('late')} · {step.owner ? t('owner', { name: step.owner.name }) : t('noOwner')}
                  </StatusMark>
                </div>
              )}
              {step.applies && step.step !== 'found' && (
                <div className="isolation-muted">
                  {step.limit
                    ? `${t('allowed', { minutes: formatDuration(step.limit.minutes * 60_000, language) })} · ${step.limit.source}${step.limit.confidence === 'unverified' ? `（${t('unverified')}）` : ''}`
                    : t('noLimit')}
                </div>
              )}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Schedule({ order }: { order: IsolationOrderDetail }) {
  const t = useWords(isolationWords);
  const text = useText();
  const now = useServerNow();
  return (
    <Section title={t('schedule')}>
      <p className="isolation-muted">
        {t('rule')} {order.source}
        {order.confidence === 'unverified' && `（${t('unverified')}）`} · {t('anchor')}{' '}
        {text(order.anchor.name)} {formatDay(order.anchor.date, now)}
      </p>
      {order.placedLateText && <p className="isolation-note">{text(order.placedLateText)}</p>}
      {order.notes.map((note) => (
        <p key={note.zh} className="isolation-note">
          {text(note)}
        </p>
      ))}
      {order.phases.map((phase) => (
        <div key={phase.kind} className="isolation-phase">
          <strong>{text(phase.kindName)}</strong> {formatDay(phase.fromDate, now)} {t('to')}{' '}
          {formatDay(phase.untilDate, now)}{' '}
          <span className="isolation-muted">{t(phase.mayGoOut ? 'goOut' : 'stayIn')}</span>
          <div className="isolation-muted">
            {phase.measure &&
              `${t('author')} ${phase.measure.author.name} · ${
                phase.measure.approver ? `${t('approver')} ${phase.measure.approver.name}` : t('notYet')
              }`}
          </div>
          <ul className="isolation-tests">
            {phase.tests.map((test) => (
              <li key={test.date}>
                <span>{formatDay(test.date, now)}</span>
                <StatusMark tone={TEST_NAMES[test.state].tone}>{text(TEST_NAMES[test.state])}</StatusMark>
                {test.movedFrom && (
                  <span className="isolation-muted">
                    {t('movedFrom', { date: formatDay(test.movedFrom, now) })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {order.earlier.length > 0 && (
        <>
          <h3>{t('earlier')}</h3>
          <ul>
            {order.earlier.map((phase) => (
              <li key={phase.measure?.id} className="isolation-muted">
                {text(phase.kindName)} {formatDay(phase.fromDate, now)} {t('to')}{' '}
                {formatDay(phase.untilDate, now)} {phase.measure?.closeReason}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
