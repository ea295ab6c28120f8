import type { CurveAnalysis } from '@levee/contract';
import { formatProportion, useNavigation, useTheme, useWords } from '@levee/ui';
import { Chart } from '@levee/ui/chart';
import { band, DAY_GRID, dayAxis, greyFrom, hatch, linesTooltip } from '../chart-parts.ts';
import { number } from '../numbers.ts';
import { Panel, type Shown } from '../panel.tsx';
import type { Asked, Settings } from '../use-analysis.ts';
import { analysisWords, type T } from '../words.ts';

/** Cases by day with what is still to come: the bars as reported, the nowcast above the hatched ones. */
export function CurvePanel({ asked, settings }: { asked: Asked<CurveAnalysis>; settings: Settings }) {
  const t = useWords(analysisWords);
  const { Link } = useNavigation();
  const { shown, within, basis, view } = settings;
  const search = new URLSearchParams({ of: shown, basis, ...(within && { within }) });
  return (
    <Panel
      name="curve"
      title={t('curve')}
      method="nowcast"
      asked={asked}
      view={view}
      wide
      showsAnyway
      links={
        <Link className="lv-button lv-button--quiet" href={`/curve?${search}`}>
          {t('openCurve')}
        </Link>
      }
    >
      {(curve) => shownOf(curve, t)}
    </Panel>
  );
}

function shownOf(curve: CurveAnalysis, t: T): Shown {
  const { days, incompleteFrom } = curve;
  const told = days.filter(({ nowcast }) => nowcast !== null);
  const total = days.reduce((sum, { count }) => sum + count, 0);
  const peak = days.reduce((most, day) => (day.count > most.count ? day : most), days[0] ?? noDay);
  const basis = t(`day.${curve.basis}`);
  const notes = [
    curve.missingCount > 0 ? t('missing', { count: curve.missingCount, basis }) : '',
    curve.beyondCount > 0 ? t('beyond', { count: curve.beyondCount, days: curve.longestDelayDays ?? 0 }) : '',
    curve.incompleteBy === 'rule' && curve.basis !== 'report' ? t('byRule') : '',
    incompleteFrom === null ? t('completeAll') : '',
  ].filter(Boolean);
  const first = told[0];
  return {
    headline: (
      <>
        {first && (
          <strong>
            {t('curveHeadline', {
              from: first.day,
              to: told.at(-1)!.day,
              count: number(
                told.reduce((all, { nowcast }) => all + (nowcast!.estimate ?? 0), 0),
                0,
              ),
              reported: told.reduce((all, { count }) => all + count, 0),
            })}
          </strong>
        )}
        {notes.map((note) => (
          <span key={note} className="an-note">
            {note}
          </span>
        ))}
      </>
    ),
    chart: <Drawn curve={curve} label={t('curve')} />,
    restsOn: basis,
    text: t('curveText', {
      basis,
      from: days[0]?.day ?? '–',
      to: days.at(-1)?.day ?? '–',
      total,
      peak: peak.day,
      peakCount: peak.count,
      note: notes.map((note) => `${note}${t('stop')}`).join(''),
      incomplete: incompleteFrom === null ? '' : t('incompleteFrom', { from: incompleteFrom }),
    }),
    table: {
      columns: [
        { key: 'day', title: t(`basis.${curve.basis}`) },
        { key: 'count', title: t('count') },
        { key: 'incomplete', title: t('incomplete') },
        { key: 'reported_proportion', title: t('reported'), digits: 2 },
        { key: 'nowcast', title: t('nowcast'), digits: 1 },
        { key: 'nowcast_low', title: t('low') },
        { key: 'nowcast_high', title: t('high') },
      ],
      rows: days.map(({ day, count, incomplete, reportedProportion, nowcast }) => [
        day,
        count,
        incomplete ? t('yes') : t('no'),
        reportedProportion,
        nowcast?.estimate ?? null,
        nowcast?.low ?? null,
        nowcast?.high ?? null,
      ]),
    },
  };
}

const noDay: CurveAnalysis['days'][number] = {
  day: '–',
  count: 0,
  incomplete: false,
  reportedProportion: null,
  nowcast: null,
};

function Drawn({ curve, label }: { curve: CurveAnalysis; label: string }) {
  const t = useWords(analysisWords);
  const { palette } = useTheme();
  const { days } = curve;
  const most = Math.max(1, ...days.map(({ count, nowcast }) => Math.max(count, nowcast?.median ?? 0)));
  const option = {
    grid: DAY_GRID,
    legend: { left: 0, top: 0, data: [t('count'), t('nowcast'), t('nowcastInterval')], selectedMode: false },
    tooltip: linesTooltip((index) => {
      const { day, count, incomplete, reportedProportion, nowcast } = days[index]!;
      return [
        `<b>${day}</b>`,
        `${t('count')} ${count}`,
        ...(incomplete
          ? [`${t('incomplete')} · ${t('reported')} ${formatProportion(reportedProportion, 0)}`]
          : []),
        ...(nowcast
          ? [`${t('nowcast')} ${number(nowcast.estimate, 1)} (${nowcast.low}–${nowcast.high})`]
          : []),
      ];
    }),
    xAxis: dayAxis(days.map(({ day }) => day)),
    yAxis: { type: 'value', minInterval: 1 },
    series: [
      {
        name: t('count'),
        type: 'bar',
        barCategoryGap: '8%',
        barMaxWidth: 48,
        color: palette.series1,
        data: days.map(({ count, incomplete }) => ({
          value: count,
          itemStyle: incomplete ? { decal: hatch(palette.surface) } : {},
        })),
        ...greyFrom(
          days.findIndex(({ incomplete }) => incomplete),
          days.length,
          palette.sunken,
        ),
      },
      ...band(
        t('nowcastInterval'),
        days.map(({ nowcast }) => nowcast?.low ?? null),
        // A wide interval must not flatten the bars: drawn to three times the highest, told in full in the tooltip.
        days.map(({ nowcast }) => (nowcast ? Math.min(nowcast.high, 3 * most) : null)),
        palette.series2,
      ),
      {
        name: t('nowcast'),
        type: 'line',
        color: palette.series2,
        symbol: 'circle',
        data: days.map(({ nowcast }) => nowcast?.estimate ?? null),
      },
    ],
  };
  return <Chart option={option as never} label={label} height={230} />;
}
