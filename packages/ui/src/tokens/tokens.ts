/**
 * The one place where colours, type and measure are decided. `tokens.css` is written from it (scripts/write-tokens.ts);
 * antd, ECharts and MapLibre read it through kit/, chart/ and map/. Nothing else names a colour.
 */

export type ThemeName = 'light' | 'dark' | 'contrast';

const light = {
  canvas: '#f4f6f6',
  surface: '#ffffff',
  sunken: '#ebeeef',
  raised: '#ffffff',
  line: '#dde2e4',
  lineStrong: '#b9c3c7',
  text: '#172124',
  textSecondary: '#4a585e',
  textMuted: '#5a686e',
  accent: '#0b5a69',
  accentHover: '#084653',
  accentSoft: '#e1eef0',
  onAccent: '#ffffff',
  focus: '#0f7c90',
  high: '#9f1519',
  highSoft: '#fae7e5',
  medium: '#8a5200',
  mediumSoft: '#fcefd2',
  mediumFill: '#e9a92b',
  low: '#55656b',
  lowSoft: '#ffffff',
  ok: '#1c6b45',
  okSoft: '#e2f1e8',
  info: '#2b5a9c',
  infoSoft: '#e5edf8',
  series1: '#0b5a69',
  series2: '#d1862a',
  series3: '#6b4e94',
  series4: '#7fa9a4',
  series5: '#a8413a',
  series6: '#98a4a9',
  scale1: '#e4eff1',
  scale2: '#b9d6db',
  scale3: '#7fb1ba',
  scale4: '#3f8390',
  scale5: '#0b4b58',
  mapGround: '#eef1f1',
  mapLand: '#fafbfa',
  mapBorder: '#8b999e',
  mapLabel: '#243034',
  mapHalo: '#ffffff',
  shadow: 'rgb(16 32 38 / 18%)',
} as const;

export type Palette = { readonly [Name in keyof typeof light]: string };

const dark: Palette = {
  canvas: '#0e1416',
  surface: '#141c1f',
  sunken: '#0a0f11',
  raised: '#1c272b',
  line: '#243036',
  lineStrong: '#3d4d54',
  text: '#e2e9eb',
  textSecondary: '#aab8bd',
  textMuted: '#8fa0a6',
  accent: '#5cb8c7',
  accentHover: '#7dcad6',
  accentSoft: '#15333a',
  onAccent: '#05222a',
  focus: '#7fd3e0',
  high: '#f2867e',
  highSoft: '#3c191a',
  medium: '#ecb452',
  mediumSoft: '#36280f',
  mediumFill: '#d49a2a',
  low: '#a0b0b6',
  lowSoft: '#141c1f',
  ok: '#71c296',
  okSoft: '#142f22',
  info: '#8db4ea',
  infoSoft: '#182a44',
  series1: '#4aa5b5',
  series2: '#e0a04a',
  series3: '#a68ad0',
  series4: '#5f8a86',
  series5: '#d9766d',
  series6: '#76868c',
  scale1: '#173036',
  scale2: '#1f4a53',
  scale3: '#2f707c',
  scale4: '#56a2b0',
  scale5: '#a3dbe4',
  mapGround: '#0b1113',
  mapLand: '#172124',
  mapBorder: '#51646c',
  mapLabel: '#d3dde0',
  mapHalo: '#0e1416',
  shadow: 'rgb(0 0 0 / 55%)',
};

const contrast: Palette = {
  ...light,
  canvas: '#ffffff',
  sunken: '#f0f0f0',
  line: '#5a5a5a',
  lineStrong: '#000000',
  text: '#000000',
  textSecondary: '#1c1c1c',
  textMuted: '#2e2e2e',
  accent: '#003640',
  accentHover: '#000000',
  accentSoft: '#d4eef3',
  focus: '#b3006b',
  high: '#8a0004',
  highSoft: '#ffffff',
  medium: '#663c00',
  mediumSoft: '#ffffff',
  low: '#000000',
  ok: '#00461f',
  okSoft: '#ffffff',
  info: '#00307a',
  infoSoft: '#ffffff',
  mapGround: '#ffffff',
  mapLand: '#ffffff',
  mapBorder: '#000000',
  mapLabel: '#000000',
};

export const palettes: Readonly<Record<ThemeName, Palette>> = { light, dark, contrast };

/** Lengths in px; text sizes as [font, line]. */
export const measure = {
  unit: 8,
  radius: 4,
  rail: 176,
  topBar: 48,
  peek: 420,
  row: 40,
  rowDense: 32,
  dense: [13, 20],
  reading: [15, 24],
} as const;

export const fontStack =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif';

export const monoStack =
  'ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Consolas, "Noto Sans Mono CJK SC", monospace';
