/** Listens for HL7 over MLLP. One message of a connection is dealt with before the next is read from the wire. */
import { createServer, type Server, type Socket } from 'node:net';
import type { Logger } from '../../platform/log.ts';
import { createFrameReader, type Framed, frame } from './mllp-frames.ts';

export interface MllpOptions {
  readonly maxBytes: number;
  /** From the first byte of a message to its last. */
  readonly frameTimeoutMs: number;
  readonly maxConnections: number;
}

export const MLLP_DEFAULTS: MllpOptions = {
  maxBytes: 1024 * 1024,
  frameTimeoutMs: 30_000,
  maxConnections: 64,
};

export interface MllpServer {
  listen(port: number, host: string): Promise<number>;
  close(): Promise<void>;
}

/** Answers one message; null where there is nobody to answer. Must not throw. */
export type Receive = (framed: Framed, address: string) => Promise<Buffer | null>;

export function createMllpServer(receive: Receive, options: MllpOptions, log: Logger): MllpServer {
  const sockets = new Set<Socket>();
  const lines = new Set<Promise<void>>();
  const working = new Set<Promise<void>>();
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    serve(socket);
    // After `serve`, so that what the end of the line leaves behind is in hand by then.
    const line = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    lines.add(line);
    void line.then(() => {
      sockets.delete(socket);
      lines.delete(line);
    });
  });
  server.maxConnections = options.maxConnections;

  function serve(socket: Socket): void {
    const reader = createFrameReader(options.maxBytes);
    const address = socket.remoteAddress ?? '';
    let turn = Promise.resolve();
    let timer: NodeJS.Timeout | undefined;

    const watch = () => {
      clearTimeout(timer);
      if (reader.open()) timer = setTimeout(() => socket.destroy(), options.frameTimeoutMs);
    };
    const deal = (all: readonly Framed[]) => {
      if (all.length === 0) return;
      // What follows on the wire waits there: a fast sender is slowed, not buffered.
      socket.pause();
      turn = turn.then(async () => {
        for (const framed of all) {
          const answer = await receive(framed, address);
          if (answer && !socket.destroyed) socket.write(frame(answer));
        }
        socket.resume();
      });
      const done = turn.catch((err) => {
        log.error({ err }, 'mllp message failed');
        // A line that will not be read again must not look alive: the peer sends on another.
        socket.destroy();
      });
      working.add(done);
      void done.finally(() => working.delete(done));
    };

    socket.on('data', (chunk: Buffer) => {
      deal(reader.push(chunk));
      watch();
    });
    socket.on('error', () => socket.destroy());
    // The sender's end may come before our answers are out: the last answer is sent, then the line is closed.
    socket.on('end', () => void turn.finally(() => socket.end()));
    socket.on('close', () => {
      clearTimeout(timer);
      deal(reader.end());
    });
  }

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          const address = server.address();
          resolve(typeof address === 'object' && address ? address.port : port);
        });
      }),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
      await Promise.all(lines);
      while (working.size > 0) await Promise.all(working);
    },
  };
}
