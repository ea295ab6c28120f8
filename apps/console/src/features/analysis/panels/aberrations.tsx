import { ABERRATION_SERIES, type AberrationAnalysis } from '@levee/contract';
import { useTheme, useWords } from '@levee/ui';
import { Chart } from '@levee/ui/chart';
import { dayAxis, GRID, linesTooltip } from '../chart-parts.ts';
import { number } from '../numbers.ts';
import { Panel, type Shown } from '../panel.tsx';
import type { Asked, Settings } from '../use-analysis.ts';
import { analysisWords, type T } from '../words.ts';

/** Days with more than chance explains. A mark asks for a look; of a county in no response it is also a signal. */
export function AberrationsPanel({
  asked,
  settings,
}: {
  asked: Asked<AberrationAnalysis>;
  settings: Settings;
}) {
  const t = useWords(analysisWords);
  const { series, setSeries, method, setMethod, view } = settings;
  return (
    <Panel
      name="aberrations"
      title={t('aberrations')}
      method="aberration"
      asked={asked}
      view={view}
      controls={
        <>
          <select
            className="lv-input an-choice"
            aria-label={t('series')}
            value={series}
            onChange={(event) => setSeries(event.target.value, { replace: true })}
          >
            {ABERRATION_SERIES.map((one) => (
              <option key={one} value={one}>
                {t(`series.${one}`)}
              </option>
            ))}
          </select>
          <select
            className="lv-input an-choice"
            aria-label="EARS"
            value={method}
            onChange={(event) => setMethod(event.target.value, { replace: true })}
          >
            {['c1', 'c2', 'c3'].map((one) => (
              <option key={one} value={one}>
                {one.toUpperCase()}
              </option>
            ))}
          </select>
        </>
      }
    >
      {(answer) => shownOf(answer, t)}
    </Panel>
  );
}

function shownOf(answer: AberrationAnalysis, t: T): Shown {
  const { days, alarmsCount, series, method } = answer;
  const last = days.findLast(({ alarm }) => alarm === true);
  const alarms = last
    ? t('aberrationHeadline', {
        count: alarmsCount,
        day: last.day,
        observed: last.count,
        upper: number(last.upper, 1),
      })
    : t('aberrationNone');
  return {
    headline: <strong>{alarms}</strong>,
    chart: <Drawn answer={answer} />,
    restsOn: method.toUpperCase(),
    text: t('aberrationText', {
      series: t(`series.${series}`),
      from: days[0]?.day ?? '–',
      to: days.at(-1)?.day ?? '–',
      method: method.toUpperCase(),
      alarms,
    }),
    table: {
      columns: [
        { key: 'day', title: t('date') },
        { key: 'count', title: t(`series.${series}`) },
        { key: 'expected', title: t('expectedCount'), digits: 1 },
        { key: 'upper', title: t('upper'), digits: 1 },
        { key: 'alarm', title: t('alarm') },
      ],
      rows: days.map(({ day, count, expected, upper, alarm }) => [
        day,
        count,
        expected,
        upper,
        alarm === null ? null : alarm ? t('yes') : t('no'),
      ]),
    },
  };
}

function Drawn({ answer: { days, series } }: { answer: AberrationAnalysis }) {
  const t = useWords(analysisWords);
  const { palette } = useTheme();
  const option = {
    grid: GRID,
    legend: { left: 0, top: 0, selectedMode: false },
    tooltip: linesTooltip((index) => {
      const { day, count, expected, upper, alarm } = days[index]!;
      return [
        `<b>${day}</b>`,
        `${t(`series.${series}`)} ${count}`,
        ...(upper === null
          ? []
          : [`${t('expectedCount')} ${number(expected, 1)} · ${t('upper')} ${number(upper, 1)}`]),
        ...(alarm ? [`▲ ${t('alarm')}`] : []),
      ];
    }),
    xAxis: dayAxis(days.map(({ day }) => day)),
    yAxis: { type: 'value', minInterval: 1 },
    series: [
      {
        name: t(`series.${series}`),
        type: 'bar',
        barCategoryGap: '8%',
        color: palette.series1,
        data: days.map(({ count }) => count),
      },
      {
        name: t('upper'),
        type: 'line',
        step: 'middle',
        showSymbol: false,
        color: palette.textMuted,
        lineStyle: { type: 'dashed', width: 1.5 },
        data: days.map(({ upper }) => upper),
      },
      {
        name: t('alarm'),
        type: 'scatter',
        symbol: 'triangle',
        symbolSize: 10,
        color: palette.high,
        data: days.map(({ alarm, count }) => (alarm ? count : null)),
      },
    ],
  };
  return <Chart option={option as never} label={t('aberrations')} height={200} />;
}
