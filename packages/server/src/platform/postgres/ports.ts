import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { PostgresError } from './postgres-error.ts';

/**
 * A port on 127.0.0.1 for the database: `preferred` while it is free, else another.
 *
 * Others are drawn from below the range that systems hand out for outgoing connections (Linux 32768 and up),
 * so that the one that was kept is normally still free at the next start.
 */
export async function findPort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = randomInt(20_000, 30_000);
    if (await isFree(port)) return port;
  }
  throw new PostgresError('No free port on 127.0.0.1 between 20000 and 29999 for the database.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
