export type ProtocolErrorCode =
  | 'bad_day'
  | 'bad_instant'
  | 'bad_pack'
  | 'missing_fact'
  | 'pack_cycle'
  | 'rule_not_in_pack'
  | 'time_in_future'
  | 'unknown_pack';

/** Every refusal of this package: a stable `code`, and a message naming the offending value and the next step. */
export class ProtocolError extends Error {
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
  }
}
