/** Estimates as text: as many digits as the data carry, the interval always with them. Pure. */
import type { EstimateAnswer } from '@levee/contract';

export const UNKNOWN = '–';

export const number = (value: number | null | undefined, digits = 2): string =>
  value === null || value === undefined ? UNKNOWN : value.toFixed(digits);

/** Two leading digits however small: a dispersion of 0.0203 is not 0.02 (0.01–0.04). */
export const significant = (value: number | null | undefined, digits = 2): string =>
  value === null || value === undefined
    ? UNKNOWN
    : Math.abs(value) >= 1
      ? value.toFixed(Math.max(0, digits - 1))
      : String(Number(value.toPrecision(digits)));

type Interval = Pick<EstimateAnswer, 'estimate' | 'low' | 'high'> & { readonly unbounded?: boolean };
type Write = (value: number | null) => string;

/** `4.19 (3.15–5.38)`; an upper bound that does not exist is ∞, one that is not known is –. */
export const withInterval = (
  of: Interval | null | undefined,
  write: Write = (value) => number(value),
): string =>
  of === null || of === undefined
    ? UNKNOWN
    : `${of.estimate === null && of.unbounded ? '∞' : write(of.estimate)} (${write(of.low)}–${of.high === null && of.unbounded ? '∞' : write(of.high)})`;

export const percent: Write = (value) => (value === null ? UNKNOWN : `${(value * 100).toFixed(1)}%`);
