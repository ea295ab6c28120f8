/** Ground for the tests of this module: the testing ground with a linked laboratory and real peers on loopback. */
import { connect, type Socket } from 'node:net';
import { newId } from '@levee/contract';
import iconv from 'iconv-lite';
import { fillTube, openGround } from '../../platform/testing/testing-ground.ts';
import { createMllp } from './mllp.ts';
import type { MllpOptions } from './mllp-server.ts';

export type InterchangeGround = Awaited<ReturnType<typeof openInterchangeGround>>;

export async function openInterchangeGround(options: Partial<MllpOptions> = {}) {
  const ground = await openGround();
  const { house, lab, labId } = ground;
  const security = await house.signIn('security_administrator', '6325');
  const linkId = newId();
  await security.client.interchange.openLink({
    body: {
      id: linkId,
      name: '州疾控中心检验系统',
      labId,
      accountId: lab.accountId,
      sendingFacility: 'HNZCDC',
      sourceAddresses: ['127.0.0.1'],
    },
  });
  const { token } = await security.client.interchange.makeToken({ params: { linkId } });
  const mllp = createMllp(house.platform, house.access.door, options);
  const port = await mllp.listen(0, '127.0.0.1');
  let control = 0;

  return {
    ...ground,
    security,
    linkId,
    token,
    port,
    controlId: () => {
      control += 1;
      return `C${control}`;
    },
    /** A tube filled, sealed, sent and in the laboratory's hands. */
    async receivedTube(capacity: 1 | 5 | 10 = 5, count = 2): Promise<string> {
      const tube = await fillTube(ground, capacity, await ground.people(count));
      await ground.desk.client.testing.sendPools({
        body: { poolIds: [tube.poolId], labId, sentAt: ground.now() },
      });
      await lab.client.testing.receive({
        body: { tubeCode: tube.tubeCode, labId, receivedAt: ground.now() },
      });
      return tube.tubeCode;
    },
    messages: () =>
      house.asSuperuser<{ outcome: string; control_id: string | null; bytes: number; first: boolean }>(
        'select outcome, control_id, bytes, first from lab_message order by received_at, first desc, id',
      ),
    async outcomeOf(tubeCode: string): Promise<string | null> {
      const { items } = await lab.client.testing.pools({ query: { q: tubeCode } });
      return items[0]?.outcome ?? null;
    },
    /** Ends the peers' door; what was in hand is dealt with first. */
    stopListening: () => mllp.close(),
    async close() {
      await mllp.close();
      await house.close();
    },
  };
}

export interface OruTube {
  readonly tubeCode: string;
  readonly orf?: string;
  readonly n?: string;
  readonly outcome?: string;
  readonly status?: string;
}

export interface OruOptions {
  readonly controlId: string;
  readonly facility?: string;
  readonly charset?: string;
  readonly patient?: string;
  readonly marks?: string;
  readonly processing?: string;
}

/** An ORU^R01 as laboratory systems send it: PID, ORC, OBR, OBX by target and outcome, SPM. */
export function oru(tubes: readonly OruTube[], options: OruOptions): string {
  const {
    controlId,
    facility = 'HNZCDC',
    charset = 'UNICODE UTF-8',
    patient = '张=三',
    processing = 'P',
  } = options;
  const segments = [
    `MSH|^~\\&|LIS|${facility}|LEVEE|HAINAN|20220811180500+0800||ORU^R01^ORU_R01|${controlId}|${processing}|2.5.1||||||${charset}`,
  ];
  for (const [index, { tubeCode, orf = '', n = '', outcome = '阴性', status = 'F' }] of tubes.entries()) {
    segments.push(
      `PID|${index + 1}||||${patient}`,
      `ORC|RE|${tubeCode}|F${tubeCode}`,
      `OBR|${index + 1}|${tubeCode}|F${tubeCode}|SARS2-NAAT^新冠病毒核酸检测^L|||20220811173000|||||||||||||||20220811180000|||${status}`,
      `OBX|1|NM|94644-2^ORF1ab^LN||${orf}|{Ct}|||||${status}|||20220811180000`,
      `OBX|2|NM|94510-5^N^LN||${n}|{Ct}|||||${status}|||20220811180000`,
      `OBX|3|NM|IC^内标^L||22.1|{Ct}|||||${status}`,
      `OBX|4|CWE|RESULT^检测结果^L||${outcome}||||||${status}`,
      `SPM|1|${tubeCode}&LIS^F${tubeCode}||258529004^咽拭子^SCT`,
    );
  }
  const text = `${segments.join('\r')}\r`;
  return options.marks ? remark(text, options.marks) : text;
}

/** The same message with other separators: field, component, repetition, escape, subcomponent. */
function remark(text: string, marks: string): string {
  const usual = '|^~\\&';
  return Array.from(text, (sign) => (usual.includes(sign) ? marks[usual.indexOf(sign)] : sign)).join('');
}

export const inGbk = (text: string): Buffer => iconv.encode(text, 'gbk');
export const framed = (bytes: Buffer | string): Buffer =>
  Buffer.concat([Buffer.of(0x0b), Buffer.from(bytes), Buffer.of(0x1c, 0x0d)]);

/** A peer on a raw socket: what it writes is what goes on the wire. */
export async function openPeer(port: number) {
  const socket: Socket = connect(port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.setNoDelay(true);
  let buffered = '';
  const waiting: ((ack: string) => void)[] = [];
  const arrived: string[] = [];
  socket.on('data', (chunk: Buffer) => {
    buffered += chunk.toString('utf8');
    for (let end = buffered.indexOf('\u001c\r'); end !== -1; end = buffered.indexOf('\u001c\r')) {
      const ack = buffered.slice(1, end);
      buffered = buffered.slice(end + 2);
      const next = waiting.shift();
      if (next) next(ack);
      else arrived.push(ack);
    }
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return {
    write: (bytes: Buffer) => new Promise<void>((resolve) => socket.write(bytes, () => resolve())),
    ack: () => {
      const first = arrived.shift();
      return first !== undefined
        ? Promise.resolve(first)
        : new Promise<string>((resolve) => {
            waiting.push(resolve);
          });
    },
    end: () => {
      socket.end();
      return closed;
    },
    closed,
    destroy: () => {
      socket.destroy();
      return closed;
    },
  };
}

export const fieldsOf = (ack: string, segment: string): string[][] =>
  ack
    .split('\r')
    .filter((line) => line.startsWith(segment))
    .map((line) => line.split('|'));

export const codeOf = (ack: string): string => fieldsOf(ack, 'MSA')[0]?.[1] ?? '';
