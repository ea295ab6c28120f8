/** Carries out the plan at its moments. A phone or a server that is still coming back is not struck again: it is left out, and said. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Phone } from '../stage/phone.ts';
import { databaseProcesses } from '../stage/processes.ts';
import type { Town } from '../stage/town.ts';
import { type PlannedBlow, tellBlow } from './plan.ts';

export interface StruckPhone {
  readonly phone: Phone;
  /** Resolves when the phone can be worked with. */
  ready: Promise<void>;
  isBack: boolean;
}

export interface Struck {
  /** How often each kind was. */
  readonly times: ReadonlyMap<string, number>;
  /** Resolves when what was struck last is back, by itself or as a person would bring it back. */
  readonly back: Promise<unknown>;
}

/** Resolves when the last blow has been struck. */
export async function strikeAll(
  town: Town,
  phones: readonly StruckPhone[],
  plan: readonly PlannedBlow[],
  print: (line: string) => void,
): Promise<Struck> {
  const struck = new Map<string, number>();
  const began = Date.now();
  const under: Promise<void>[] = [];
  let serverIsBack = true;
  for (const blow of plan) {
    await pause(Math.max(0, began + blow.atMs - Date.now()));
    const one = 'phone' in blow ? phones[blow.phone]! : null;
    if (one ? !one.isBack : !serverIsBack) {
      print(`left out, it is not back yet: ${tellBlow(blow)}`);
      continue;
    }
    print(tellBlow(blow));
    struck.set(blow.kind, (struck.get(blow.kind) ?? 0) + 1);
    if (one) under.push(strikePhone(one, blow));
    else {
      serverIsBack = false;
      under.push(
        strikeServer(town, blow).finally(() => {
          serverIsBack = true;
        }),
      );
    }
  }
  return { times: struck, back: Promise.all(under) };
}

async function strikePhone(one: StruckPhone, blow: PlannedBlow): Promise<void> {
  const { phone } = one;
  if (blow.kind === 'line cut') phone.line.cut();
  if (blow.kind === 'line stalled') phone.line.stall(blow.ms);
  if (blow.kind === 'line shut') {
    phone.line.shut(true);
    await pause(blow.ms);
    phone.line.shut(false);
  }
  if (blow.kind === 'page frozen') {
    // A phone that is killed meanwhile need not be thawed.
    await freeze(phone, blow.ms).catch((error) => {
      if (one.isBack) throw error;
    });
  }
  if (blow.kind === 'phone killed') {
    one.isBack = false;
    one.ready = phone.kill().then(async () => {
      await phone.start();
      await openApp(phone);
      one.isBack = true;
    });
    await one.ready;
  }
}

async function freeze({ room, device }: Phone, ms: number): Promise<void> {
  const devtools = await room.newCDPSession(device.page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await pause(ms);
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
}

/** The app from the disk, whatever the line does, and past its door. */
async function openApp(phone: Phone): Promise<void> {
  const { device } = phone;
  await device.page.goto('/field/');
  await device.enter();
  await device.field.waitFor();
}

async function strikeServer(town: Town, blow: PlannedBlow): Promise<void> {
  if (blow.kind === 'server paused') {
    const { process } = town.server;
    process.kill('SIGSTOP');
    await pause(blow.ms);
    process.kill('SIGCONT');
  }
  if (blow.kind === 'server killed') {
    await town.server.kill();
    await town.start();
  }
  if (blow.kind === 'database killed') {
    for (const pid of await databaseProcesses(town.dataDir)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {}
    }
    await untilHealthy(town.url);
  }
}

async function untilHealthy(url: string): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; await pause(200)) {
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error('the server was not well within a minute after its database was killed');
}
