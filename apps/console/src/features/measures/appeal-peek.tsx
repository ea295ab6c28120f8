import { type Appeal, measureKindWords } from '@levee/contract';
import {
  Clock,
  ErrorState,
  Facts,
  PeekPanel,
  StatusMark,
  Time,
  useNavigation,
  useText,
  useWords,
  WriteDialog,
} from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { GroundList } from './ground-list.tsx';
import { MeasureFacts } from './measure-facts.tsx';
import { useMeasureDetail } from './measure-peek.tsx';
import { measureWords } from './words.ts';

type Act = 'confirm' | 'granted' | 'upheld';

/** One appeal with its clocks and the measure it is against; whoever took part is told why it is not theirs. */
export function AppealPeek({
  appeal,
  onClose,
  onPrevious,
  onNext,
}: {
  appeal: Appeal;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}) {
  const t = useWords(measureWords);
  const text = useText();
  const { Link } = useNavigation();
  const queries = useQueryClient();
  const [act, setAct] = useState<Act | null>(null);
  const measure = useMeasureDetail(appeal.measureId).data;
  const params = { appealId: appeal.id };
  const renew = () => queries.invalidateQueries({ queryKey: ['measures'] });
  const acknowledge = useMutation({
    mutationFn: () => client.measures.acknowledgeAppeal({ params, body: {} }),
    onSuccess: renew,
  });
  const open = appeal.decidedAt === null;
  return (
    <PeekPanel
      title={`${t('appeals')} · ${text(measureKindWords[appeal.measureKind])}`}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      footer={
        open && (
          <div className="measures-acts">
            {appeal.decisionBlocked && (
              <p className="measures-blocked" role="status">
                {text(appeal.decisionBlocked)}
              </p>
            )}
            {appeal.acknowledgedAt === null && (
              <button
                type="button"
                className="lv-button lv-button--primary"
                disabled={acknowledge.isPending}
                onClick={() => acknowledge.mutate()}
              >
                {t('acknowledge')}
              </button>
            )}
            {appeal.mayDecide && (
              <>
                <button type="button" className="lv-button" onClick={() => setAct('granted')}>
                  {t('grant')}…
                </button>
                <button type="button" className="lv-button" onClick={() => setAct('upheld')}>
                  {t('uphold')}…
                </button>
                {appeal.suspendsAt && appeal.confirmedAt === null && (
                  <button type="button" className="lv-button" onClick={() => setAct('confirm')}>
                    {t('confirmDanger')}…
                  </button>
                )}
              </>
            )}
            {acknowledge.error && <ErrorState shape="line" error={acknowledge.error} />}
          </div>
        )
      }
    >
      {appeal.suspended && (
        <p className="measures-warning">
          <StatusMark tone="bad">{t('suspendedNow')}</StatusMark>
        </p>
      )}
      <blockquote className="measures-statement">{appeal.statement}</blockquote>
      <Facts
        rows={[
          [t('channel'), t(appeal.channel)],
          [t('lodged'), <Time key="lodged" at={appeal.lodgedAt} />],
          [
            t('ackDue'),
            appeal.acknowledgedAt ? (
              <span key="ack">
                {appeal.acknowledgedBy?.name} <Time at={appeal.acknowledgedAt} />
              </span>
            ) : (
              <Clock key="ack" due={appeal.acknowledgeDueAt} name={t('ackDue')} />
            ),
          ],
          [
            t('decideDue'),
            <Clock
              key="decide"
              due={appeal.decideDueAt}
              name={t('decideDue')}
              nearMs={4 * 3_600_000}
              doneAt={appeal.decidedAt}
            />,
          ],
          ...(appeal.suspendsAt && open
            ? [
                [
                  t('suspendsAt'),
                  <span key="suspends">
                    {appeal.confirmedBy && appeal.confirmedAt ? (
                      <>
                        {t('confirmedBy', { name: appeal.confirmedBy.name })} <Time at={appeal.confirmedAt} />{' '}
                        {appeal.confirmedReason}
                      </>
                    ) : (
                      <>
                        <Clock due={appeal.suspendsAt} name={t('suspendsAt')} nearMs={6 * 3_600_000} />{' '}
                        <small className="measures-muted">{t('suspendsHint')}</small>
                      </>
                    )}
                  </span>,
                ] as const,
              ]
            : []),
          ...(appeal.decidedAt && appeal.outcome
            ? [
                [
                  t(appeal.outcome),
                  <span key="outcome">
                    {t('decidedBy', { name: appeal.decider?.name ?? '–' })} <Time at={appeal.decidedAt} />{' '}
                    {appeal.reason}
                  </span>,
                ] as const,
              ]
            : []),
        ]}
      />
      <h3 className="measures-heading">
        {t('measure')}
        <Link href={`/measures?view=all&measure=${appeal.measureId}`}>{t('openMeasure')}</Link>
      </h3>
      {measure && (
        <>
          <MeasureFacts measure={measure} />
          <h3 className="measures-heading">{t('ground')}</h3>
          <GroundList items={measure.evidence} />
        </>
      )}
      {act === 'confirm' && (
        <WriteDialog
          title={t('confirmTitle')}
          label={t('confirmReason')}
          hint={t('confirmHint')}
          act={t('confirmDanger')}
          maxLength={1000}
          onClose={() => setAct(null)}
          onAct={async (reason) => {
            await client.measures.confirmDanger({ params, body: { reason } });
            await renew();
          }}
        />
      )}
      {(act === 'granted' || act === 'upheld') && (
        <WriteDialog
          title={t(act === 'granted' ? 'grant' : 'uphold')}
          label={t('decideReason')}
          hint={t(act === 'granted' ? 'grantHint' : 'upholdHint')}
          act={t('decide')}
          maxLength={1000}
          onClose={() => setAct(null)}
          onAct={async (reason) => {
            await client.measures.decideAppeal({ params, body: { outcome: act, reason } });
            await renew();
          }}
        />
      )}
    </PeekPanel>
  );
}
