/** People who look and sign in all the while: every answer they get, good or bad. */
import { newId } from '@levee/contract';
import { signIn } from './client.ts';
import type { Answered } from './fleet.ts';
import type { Town } from './town.ts';

const EVERY_MS = 50;
const PATHS = ['/api/me', '/api/tasks', '/api/testing/accounting', '/api/rounds', '/api/laboratory/load'];

export interface Probe {
  readonly answers: readonly (Answered & { readonly path: string })[];
  stop(): Promise<void>;
}

export async function openProbe(town: Town): Promise<Probe> {
  const account = town.accountOf('commander', '6325');
  const cookie = (await signIn(town.url, account)).cookie();
  const answers: (Answered & { path: string })[] = [];
  let stopped = false;
  const ask = async (path: string, init: RequestInit) => {
    const started = performance.now();
    const note = (status: number, retryAfter: boolean) => {
      const atMs = performance.now();
      answers.push({ path, atMs, milliseconds: atMs - started, status, retryAfter });
    };
    try {
      const response = await fetch(town.url + path, { ...init, signal: AbortSignal.timeout(30_000) });
      await response.arrayBuffer();
      note(response.status, response.headers.has('retry-after'));
    } catch {
      note(0, false);
    }
  };
  const body = JSON.stringify({ username: account.username, password: account.password });
  const looking = (async () => {
    for (let turn = 0; !stopped; turn += 1) {
      const path = PATHS[turn % PATHS.length]!;
      if (turn % 20 === 0) {
        const headers = { 'content-type': 'application/json', 'levee-command': newId() };
        await ask('/api/sign-in', { method: 'POST', headers, body });
      } else await ask(path, { headers: { cookie } });
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  })();
  return {
    answers,
    async stop() {
      stopped = true;
      await looking;
    },
  };
}
