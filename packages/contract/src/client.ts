/** The typed client, inferred from the contract: `client.cases.open({ body, purpose })`. */
import type { Contract } from './contract.ts';
import { type ErrorBody, LeveeError } from './errors.ts';
import { newId } from './ids.ts';
import type { Route, RouteGroup, RouteInput, RouteOutput } from './route.ts';

export const HEADERS = { purpose: 'levee-purpose', command: 'levee-command' } as const;

export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}
export interface WireResponse {
  readonly status: number;
  readonly body: unknown;
}
export type Transport = (request: WireRequest) => Promise<WireResponse>;

type Call<R extends Route> =
  RouteInput<R> extends infer Input
    ? Record<string, never> extends Input
      ? (input?: Input & CallOptions) => Promise<RouteOutput<R>>
      : (input: Input & CallOptions) => Promise<RouteOutput<R>>
    : never;

interface CallOptions {
  /** The command's id; made here unless the caller keeps one to send again. */
  readonly commandId?: string;
}

export type ClientOf<Groups extends Readonly<Record<string, RouteGroup>>> = {
  readonly [G in keyof Groups]: { readonly [R in keyof Groups[G]]: Call<Groups[G][R]> };
};
export type Client = ClientOf<Contract>;

interface AnyInput extends CallOptions {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  purpose?: string;
}

/** Path and query of a call. Lists repeat the name; undefined is left out. */
export function urlOf(route: Route, input: Pick<AnyInput, 'params' | 'query'> = {}): string {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(input.params?.[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(name, String(one));
    }
  }
  const text = search.toString();
  return `/api${path}${text && `?${text}`}`;
}

export function createClient<Groups extends Readonly<Record<string, RouteGroup>>>(
  contract: Groups,
  transport: Transport,
): ClientOf<Groups> {
  const call = async (route: Route, input: AnyInput = {}) => {
    const headers: Record<string, string> = {};
    if (input.purpose) headers[HEADERS.purpose] = input.purpose;
    if (route.method === 'POST') {
      headers[HEADERS.command] = input.commandId ?? newId();
      headers['content-type'] = 'application/json';
    }
    const response = await transport({
      method: route.method,
      url: urlOf(route, input),
      headers,
      ...(route.method === 'POST' && { body: JSON.stringify(input.body ?? {}) }),
    });
    if (response.status >= 400) throw LeveeError.fromBody(response.body as ErrorBody);
    return response.body;
  };
  return Object.fromEntries(
    Object.entries(contract).map(([group, routes]) => [
      group,
      Object.fromEntries(
        Object.entries(routes).map(([name, route]) => [name, (input?: AnyInput) => call(route, input)]),
      ),
    ]),
  ) as ClientOf<Groups>;
}

/** Calls over `fetch`, with the browser's cookies. A server that cannot be reached is `unavailable`. */
export function browserTransport(base = ''): Transport {
  return async ({ method, url, headers, body }) => {
    let response: Response;
    try {
      response = await fetch(base + url, {
        method,
        headers,
        credentials: 'same-origin',
        ...(body !== undefined && { body }),
      });
    } catch (cause) {
      throw new LeveeError('unavailable', {}, { cause });
    }
    const text = await response.text();
    try {
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    } catch (cause) {
      throw new LeveeError('unavailable', {}, { cause });
    }
  };
}
