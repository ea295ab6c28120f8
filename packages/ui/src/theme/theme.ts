import { useSyncExternalStore } from 'react';
import { usePreference } from '../preferences/preferences.ts';
import { type Palette, palettes, type ThemeName } from '../tokens/tokens.ts';

export type ThemeChoice = ThemeName | 'system';

const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'] as const;

function subscribe(listener: () => void): () => void {
  const lists = queries.map((query) => globalThis.matchMedia?.(query));
  for (const list of lists) list?.addEventListener('change', listener);
  return () => {
    for (const list of lists) list?.removeEventListener('change', listener);
  };
}

function systemTheme(): ThemeName {
  if (globalThis.matchMedia?.(queries[1]).matches) return 'contrast';
  return globalThis.matchMedia?.(queries[0]).matches ? 'dark' : 'light';
}

/** The theme a person chose, and the one in force: `system` follows the computer. */
export function useTheme(): {
  choice: ThemeChoice;
  name: ThemeName;
  palette: Palette;
  choose: (choice: ThemeChoice) => void;
} {
  const [choice, choose] = usePreference('theme', 'system');
  const system = useSyncExternalStore(subscribe, systemTheme, () => 'light' as const);
  const name = choice in palettes ? (choice as ThemeName) : system;
  return { choice: choice as ThemeChoice, name, palette: palettes[name], choose };
}

/** Puts the choice on `<html data-theme>`, where the style sheet looks. Call before the first paint and on change. */
export function applyTheme(
  choice: string | null = globalThis.localStorage?.getItem('levee.theme') ?? null,
): void {
  const root = document.documentElement;
  if (choice !== null && choice in palettes) root.dataset['theme'] = choice;
  else delete root.dataset['theme'];
}
