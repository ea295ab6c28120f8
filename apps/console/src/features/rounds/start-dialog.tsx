import { newId, type PoolCapacity, type RouteOutput, type rounds } from '@levee/contract';
import {
  Dialog,
  ErrorState,
  Facts,
  FormField,
  FormGrid,
  formatCount,
  useNavigation,
  useServerClock,
  useText,
  useWords,
} from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { fromField, toField } from '../../app/local-time.ts';
import { RuleLine } from './rule-line.tsx';
import { roundWords } from './words.ts';

const TEN_MINUTES = 600_000;

/** Starts a round as the pack allows it: what it says stands beside what is asked. */
export function StartDialog({
  plan,
  onClose,
}: {
  plan: RouteOutput<typeof rounds.plan>;
  onClose: () => void;
}) {
  const t = useWords(roundWords);
  const text = useText();
  const clock = useServerClock();
  const queries = useQueryClient();
  const { go } = useNavigation();
  const [id] = useState(() => newId());
  const minutes = plan.hours?.minutes ?? 1440;
  const sizes = plan.poolSizes?.sizes ?? [];
  const [first] = useState(() => Math.ceil(clock.now() / TEN_MINUTES) * TEN_MINUTES);
  const [startsAt, setStarts] = useState(() => toField(first));
  const [endsAt, setEnds] = useState(() => toField(first + minutes * 60_000));
  const [poolSize, setSize] = useState<PoolCapacity>(sizes[0] ?? 1);
  const [siteIds, setSites] = useState<ReadonlySet<string>>(() => new Set(plan.sites.map((site) => site.id)));
  const start = useMutation({
    mutationFn: () =>
      client.rounds.start({
        body: {
          id,
          incidentId: plan.incidentId,
          division: plan.division,
          poolSize,
          startsAt: fromField(startsAt) ?? startsAt,
          endsAt: fromField(endsAt) ?? endsAt,
          siteIds: [...siteIds],
        },
      }),
    onSuccess: async (round) => {
      await queries.invalidateQueries({ queryKey: ['rounds'] });
      go(`/rounds/${round.id}`);
    },
  });
  const toggle = (site: string) => {
    const next = new Set(siteIds);
    if (!next.delete(site)) next.add(site);
    setSites(next);
  };
  return (
    <Dialog
      title={t('startTitle')}
      wide
      onClose={onClose}
      onSubmit={() => start.mutate()}
      footer={
        <>
          <button type="submit" className="lv-button lv-button--primary" disabled={start.isPending}>
            {t('start')}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
        </>
      }
    >
      <Facts
        rows={[
          [t('area'), text(plan.areaName)],
          [t('headcount'), `${formatCount(plan.headcount.value)} · ${text(plan.headcount.source)}`],
          [t('trigger'), plan.trigger && <RuleLine rule={plan.trigger} />],
        ]}
      />
      <FormGrid columns={2}>
        <FormField label={t('begins')}>
          {(wiring) => (
            <input
              {...wiring}
              type="datetime-local"
              className="lv-input"
              value={startsAt}
              onChange={(event) => setStarts(event.target.value)}
            />
          )}
        </FormField>
        <FormField label={t('ends')} hint={plan.hours && <RuleLine rule={plan.hours} />}>
          {(wiring) => (
            <input
              {...wiring}
              type="datetime-local"
              className="lv-input"
              value={endsAt}
              onChange={(event) => setEnds(event.target.value)}
            />
          )}
        </FormField>
      </FormGrid>
      <FormField label={t('poolSize')} hint={plan.poolSizes && <RuleLine rule={plan.poolSizes} />}>
        {(wiring) => (
          <select
            {...wiring}
            className="lv-input rounds-choice"
            value={poolSize}
            onChange={(event) => setSize(Number(event.target.value) as PoolCapacity)}
          >
            {[...sizes, 1 as const].map((size) => (
              <option key={size} value={size}>
                {size === 1 ? t('single') : t('ratio', { count: size })}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <fieldset className="rounds-sites">
        <legend>
          {t('sites')} · {t('sitesChosen', { count: siteIds.size })}
        </legend>
        {plan.sites.length === 0 && <p className="rounds-muted">{t('noSites')}</p>}
        <div className="rounds-sites__list">
          {plan.sites.map((site) => (
            <label key={site.id}>
              <input type="checkbox" checked={siteIds.has(site.id)} onChange={() => toggle(site.id)} />
              {text({ zh: site.nameZh, en: site.nameEn })}
            </label>
          ))}
        </div>
      </fieldset>
      {start.error && <ErrorState shape="line" error={start.error} />}
    </Dialog>
  );
}
