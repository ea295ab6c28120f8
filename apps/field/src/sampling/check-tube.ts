/** Whether a scanned tube is one printed for this site. Pure; without a network. */
import type { BundleManifest, PoolCapacity } from '@levee/contract';

export type TubeCheck =
  /** Printed here: as printed, with its people. */
  | { readonly kind: 'own'; readonly code: string; readonly capacity: PoolCapacity }
  | { readonly kind: 'used'; readonly code: string }
  /** Twelve signs like ours, and none of ours: typed or read wrong, or another site's. */
  | { readonly kind: 'foreign' }
  /** Nothing was printed for this site, or more than the phone carries: nothing can be said. */
  | { readonly kind: 'unknown' };

const bare = (code: string): string => code.replaceAll('-', '');

export function checkTube(tubes: BundleManifest['tubes'] | undefined, code: string): TubeCheck {
  if (!tubes || tubes.codes.length === 0) return { kind: 'unknown' };
  const found = tubes.codes.find(([own]) => bare(own) === bare(code));
  if (!found) return { kind: tubes.complete ? 'foreign' : 'unknown' };
  const [own, capacity] = found;
  return tubes.used.includes(own) ? { kind: 'used', code: own } : { kind: 'own', code: own, capacity };
}
