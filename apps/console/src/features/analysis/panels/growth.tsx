import type { GrowthAnalysis } from '@levee/contract';
import { useTheme, useWords } from '@levee/ui';
import { Chart } from '@levee/ui/chart';
import { dayAxis, GRID, linesTooltip } from '../chart-parts.ts';
import { number, percent, withInterval } from '../numbers.ts';
import { Panel, type Shown } from '../panel.tsx';
import type { Asked, Settings } from '../use-analysis.ts';
import { analysisWords, type T } from '../words.ts';

/** Doubling while the rate is above 0, halving below: the one that applies. */
export function timeOf({ growthRate, doublingTimeDays, halvingTimeDays }: GrowthAnalysis) {
  const isRising = (growthRate?.estimate ?? 0) >= 0;
  const time = isRising ? doublingTimeDays : halvingTimeDays;
  return { what: isRising ? ('doubling' as const) : ('halving' as const), time };
}

export function GrowthPanel({ asked, settings }: { asked: Asked<GrowthAnalysis>; settings: Settings }) {
  const t = useWords(analysisWords);
  const { from, setFrom, to, setTo, view } = settings;
  const day = (value: string, shown: string | null | undefined, set: Settings['setFrom'], label: string) => (
    <input
      type="date"
      className="lv-input an-day"
      aria-label={`${t('growthDays')} ${label}`}
      value={value || (shown ?? '')}
      onChange={(event) => set(event.target.value || null, { replace: true })}
    />
  );
  return (
    <Panel
      name="growth"
      title={t('growth')}
      method="growth"
      asked={asked}
      view={view}
      controls={
        <>
          {day(from, asked.data?.from, setFrom, t('from'))}
          <span aria-hidden="true">–</span>
          {day(to, asked.data?.to, setTo, t('to'))}
          {(from || to) && (
            <button
              type="button"
              className="lv-button lv-button--quiet"
              onClick={() => {
                setFrom(null, { replace: true });
                setTo(null, { replace: true });
              }}
            >
              {t('growthReset')}
            </button>
          )}
        </>
      }
    >
      {(answer) => shownOf(answer, t)}
    </Panel>
  );
}

function shownOf(answer: GrowthAnalysis, t: T): Shown {
  const { growthRate, days, reproduction } = answer;
  const { what, time } = timeOf(answer);
  const rate = withInterval(growthRate, percent);
  const isOpen = growthRate !== null && (growthRate.low ?? -1) < 0 && (growthRate.high ?? 1) > 0;
  const value = time
    ? `${withInterval({ ...time, unbounded: time.high === null }, (one) => number(one, 1))} ${t('day')}`
    : '–';
  return {
    headline: (
      <>
        <strong>
          {isOpen ? t('growthOpen', { rate }) : t('growthHeadline', { what: t(what), value, rate })}
        </strong>
        {reproduction && (
          <span className="an-note">
            {t('reproductionOf')} {withInterval(reproduction)}
          </span>
        )}
      </>
    ),
    chart: <Drawn answer={answer} />,
    restsOn: `${t(`day.${answer.basis}`)} · ${answer.from ?? '–'} – ${answer.to ?? '–'} · ${t('rate')} ${rate} · ${t(what)} ${value}`,
    text: t('growthText', {
      from: answer.from ?? '–',
      to: answer.to ?? '–',
      rate,
      what: t(what),
      value,
      reproduction: withInterval(reproduction),
    }),
    table: {
      columns: [
        { key: 'day', title: t('date') },
        { key: 'count', title: t('count') },
        { key: 'fitted', title: t('fitted'), digits: 2 },
      ],
      rows: days.map(({ day, count, fitted }) => [day, count, fitted]),
    },
  };
}

function Drawn({ answer: { days } }: { answer: GrowthAnalysis }) {
  const t = useWords(analysisWords);
  const { palette } = useTheme();
  const option = {
    grid: GRID,
    legend: { left: 0, top: 0, selectedMode: false },
    tooltip: linesTooltip((index) => {
      const { day, count, fitted } = days[index]!;
      return [
        `<b>${day}</b>`,
        `${t('count')} ${count}`,
        ...(fitted === null ? [] : [`${t('fitted')} ${number(fitted, 1)}`]),
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
        data: days.map(({ count, fitted }) => ({
          value: count,
          itemStyle: { opacity: fitted === null ? 0.35 : 1 },
        })),
      },
      {
        name: t('fitted'),
        type: 'line',
        showSymbol: false,
        color: palette.series2,
        data: days.map(({ fitted }) => fitted),
      },
    ],
  };
  return <Chart option={option as never} label={t('growth')} height={200} />;
}
