/** The part of `smpp` 0.5.1 that is used here; the package brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer } from 'node:net';

  export interface ShortMessage {
    readonly message?: string;
    readonly udh?: readonly Buffer[] | Buffer;
  }
  export class PDU {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly message_id?: string;
    readonly esm_class?: number;
    readonly data_coding?: number;
    readonly source_addr?: string;
    readonly destination_addr?: string;
    readonly system_id?: string;
    readonly password?: string;
    readonly short_message?: ShortMessage;
    readonly receipted_message_id?: string;
    readonly message_state?: number;
    response(fields?: Readonly<Record<string, unknown>>): PDU;
  }
  type Answered = (pdu: PDU) => void;
  export class Session extends EventEmitter {
    send(pdu: PDU): boolean;
    bind_transceiver(fields: Readonly<Record<string, unknown>>, answered: Answered): boolean;
    submit_sm(fields: Readonly<Record<string, unknown>>, answered: Answered): boolean;
    deliver_sm(fields: Readonly<Record<string, unknown>>, answered?: Answered): boolean;
    enquire_link(answered?: Answered): boolean;
    unbind(answered?: Answered): boolean;
    close(done?: () => void): void;
    destroy(done?: () => void): void;
  }
  interface Smpp {
    connect(options: { readonly url: string }, connected?: () => void): Session;
    createServer(listener: (session: Session) => void): NetServer;
  }
  const smpp: Smpp;
  export default smpp;
}
