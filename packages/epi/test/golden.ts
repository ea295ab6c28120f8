import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../../data/golden');

/** Results of a reference package, as stored in data/golden (see SOURCES.md there). */
export function readGolden<T>(file: string): T {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
}

/** |ours - reference| / |reference|; 0 when equal, Infinity when only one of them is missing. */
export function relativeError(ours: number | null, reference: number | null): number {
  if (ours === reference) return 0;
  if (ours === null || reference === null) return Number.POSITIVE_INFINITY;
  return Math.abs(ours - reference) / Math.abs(reference);
}
