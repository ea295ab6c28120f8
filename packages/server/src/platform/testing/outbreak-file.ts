import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A real outbreak's file, or null where the shared data are not on this machine. They are looked for as
 * `shared/data/outbreaks` in every folder above the checkout.
 */
export function findOutbreakFile(name: string): Buffer | null {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'shared/data/outbreaks', name);
    if (existsSync(candidate)) return readFileSync(candidate);
    if (dirname(folder) === folder) return null;
  }
}
