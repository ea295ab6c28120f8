import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  BrushComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTheme } from '../theme/theme.ts';
import { chartTheme } from './chart-theme.ts';

echarts.use([
  AriaComponent,
  BarChart,
  BrushComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  ScatterChart,
  SVGRenderer,
  TooltipComponent,
]);

export type ChartOption = Parameters<echarts.ECharts['setOption']>[0];

export interface ChartProps {
  readonly option: ChartOption;
  /** The generated text of the same data; a screen reader hears this instead of shapes. */
  readonly label: string;
  /** px. */
  readonly height: number;
  /** A press on a data item: its series and its place on the category axis. */
  readonly onPress?: (seriesIndex: number, dataIndex: number) => void;
}

/** ECharts in the house's theme, drawn as SVG so that it prints sharp. Prefer a chart that means something (EpiCurve). */
export function Chart({ option, label, height, onPress }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts | null>(null);
  const pressed = useRef(onPress);
  pressed.current = onPress;
  const { palette } = useTheme();

  useEffect(() => {
    if (host.current === null) return;
    const made = echarts.init(host.current, chartTheme(palette), { renderer: 'svg' });
    chart.current = made;
    made.on('click', (event) => {
      if (typeof event.seriesIndex === 'number' && typeof event.dataIndex === 'number')
        pressed.current?.(event.seriesIndex, event.dataIndex);
    });
    const sizes = new ResizeObserver(() => made.resize());
    sizes.observe(host.current);
    return () => {
      sizes.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, [palette]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new palette makes a new chart, which wants its option again
  useEffect(() => {
    chart.current?.setOption({ animation: false, ...option }, { notMerge: true });
  }, [option, palette]);

  return <div ref={host} role="img" aria-label={label} style={{ width: '100%', height }} />;
}
