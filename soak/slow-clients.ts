import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { equal, measured, quantile, type Soak, within } from './soak.ts';
import { signIn } from './stage/client.ts';
import { openFleet } from './stage/fleet.ts';
import { residentMegabytes } from './stage/processes.ts';
import { checkSets } from './stage/set-check.ts';
import { openTown } from './stage/town.ts';

export const name = 'slow-clients';
export const title =
  'T34 T36: live streams that nobody reads, requests whose headers never end, a body of 50 MB; intake goes on beside them, memory stays, and what is too slow is cut';
export const defaults = {
  devices: 40,
  streams: 200,
  dripping: 300,
  seconds: 75,
  people: 200_000,
  port: 8144,
};

/** One megabyte for each stream is the cap the server promises, and Node's own share beside it. */
const MEGABYTES_A_STREAM = 1.5;

export const run: Soak<typeof defaults>['run'] = async (options) => {
  const { devices, streams, dripping, seconds, people, port, seed, print } = options;
  const town = await openTown({ port, people, seed });
  try {
    const fleet = await openFleet(town, { devices, seed, pauseMs: 100 });
    const pid = town.server.process.pid!;
    await pause(10_000);
    const calm = fleet.answers.length;
    const before = await residentMegabytes(pid);
    print(`${fleet.acknowledged.size} acknowledged in ten calm seconds, ${before} MB`);

    const cookie = (await signIn(town.url, town.accountOf('commander', '6325'))).cookie();
    const unread = Array.from({ length: streams }, () =>
      open(port, `GET /api/events HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${cookie}\r\n\r\n`, 'never reads'),
    );
    const slow = Array.from({ length: dripping }, () =>
      open(port, 'POST /api/intake HTTP/1.1\r\nhost: 127.0.0.1\r\n', 'reads'),
    );
    const drip = setInterval(() => {
      for (const { socket, closed } of slow) if (!closed()) socket.write('x');
    }, 1_000);
    const large = await fetch(`${town.url}/api/intake`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'levee-command': crypto.randomUUID() },
      body: Buffer.alloc(50 * 1024 * 1024, 0x20),
    }).then(
      ({ status }) => status,
      () => 0,
    );
    let most = before;
    for (let second = 0; second < seconds; second += 1) {
      await pause(1_000);
      most = Math.max(most, await residentMegabytes(pid));
    }
    clearInterval(drip);
    const cut = slow.filter(({ closed }) => closed()).length;
    const lag = await loopDelayMs(town.url);
    for (const { socket } of [...slow, ...unread]) socket.destroy();
    await fleet.finish();
    const latency = (from: number, to?: number) =>
      fleet.answers.slice(from, to).map(({ milliseconds }) => milliseconds);
    const p99 = (values: number[]) => `${quantile(values, 0.99).toFixed(0)} ms`;
    const grown = most - before;
    return [
      measured('intake p99: calm, beside the slow', `${p99(latency(0, calm))}, ${p99(latency(calm))}`),
      measured('event loop delay p99 of the server', `${lag.toFixed(0)} ms`),
      within(
        `memory grown with ${streams} unread streams`,
        `${grown} MB`,
        `${streams * MEGABYTES_A_STREAM} MB`,
        grown <= streams * MEGABYTES_A_STREAM,
      ),
      equal(`requests without end cut within ${seconds} s`, cut, dripping),
      within('a body of 50 MB', large === 0 ? 'cut' : large, '413, or cut', large === 413 || large === 0),
      equal('records refused or unanswered', fleet.answers.filter(({ status }) => status !== 200).length, 0),
      ...(await checkSets(town.adminUrl, fleet)),
    ];
  } finally {
    for (const error of town.server.errors().slice(0, 8)) print(`the server said: ${error}`);
    await town.close();
  }
};

function open(port: number, head: string, how: 'reads' | 'never reads') {
  let over = false;
  const socket: Socket = connect(port, '127.0.0.1', () => socket.write(head));
  socket.on('error', () => {});
  socket.once('close', () => {
    over = true;
  });
  if (how === 'reads') socket.resume();
  else socket.pause();
  return { socket, closed: () => over };
}

async function loopDelayMs(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1] ?? 0) * 1_000;
}
