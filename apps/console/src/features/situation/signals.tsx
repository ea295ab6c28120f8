import type { Signal, SignalEvidence } from '@levee/contract';
import {
  ErrorState,
  formatDay,
  Section,
  StatusMark,
  Time,
  useNavigation,
  useText,
  useWords,
  WriteDialog,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { Activation } from './activation.tsx';
import { RaiseSignal } from './raise-signal.tsx';
import { situationWords } from './words.ts';

const KIND_WORDS = {
  screening_positive: 'screeningPositive',
  manual: 'manual',
  aberration: 'aberration',
} as const;

/** What an aberration rests on, and where it is drawn. */
function Evidence({ signal, evidence }: { signal: Signal; evidence: SignalEvidence }) {
  const t = useWords(situationWords);
  const { Link } = useNavigation();
  const { series, method, day, observed, expected, upper } = evidence;
  const within = signal.division.slice(0, 6);
  const search =
    series === 'cases'
      ? `/cases?within=${within}`
      : `/analysis?${new URLSearchParams({ within, series, ears: method, until: day })}`;
  return (
    <>
      {t(`aberration.${series}`, {
        day: formatDay(day, signal.at),
        observed,
        expected: expected.toFixed(1),
        upper: upper.toFixed(1),
        method: method.toUpperCase(),
      })}{' '}
      <Link href={search}>{t(series === 'cases' ? 'toCases' : 'toAnalysis')}</Link>
    </>
  );
}

/** Signals nobody has decided on: activate, join, or dismiss with a reason. */
export function Signals() {
  const t = useWords(situationWords);
  const text = useText();
  const queries = useQueryClient();
  const may = useMe().permissions.includes('incidents.activate');
  const [raising, setRaising] = useState(false);
  const [activating, setActivating] = useState<Signal | null>(null);
  const [dismissing, setDismissing] = useState<Signal | null>(null);
  const signals = useQuery({
    queryKey: ['situation', 'signals'],
    queryFn: () => client.incidents.signals({ query: { state: ['open'] } }),
  });
  const current = useQuery({
    queryKey: ['situation', 'incidents'],
    queryFn: () => client.incidents.current(),
  });
  const renew = () => queries.invalidateQueries({ queryKey: ['situation'] });
  const join = useMutation({
    mutationFn: ({ signal, incidentId }: { signal: Signal; incidentId: string }) =>
      client.incidents.joinSignal({ params: { signalId: signal.id }, body: { incidentId } }),
    onSuccess: renew,
  });
  const incident = current.data?.items[0];
  return (
    <Section
      title={t('signals')}
      actions={
        may && (
          <button type="button" className="lv-button lv-button--quiet" onClick={() => setRaising(true)}>
            {t('raiseSignal')}…
          </button>
        )
      }
    >
      {signals.error && (
        <ErrorState shape="line" error={signals.error} onRetry={() => void signals.refetch()} />
      )}
      {signals.data?.items.length === 0 && <p className="situation__quiet">{t('noSignals')}</p>}
      {signals.data?.items.map((signal) => (
        <div key={signal.id} className="situation__signal">
          <p>
            <StatusMark tone="bad">{t(KIND_WORDS[signal.kind])}</StatusMark> <Time at={signal.at} />{' '}
            {text(signal.divisionName)} {signal.siteName && text(signal.siteName)} {signal.note}
            {signal.evidence && <Evidence signal={signal} evidence={signal.evidence} />}
          </p>
          {may && (
            <p className="situation__acts">
              {incident ? (
                <button
                  type="button"
                  className="lv-button lv-button--primary"
                  disabled={join.isPending}
                  onClick={() => join.mutate({ signal, incidentId: incident.id })}
                >
                  {t('join', { name: text(incident.name) })}
                </button>
              ) : (
                <button
                  type="button"
                  className="lv-button lv-button--primary"
                  onClick={() => setActivating(signal)}
                >
                  {t('activate')}…
                </button>
              )}
              <button type="button" className="lv-button" onClick={() => setDismissing(signal)}>
                {t('dismiss')}…
              </button>
            </p>
          )}
        </div>
      ))}
      {join.error && <ErrorState shape="line" error={join.error} />}
      {raising && <RaiseSignal onClose={() => setRaising(false)} />}
      {activating && (
        <Activation
          first={activating}
          signals={signals.data?.items ?? [activating]}
          onClose={() => setActivating(null)}
        />
      )}
      {dismissing && (
        <WriteDialog
          title={t('dismissTitle')}
          label={t('why')}
          hint={t('whyHint')}
          act={t('dismiss')}
          onClose={() => setDismissing(null)}
          onAct={async (reason) => {
            await client.incidents.dismissSignal({ params: { signalId: dismissing.id }, body: { reason } });
            await renew();
          }}
        >
          <p>
            <Time at={dismissing.at} /> {text(dismissing.divisionName)}{' '}
            {dismissing.siteName && text(dismissing.siteName)} {dismissing.note}
          </p>
        </WriteDialog>
      )}
    </Section>
  );
}
