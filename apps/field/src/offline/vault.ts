/**
 * Seals what is on the device. The key that seals never leaves WebCrypto: it is made once, wrapped under a key that the PIN
 * (PBKDF2) and a secret of this browser (an HMAC key that cannot be exported) give together, and only unwrapped to use.
 */
import type { FieldDatabase, Lock, Sealed } from './database.ts';

/** OWASP's floor for PBKDF2-HMAC-SHA-256 is 600,000 for passwords alone; here the device's secret is needed as well. */
const ITERATIONS = 210_000;
const AES = { name: 'AES-GCM', length: 256 } as const;

export interface Vault {
  seal(value: unknown): Promise<Sealed>;
  open<T>(sealed: Sealed): Promise<T>;
}

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

export async function deviceSecret(db: FieldDatabase): Promise<CryptoKey> {
  const known = await db.secrets.get('device');
  if (known) return known.key;
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, [
    'sign',
  ]);
  await db.secrets.add({ id: 'device', key });
  return key;
}

async function wrappingKey(
  pin: string,
  { salt, iterations }: Pick<Lock, 'salt' | 'iterations'>,
  secret: CryptoKey,
) {
  const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    material,
    256,
  );
  const bound = await crypto.subtle.sign('HMAC', secret, bits);
  return crypto.subtle.importKey('raw', bound, AES, false, ['wrapKey', 'unwrapKey']);
}

export async function makeLock(pin: string, secret: CryptoKey): Promise<{ lock: Lock; vault: Vault }> {
  const open = { salt: random(16), iterations: ITERATIONS };
  const iv = random(12);
  const key = await crypto.subtle.generateKey(AES, true, ['encrypt', 'decrypt']);
  const wrapped = await crypto.subtle.wrapKey('raw', key, await wrappingKey(pin, open, secret), {
    name: 'AES-GCM',
    iv,
  });
  const lock: Lock = { ...open, iv, wrapped };
  return { lock, vault: (await unlock(lock, pin, secret))! };
}

/** Null where the PIN is not the one. */
export async function unlock(lock: Lock, pin: string, secret: CryptoKey): Promise<Vault | null> {
  const wrapping = await wrappingKey(pin, lock, secret);
  try {
    const key = await crypto.subtle.unwrapKey(
      'raw',
      lock.wrapped,
      wrapping,
      { name: 'AES-GCM', iv: lock.iv },
      AES,
      false,
      ['encrypt', 'decrypt'],
    );
    return vaultOf(key);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw error;
  }
}

function vaultOf(key: CryptoKey): Vault {
  return {
    async seal(value) {
      const iv = random(12);
      const text = new TextEncoder().encode(JSON.stringify(value));
      return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text) };
    },
    async open({ iv, bytes }) {
      const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes);
      return JSON.parse(new TextDecoder().decode(text));
    },
  };
}
