import { fontStack, measure, monoStack, type Palette, palettes, type ThemeName } from './tokens.ts';

const kebab = (name: string) => name.replace(/[A-Z0-9]/g, (letter) => `-${letter.toLowerCase()}`);

function block(selector: string, palette: Palette, scheme: 'light' | 'dark', indent = ''): string {
  const lines = Object.entries(palette).map(([name, value]) => `${indent}  --lv-${kebab(name)}: ${value};`);
  return `${indent}${selector} {\n${indent}  color-scheme: ${scheme};\n${lines.join('\n')}\n${indent}}\n`;
}

/** The text of `tokens.css`: measures, then the three themes; without a chosen theme the system's decides. */
export function renderTokensCss(): string {
  const scheme: Record<ThemeName, 'light' | 'dark'> = { light: 'light', dark: 'dark', contrast: 'light' };
  const measures = [
    `  --lv-font: ${fontStack};`,
    `  --lv-mono: ${monoStack};`,
    `  --lv-radius: ${measure.radius}px;`,
    `  --lv-rail: ${measure.rail}px;`,
    `  --lv-top-bar: ${measure.topBar}px;`,
    `  --lv-peek: ${measure.peek}px;`,
    `  --lv-dense: ${measure.dense[0]}px / ${measure.dense[1]}px var(--lv-font);`,
    `  --lv-reading: ${measure.reading[0]}px / ${measure.reading[1]}px var(--lv-font);`,
  ];
  return [
    '/* Written from tokens.ts by `npm run tokens --workspace packages/ui`; edit that, not this. */\n',
    `:root {\n${measures.join('\n')}\n}\n`,
    block(':root,\n:root[data-theme="light"]', palettes.light, scheme.light),
    `@media (prefers-color-scheme: dark) {\n${block(':root:not([data-theme])', palettes.dark, scheme.dark, '  ')}}\n`,
    `@media (prefers-contrast: more) {\n${block(':root:not([data-theme])', palettes.contrast, scheme.contrast, '  ')}}\n`,
    block(':root[data-theme="dark"]', palettes.dark, scheme.dark),
    block(':root[data-theme="contrast"]', palettes.contrast, scheme.contrast),
    `@media print {\n${block(':root:root', palettes.light, scheme.light, '  ')}}\n`,
  ].join('\n');
}
