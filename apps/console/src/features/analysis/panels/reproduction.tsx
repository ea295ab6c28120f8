import type { CurveAnalysis, ReproductionAnalysis } from '@levee/contract';
import { useText, useTheme, useWords } from '@levee/ui';
import { Chart } from '@levee/ui/chart';
import { band, DAY_GRID, dayAxis, greyFrom, linesTooltip } from '../chart-parts.ts';
import { intervalText } from '../interval-text.ts';
import { number, withInterval } from '../numbers.ts';
import { Panel, type Shown } from '../panel.tsx';
import type { Asked, Settings } from '../use-analysis.ts';
import { analysisWords, type T } from '../words.ts';

type Window = ReproductionAnalysis['windows'][number];

export const rtEstimate = ({ mean, quantiles }: Window) => ({
  estimate: mean,
  low: quantiles['0.025'] ?? null,
  high: quantiles['0.975'] ?? null,
});

/** The last window whose days are all in, once a serial interval has passed. */
export const lastComplete = (answer: ReproductionAnalysis | undefined): Window | undefined =>
  answer?.windows.findLast(
    ({ mean, marks }) => mean !== null && !marks.includes('incomplete') && !marks.includes('early'),
  );

export function rtSays({ estimate, low, high }: ReturnType<typeof rtEstimate>): 'grows' | 'shrinks' | 'open' {
  if (estimate === null || low === null || high === null) return 'open';
  return low > 1 ? 'grows' : high < 1 ? 'shrinks' : 'open';
}

/** Rt under the curve, day below day; the interval it rests on is always in view. */
export function ReproductionPanel({
  asked,
  curve,
  settings,
}: {
  asked: Asked<ReproductionAnalysis>;
  curve: CurveAnalysis | undefined;
  settings: Settings;
}) {
  const t = useWords(analysisWords);
  const text = useText();
  return (
    <Panel name="rt" title={t('rt')} method="rt" asked={asked} view={settings.view} wide>
      {(answer) => shownOf(answer, curve, t, answer.interval ? intervalText(answer.interval, t, text) : '')}
    </Panel>
  );
}

function shownOf(
  answer: ReproductionAnalysis,
  curve: CurveAnalysis | undefined,
  t: T,
  interval: string,
): Shown {
  const { windows, windowDays } = answer;
  const drawn = windows.filter(({ mean, marks }) => mean !== null && !marks.includes('early'));
  const last = lastComplete(answer);
  const earlyCount = windows.filter(({ marks }) => marks.includes('early')).length;
  const isCut = windows.at(-1)?.marks.includes('incomplete') ?? false;
  const says = last ? t(`rtSays.${rtSays(rtEstimate(last))}`) : '';
  const highest = drawn.reduce<Window | undefined>(
    (most, one) => (most === undefined || one.mean! > most.mean! ? one : most),
    undefined,
  );
  const firstBelow = drawn.slice(drawn.findLastIndex(({ mean }) => mean! >= 1) + 1)[0];
  return {
    headline: (
      <>
        {last && (
          <strong>
            {t('rtHeadline', {
              value: withInterval(rtEstimate(last)),
              from: last.from,
              to: last.until,
              count: last.casesCount,
            })}
            {' · '}
            {says}
          </strong>
        )}
        <span className="an-note">{interval}</span>
        {isCut && <span className="an-note">{t('rtIncomplete')}</span>}
        {earlyCount > 0 && <span className="an-note">{t('rtEarly', { count: earlyCount })}</span>}
      </>
    ),
    chart: <Drawn answer={answer} curve={curve} />,
    restsOn: `${t('windowOf', { days: windowDays })} · ${t(`day.${answer.basis}`)} · ${interval}`,
    text:
      last && highest
        ? t('rtText', {
            days: windowDays,
            peak: number(highest.mean),
            peakDay: highest.until,
            from: last.from,
            to: last.until,
            count: last.casesCount,
            value: withInterval(rtEstimate(last)),
            says,
            below: firstBelow ? t('rtBelow', { day: firstBelow.until }) : t('rtNotBelow'),
          })
        : interval,
    table: {
      columns: [
        { key: 'from', title: t('from') },
        { key: 'until', title: t('to') },
        { key: 'cases', title: t('cases') },
        { key: 'r_mean', title: t('mean'), digits: 3 },
        { key: 'r_sd', title: t('sd'), digits: 3 },
        { key: 'r_q0.025', title: t('low'), digits: 3 },
        { key: 'r_q0.5', title: t('median'), digits: 3 },
        { key: 'r_q0.975', title: t('high'), digits: 3 },
        { key: 'marks', title: t('marks') },
      ],
      rows: windows.map(({ from, until, casesCount, mean, sd, quantiles, marks }) => [
        from,
        until,
        casesCount,
        mean,
        sd,
        quantiles['0.025'] ?? null,
        quantiles['0.5'] ?? null,
        quantiles['0.975'] ?? null,
        marks.map((mark) => t(`mark.${mark}`)).join(' · '),
      ]),
    },
  };
}

function Drawn({ answer, curve }: { answer: ReproductionAnalysis; curve: CurveAnalysis | undefined }) {
  const t = useWords(analysisWords);
  const { palette } = useTheme();
  const byDay = new Map(
    answer.windows.filter(({ marks }) => !marks.includes('early')).map((one) => [one.until, one]),
  );
  const days = curve?.days.map(({ day }) => day) ?? answer.windows.map(({ until }) => until);
  const at = days.map((day) => byDay.get(day));
  const highest = Math.max(2, ...at.map((one) => one?.mean ?? 0));
  const option = {
    grid: DAY_GRID,
    legend: { left: 0, top: 0, data: ['Rt', t('credible')], selectedMode: false },
    tooltip: linesTooltip((index) => {
      const one = at[index];
      if (!one) return [`<b>${days[index]}</b>`];
      return [
        `<b>${one.from} – ${one.until}</b>`,
        `Rt ${withInterval(rtEstimate(one))}`,
        `${t('cases')} ${one.casesCount}`,
        ...one.marks.map((mark) => t(`mark.${mark}`)),
      ];
    }),
    xAxis: dayAxis(days),
    yAxis: { type: 'value', min: 0, max: Math.ceil(highest * 1.5) },
    series: [
      ...band(
        t('credible'),
        at.map((one) => one?.quantiles['0.025'] ?? null),
        at.map((one) => one?.quantiles['0.975'] ?? null),
        palette.series1,
      ),
      {
        name: 'Rt',
        type: 'line',
        color: palette.series1,
        data: at.map((one) =>
          one?.mean == null
            ? null
            : { value: one.mean, symbol: one.marks.includes('few') ? 'emptyCircle' : 'circle' },
        ),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: palette.textMuted, type: 'dashed', width: 1 },
          data: [{ yAxis: 1 }],
        },
        ...greyFrom(
          days.findIndex((day) => byDay.get(day)?.marks.includes('incomplete')),
          days.length,
          palette.sunken,
        ),
      },
    ],
  };
  return <Chart option={option as never} label={t('rt')} height={220} />;
}
