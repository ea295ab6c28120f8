import type { ForecastAnalysis } from '@levee/contract';
import { useTheme, useWords } from '@levee/ui';
import { Chart } from '@levee/ui/chart';
import { band, dayAxis, GRID, hatch, linesTooltip } from '../chart-parts.ts';
import { number, percent, significant } from '../numbers.ts';
import { Panel, type Shown } from '../panel.tsx';
import type { Asked, Settings } from '../use-analysis.ts';
import { analysisWords, type T } from '../words.ts';

/** The next two weeks if nothing changes; the interval is the message, the line in it is not. */
export function ForecastPanel({ asked, settings }: { asked: Asked<ForecastAnalysis>; settings: Settings }) {
  const t = useWords(analysisWords);
  return (
    <Panel name="forecast" title={t('forecast')} method="forecast" asked={asked} view={settings.view}>
      {(answer) => shownOf(answer, t)}
    </Panel>
  );
}

function shownOf(answer: ForecastAnalysis, t: T): Shown {
  const { days, total, R, k, kFrom, noCaseProportion } = answer;
  const told = days.filter(({ forecast }) => forecast !== null);
  const headline = total
    ? t('forecastHeadline', {
        from: told[0]?.day ?? '–',
        to: told.at(-1)?.day ?? '–',
        median: number(total.median, 0),
        low: number(total.low, 0),
        high: number(total.high, 0),
      })
    : '';
  const rests = R
    ? t('forecastRests', {
        R: number(R.mean),
        sd: number(R.sd),
        to: R.until,
        k: k === null ? '∞' : significant(k),
        kFrom: t(`k.${kFrom}`),
      })
    : '';
  const none = noCaseProportion ? t('forecastNone', { share: percent(noCaseProportion) }) : '';
  return {
    headline: (
      <>
        <strong>{headline}</strong>
        <span className="an-note">{rests}</span>
        {none && <span className="an-note">{none}</span>}
      </>
    ),
    chart: <Drawn answer={answer} />,
    restsOn: rests,
    text: [headline, rests, none, t('forecastIf')]
      .filter(Boolean)
      .map((part) => `${part}${t('stop')}`)
      .join(''),
    table: {
      columns: [
        { key: 'day', title: t('date') },
        { key: 'count', title: t('count') },
        { key: 'incomplete', title: t('incomplete') },
        { key: 'forecast_mean', title: t('mean'), digits: 1 },
        { key: 'forecast_median', title: t('median') },
        { key: 'forecast_low', title: t('low') },
        { key: 'forecast_high', title: t('high') },
      ],
      rows: days.map(({ day, count, incomplete, forecast }) => [
        day,
        count,
        count === null ? null : incomplete ? t('yes') : t('no'),
        forecast?.mean ?? null,
        forecast?.median ?? null,
        forecast?.low ?? null,
        forecast?.high ?? null,
      ]),
    },
  };
}

function Drawn({ answer: { days } }: { answer: ForecastAnalysis }) {
  const t = useWords(analysisWords);
  const { palette } = useTheme();
  const most = Math.max(1, ...days.map(({ count, forecast }) => Math.max(count ?? 0, forecast?.median ?? 0)));
  const option = {
    grid: GRID,
    legend: {
      left: 0,
      top: 0,
      data: [t('count'), t('forecastMedian'), t('forecastInterval')],
      selectedMode: false,
    },
    tooltip: linesTooltip((index) => {
      const { day, count, incomplete, forecast } = days[index]!;
      return [
        `<b>${day}</b>`,
        ...(count === null ? [] : [`${t('count')} ${count}${incomplete ? ` · ${t('incomplete')}` : ''}`]),
        ...(forecast ? [`${t('forecastMedian')} ${forecast.median} (${forecast.low}–${forecast.high})`] : []),
      ];
    }),
    xAxis: dayAxis(days.map(({ day }) => day)),
    yAxis: { type: 'value', minInterval: 1 },
    series: [
      {
        name: t('count'),
        type: 'bar',
        barCategoryGap: '8%',
        color: palette.series1,
        data: days.map(({ count, incomplete }) => ({
          value: count,
          itemStyle: incomplete ? { decal: hatch(palette.surface) } : {},
        })),
      },
      ...band(
        t('forecastInterval'),
        days.map(({ forecast }) => forecast?.low ?? null),
        // A wide interval must not flatten the rest: drawn to three times the highest, told in full in the tooltip.
        days.map(({ forecast }) => (forecast ? Math.min(forecast.high, 3 * most) : null)),
        palette.series2,
      ),
      {
        name: t('forecastMedian'),
        type: 'line',
        color: palette.series2,
        symbol: 'circle',
        data: days.map(({ forecast }) => forecast?.median ?? null),
      },
    ],
  };
  return <Chart option={option as never} label={t('forecast')} height={200} />;
}
