/** From a frame to its answer: who sends, what it says, what became of it. */
import { newId } from '@levee/contract';
import { nowOf } from '../../platform/clock.ts';
import type { Door } from '../../platform/http/implement.ts';
import type { Platform } from '../../platform/platform.ts';
import { type AckFault, buildAck } from './hl7-ack.ts';
import { type Hl7Header, type Hl7Reading, readHeader, readOru } from './hl7-report.ts';
import { plainAddress, senderAt } from './links.service.ts';
import type { Framed } from './mllp-frames.ts';
import type { Receive } from './mllp-server.ts';
import type { Sender } from './sender.ts';
import { type Envelope, type Taken, takeMessage } from './take-message.ts';

type Refused = NonNullable<Envelope['refused']>;

/** Never throws: a peer gets an answer whatever happens, and "not stored" is one. */
export function createReceive(platform: Platform, door: Door): Receive {
  return async (framed, address) => {
    const header = framed.kind === 'noise' ? null : readHeader(framed.bytes);
    try {
      const { known, sender } = await senderAt(platform, address, header?.sendingFacility ?? '');
      if (!known) {
        platform.log.warn({ source: plainAddress(address) }, 'hl7 message from an unknown sender refused');
        return framed.kind === 'message' ? turnedAway(platform, header) : null;
      }
      // Awaited here: what fails in them has an answer too.
      if (framed.kind !== 'message') return await keepBroken(platform, door, known, framed, header, address);
      return sender
        ? await receiveMessage(platform, door, sender, framed.bytes, address)
        : await keepUnread(platform, door, known, framed.bytes, header, address, UNKNOWN_FACILITY(header));
    } catch (err) {
      platform.log.error({ err }, 'hl7 message could not be stored');
      const fault: AckFault = { code: '207', location: '', text: 'not stored; send it again later' };
      return encode(buildAck(header, 'AR', [fault], { at: nowOf(platform.clock), id: newId() }));
    }
  };
}

const encode = (text: string) => Buffer.from(text, 'utf8');

function turnedAway(platform: Platform, header: Hl7Header | null): Buffer {
  const fault: AckFault = { code: '207', location: 'MSH^1^4', text: 'the sender is not known here' };
  return encode(buildAck(header, 'AR', [fault], { at: nowOf(platform.clock), id: newId() }));
}

async function receiveMessage(
  platform: Platform,
  door: Door,
  sender: Sender,
  bytes: Buffer,
  address: string,
): Promise<Buffer> {
  const reading = readOru(bytes);
  if (!reading.ok) {
    const { code, text } = reading.problem;
    return keepUnread(platform, door, sender, bytes, reading.header, address, {
      code,
      location: 'MSH',
      text,
    });
  }
  const { header, charset, findings } = reading;
  const empty: Refused = {
    outcome: 'refused',
    problem: { zh: '报文没有任何检测（OBR）', en: 'the message reports nothing: no OBR' },
  };
  const { text } = await takeMessage(platform, door, {
    protocol: 'hl7',
    sender,
    source: plainAddress(address),
    raw: bytes,
    charset,
    controlId: header.controlId,
    findings,
    atomic: false,
    ...(findings.length === 0 && { refused: empty }),
    answer: (taken) => ({ text: ackOf(reading, taken), status: 200 }),
  });
  return encode(text);
}

/** Applied whole: AA. Otherwise AE with an ERR for each tube that is not, and where it is kept. */
function ackOf({ header }: Hl7Reading, taken: Taken): string {
  const faults: AckFault[] = taken.verdicts.flatMap(({ finding, verdict }) =>
    verdict.kind === 'kept'
      ? [
          {
            code: verdict.code === 'unknown_tube' ? '204' : '207',
            location: `OBR^${finding.position}`,
            text: `${verdict.problem.en} · ${verdict.problem.zh} (kept in message ${taken.messageId})`,
          } satisfies AckFault,
        ]
      : [],
  );
  if (faults.length === 0 && taken.problem) {
    faults.push({ code: '207', location: 'MSH^1^10', text: `${taken.problem.en} · ${taken.problem.zh}` });
  }
  return buildAck(header, faults.length === 0 ? 'AA' : 'AE', faults, { at: taken.at, id: taken.messageId });
}

const UNKNOWN_FACILITY = (header: Hl7Header | null): AckFault => ({
  code: header ? '207' : '100',
  location: header ? 'MSH^1^4' : '',
  text: header
    ? `sending facility "${header.sendingFacility}" has no link from this address`
    : 'the message does not begin with MSH',
});

async function keepUnread(
  platform: Platform,
  door: Door,
  sender: Sender,
  bytes: Buffer,
  header: Hl7Header | null,
  address: string,
  fault: AckFault,
): Promise<Buffer> {
  const { text } = await takeMessage(platform, door, {
    protocol: 'hl7',
    sender,
    source: plainAddress(address),
    raw: bytes,
    charset: null,
    controlId: header?.controlId || null,
    findings: [],
    atomic: false,
    refused: { outcome: 'not_understood', problem: { zh: `报文无法识别：${fault.text}`, en: fault.text } },
    answer: ({ at, messageId }) => ({
      text: buildAck(header, 'AR', [fault], { at, id: messageId }),
      status: 200,
    }),
  });
  return encode(text);
}

/** A broken frame is kept as far as it came. Too large gets an answer; half a message has nobody waiting for one. */
async function keepBroken(
  platform: Platform,
  door: Door,
  sender: Sender,
  framed: Exclude<Framed, { kind: 'message' }>,
  header: Hl7Header | null,
  address: string,
): Promise<Buffer | null> {
  const tooLarge = framed.kind === 'too_large';
  const fault: AckFault = {
    code: '207',
    location: '',
    text: 'the message is larger than is taken: send fewer results at once',
  };
  const { text } = await takeMessage(platform, door, {
    protocol: 'hl7',
    sender,
    source: plainAddress(address),
    raw: framed.bytes,
    size: framed.size,
    charset: null,
    // Its end never came, so the whole message may still come under this id.
    controlId: null,
    findings: [],
    atomic: false,
    refused: tooLarge
      ? {
          outcome: 'too_large',
          problem: { zh: '报文过大，只保留开头', en: 'larger than is taken; its beginning is kept' },
        }
      : {
          outcome: 'incomplete',
          problem: { zh: '报文不完整：没有结束符', en: 'incomplete: the end of the message never came' },
        },
    answer: ({ at, messageId }) => ({
      text: buildAck(header, 'AR', [fault], { at, id: messageId }),
      status: 200,
    }),
  });
  return tooLarge ? encode(text) : null;
}
