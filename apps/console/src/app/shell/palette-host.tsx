import { useNavigation, useText, useWords } from '@levee/ui';
import type { Command } from '@levee/ui/palette';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { navGroups } from '../feature.ts';
import { features } from '../features.ts';
import { useMe } from '../session.ts';
import { shellWords } from '../words.ts';

const Palette = lazy(() =>
  import('@levee/ui/palette').then(({ CommandPalette }) => ({ default: CommandPalette })),
);
const openEvent = 'levee:palette';

export function openPalette(): void {
  window.dispatchEvent(new Event(openEvent));
}

/** Ctrl-K from anywhere; its code is fetched at the first press. */
export function PaletteHost() {
  const t = useWords(shellWords);
  const text = useText();
  const me = useMe();
  const { go } = useNavigation();
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const show = () => setOpen(true);
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener(openEvent, show);
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener(openEvent, show);
      window.removeEventListener('keydown', press);
    };
  }, []);

  const commands = useMemo<Command[]>(() => {
    const may = (permission?: string) =>
      permission === undefined || (me.permissions as string[]).includes(permission);
    const screens = features
      .flatMap((feature) => feature.nav ?? [])
      .filter(({ permission }) => may(permission))
      .map<Command>((entry) => ({
        id: `go:${entry.to}`,
        title: entry.title,
        group: navGroups.find(({ id }) => id === entry.group)?.title ?? entry.title,
        to: entry.to,
      }));
    return [
      ...screens,
      ...features.flatMap((feature) => feature.commands ?? []).filter((c) => may(c.permission)),
    ];
  }, [me]);

  if (!open) return null;
  return (
    <Suspense fallback={null}>
      <Palette
        commands={commands}
        label={t('commands')}
        placeholder={t('search')}
        textOf={text}
        onGo={go}
        onClose={() => setOpen(false)}
      />
    </Suspense>
  );
}
