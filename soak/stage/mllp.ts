/** A laboratory system's line: HL7 v2 in MLLP frames on a raw socket, one message at a time. */
import { connect, type Socket } from 'node:net';

const START = Buffer.of(0x0b);
const END = Buffer.of(0x1c, 0x0d);
const ANSWER_WITHIN_MS = 60_000;

export const framed = (message: Buffer | string): Buffer => Buffer.concat([START, Buffer.from(message), END]);

export interface Line {
  /** Sends one message and resolves with its acknowledgement. */
  exchange(message: Buffer | string): Promise<string>;
  close(): void;
}

export async function openLine(port: number): Promise<Line> {
  const socket = await dial(port);
  let text = '';
  let answered: ((ack: string) => void) | undefined;
  let broken: ((cause: Error) => void) | undefined;
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
    const end = text.indexOf('\u001c\r');
    if (end === -1) return;
    const ack = text.slice(1, end);
    text = text.slice(end + 2);
    answered?.(ack);
  });
  const fail = () => broken?.(new Error('the line to the server broke'));
  socket.on('error', fail);
  socket.on('close', fail);
  return {
    async exchange(message) {
      const ack = new Promise<string>((resolve, reject) => {
        answered = resolve;
        broken = reject;
      });
      socket.write(framed(message));
      const late = setTimeout(
        () => broken?.(new Error('no acknowledgement within a minute')),
        ANSWER_WITHIN_MS,
      );
      return ack.finally(() => clearTimeout(late));
    },
    close: () => socket.destroy(),
  };
}

/** Bytes on the wire, then the line ends: what a broken connection leaves behind. */
export async function sendAndHangUp(port: number, bytes: Buffer): Promise<void> {
  const socket = await dial(port);
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.resume();
  socket.end();
  await closed;
}

function dial(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.setNoDelay(true);
    socket.once('error', reject);
  });
}
