import { realpath, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reading } from './space.ts';

/** Reads each disk once. */
export type Measure = () => Promise<readonly Reading[]>;

/**
 * The disks under the data folder: files, embedded database and its log, each disk once. A database elsewhere
 * (`DATABASE_URL`) lies on disks only its own machine sees.
 */
export function measureFolder(dataDir: string): Measure {
  const places: readonly [string, string][] = [
    ['data', dataDir],
    ['database', join(dataDir, 'pg')],
    ['wal', join(dataDir, 'pg/pg_wal')],
  ];
  return async () => {
    const seen = new Map<number, Reading>();
    for (const [place, path] of places) {
      const there = await realpath(path).catch(() => null);
      if (there === null) continue;
      const { dev } = await stat(there);
      if (seen.has(dev)) continue;
      const { bsize, blocks, bfree, bavail } = await statfs(there);
      // As df counts: what is kept for root is neither used nor free.
      const freeBytes = bavail * bsize;
      seen.set(dev, { place, freeBytes, totalBytes: (blocks - bfree) * bsize + freeBytes });
    }
    return [...seen.values()];
  };
}
