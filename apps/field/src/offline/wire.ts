/** The server as the device reaches it: slow, often not at all. */
import { routes } from 'virtual:levee-contract';
import { type Contract, createClient, LeveeError, type Transport } from '@levee/contract';

/** A stalled answer is given up: the batch is sent again under its ids. */
const PATIENCE_MS = 30_000;

/** Where the server says when to come again, that is in the error: `detail.retryAfterMs`. */
const transport: Transport = async ({ method, url, headers, body }) => {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      ...{ method, headers, credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE_MS) },
      ...(body !== undefined && { body }),
    });
    text = await response.text();
  } catch (cause) {
    throw new LeveeError('unavailable', {}, { cause });
  }
  const seconds = Number(response.headers.get('retry-after'));
  if ((response.status === 503 || response.status === 429) && seconds > 0) {
    throw new LeveeError('overloaded', { seconds }, { detail: { retryAfterMs: seconds * 1000 } });
  }
  try {
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  } catch (cause) {
    throw new LeveeError('unavailable', {}, { cause });
  }
};

export const client = createClient(routes as unknown as Contract, transport);
export type FieldClient = typeof client;
