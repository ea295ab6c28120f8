/** Who sends: a laboratory's system as its account, or a person of a laboratory. */
import type { Actor } from '../../platform/context.ts';

export interface Sender {
  /** The link, or the account. */
  readonly id: string;
  readonly labId: string;
  /** Of the account: where its messages are kept and who sees them. */
  readonly division: string;
  readonly actor: Actor;
}
