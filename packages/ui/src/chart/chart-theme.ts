import { fontStack, measure, type Palette } from '../tokens/tokens.ts';

/** What ECharts needs of the tokens; give it to every option. */
export function chartTheme(palette: Palette) {
  const axis = {
    axisLine: { lineStyle: { color: palette.lineStrong } },
    axisTick: { show: false },
    axisLabel: { color: palette.textMuted, fontSize: 12 },
    splitLine: { lineStyle: { color: palette.line } },
    nameTextStyle: { color: palette.textMuted },
  };
  return {
    color: [
      palette.series1,
      palette.series2,
      palette.series3,
      palette.series4,
      palette.series5,
      palette.series6,
    ],
    backgroundColor: 'transparent',
    textStyle: { fontFamily: fontStack, fontSize: measure.dense[0], color: palette.text },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    logAxis: { ...axis, axisLine: { show: false } },
    timeAxis: axis,
    legend: { textStyle: { color: palette.textSecondary }, icon: 'rect', itemWidth: 10, itemHeight: 10 },
    tooltip: {
      backgroundColor: palette.raised,
      borderColor: palette.line,
      borderWidth: 1,
      padding: [8, 12],
      textStyle: { color: palette.text, fontSize: 13 },
      extraCssText: `box-shadow: 0 8px 24px ${palette.shadow}`,
    },
    line: { symbolSize: 5, lineStyle: { width: 2 } },
  };
}
