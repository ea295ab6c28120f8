/** Field encryption: AES-256-GCM for the value, HMAC-SHA-256 as a blind index to look it up by. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export interface Cipher {
  /** Encrypted bytes: version, nonce, tag, text. Bound to `field`: a value moved to another column does not open. */
  seal(field: string, text: string): Buffer;
  open(field: string, sealed: Buffer): string;
  /** The same for the same text, and tells nothing else: what a unique index and a look-up use. */
  blindIndex(field: string, text: string): Buffer;
}

const VERSION = 1;
const NONCE = 12;
const TAG = 16;

/** Keys are derived from the installation's secret (HKDF-SHA-256, RFC 5869), one for sealing, one for the index. */
export function createCipher(secret: string): Cipher {
  const key = (use: string) => Buffer.from(hkdfSync('sha256', secret, 'levee', use, 32));
  const sealKey = key('field encryption 1');
  const indexKey = key('blind index 1');
  return {
    seal(field, text) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(field));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
    },
    open(field, sealed) {
      if (sealed[0] !== VERSION) throw new Error(`${field}: sealed under an unknown version`);
      const nonce = sealed.subarray(1, 1 + NONCE);
      const tag = sealed.subarray(1 + NONCE, 1 + NONCE + TAG);
      const decipher = createDecipheriv('aes-256-gcm', sealKey, nonce)
        .setAAD(Buffer.from(field))
        .setAuthTag(tag);
      return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]).toString(
        'utf8',
      );
    },
    blindIndex: (field, text) =>
      createHmac('sha256', indexKey).update(field).update('\0').update(text).digest(),
  };
}
