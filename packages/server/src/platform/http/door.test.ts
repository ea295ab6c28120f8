import { readFileSync } from 'node:fs';
import {
  contract,
  PERMISSIONS,
  type Permission,
  ROLES,
  type Route,
  roleMay,
  roles,
  urlOf,
} from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type SignedIn, type TestHouse } from '../testing/index.ts';

const everyRoute = Object.entries(contract).flatMap(([group, routes]) =>
  Object.entries(routes as Record<string, Route>).map(([name, route]) => ({
    name: `${group}.${name}`,
    route,
  })),
);
const SOME_ID = '0182a000-0000-7000-8000-000000000001';

describe('every route of the contract', () => {
  let house: TestHouse;
  const signedIn = new Map<string, SignedIn>();

  beforeAll(async () => {
    house = await openTestHouse();
    for (const role of ROLES) signedIn.set(role, await house.signIn(role, '632522'));
  });
  afterAll(() => house.close());

  const paramsOf = (route: Route) =>
    Object.fromEntries([...route.path.matchAll(/:(\w+)/g)].map(([, name]) => [name!, SOME_ID]));

  const call = (
    route: Route,
    cookie: string | undefined,
    more: RequestInit & { headers?: Record<string, string> } = {},
  ) =>
    fetch(house.url + urlOf(route, { params: paramsOf(route) }), {
      method: route.method,
      ...more,
      headers: {
        ...(cookie && { cookie }),
        ...(route.method === 'POST' && {
          'content-type': 'application/json',
          'levee-command': crypto.randomUUID(),
        }),
        ...(route.purposes?.[0] && { 'levee-purpose': route.purposes[0] }),
        ...more.headers,
      },
      ...(route.method === 'POST' && { body: more.body ?? '{}' }),
    });
  const codeOf = async (response: Response) =>
    ((await response.json()) as { error?: { code: string } }).error?.code;

  it('is served', async () => {
    for (const { name, route } of everyRoute) {
      const response = await call(route, undefined);
      expect([name, response.status === 404 && (await codeOf(response)) === 'not_found']).toEqual([
        name,
        false,
      ]);
    }
  });

  it('refuses a caller who is not signed in, but for the public ones [T38]', async () => {
    for (const { name, route } of everyRoute.filter(({ route }) => route.access !== 'public')) {
      expect([name, (await call(route, undefined)).status]).toEqual([name, 401]);
    }
  });

  it('refuses every role that lacks its permission [T38 R2]', async () => {
    for (const { name, route } of everyRoute) {
      if (route.access === 'public' || route.access === 'signed-in') continue;
      const permission = route.access as Permission;
      for (const role of ROLES.filter((role) => !roleMay(role, permission))) {
        const response = await call(route, signedIn.get(role)!.cookie());
        expect([name, role, response.status]).toEqual([name, role, 403]);
      }
    }
  });

  it('that touches personal data refuses a call without a purpose, or with one the role does not hold [R2]', async () => {
    for (const { name, route } of everyRoute.filter(({ route }) => (route.purposes?.length ?? 0) > 0)) {
      const role = ROLES.find(
        (role) => route.access === 'signed-in' || roleMay(role, route.access as Permission),
      )!;
      const cookie = signedIn.get(role)!.cookie();
      const without = await call(route, cookie, { headers: { 'levee-purpose': '' } });
      expect([name, without.status >= 400]).toEqual([name, true]);
      const wrong = await call(route, cookie, { headers: { 'levee-purpose': 'curiosity' } });
      expect([name, await codeOf(wrong)]).toEqual([name, 'access.purpose_refused']);
    }
  });

  it('answers 404 for an object that does not exist or lies elsewhere, never 200 and never 500 [T38]', async () => {
    for (const { name, route } of everyRoute.filter(
      ({ route }) => route.method === 'GET' && route.path.includes(':'),
    )) {
      if (name === 'audit.whoOpened') continue; // an empty list: whether the record exists is not told
      const role = ROLES.find(
        (role) =>
          (route.access === 'signed-in' || roleMay(role, route.access as Permission)) &&
          (!route.purposes?.length ||
            (roles[role].purposes as readonly string[]).includes(route.purposes[0]!)),
      );
      if (!role) continue;
      const response = await call(route, signedIn.get(role)!.cookie());
      expect([name, [400, 404].includes(response.status)]).toEqual([name, true]);
    }
  });

  it('refuses a write from another site, and one that carries no command id [T46 T18]', async () => {
    for (const { name, route } of everyRoute.filter(({ route }) => route.method === 'POST')) {
      const crossSite = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
      expect([name, (await call(route, undefined, { headers: crossSite })).status]).toEqual([name, 403]);
      const foreignOrigin = await call(route, undefined, { headers: { origin: 'https://evil.example' } });
      expect([name, await codeOf(foreignOrigin)]).toEqual([name, 'request.cross_site']);
    }
    const commander = signedIn.get('epidemiologist')!;
    const response = await fetch(`${house.url}/api/places`, {
      method: 'POST',
      headers: { cookie: commander.cookie(), 'content-type': 'application/json' },
      body: JSON.stringify({}),
    });
    expect([400, 422]).toContain(response.status);
  });

  it('refuses a field it does not know, on every write and every question [T42]', async () => {
    for (const { name, route } of everyRoute) {
      const schema = route.method === 'POST' ? route.body : route.query;
      if (!schema || name === 'system.reportContentViolation') continue;
      const unknown = schema.safeParse({ division_owner_is_admin: true, role: 'commander' });
      expect([name, unknown.success]).toEqual([name, false]);
    }
  });

  it('refuses injected SQL in every text of every question, and tells nothing of the database [T48]', async () => {
    const payloads = [
      "' or 1=1 --",
      '1; drop table event',
      '%27%20union%20select%20null--',
      "'; select pg_sleep(5)--",
      '{"$gt":""}',
    ];
    for (const { name, route } of everyRoute.filter(({ route }) => route.method === 'GET')) {
      const role = ROLES.find(
        (role) =>
          (route.access === 'public' ||
            route.access === 'signed-in' ||
            roleMay(role, route.access as Permission)) &&
          (!route.purposes?.length ||
            (roles[role].purposes as readonly string[]).includes(route.purposes[0]!)),
      );
      if (!role) continue;
      const cookie = signedIn.get(role)!.cookie();
      for (const field of [...Object.keys(route.query?.shape ?? {}), 'sort', 'group', 'order_by']) {
        for (const payload of payloads) {
          const url = `${house.url}${urlOf(route, { params: paramsOf(route) })}?${new URLSearchParams({ [field]: payload })}`;
          const response = await fetch(url, {
            headers: { cookie, ...(route.purposes?.[0] && { 'levee-purpose': route.purposes[0] }) },
          });
          const text = await response.text();
          expect([name, field, response.status < 500, /syntax error|pg_|relation "/i.test(text)]).toEqual([
            name,
            field,
            true,
            false,
          ]);
        }
      }
    }
    expect(await house.asSuperuser('select 1 from pg_tables where tablename = $1', ['event'])).toHaveLength(
      1,
    );
  });

  it('carries strict headers: nothing framed, nothing sniffed, nothing cached, scripts from here only [T46]', async () => {
    const { headers } = await fetch(`${house.url}/api/health`);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is counted by its pattern, never by an address that names a record', async () => {
    await fetch(`${house.url}/api/places/${SOME_ID}`);
    const metrics = await (await fetch(`${house.url}/metrics`)).text();
    expect(metrics).toContain('route="/api/places/:placeId"');
    expect(metrics).not.toContain(SOME_ID);
  });

  it('stands in the OpenAPI document', async () => {
    const document = (await (await fetch(`${house.url}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    const named = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(named)).toEqual(new Set(everyRoute.map(({ name }) => name)));
  });

  it('is the same document whichever encoding the reader takes', async () => {
    const read = async (encoding: string) => {
      const response = await fetch(`${house.url}/api/openapi.json`, {
        headers: { 'accept-encoding': encoding },
      });
      return { encoding: response.headers.get('content-encoding'), text: await response.text() };
    };
    const plain = await read('identity');
    expect(plain.encoding).toBeNull();
    expect(await read('gzip, deflate, br')).toEqual({ ...plain, encoding: 'br' });
    expect(await read('gzip')).toEqual({ ...plain, encoding: 'gzip' });
    expect(await read('br;q=0, gzip')).toEqual({ ...plain, encoding: 'gzip' });
  });

  it('every permission is held by a role and asked by a route', () => {
    const asked = new Set(everyRoute.map(({ route }) => route.access));
    const idle = PERMISSIONS.filter(
      (permission) => !asked.has(permission) || !ROLES.some((role) => roleMay(role, permission)),
    );
    expect(idle).toEqual([]);
  });

  it('no name in the contract or the schema holds religion or ethnicity [R1]', () => {
    const words = /relig|ethni|nationality|民族|宗教|信仰|mosque|temple|清真|寺庙|政治面貌|political/i;
    const schema = readFileSync(new URL('../../../schema.sql', import.meta.url), 'utf8');
    const columns = schema.split('\n').filter((line) => /^(public|auth)\.\w+\.\w+ /.test(line));
    expect(columns.length).toBeGreaterThan(50);
    expect(columns.filter((line) => words.test(line.split(' ')[0]!))).toEqual([]);
  });
});
