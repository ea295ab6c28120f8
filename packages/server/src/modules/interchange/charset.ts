/** Which characters the bytes of an HL7 message stand for: MSH-18 says (HL7 table 0211). */

const NAMED: Readonly<Record<string, 'utf-8' | 'gb18030' | 'latin1'>> = {
  ASCII: 'utf-8',
  UTF8: 'utf-8',
  UNICODEUTF8: 'utf-8',
  UNICODE: 'utf-8',
  GB18030: 'gb18030',
  GB180302000: 'gb18030',
  GB2312: 'gb18030',
  GBK: 'gb18030',
  CP936: 'gb18030',
  '88591': 'latin1',
};

export interface Decoded {
  readonly text: string;
  /** `… (assumed)` where the message did not say. */
  readonly charset: string;
}

/** Null: the name is not known, or the bytes are not what it says. */
export function decodeMessage(bytes: Buffer, named: string): Decoded | null {
  const key = named.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  if (key === '') return decode(bytes, 'utf-8', true) ?? decode(bytes, 'gb18030', true);
  const charset = NAMED[key];
  return charset ? decode(bytes, charset, false) : null;
}

function decode(bytes: Buffer, charset: 'utf-8' | 'gb18030' | 'latin1', assumed: boolean): Decoded | null {
  try {
    const text =
      charset === 'latin1'
        ? bytes.toString('latin1')
        : new TextDecoder(charset, { fatal: true }).decode(bytes);
    return { text, charset: assumed ? `${charset} (assumed)` : charset };
  } catch {
    return null;
  }
}
