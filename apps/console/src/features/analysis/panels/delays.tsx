import { DELAYS, type DelayAnalysis, type DelayName, type DelaysAnalysis } from '@levee/contract';
import { useUrlText, useWords } from '@levee/ui';
import { number, withInterval } from '../numbers.ts';
import { Panel, type Shown, TooFew } from '../panel.tsx';
import type { Asked, Settings } from '../use-analysis.ts';
import { analysisWords, type T } from '../words.ts';
import { Bars } from './bars.tsx';

const days = (value: number | null) => number(value, 1);

/** One delay drawn, all of them in the table and the words. */
export function DelaysPanel({ asked, settings }: { asked: Asked<DelaysAnalysis>; settings: Settings }) {
  const t = useWords(analysisWords);
  const [chosen, setChosen] = useUrlText('delay');
  const known = asked.data?.delays ?? [];
  // Without a choice the first that has an estimate: the report, where there are reports.
  const first =
    known.find(({ name, fits }) => name === 'report' && fits.length > 0) ??
    known.find(({ fits }) => fits.length > 0);
  const name = DELAYS.find((one) => one === chosen) ?? first?.name ?? 'report';
  return (
    <Panel
      name="delays"
      title={t('delays')}
      method="delay"
      asked={asked}
      view={settings.view}
      controls={
        <select
          className="lv-input an-choice"
          aria-label={t('delayChoice')}
          value={name}
          onChange={(event) => setChosen(event.target.value, { replace: true })}
        >
          {DELAYS.map((one) => (
            <option key={one} value={one}>
              {t(`delay.${one}`)}
            </option>
          ))}
        </select>
      }
    >
      {({ delays }) => shownOf(delays, name, t)}
    </Panel>
  );
}

function shownOf(delays: readonly DelayAnalysis[], name: DelayName, t: T): Shown {
  const one = delays.find((delay) => delay.name === name)!;
  const best = one.fits[0];
  return {
    headline: best ? (
      <>
        <strong>
          {t('delayHeadline', {
            mean: withInterval(best.mean, days),
            p95: days(best.p95.estimate),
            family: t(`family.${best.family}`),
            count: one.pairsCount,
          })}
        </strong>
        {one.negativeCount > 0 && (
          <span className="an-note">{t('negative', { count: one.negativeCount })}</span>
        )}
      </>
    ) : null,
    chart: best ? <Drawn delay={one} /> : <TooFew lacking={one.lacking} />,
    text: delays.map((delay) => wordsOf(delay, t)).join(''),
    table: {
      columns: [
        { key: 'delay', title: t('delayChoice') },
        { key: 'cases', title: t('pairs') },
        { key: 'observed_mean', title: `${t('observed')} ${t('mean')}`, digits: 1 },
        { key: 'observed_median', title: t('median'), digits: 1 },
        { key: 'family', title: t('family') },
        { key: 'mean', title: `${t('fit')} ${t('mean')}`, digits: 1 },
        { key: 'mean_low', title: t('low'), digits: 1 },
        { key: 'mean_high', title: t('high'), digits: 1 },
        { key: 'sd', title: t('sd'), digits: 1 },
        { key: 'p95', title: t('p95'), digits: 1 },
        { key: 'aic', title: t('aic'), digits: 1 },
      ],
      rows: delays.flatMap((delay) => {
        const head = [
          t(`delay.${delay.name}`),
          delay.pairsCount,
          delay.observed?.mean ?? null,
          delay.observed?.median ?? null,
        ];
        if (delay.fits.length === 0) return [[...head, ...Array<null>(7).fill(null)]];
        return delay.fits.map(({ family, mean, sd, p95, aic }) => [
          ...head,
          t(`family.${family}`),
          mean.estimate,
          mean.low,
          mean.high,
          sd.estimate,
          p95.estimate,
          aic,
        ]);
      }),
    },
  };
}

function wordsOf(delay: DelayAnalysis, t: T): string {
  const name = t(`delay.${delay.name}`);
  const best = delay.fits[0];
  if (!best) return t('delayFew', { name, count: delay.pairsCount, need: delay.lacking[0]?.need ?? 0 });
  return t('delayText', {
    name,
    count: delay.pairsCount,
    observed: days(delay.observed?.mean ?? null),
    median: days(delay.observed?.median ?? null),
    mean: withInterval(best.mean, days),
    family: t(`family.${best.family}`),
    p95: days(best.p95.estimate),
  });
}

function Drawn({ delay }: { delay: DelayAnalysis }) {
  const t = useWords(analysisWords);
  const probabilities = delay.fits[0]?.probabilities ?? [];
  const counts = new Map(delay.days.map(({ days: day, count }) => [day, count]));
  const longest = Math.max(delay.observed?.max ?? 0, 1);
  const points = Array.from({ length: longest + 1 }, (_, day) => ({
    x: day,
    count: counts.get(day) ?? 0,
    expected: day < probabilities.length ? delay.pairsCount * probabilities[day]! : null,
  }));
  return (
    <Bars
      label={t(`delay.${delay.name}`)}
      names={{ x: t('days'), counted: t('observed'), expected: t('fit') }}
      points={points}
    />
  );
}
