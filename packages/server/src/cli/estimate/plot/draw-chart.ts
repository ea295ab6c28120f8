/** One chart as an SVG text: bars, bands, lines, points and whiskers over numbers or days. No dependency, no script. */

export type Layer =
  | { readonly kind: 'bars'; readonly points: readonly Point[]; readonly colour: string }
  | {
      readonly kind: 'line';
      readonly points: readonly Point[];
      readonly colour: string;
      readonly dashed?: boolean;
    }
  | { readonly kind: 'band'; readonly points: readonly Range[]; readonly colour: string }
  | { readonly kind: 'points'; readonly points: readonly Point[]; readonly colour: string }
  | { readonly kind: 'whiskers'; readonly points: readonly Range[]; readonly colour: string };

/** A value that is not known (null) leaves a gap. */
export type Point = { readonly x: number; readonly y: number | null };
export type Range = { readonly x: number; readonly low: number | null; readonly high: number | null };

export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly layers: readonly Layer[];
  /** Names of the x values; numbers where there are none. */
  readonly xNames?: ReadonlyMap<number, string>;
  /** Highest value drawn; intervals above are cut off. */
  readonly yMost?: number;
}

export const COLOURS = {
  data: '#8a94a6',
  estimate: '#0b5cad',
  band: '#0b5cad',
  alarm: '#c62828',
  rule: '#555555',
};

const WIDTH = 860;
const HEIGHT = 420;
const PLOT = { left: 64, right: 820, top: 44, bottom: 366 };

