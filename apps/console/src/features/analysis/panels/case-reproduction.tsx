import type { CaseReproductionAnalysis } from '@levee/contract';
import { useTheme, useWords } from '@levee/ui';
import { Chart } from '@levee/ui/chart';
import { band, dayAxis, GRID, greyFrom, linesTooltip } from '../chart-parts.ts';
import { number, withInterval } from '../numbers.ts';
import { Panel, type Shown } from '../panel.tsx';
import type { Asked, Settings } from '../use-analysis.ts';
import { analysisWords, type T } from '../words.ts';

type Window = CaseReproductionAnalysis['windows'][number];

const estimateOf = ({ mean, quantiles }: Window) => ({
  estimate: mean,
  low: quantiles['0.025'] ?? null,
  high: quantiles['0.975'] ?? null,
});

/** Looking back: whom the cases of a window infected. The last windows are not over and drawn on grey. */
export function CaseReproductionPanel({
  asked,
  settings,
}: {
  asked: Asked<CaseReproductionAnalysis>;
  settings: Settings;
}) {
  const t = useWords(analysisWords);
  return (
    <Panel
      name="case-reproduction"
      title={t('cohort')}
      method="caseReproduction"
      asked={asked}
      view={settings.view}
    >
      {(answer) => shownOf(answer, t)}
    </Panel>
  );
}

function shownOf(answer: CaseReproductionAnalysis, t: T): Shown {
  const { windows, windowDays } = answer;
  const told = windows.filter(({ mean, marks }) => mean !== null && !marks.includes('truncated'));
  const last = told.at(-1);
  const cutCount = windows.filter(({ marks }) => marks.includes('truncated')).length;
  const headline = last
    ? t('cohortHeadline', {
        value: withInterval(estimateOf(last)),
        from: last.from,
        to: last.until,
        count: last.casesCount,
      })
    : t('cohortNone');
  const highest = told.reduce<Window | undefined>(
    (most, one) => (most === undefined || one.mean! > most.mean! ? one : most),
    undefined,
  );
  return {
    headline: (
      <>
        <strong>{headline}</strong>
        {cutCount > 0 && <span className="an-note">{t('cohortCut', { count: cutCount })}</span>}
      </>
    ),
    chart: <Drawn answer={answer} />,
    restsOn: `${t('windowOf', { days: windowDays })} · ${t(`day.${answer.basis}`)}`,
    text: [
      headline,
      highest ? t('cohortPeak', { value: number(highest.mean), from: highest.from, to: highest.until }) : '',
      cutCount > 0 ? t('cohortCut', { count: cutCount }) : '',
    ]
      .filter(Boolean)
      .map((part) => `${part}${t('stop')}`)
      .join(''),
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
        { key: 'passed', title: t('passed'), digits: 2 },
        { key: 'marks', title: t('marks') },
      ],
      rows: windows.map(({ from, until, casesCount, mean, sd, quantiles, passedProportion, marks }) => [
        from,
        until,
        casesCount,
        mean,
        sd,
        quantiles['0.025'] ?? null,
        quantiles['0.5'] ?? null,
        quantiles['0.975'] ?? null,
        passedProportion,
        marks.map((mark) => t(`mark.${mark}`)).join(' · '),
      ]),
    },
  };
}

function Drawn({ answer: { windows } }: { answer: CaseReproductionAnalysis }) {
  const t = useWords(analysisWords);
  const { palette } = useTheme();
  const highest = Math.max(2, ...windows.map(({ mean }) => mean ?? 0));
  const option = {
    grid: GRID,
    legend: { left: 0, top: 0, data: [t('cohortR'), t('cohortInterval')], selectedMode: false },
    tooltip: linesTooltip((index) => {
      const one = windows[index]!;
      return [
        `<b>${one.from} – ${one.until}</b>`,
        `${t('cohortR')} ${withInterval(estimateOf(one))}`,
        `${t('cases')} ${one.casesCount}`,
        ...one.marks.map((mark) => t(`mark.${mark}`)),
      ];
    }),
    xAxis: dayAxis(windows.map(({ until }) => until)),
    yAxis: { type: 'value', min: 0, max: Math.ceil(highest * 1.2) },
    series: [
      ...band(
        t('cohortInterval'),
        windows.map(({ quantiles }) => quantiles['0.025'] ?? null),
        windows.map(({ quantiles }) => quantiles['0.975'] ?? null),
        palette.series3,
      ),
      {
        name: t('cohortR'),
        type: 'line',
        color: palette.series3,
        data: windows.map(({ mean, marks }) =>
          mean === null ? null : { value: mean, symbol: marks.includes('few') ? 'emptyCircle' : 'circle' },
        ),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: palette.textMuted, type: 'dashed', width: 1 },
          data: [{ yAxis: 1 }],
        },
        ...greyFrom(
          windows.findIndex(({ marks }) => marks.includes('truncated')),
          windows.length,
          palette.sunken,
        ),
      },
    ],
  };
  return <Chart option={option as never} label={t('cohort')} height={200} />;
}
