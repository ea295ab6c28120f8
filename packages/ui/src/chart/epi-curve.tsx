import { type KeyboardEvent, useMemo } from 'react';
import { AsOf } from '../as-of/as-of.tsx';
import { formatDay, type Instant } from '../format/time.ts';
import { registerWords, useLanguage, useWords } from '../i18n/words.ts';
import { useUrlText } from '../navigation/navigation.tsx';
import { useSingleKeys } from '../preferences/preferences.ts';
import { useTheme } from '../theme/theme.ts';
import { Chart } from './chart.tsx';
import { type CurveSeries, describeCurve, sevenDayMean, totalsOf } from './describe-curve.ts';
import { downloadCurve } from './download-curve.ts';
import './epi-curve.css';

export type { CurveSeries } from './describe-curve.ts';

const words = registerWords('ui.epi-curve', {
  zh: {
    onset: '发病日期',
    sample: '采样日期',
    report: '报告日期',
    chart: '图',
    table: '表',
    text: '文',
    view: '显示方式（V）',
    day: '日期',
    total: '合计',
    mean: '7 日均值',
    incomplete: '斜纹：数据尚不完整',
    incompleteMark: '（不完整）',
    download: '下载数据',
  },
  en: {
    onset: 'date of onset',
    sample: 'date of sample',
    report: 'date of report',
    chart: 'Chart',
    table: 'Table',
    text: 'Text',
    view: 'Show as (V)',
    day: 'Day',
    total: 'Total',
    mean: '7-day mean',
    incomplete: 'hatched: still incomplete',
    incompleteMark: ' (incomplete)',
    download: 'Download data',
  },
});

const views = ['chart', 'table', 'text'] as const;

export interface EpiCurveProps {
  /** Names it in the URL. */
  readonly name: string;
  readonly title: string;
  /** Civil days, every one, in order. */
  readonly days: readonly string[];
  readonly series: readonly CurveSeries[];
  /** Which date the cases stand on: never mixed in one curve. */
  readonly dateKind: 'onset' | 'sample' | 'report';
  /** The first day whose count will still rise; null when all are complete. */
  readonly incompleteFrom: string | null;
  readonly sevenDayLine?: boolean;
  readonly asOf: Instant | null;
  readonly source: string;
  readonly height?: number;
  /** The day chosen in the linked selection. */
  readonly selectedDay?: string | null;
  readonly onSelectDay?: (day: string | null) => void;
}

/** The epidemic curve: stacked by series, incomplete days hatched, and as chart, table or text at one key. */
export function EpiCurve(props: EpiCurveProps) {
  const { name, title, days, series, dateKind, incompleteFrom, asOf, source, height = 220 } = props;
  const t = useWords(words);
  const current = useLanguage();
  const singleKeys = useSingleKeys();
  const [viewText, setView] = useUrlText(`${name}.view`);
  const view = views.find((one) => one === viewText) ?? 'chart';
  const text = describeCurve(days, series, incompleteFrom, t(dateKind), current);
  const press = (event: KeyboardEvent) => {
    if (!singleKeys || event.key.toLowerCase() !== 'v' || event.ctrlKey || event.metaKey || event.altKey)
      return;
    setView(views[(views.indexOf(view) + 1) % views.length] ?? 'chart', { replace: true });
  };
  return (
    <figure className="lv-curve" onKeyDown={press}>
      <figcaption className="lv-curve__head">
        <h3>{title}</h3>
        <span className="lv-curve__date">{t(dateKind)}</span>
        {incompleteFrom !== null && <span className="lv-curve__note">{t('incomplete')}</span>}
        <div className="lv-curve__views lv-no-print" role="radiogroup" aria-label={t('view')}>
          {views.map((one) => (
            <button
              key={one}
              type="button"
              role="radio"
              aria-checked={one === view}
              onClick={() => setView(one === 'chart' ? null : one, { replace: true })}
            >
              {t(one)}
            </button>
          ))}
        </div>
        <button
          type="button"
          className="lv-button lv-button--quiet lv-no-print"
          onClick={() => downloadCurve(props, t(dateKind))}
        >
          {t('download')}
        </button>
      </figcaption>
      {view === 'chart' && <CurveChart {...props} height={height} label={text} meanName={t('mean')} />}
      {view === 'table' && <CurveTable {...props} height={height} />}
      {view === 'text' && <p className="lv-reading lv-curve__text">{text}</p>}
      <AsOf at={asOf} source={source} />
    </figure>
  );
}

function CurveChart(props: EpiCurveProps & { label: string; height: number; meanName: string }) {
  const {
    days,
    series,
    incompleteFrom,
    sevenDayLine = false,
    selectedDay = null,
    onSelectDay,
    meanName,
  } = props;
  const { palette } = useTheme();
  const option = useMemo(() => {
    const hatch = {
      symbol: 'rect',
      dashArrayX: [1, 0],
      dashArrayY: [2, 4],
      rotation: Math.PI / 4,
      color: palette.surface,
    };
    return {
      grid: { left: 8, right: 8, top: 28, bottom: 4, containLabel: true },
      legend: { left: 0, top: 0 },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: { type: 'category', data: days.map((day) => formatDay(day, `${days.at(-1)}T00:00:00+08:00`)) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        ...series.map((one) => ({
          name: one.name,
          type: 'bar',
          stack: 'cases',
          barCategoryGap: '8%',
          data: one.counts.map((value, index) => {
            const day = days[index] ?? '';
            const incomplete = incompleteFrom !== null && day >= incompleteFrom;
            const faded = selectedDay !== null && selectedDay !== day;
            return { value, itemStyle: { opacity: faded ? 0.35 : 1, ...(incomplete && { decal: hatch }) } };
          }),
        })),
        ...(sevenDayLine
          ? [
              {
                name: meanName,
                type: 'line',
                showSymbol: false,
                color: palette.text,
                data: sevenDayMean(totalsOf(series, days.length)).map((mean, index) =>
                  incompleteFrom !== null && (days[index] ?? '') >= incompleteFrom ? null : mean,
                ),
              },
            ]
          : []),
      ],
    };
  }, [days, series, incompleteFrom, sevenDayLine, selectedDay, meanName, palette]);
  return (
    <Chart
      option={option as never}
      label={props.label}
      height={props.height}
      onPress={(_, index) => onSelectDay?.(days[index] === selectedDay ? null : (days[index] ?? null))}
    />
  );
}

function CurveTable({ days, series, incompleteFrom, title, height, onSelectDay }: EpiCurveProps) {
  const t = useWords(words);
  const totals = totalsOf(series, days.length);
  return (
    <div
      className="lv-curve__table"
      style={{ maxHeight: height }}
      tabIndex={0}
      role="region"
      aria-label={title}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t('day')}</th>
            {series.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">{t('total')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day, index) => (
            <tr key={day}>
              <th scope="row">
                {onSelectDay ? (
                  <button type="button" className="lv-curve__day" onClick={() => onSelectDay(day)}>
                    {day}
                  </button>
                ) : (
                  day
                )}
                {incompleteFrom !== null && day >= incompleteFrom && t('incompleteMark')}
              </th>
              {series.map(({ key, counts }) => (
                <td key={key}>{counts[index] ?? 0}</td>
              ))}
              <td>{totals[index]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
