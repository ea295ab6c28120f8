import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderTokensCss } from './render-css.ts';
import { type Palette, palettes } from './tokens.ts';

const luminance = (hex: string) => {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
};
const contrast = (a: string, b: string) => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

const texts: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ['text', 'surface'],
  ['text', 'canvas'],
  ['textSecondary', 'canvas'],
  ['textMuted', 'surface'],
  ['textMuted', 'canvas'],
  ['accent', 'surface'],
  ['accent', 'accentSoft'],
  ['onAccent', 'accent'],
  ['high', 'surface'],
  ['high', 'highSoft'],
  ['medium', 'surface'],
  ['medium', 'mediumSoft'],
  ['medium', 'canvas'],
  ['ok', 'okSoft'],
  ['info', 'infoSoft'],
];

describe('tokens', () => {
  it('the style sheet is what the tokens say', () => {
    const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
    expect(css.replaceAll(/\s+/g, ' ')).toBe(renderTokensCss().replaceAll(/\s+/g, ' '));
  });

  it.each(Object.entries(palettes))(
    'in %s every text reads at 4.5:1 and the focus ring at 3:1 [F22]',
    (_, palette) => {
      const weak = texts
        .map(([front, back]) => [front, back, contrast(palette[front], palette[back])] as const)
        .filter(([, , ratio]) => ratio < 4.5);
      expect(weak).toEqual([]);
      expect(contrast(palette.focus, palette.surface)).toBeGreaterThanOrEqual(3);
    },
  );

  it.each(Object.entries(palettes))('in %s the map scale goes one way in lightness', (_, palette) => {
    const steps = [palette.scale1, palette.scale2, palette.scale3, palette.scale4, palette.scale5].map(
      luminance,
    );
    const sorted = [...steps].sort((a, b) => a - b);
    expect([sorted, [...sorted].reverse()]).toContainEqual(steps);
  });
});
