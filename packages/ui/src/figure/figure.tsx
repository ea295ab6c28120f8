import type { ReactNode } from 'react';
import { AsOf } from '../as-of/as-of.tsx';
import { formatChange, formatCount } from '../format/number.ts';
import type { Instant } from '../format/time.ts';
import './figure.css';

export interface FigureProps {
  readonly label: string;
  /** null: not known, shown as – and never as 0. */
  readonly value: number | null;
  readonly unit?: string;
  /** Change against the day before, or whatever `changeLabel` says. */
  readonly change?: number;
  readonly changeLabel?: string;
  /** Oldest first, one per day. */
  readonly trend?: readonly number[];
  readonly asOf: Instant | null;
  readonly source: string;
  readonly href?: ReactNode;
  readonly format?: (value: number | null) => string;
}

/** One number with its trend, its time and its source. */
export function Figure(props: FigureProps) {
  const { label, value, unit, change, changeLabel, trend, asOf, source, href, format = formatCount } = props;
  return (
    <div className="lv-figure">
      <div className="lv-figure__label">{href ?? label}</div>
      <div className="lv-figure__line">
        <span className="lv-figure__value">{format(value)}</span>
        {unit !== undefined && value !== null && <span className="lv-figure__unit">{unit}</span>}
        {change !== undefined && (
          <span className="lv-figure__change" title={changeLabel}>
            {formatChange(change)}
            {changeLabel !== undefined && <span className="lv-hidden"> {changeLabel}</span>}
          </span>
        )}
        {trend !== undefined && trend.length > 1 && <Sparkline values={trend} />}
      </div>
      <AsOf at={asOf} source={source} />
    </div>
  );
}

/** A line without axes: only the shape of the last days; the number beside it says the value. */
export function Sparkline({
  values,
  width = 72,
  height = 22,
}: {
  values: readonly number[];
  width?: number;
  height?: number;
}) {
  const top = Math.max(...values, 1);
  const x = (index: number) => 1 + (index * (width - 5)) / (values.length - 1);
  const y = (value: number) => height - 3 - (value / top) * (height - 6);
  const last = values.length - 1;
  return (
    <svg className="lv-figure__trend" width={width} height={height} aria-hidden="true">
      <polyline
        points={values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}
        fill="none"
        stroke="var(--lv-accent)"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <circle cx={x(last)} cy={y(values[last] ?? 0)} r="2.2" fill="var(--lv-accent)" />
    </svg>
  );
}

/** Figures side by side, parted by hairlines. */
export function FigureStrip({ children }: { children: ReactNode }) {
  return <div className="lv-figures">{children}</div>;
}
