import { useTheme } from '@levee/ui';
import { Chart } from '@levee/ui/chart';
import { GRID, linesTooltip } from '../chart-parts.ts';

/** Below half a case a logarithmic axis would run down without end. */
const LEAST_DRAWN = 0.5;
const whole = (value: number) => (Number.isInteger(value) ? String(value) : '');

/** Counts as bars over whole numbers (days, infectees), with what a fitted distribution expects as a line. */
export function Bars({
  label,
  names,
  points,
  height = 200,
  logarithmic = false,
}: {
  label: string;
  names: { readonly x: string; readonly counted: string; readonly expected: string };
  points: readonly { readonly x: number; readonly count: number; readonly expected: number | null }[];
  height?: number;
  /** One bar towers over the rest: counts are drawn by their logarithm, none of a count is no bar. */
  logarithmic?: boolean;
}) {
  const { palette } = useTheme();
  const hasExpected = points.some(({ expected }) => expected !== null);
  const option = {
    grid: GRID,
    legend: { left: 0, top: 0, selectedMode: false },
    tooltip: linesTooltip((index) => {
      const { x, count, expected } = points[index]!;
      return [
        `<b>${names.x} ${x}</b>`,
        `${names.counted} ${count}`,
        ...(expected === null ? [] : [`${names.expected} ${expected.toFixed(1)}`]),
      ];
    }),
    xAxis: {
      type: 'category',
      data: points.map(({ x }) => x),
      name: names.x,
      nameLocation: 'middle',
      nameGap: 24,
    },
    yAxis: logarithmic
      ? { type: 'log', min: 0.5, startValue: 0.5, axisLabel: { formatter: whole } }
      : { type: 'value', minInterval: 1 },
    series: [
      {
        name: names.counted,
        type: 'bar',
        barCategoryGap: '8%',
        barMaxWidth: 48,
        color: palette.series1,
        data: points.map(({ count }) => (logarithmic && count === 0 ? null : count)),
      },
      ...(hasExpected
        ? [
            {
              name: names.expected,
              type: 'line',
              showSymbol: points.length < 4,
              color: palette.series2,
              data: points.map(({ expected }) =>
                logarithmic && (expected ?? 0) < LEAST_DRAWN ? null : expected,
              ),
            },
          ]
        : []),
    ],
  };
  return <Chart option={option as never} label={label} height={height} />;
}
