/** A transport that keeps cookies as a browser would: for programs that sign in like people (scenario, command line, tests). */
import type { Transport } from '@levee/contract';

export function cookieJar(base: string): { transport: Transport; cookie: () => string } {
  const cookies = new Map<string, string>();
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const transport: Transport = async ({ method, url, headers, body }) => {
    const response = await fetch(base + url, {
      method,
      headers: { ...headers, ...(cookies.size > 0 && { cookie: cookie() }) },
      ...(body !== undefined && { body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const [name, value] = pair!.split('=', 2);
      if (/max-age=0/i.test(line)) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  return { transport, cookie };
}