export function drawChart(chart: Chart): string {
  const xs = chart.layers.flatMap((layer) => layer.points.map((point) => point.x));
  const ys = chart.layers.flatMap((layer) => layer.points.flatMap(valuesOf));
  const [xLow, xHigh] = [least(xs) - 0.5, most(xs) + 0.5];
  const ticks = niceTicks(0, Math.min(chart.yMost ?? Infinity, Math.max(most(ys), 0)));
  const yHigh = ticks.at(-1)!;
  const x = (value: number) => PLOT.left + ((value - xLow) / (xHigh - xLow)) * (PLOT.right - PLOT.left);
  const y = (value: number) =>
    PLOT.bottom - (Math.max(0, Math.min(value, yHigh)) / yHigh) * (PLOT.bottom - PLOT.top);

  const layers = chart.layers.map((layer) => drawLayer(layer, x, y));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="system-ui, 'Noto Sans CJK SC', sans-serif" font-size="12">`,
    `<title>${escapeText(chart.title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${PLOT.left}" y="24" font-size="15" font-weight="600" fill="#1c2430">${escapeText(chart.title)}</text>`,
    ...ticks.map(
      (tick) =>
        `<path d="M${PLOT.left} ${round(y(tick))}H${PLOT.right}" stroke="#e3e7ee"/><text x="${PLOT.left - 8}" y="${round(y(tick) + 4)}" text-anchor="end" fill="#4a5568">${Number(tick.toPrecision(6))}</text>`,
    ),
    ...layers,
    `<path d="M${PLOT.left} ${PLOT.bottom}H${PLOT.right}" stroke="#4a5568"/>`,
    ...xTicks(chart, least(xs), most(xs)).map(
      ([value, name]) =>
        `<text x="${round(x(value))}" y="${PLOT.bottom + 18}" text-anchor="middle" fill="#4a5568">${escapeText(name)}</text>`,
    ),
    `<text x="${(PLOT.left + PLOT.right) / 2}" y="${HEIGHT - 10}" text-anchor="middle" fill="#1c2430">${escapeText(chart.xLabel)}</text>`,
    `<text transform="translate(16 ${(PLOT.top + PLOT.bottom) / 2}) rotate(-90)" text-anchor="middle" fill="#1c2430">${escapeText(chart.yLabel)}</text>`,
    '</svg>',
    '',
  ].join('\n');
}

type Scale = (value: number) => number;

function drawLayer(layer: Layer, x: Scale, y: Scale): string {
  const { colour } = layer;
  switch (layer.kind) {
    case 'bars': {
      const width = Math.max(1, (x(1) - x(0)) * 0.8);
      return layer.points
        .filter((point) => point.y)
        .map(({ x: at, y: value }) => {
          const top = y(value!);
          return `<rect x="${round(x(at) - width / 2)}" y="${round(top)}" width="${round(width)}" height="${round(PLOT.bottom - top)}" fill="${colour}"/>`;
        })
        .join('');
    }
    case 'line': {
      const dash = layer.dashed ? ' stroke-dasharray="5 4"' : '';
      return runs(layer.points, (point) => point.y !== null)
        .map((run) => {
          const path = run.map((point) => `${round(x(point.x))} ${round(y(point.y!))}`).join('L');
          return `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>`;
        })
        .join('');
    }
    case 'band':
      return runs(layer.points, isKnown)
        .map((run) => {
          const upper = run.map((point) => `${round(x(point.x))} ${round(y(point.high!))}`);
          const lower = run.map((point) => `${round(x(point.x))} ${round(y(point.low!))}`).reverse();
          return `<path d="M${[...upper, ...lower].join('L')}Z" fill="${colour}" fill-opacity="0.18"/>`;
        })
        .join('');
    case 'points':
      return layer.points
        .filter((point) => point.y !== null)
        .map(
          (point) => `<circle cx="${round(x(point.x))}" cy="${round(y(point.y!))}" r="4" fill="${colour}"/>`,
        )
        .join('');
    case 'whiskers':
      return layer.points
        .filter(isKnown)
        .map(({ x: at, low, high }) => {
          const [left, right] = [round(x(at) - 5), round(x(at) + 5)];
          const [bottom, top] = [round(y(low!)), round(y(high!))];
          return `<path d="M${left} ${bottom}H${right}M${left} ${top}H${right}M${round(x(at))} ${bottom}V${top}" stroke="${colour}" stroke-width="1.5"/>`;
        })
        .join('');
  }
}

/** Stretches of neighbouring points that pass. */
function runs<T>(points: readonly T[], passes: (point: T) => boolean): T[][] {
  const found: T[][] = [];
  let open: T[] | null = null;
  for (const point of points) {
    if (!passes(point)) open = null;
    else if (open) open.push(point);
    else {
      open = [point];
      found.push(open);
    }
  }
  return found;
}

const isKnown = ({ low, high }: Range) => low !== null && high !== null;

function valuesOf(point: Point | Range): number[] {
  const values = 'y' in point ? [point.y] : [point.low, point.high];
  return values.filter((value): value is number => value !== null && Number.isFinite(value));
}

/** 0, step, 2 step … to just above the highest value; steps of 1, 2 or 5 times a power of ten. */
function niceTicks(low: number, high: number): number[] {
  const rough = Math.max(high - low, 1e-9) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const count = Math.max(1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => i * step);
}

/** Room a date needs, as a share of the axis. */
const NAME_ROOM = 0.105;

function xTicks({ xNames }: Chart, low: number, high: number): [number, string][] {
  const values = xNames ? [...xNames.keys()].sort((a, b) => a - b) : wholeNumbers(low, high);
  const room = NAME_ROOM * (high - low + 1);
  let next = -Infinity;
  return values.flatMap((value): [number, string][] => {
    if (value < next) return [];
    next = value + room;
    return [[value, xNames?.get(value) ?? String(value)]];
  });
}

function wholeNumbers(low: number, high: number): number[] {
  const count = Math.max(0, Math.floor(high) - Math.ceil(low) + 1);
  return Array.from({ length: count }, (_, i) => Math.ceil(low) + i);
}

const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b), values[0] ?? 0);
const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), values[0] ?? 0);
const round = (value: number) => Number(value.toFixed(2));
const escapeText = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);
