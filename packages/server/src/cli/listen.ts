/** Opening the door, and closing it in order when told to stop. */
import { createServer } from 'node:net';
import type { Config } from '../platform/config.ts';

/** The port to listen on: the one set, otherwise the first free one from 8080. */
export async function choosePort({
  LEVEE_PORT,
  LEVEE_HOST,
}: Pick<Config, 'LEVEE_PORT' | 'LEVEE_HOST'>): Promise<number> {
  if (LEVEE_PORT !== undefined) return LEVEE_PORT;
  for (let port = 8080; port < 8180; port += 1) if (await isFree(port, LEVEE_HOST)) return port;
  return 0;
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/** Resolves at SIGINT or SIGTERM. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
