/** The queue as a file for another phone (F38): sealed under a code that is shown once and told by mouth. */
import type { Queue, QueueRecord } from './queue.ts';

const FORMAT = 'levee-field-queue';
const ITERATIONS = 600_000;
/** No letter or digit that is taken for another. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 16;

type Handed = Pick<QueueRecord, 'id' | 'deviceId' | 'order' | 'command' | 'about'>;

export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}

const toText = (bytes: ArrayBuffer | Uint8Array) => {
  const all = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  let text = '';
  for (let at = 0; at < all.length; at += 8192) text += String.fromCharCode(...all.subarray(at, at + 8192));
  return btoa(text);
};
const toBytes = (text: string) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

async function keyOf(code: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
  const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** Everything that is not settled. The records stay on this phone too: sent by both, they count once. */
export async function exportQueue(queue: Queue): Promise<{ code: string; count: number; file: Blob }> {
  const records: Handed[] = queue.records
    .filter(({ state }) => ['saved', 'queued', 'attention'].includes(state))
    .map(({ id, deviceId, order, command, about }) => ({ id, deviceId, order, command, about }));
  const letters = [...crypto.getRandomValues(new Uint8Array(CODE_LENGTH))];
  const code = letters.map((byte) => LETTERS[byte % LETTERS.length]).join('');
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(records));
  const key = await keyOf(code, salt, ITERATIONS);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text);
  const whole = {
    ...{ format: FORMAT, version: 1, iterations: ITERATIONS, salt: toText(salt), iv: toText(iv) },
    sealed: toText(sealed),
  };
  return {
    code: code.match(/.{4}/g)!.join('-'),
    count: records.length,
    file: new Blob([JSON.stringify(whole)], { type: 'application/json' }),
  };
}

/** @throws UnreadableFileError where it is another file, damaged, or the code is wrong */
export async function importQueue(queue: Queue, text: string, code: string): Promise<number> {
  let records: Handed[];
  try {
    const { format, version, iterations, salt, iv, sealed } = JSON.parse(text);
    if (format !== FORMAT || version !== 1 || iterations > 5_000_000)
      throw new Error(`format ${format} ${version}`);
    const key = await keyOf(code, toBytes(salt), iterations);
    const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: toBytes(iv) }, key, toBytes(sealed));
    records = JSON.parse(new TextDecoder().decode(opened));
  } catch (cause) {
    throw new UnreadableFileError('not a queue file, or another code', { cause });
  }
  return queue.adopt(records);
}
