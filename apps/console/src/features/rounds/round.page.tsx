import type { RoundDetail } from '@levee/contract';
import {
  AsOf,
  ConfirmDialog,
  ErrorState,
  Figure,
  FigureStrip,
  formatCount,
  formatProportion,
  Loading,
  Page as PageFrame,
  Sparkline,
  StatusMark,
  Time,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { AreaTable } from './area-table.tsx';
import { PeopleList } from './people-list.tsx';
import { RoundStrip } from './round-strip.tsx';
import { NextStepLine } from './rule-line.tsx';
import { CountsBar, RoundState, shareDone } from './state-mark.tsx';
import { roundWords } from './words.ts';
import './rounds.css';

const EVERY_MS = 10_000;

/** One round: how far it is, where everybody's sample is, which grid lags, who is missed, what comes next. */
export function Page() {
  const t = useWords(roundWords);
  const text = useText();
  const me = useMe();
  const queries = useQueryClient();
  const { roundId = '' } = useParams({ strict: false }) as { roundId?: string };
  const [area, setArea] = useUrlText('area');
  const [asking, ask] = useState<'call' | 'close' | null>(null);
  const round = useQuery({
    queryKey: ['rounds', 'round', roundId],
    queryFn: () => client.rounds.byId({ params: { roundId } }),
    refetchInterval: EVERY_MS,
  });
  if (round.error) return <ErrorState error={round.error} onRetry={() => void round.refetch()} />;
  const { data } = round;
  if (!data) return <Loading />;
  const mayCommand = me.permissions.includes('rounds.command');
  const act = async (work: Promise<unknown>) => {
    await work;
    await queries.invalidateQueries({ queryKey: ['rounds'] });
  };
  return (
    <PageFrame
      title={`${text(data.areaName)} · ${t('round', { number: data.number })}`}
      breadcrumbs={[{ title: t('title'), href: '/rounds' }]}
      marks={<RoundState round={data} />}
      note={<AsOf at={data.asOf} />}
      actions={
        mayCommand && (
          <>
            {data.counts.missed > 0 && (
              <button type="button" className="lv-button" onClick={() => ask('call')}>
                {t('call')}
              </button>
            )}
            {!data.closedAt && data.division.startsWith(me.division) && (
              <button type="button" className="lv-button lv-button--primary" onClick={() => ask('close')}>
                {t('close')}
              </button>
            )}
          </>
        )
      }
    >
      {data.next && <NextStepLine next={data.next} />}
      <Progress round={data} />
      <RoundStrip accounting={data.accounting} />
      <AreaTable round={data} peeked={area} onPeek={setArea} />
      {area !== '' && <PeopleList round={data} division={area} onClose={() => setArea(null)} />}
      {asking === 'call' && (
        <ConfirmDialog
          title={t('callTitle')}
          act={t('call')}
          onClose={() => ask(null)}
          onAct={() => act(client.rounds.callMissed({ params: { roundId }, body: {} }))}
        >
          <p>{t('callHint')}</p>
        </ConfirmDialog>
      )}
      {asking === 'close' && (
        <ConfirmDialog
          title={t('closeTitle', { number: data.number })}
          act={t('close')}
          onClose={() => ask(null)}
          onAct={() => act(client.rounds.close({ params: { roundId } }))}
        >
          <p>{t('closeHint', { missed: formatCount(data.counts.missed) })}</p>
        </ConfirmDialog>
      )}
    </PageFrame>
  );
}

function Progress({ round }: { round: RoundDetail }) {
  const t = useWords(roundWords);
  const text = useText();
  const { counts, asOf, perHour, pace } = round;
  const source = t('source');
  const trend = pace.map(({ sampled }) => sampled);
  return (
    <section className="rounds-section" aria-label={t('share')}>
      <div className="rounds-progress">
        <strong className="rounds-progress__share">{formatProportion(shareDone(counts))}</strong>
        <CountsBar counts={counts} />
        <span>
          {t('expectedEnd')}:{' '}
          {counts.missed <= 0 ? (
            t('allDone')
          ) : round.expectedEnd ? (
            <Time at={round.expectedEnd} />
          ) : (
            <span className="rounds-muted">{t(round.closedAt ? 'closed' : 'noPace')}</span>
          )}
        </span>
        <span className="rounds-muted">
          {t('hours')}: <Time at={round.startsAt} /> – <Time at={round.closedAt ?? round.endsAt} /> ·{' '}
          {round.poolSize === 1 ? t('single') : t('ratio', { count: round.poolSize })} · {t('sites')}{' '}
          {round.sites.length}
        </span>
      </div>
      <FigureStrip>
        {(['headcount', 'sampled', 'exempt', 'away', 'missed'] as const).map((name) => (
          <Figure key={name} label={t(name)} value={counts[name]} asOf={asOf} source={source} />
        ))}
        <Figure
          label={t('perHour')}
          value={perHour.value}
          asOf={perHour.asOf}
          source={text(perHour.source)}
        />
        <Figure label={t('positives')} value={round.positives} asOf={asOf} source={t('reported')} />
      </FigureStrip>
      {trend.length > 1 && (
        <p className="rounds-pace" title={t('pace')}>
          <Sparkline values={trend} width={320} height={36} />
          <span className="rounds-muted">
            {t('paceText', { most: Math.max(...trend), last: trend.at(-1) ?? 0 })}
          </span>
        </p>
      )}
      {round.calls > 0 && (
        <p>
          <StatusMark tone="waiting">
            {t('called')} {round.calls}
          </StatusMark>
        </p>
      )}
    </section>
  );
}
