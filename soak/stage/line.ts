/**
 * The line between one phone and the server: as slow, as far and as unsteady as asked. On the phone's side it is the server; it
 * counts what it carried, the payload without TCP's own.
 */

import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface LineShape {
  /** Each way, shared by all connections; null: as fast as it goes. */
  readonly bitsPerSecond: number | null;
  /** Each way; a connection costs there and back before its first byte. */
  readonly delayMs: number;
}

export const GOOD_LINE: LineShape = { bitsPerSecond: null, delayMs: 0 };

export interface Line {
  readonly url: string;
  /** Bytes. */
  carried(): { readonly up: number; readonly down: number; readonly sum: number };
  shape(next: LineShape): void;
  /** Nothing moves for so long; nothing is lost. */
  stall(ms: number): void;
  /** Every connection ends at once, what was under way is lost. Returns how many there were. */
  cut(): number;
  /** Shut: who connects is sent away. */
  shut(yes: boolean): void;
  close(): Promise<void>;
}

/** Small enough that connections share the line fairly. */
const PIECE_BYTES = 256;

export async function openLine(port: number, toPort: number, first: LineShape = GOOD_LINE): Promise<Line> {
  let shape = first;
  let stalledUntil = 0;
  let isShut = false;
  const carried = { up: 0, down: 0 };
  const turns = { up: Promise.resolve(), down: Promise.resolve() };
  const pairs = new Set<readonly [Socket, Socket]>();

  /** Resolves when the line is free again. */
  function carry(way: 'up' | 'down', bytes: number, alive: () => boolean): Promise<void> {
    const done = turns[way].then(async () => {
      while (alive() && Date.now() < stalledUntil) await pause(Math.min(100, stalledUntil - Date.now()));
      if (!alive()) return;
      if (shape.bitsPerSecond !== null) await pause((bytes * 8_000) / shape.bitsPerSecond);
      carried[way] += bytes;
    });
    turns[way] = done;
    return done;
  }

  async function pump(way: 'up' | 'down', from: Socket, to: Socket): Promise<void> {
    const alive = () => !to.destroyed && !from.destroyed;
    if (way === 'up' && shape.delayMs > 0) await pause(2 * shape.delayMs);
    for await (const chunk of from as AsyncIterable<Buffer>) {
      const piece = shape.bitsPerSecond === null ? chunk.length : PIECE_BYTES;
      for (let at = 0; at < chunk.length && alive(); at += piece) {
        const part = chunk.subarray(at, at + piece);
        await carry(way, part.length, alive);
        later(() => to.write(part), to);
      }
    }
    later(() => to.end(), to);
  }
  const later = (act: () => void, to: Socket) => {
    const now = () => {
      if (!to.destroyed) act();
    };
    if (shape.delayMs > 0) setTimeout(now, shape.delayMs);
    else now();
  };

  const server = createServer({ allowHalfOpen: true }, (phone) => {
    if (isShut) return phone.resetAndDestroy();
    const far = connect({ port: toPort, host: '127.0.0.1', allowHalfOpen: true });
    const pair = [phone, far] as const;
    pairs.add(pair);
    for (const [from, to] of [
      [phone, far],
      [far, phone],
    ] as const) {
      from.on('error', () => {});
      from.once('close', () => {
        pairs.delete(pair);
        // A socket that ended in order has said so already; one that was cut takes the other with it.
        if (!to.destroyed && !from.readableEnded) to.destroy();
      });
      from.setNoDelay(true);
      pump(from === phone ? 'up' : 'down', from, to).catch(() => to.destroy());
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const cut = () => {
    const all = [...pairs];
    for (const sockets of all) for (const socket of sockets) socket.resetAndDestroy();
    return all.length;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    carried: () => ({ ...carried, sum: carried.up + carried.down }),
    shape(next) {
      shape = next;
    },
    stall(ms) {
      stalledUntil = Math.max(stalledUntil, Date.now() + ms);
    },
    cut,
    shut(yes) {
      isShut = yes;
      if (yes) cut();
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
