import { type ReactNode, Suspense } from 'react';
import type { ShellSlot } from '../feature.ts';
import { features } from '../features.ts';

/** What the features put into a place of the shell; `otherwise` when none does. */
export function Slot({ name, otherwise = null }: { name: ShellSlot; otherwise?: ReactNode }) {
  const fillings = features.flatMap((feature) => feature.slots?.[name] ?? []);
  if (fillings.length === 0) return otherwise;
  return (
    <Suspense fallback={null}>
      {fillings.map((Filling, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed when the app is built
        <Filling key={index} />
      ))}
    </Suspense>
  );
}
