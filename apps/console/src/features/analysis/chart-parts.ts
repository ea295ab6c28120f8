/** The pieces the charts of this page share, so that one day stands below the other. */
import { formatDay } from '@levee/ui';

/** Fixed, not contained: the curve and Rt under it share their days. */
export const DAY_GRID = { left: 44, right: 12, top: 30, bottom: 24 };
export const GRID = { left: 8, right: 12, top: 30, bottom: 4, containLabel: true };

export const dayAxis = (days: readonly string[]) => ({
  type: 'category',
  data: days.map((day) => formatDay(day, `${days.at(-1)}T00:00:00+08:00`)),
});

/** Laid over what is still filling up. */
export const hatch = (color: string) => ({
  symbol: 'rect',
  dashArrayX: [1, 0],
  dashArrayY: [2, 4],
  rotation: Math.PI / 4,
  color,
});

/** A ground under the days from `index` on; none where it is -1. */
export const greyFrom = (index: number, count: number, color: string) =>
  index < 0
    ? {}
    : {
        markArea: {
          silent: true,
          itemStyle: { color, opacity: 0.8 },
          data: [[{ xAxis: index }, { xAxis: count - 1 }]],
        },
      };

/** An interval as an area: an invisible line at its foot, and its height filled. */
export function band(
  name: string,
  low: readonly (number | null)[],
  high: readonly (number | null)[],
  color: string,
) {
  const line = {
    type: 'line',
    stack: name,
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    color,
    stackStrategy: 'all',
  };
  return [
    { ...line, name: `${name} `, data: low, areaStyle: { opacity: 0 } },
    {
      ...line,
      name,
      data: low.map((value, index) => (value === null || high[index] == null ? null : high[index] - value)),
      areaStyle: { opacity: 0.22, color },
      itemStyle: { opacity: 0.3 },
    },
  ];
}

interface Pointed {
  readonly dataIndex: number;
}
/** A tooltip that is a title and lines of plain text; nothing of it comes from a person's typing. */
export const linesTooltip = (linesOf: (index: number) => readonly string[]) => ({
  trigger: 'axis',
  axisPointer: { type: 'line' },
  formatter: (points: Pointed | readonly Pointed[]) => {
    const first = Array.isArray(points) ? (points as readonly Pointed[])[0] : (points as Pointed);
    return first ? linesOf(first.dataIndex).join('<br>') : '';
  },
});
