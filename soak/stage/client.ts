/** A client that behaves as ours do: it keeps cookies, and what is answered 503 or not at all it sends again, the same. */
import { type Client, contract, createClient, LeveeError, type Transport } from '@levee/contract';
import { cookieJar } from '@levee/server/testing';

export interface Patience {
  /** How long one call is tried again before it fails. */
  readonly forMs: number;
  /** Told each time a call has to be sent again. */
  readonly again?: (status: number, waitMs: number) => void;
}

export interface Person {
  readonly client: Client;
  cookie(): string;
}

export async function signIn(
  url: string,
  account: { readonly username: string; readonly password: string },
  patience: Patience = { forMs: 60_000 },
): Promise<Person> {
  const jar = cookieJar(url);
  const client = createClient(contract, patient(jar.transport, patience));
  await client.access.signIn({ body: { username: account.username, password: account.password } });
  return { client, cookie: jar.cookie };
}

/** Sends a call again while the server is away or says 503, with the same command id: done once however often sent. */
function patient(transport: Transport, { forMs, again }: Patience): Transport {
  return async (request) => {
    const until = Date.now() + forMs;
    for (let wait = 100; ; wait = Math.min(wait * 2, 2_000)) {
      try {
        const response = await transport(request);
        if (response.status !== 503 || Date.now() + wait > until) return response;
        again?.(503, wait);
      } catch (cause) {
        if (Date.now() + wait > until) throw new LeveeError('unavailable', {}, { cause });
        again?.(0, wait);
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  };
}

/** Runs `work` over the items, at most `atOnce` of them together. */
export async function inParallel<Item>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const next = items[Symbol.iterator]();
  const hand = async () => {
    for (let one = next.next(); !one.done; one = next.next()) await work(one.value);
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
}
