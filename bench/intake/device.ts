/**
 * A sampling device on a socket of its own: writes one request, waits for the answer, keeps a ledger of what was
 * acknowledged. Raw sockets, because on two cores a load generator that costs as much as the server measures itself.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly retryAfterSeconds: number | null;
  readonly ids: readonly string[];
  readonly milliseconds: number;
}

/** A request as it goes over the wire, with the ids of the samples in it. */
export interface Parcel {
  readonly ids: readonly string[];
  readonly request: Buffer;
}

export interface Device {
  /** Hands over `count` samples in one request. */
  send(count: number): Promise<Answer>;
  /** The request of `count` samples without sending it: what writing it costs is no cost of the server's. */
  pack(count: number): Parcel;
  deliver(parcel: Parcel): Promise<Answer>;
  close(): void;
}

export interface DeviceSettings {
  readonly url: string;
  readonly cookie: string;
  readonly siteId: string;
  readonly personIds: readonly string[];
}

const deviceTime = '2022-08-11T21:00:00+08:00';

export function openDevice({ url, cookie, siteId, personIds }: DeviceSettings): Device {
  const { hostname, port } = new URL(url);
  const deviceId = uuid();
  let socket: Socket | null = null;
  let waiting: ((answer: { status: number; head: string }) => void) | null = null;
  let text = '';
  let order = 0;
  let tube = newTube();

  const open = () => {
    socket = connect(Number(port), hostname);
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = text.slice(0, end);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      text = '';
      waiting?.({ status: Number(head.slice(9, 12)), head });
    });
    socket.on('error', () => waiting?.({ status: 0, head: '' }));
    socket.on('close', () => {
      socket = null;
      text = '';
      waiting?.({ status: 0, head: '' });
    });
  };

  const pack = (count: number): Parcel => {
    const ids: string[] = [];
    const commands: string[] = [];
    for (let at = 0; at < count; at += 1) {
      if (tube.members === 10) tube = newTube();
      tube.members += 1;
      order += 1;
      const id = uuid();
      ids.push(id);
      // Everybody once before anybody twice: a person in two open tubes is no plain record.
      const person = personIds[nextPerson++ % personIds.length]!;
      commands.push(
        `{"kind":"sample","id":"${id}","order":${order},"at":"${deviceTime}","siteId":"${siteId}","poolId":"${tube.id}","tubeCode":"${tube.code}","capacity":10,"who":{"personId":"${person}"}}`,
      );
    }
    const body = `{"deviceId":"${deviceId}","sentAt":"${deviceTime}","commands":[${commands.join(',')}]}`;
    const request = `POST /api/intake HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncookie: ${cookie}\r\ncontent-type: application/json\r\nlevee-purpose: testing\r\nlevee-command: ${uuid()}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    return { ids, request: Buffer.from(request, 'latin1') };
  };
  const deliver = ({ ids, request }: Parcel): Promise<Answer> => {
    if (!socket) open();
    const started = performance.now();
    return new Promise((resolve) => {
      waiting = ({ status, head }) => {
        waiting = null;
        const retry = /retry-after: (\d+)/i.exec(head)?.[1];
        resolve({
          status,
          retryAfterSeconds: retry === undefined ? null : Number(retry),
          ids,
          milliseconds: performance.now() - started,
        });
      };
      socket!.write(request);
    });
  };

  return {
    send: (count) => deliver(pack(count)),
    pack,
    deliver,
    close: () => socket?.destroy(),
  };
}

let nextPerson = 0;
let nextTube = 0;
const run = randomBytes(4).toString('hex').toUpperCase();
function newTube() {
  nextTube += 1;
  return { id: uuid(), code: `B${run}${nextTube}`, members: 0 };
}

let pool = Buffer.alloc(0);
let used = 0;
/** A UUIDv7 in few microseconds: random bytes are drawn by the kilobyte. */
function uuid(): string {
  if (used + 10 > pool.length) {
    pool = randomBytes(10_000);
    used = 0;
  }
  const random = pool.toString('hex', used, used + 10);
  used += 10;
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
}
