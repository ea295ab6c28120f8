/** The server as the device reaches it: slow, often not at all. */
import { routes } from 'virtual:levee-contract';
import { type Contract, createClient, LeveeError, type Transport } from '@levee/contract';

/** Nothing has moved for this long: given up, and sent again under its ids. An answer that trickles in is waited for. */
const PATIENCE_MS = 30_000;
/** Below this many letters packing saves nothing. */
const WORTH_PACKING = 1_024;

/** Where the server says when to come again, that is in the error: `detail.retryAfterMs`. */
const transport: Transport = async ({ method, url, headers, body }) => {
  const giveUp = new AbortController();
  let timer = setTimeout(() => giveUp.abort(), PATIENCE_MS);
  const moved = () => {
    clearTimeout(timer);
    timer = setTimeout(() => giveUp.abort(), PATIENCE_MS);
  };
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      ...{ method, credentials: 'same-origin', signal: giveUp.signal },
      ...(body === undefined ? { headers } : await pack(headers, body)),
    });
    text = await readAll(response, moved);
  } catch (cause) {
    throw new LeveeError('unavailable', {}, { cause });
  } finally {
    clearTimeout(timer);
  }
  const seconds = Number(response.headers.get('retry-after'));
  if ([429, 503, 507].includes(response.status) && seconds > 0) {
    throw new LeveeError('overloaded', { seconds }, { detail: { retryAfterMs: seconds * 1000 } });
  }
  try {
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  } catch (cause) {
    throw new LeveeError('unavailable', {}, { cause });
  }
};

/** Records are much alike: gzip leaves a third or less, which on a line of 20 kbit/s is minutes. */
async function pack(
  headers: Record<string, string>,
  body: string,
): Promise<{ headers: Record<string, string>; body: string | ArrayBuffer }> {
  if (body.length < WORTH_PACKING || typeof CompressionStream === 'undefined') return { headers, body };
  const packed = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
  return {
    headers: { ...headers, 'content-encoding': 'gzip' },
    body: await new Response(packed).arrayBuffer(),
  };
}

async function readAll(response: Response, moved: () => void): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    moved();
    const part = await reader?.read();
    if (!part || part.done) return text + decoder.decode();
    text += decoder.decode(part.value, { stream: true });
  }
}

export const client = createClient(routes as unknown as Contract, transport);
export type FieldClient = typeof client;
