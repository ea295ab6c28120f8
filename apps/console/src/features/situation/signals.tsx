import { newId, type ResponseLevelCode, type Signal } from '@levee/contract';
import {
  ErrorState,
  FormActions,
  FormField,
  FormGrid,
  Section,
  StatusMark,
  Time,
  useText,
  useWords,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { situationWords } from './words.ts';

const LEVELS: readonly ResponseLevelCode[] = ['I', 'II', 'III', 'IV'];
const PACKS = ['covid19-cn-9', 'covid19-cn-9-20m', 'plague-cn', 'mers'] as const;

/** Signals nobody has decided on: activate, join, or dismiss with a reason. */
export function Signals() {
  const t = useWords(situationWords);
  const text = useText();
  const queries = useQueryClient();
  const may = useMe().permissions.includes('incidents.activate');
  const [activating, setActivating] = useState<Signal | null>(null);
  const signals = useQuery({
    queryKey: ['situation', 'signals'],
    queryFn: () => client.incidents.signals({ query: { state: ['open'] } }),
  });
  const current = useQuery({
    queryKey: ['situation', 'incidents'],
    queryFn: () => client.incidents.current(),
  });
  const decide = useMutation({
    mutationFn: async ({
      signal,
      incidentId,
      reason,
    }: {
      signal: Signal;
      incidentId?: string;
      reason?: string;
    }) => {
      const params = { signalId: signal.id };
      if (incidentId) await client.incidents.joinSignal({ params, body: { incidentId } });
      else if (reason) await client.incidents.dismissSignal({ params, body: { reason } });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['situation'] }),
  });
  const incident = current.data?.items[0];
  return (
    <Section title={t('signals')}>
      {signals.error && (
        <ErrorState shape="line" error={signals.error} onRetry={() => void signals.refetch()} />
      )}
      {signals.data?.items.length === 0 && <p className="situation__quiet">{t('noSignals')}</p>}
      {signals.data?.items.map((signal) => (
        <div key={signal.id} className="situation__signal">
          <p>
            <StatusMark tone="bad">
              {signal.kind === 'manual' ? t('manual') : t('screeningPositive')}
            </StatusMark>{' '}
            <Time at={signal.at} /> {signal.divisionName} {signal.siteName} {signal.note}
          </p>
          {may && (
            <p className="situation__acts">
              {incident ? (
                <button
                  type="button"
                  className="lv-button lv-button--primary"
                  onClick={() => decide.mutate({ signal, incidentId: incident.id })}
                >
                  {t('join', { name: text(incident.name) })}
                </button>
              ) : (
                <button
                  type="button"
                  className="lv-button lv-button--primary"
                  onClick={() => setActivating(signal)}
                >
                  {t('activate')}
                </button>
              )}
              <button
                type="button"
                className="lv-button"
                onClick={() => {
                  const reason = window.prompt(t('why'))?.trim();
                  if (reason) decide.mutate({ signal, reason });
                }}
              >
                {t('dismiss')}
              </button>
            </p>
          )}
        </div>
      ))}
      {decide.error && <ErrorState shape="line" error={decide.error} />}
      {activating && (
        <Activation signals={signals.data?.items ?? [activating]} onClose={() => setActivating(null)} />
      )}
    </Section>
  );
}

/** What would start stands here before anybody confirms. */
function Activation({ signals, onClose }: { signals: readonly Signal[]; onClose: () => void }) {
  const t = useWords(situationWords);
  const text = useText();
  const queries = useQueryClient();
  const { division } = useMe();
  const [level, setLevel] = useState<ResponseLevelCode>('II');
  const [packId, setPackId] = useState<string>(PACKS[0]);
  const [id] = useState(() => newId());
  const signalIds = signals.map((signal) => signal.id);
  const plan = useQuery({
    queryKey: ['situation', 'plan', packId, level, division, signalIds],
    queryFn: () => client.incidents.plan({ query: { packId, level, division, signalId: signalIds } }),
  });
  const activate = useMutation({
    mutationFn: (words: { zh: string; en: string; reason: string }) =>
      client.incidents.activate({
        body: {
          id,
          signalIds,
          packId,
          level,
          division,
          name: { zh: words.zh, en: words.en },
          reason: words.reason,
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['situation'] });
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = (name: string) => String(new FormData(event.currentTarget).get(name)).trim();
    activate.mutate({ zh: field('zh'), en: field('en'), reason: field('reason') });
  };
  return (
    <form className="situation__activation" onSubmit={submit} aria-label={t('activate')}>
      <FormGrid columns={2}>
        <FormField label={t('level')}>
          {(wiring) => (
            <select
              {...wiring}
              className="lv-input"
              value={level}
              onChange={(event) => setLevel(event.target.value as ResponseLevelCode)}
            >
              {LEVELS.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          )}
        </FormField>
        <FormField label={t('pack')}>
          {(wiring) => (
            <select
              {...wiring}
              className="lv-input"
              value={packId}
              onChange={(event) => setPackId(event.target.value)}
            >
              {PACKS.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          )}
        </FormField>
      </FormGrid>
      <FormGrid>
        <FormField label={t('name')}>
          {(wiring) => (
            <input
              {...wiring}
              className="lv-input"
              name="zh"
              required
              maxLength={80}
              defaultValue="共和县新冠疫情"
            />
          )}
        </FormField>
        <FormField label={t('nameEn')}>
          {(wiring) => (
            <input
              {...wiring}
              className="lv-input"
              name="en"
              required
              maxLength={120}
              defaultValue="Gonghe COVID-19 outbreak"
            />
          )}
        </FormField>
        <FormField label={t('reason')}>
          {(wiring) => <textarea {...wiring} className="lv-input" name="reason" required rows={2} />}
        </FormField>
      </FormGrid>
      {plan.error && <ErrorState shape="line" error={plan.error} />}
      <p>{t('willStart')}</p>
      <ul>
        {plan.data?.clocks.map((clock) => (
          <li key={clock.kind}>
            {text(clock.name)} · <Time at={clock.dueAt} />{' '}
            {clock.owner && t('owner', { name: clock.owner.name })}
          </li>
        ))}
      </ul>
      {activate.error && <ErrorState shape="line" error={activate.error} />}
      <FormActions>
        <button type="submit" className="lv-button lv-button--primary" disabled={activate.isPending}>
          {t('confirm')}
        </button>
        <button type="button" className="lv-button" onClick={onClose}>
          {t('cancel')}
        </button>
      </FormActions>
    </form>
  );
}
