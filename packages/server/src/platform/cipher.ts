/** Field encryption: AES-256-GCM for the value, HMAC-SHA-256 as a blind index to look it up by. */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

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

/**
 * Keys are derived from the installation's secret (HKDF-SHA-256, RFC 5869), one for sealing, one for the index. As
 * key objects they are set up once: with bytes each call took four times as long (20 µs a seal, 14 µs an index).
 */
export function createCipher(secret: string): Cipher {
  const key = (use: string) => createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'levee', use, 32)));
  const drawNonce = nonces();
  const sealKey = key('field encryption 1');
  const indexKey = key('blind index 1');
  return {
    seal(field, text) {
      const nonce = drawNonce();
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
    blindIndex: (field, text) => createHmac('sha256', indexKey).update(`${field}\0${text}`).digest(),
  };
}

const DRAWN_AT_ONCE = 1024 * NONCE;

/** Random bytes are drawn by the kilobyte; no slice is given out twice. */
function nonces(): () => Buffer {
  let drawn = Buffer.alloc(0);
  let used = 0;
  return () => {
    if (used === drawn.length) {
      drawn = randomBytes(DRAWN_AT_ONCE);
      used = 0;
    }
    used += NONCE;
    return drawn.subarray(used - NONCE, used);
  };
}
