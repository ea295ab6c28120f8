/** A phone on a socket of its own, cheap enough to have five thousand of: one request at a time, its socket kept. */
import { connect, type Socket } from 'node:net';

const TIMEOUT_MS = 30_000;

export interface WireAnswer {
  /** 0: no answer at all. */
  readonly status: number;
  readonly retryAfterMs: number | null;
}

export interface WirePhone {
  post(path: string, headers: Readonly<Record<string, string>>, body: string): Promise<WireAnswer>;
  close(): void;
}

export function openWirePhone(url: string): WirePhone {
  const { hostname, port } = new URL(url);
  let socket: Socket | null = null;
  let waiting: ((answer: WireAnswer) => void) | null = null;
  let text = '';

  const settle = (answer: WireAnswer) => {
    const tell = waiting;
    waiting = null;
    tell?.(answer);
  };
  const open = () => {
    const own = connect(Number(port), hostname);
    own.setNoDelay(true);
    own.setEncoding('latin1');
    own.setTimeout(TIMEOUT_MS, () => own.destroy());
    own.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = text.slice(0, end);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      text = '';
      const seconds = Number(/retry-after: (\d+)/i.exec(head)?.[1] ?? 0);
      const status = Number(head.slice(9, 12));
      settle({ status, retryAfterMs: seconds > 0 ? seconds * 1_000 : null });
    });
    own.on('error', () => {});
    own.on('close', () => {
      if (socket !== own) return;
      socket = null;
      text = '';
      settle({ status: 0, retryAfterMs: null });
    });
    socket = own;
  };

  return {
    post(path, headers, body) {
      if (!socket) open();
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      return new Promise((resolve) => {
        waiting = resolve;
        socket!.write(
          `POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      });
    },
    close: () => socket?.destroy(),
  };
}
