/** A sampler's phone: the built field app in a real browser with a profile of its own on the disk, behind a line of its own. */
import { accessSync, constants } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FieldDevice, PHONE } from '@levee/e2e/field-device';
import { type BrowserContext, chromium, expect } from '@playwright/test';
import type { Line } from './line.ts';

/** A Chromium on this machine, or null. */
export function findChromium(): string | null {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = (process.env['PATH'] ?? '').split(':');
  const all = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const isExecutable = (path: string) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return (
    [process.env['CHROMIUM_PATH'] ?? '', ...all].find((path) => path !== '' && isExecutable(path)) ?? null
  );
}

export interface Phone {
  readonly line: Line;
  /** Of the browser that runs now. */
  readonly device: FieldDevice;
  readonly room: BrowserContext;
  /** SIGKILL to the browser: as a battery that is taken out. */
  kill(): Promise<void>;
  /** Switched on again: the same profile, the app opened. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Browsers that were started and not closed: a run that is stopped leaves none. */
const running = new Set<string>();
process.once('exit', () => {
  for (const folder of running) for (const pid of browserOf.get(folder) ?? []) endProcess(pid);
});
const browserOf = new Map<string, readonly number[]>();

export async function openPhone(given: {
  readonly executablePath: string;
  readonly folder: string;
  readonly line: Line;
  readonly patienceMs?: number;
}): Promise<Phone> {
  const { executablePath, folder, line, patienceMs = 30_000 } = given;
  const start = async () => {
    const room = await chromium.launchPersistentContext(folder, {
      ...PHONE,
      ...{ executablePath, baseURL: line.url, headless: true, timeout: 120_000 },
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    room.setDefaultTimeout(patienceMs);
    room.setDefaultNavigationTimeout(patienceMs);
    browserOf.set(folder, await browserProcess(folder));
    running.add(folder);
    const device = await FieldDevice.inRoom(room, patienceMs);
    return { room, device };
  };
  let now = await start();
  return {
    line,
    get device() {
      return now.device;
    },
    get room() {
      return now.room;
    },
    async kill() {
      const gone = new Promise<void>((resolve) => now.room.once('close', () => resolve()));
      for (const pid of browserOf.get(folder) ?? []) endProcess(pid);
      await gone;
      running.delete(folder);
    },
    async start() {
      now = await start();
    },
    async close() {
      await now.room.close().catch(() => {});
      running.delete(folder);
    },
  };
}

/** The browser itself; its children end with it. */
async function browserProcess(folder: string): Promise<number[]> {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    all.map(async (pid) => {
      const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
      const mine = words.includes(`--user-data-dir=${folder}`);
      return mine && !words.some((word) => word.startsWith('--type=')) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}

/** Somebody's card is read; resolves when the screen is green and says the name. @throws where it does not within the time */
export async function capture(phone: Phone, who: { card: string; name: string }, withinMs = 10_000) {
  await phone.device.scan(who.card);
  await expect(phone.device.said).toContainText(who.name, { timeout: withinMs });
  await expect(phone.device.said).toHaveAttribute('data-tone', 'done', { timeout: withinMs });
}

/** A tube is read, and opened. */
export async function openTube(phone: Phone, code: string, withinMs = 10_000): Promise<void> {
  await phone.device.scan(code);
  await expect(phone.device.page.locator('.tube__code')).toHaveText(code, { timeout: withinMs });
}

/** Asks what is stored until it is so. @returns the milliseconds it took; null where it was not so in time */
export async function untilStored(
  phone: Phone,
  isSo: (states: Readonly<Record<string, number>>) => boolean,
  withinMs: number,
): Promise<number | null> {
  const began = performance.now();
  while (performance.now() - began < withinMs) {
    const stored = await phone.device.stored().catch(() => null);
    if (stored && isSo(Object.fromEntries(countOf(stored)))) return performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return null;
}

const countOf = (stored: readonly { state: string }[]) =>
  [...Map.groupBy(stored, ({ state }) => state)].map(([state, all]) => [state, all.length] as const);
