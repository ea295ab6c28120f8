const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A count with thousands separators, `12,345`; nothing known is `–`, never 0. */
export function formatCount(count: number | null | undefined): string {
  return count === null || count === undefined ? '–' : grouped.format(count);
}

/** A proportion (0–1) as a percentage, `12.3%`. */
export function formatProportion(proportion: number | null | undefined, digits = 1): string {
  return proportion === null || proportion === undefined ? '–' : `${(proportion * 100).toFixed(digits)}%`;
}

/** A change with its sign, `+12`, `−3`, `±0`. */
export function formatChange(change: number): string {
  if (change === 0) return '±0';
  return change > 0 ? `+${grouped.format(change)}` : `−${grouped.format(-change)}`;
}
