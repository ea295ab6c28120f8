/** One bound SMPP 3.4 session. What was written and not answered when the line broke is known to nobody: said so. */
import smpp, { type PDU, type Session } from 'smpp';

export interface Gateway {
  /** smpp://system-id:password@host:port, or ssmpp:// over TLS. */
  readonly url: string;
  readonly senderAddress: string;
}

export interface Segment {
  readonly to: string;
  readonly text: string;
  readonly joinHeader: Buffer | null;
}

/** `unsent`: the line was not there, nothing went out; `silent`: it went out and nobody answered. */
export type Submitted =
  | { readonly kind: 'accepted'; readonly providerId: string }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'unsent' }
  | { readonly kind: 'silent' };

export interface Heard {
  readonly isReceipt: boolean;
  readonly text: string;
  readonly from: string;
  readonly receiptId: string | undefined;
  readonly receiptState: number | undefined;
}

export interface SmppSession {
  readonly isBound: () => boolean;
  /** `late` hears an answer that came after `silent` was told. */
  submit(segment: Segment, late: (answer: Submitted) => void): Promise<Submitted>;
  close(): Promise<void>;
}

const ANSWER_MS = 30_000;
const ENQUIRE_MS = 30_000;
const UCS2 = 8;
const RECEIPT_WANTED = 1;
const JOINED = 0x40;
const IS_RECEIPT = 0x04;
const OK = 0;
/** What was said could not be kept: the gateway says it again. */
const TEMPORARILY_NOT = 0x64;

/**
 * Connects and binds as transceiver.
 *
 * @param hear resolves when what was heard is committed; only then is it acknowledged
 * @throws Error when the gateway cannot be reached or refuses the account
 */
export function openSession(
  { url, senderAddress }: Gateway,
  hear: (heard: Heard) => Promise<void>,
  answerMs = ANSWER_MS,
): Promise<SmppSession> {
  const { username, password, protocol, host } = new URL(url);
  const session = smpp.connect({ url: `${protocol}//${host}` });
  const open = new Set<() => void>();
  let bound = false;
  let beat: NodeJS.Timeout | undefined;

  const closed = new Promise<void>((resolve) => session.once('close', () => resolve()));
  void closed.then(() => {
    bound = false;
    clearInterval(beat);
    for (const broken of open) broken();
  });
  session.on('deliver_sm', (pdu: PDU) => {
    hear(read(pdu)).then(
      () => session.send(pdu.response()),
      () => session.send(pdu.response({ command_status: TEMPORARILY_NOT })),
    );
  });
  session.on('enquire_link', (pdu: PDU) => session.send(pdu.response()));
  session.on('unbind', (pdu: PDU) => {
    session.send(pdu.response());
    session.close();
  });

  const submit: SmppSession['submit'] = ({ to, text, joinHeader }, late) =>
    new Promise((resolve) => {
      if (!bound) return resolve({ kind: 'unsent' });
      let isSilent = false;
      const tell = (answer: Submitted) => {
        open.delete(broken);
        clearTimeout(timer);
        if (isSilent) late(answer);
        else resolve(answer);
      };
      const broken = () => {
        if (!isSilent) tell({ kind: 'silent' });
        open.delete(broken);
      };
      const timer = setTimeout(() => {
        resolve({ kind: 'silent' });
        isSilent = true;
      }, answerMs);
      open.add(broken);
      const wentOut = session.submit_sm(
        {
          source_addr: senderAddress,
          destination_addr: to,
          data_coding: UCS2,
          registered_delivery: RECEIPT_WANTED,
          esm_class: joinHeader ? JOINED : 0,
          short_message: joinHeader ? { udh: joinHeader, message: text } : { message: text },
        },
        ({ command_status, message_id }) =>
          tell(
            command_status === OK && message_id
              ? { kind: 'accepted', providerId: message_id }
              : { kind: 'refused', status: command_status },
          ),
      );
      if (!wentOut) tell({ kind: 'unsent' });
    });

  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(new Error('the SMPP gateway does not answer')), answerMs);
    function fail(error: Error) {
      clearTimeout(timer);
      session.destroy();
      reject(error);
    }
    session.on('error', fail);
    void closed.then(() => fail(new Error('the SMPP gateway closed the line')));
    const account = { system_id: decodeURIComponent(username), password: decodeURIComponent(password) };
    session.once(protocol === 'ssmpp:' ? 'secureConnect' : 'connect', () =>
      session.bind_transceiver(account, ({ command_status }) => {
        if (command_status !== OK)
          return fail(new Error(`the SMPP gateway refuses the account (0x${command_status.toString(16)})`));
        clearTimeout(timer);
        bound = true;
        beat = setInterval(() => session.enquire_link(), ENQUIRE_MS);
        beat.unref();
        resolve({ isBound: () => bound, submit, close: () => closeSession(session, closed) });
      }),
    );
  });
}

async function closeSession(session: Session, closed: Promise<void>): Promise<void> {
  session.close();
  const late = setTimeout(() => session.destroy(), 2_000);
  await closed;
  clearTimeout(late);
}

function read(pdu: PDU): Heard {
  return {
    isReceipt: ((pdu.esm_class ?? 0) & IS_RECEIPT) !== 0,
    text: pdu.short_message?.message ?? '',
    from: pdu.source_addr ?? '',
    receiptId: pdu.receipted_message_id,
    receiptState: pdu.message_state,
  };
}
