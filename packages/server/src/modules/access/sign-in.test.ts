import { createHmac } from 'node:crypto';
import { contract, createClient, LeveeError } from '@levee/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieJar, openTestHouse, type SignedIn, type TestHouse } from '../../platform/testing/index.ts';

describe('signing in', () => {
  let house: TestHouse;
  let security: SignedIn;

  beforeAll(async () => {
    house = await openTestHouse();
    security = await house.signIn('security_administrator');
  });
  afterAll(() => house.close());

  const attempt = (username: string, password: string) =>
    createClient(contract, cookieJar(house.url).transport)
      .access.signIn({ body: { username, password } })
      .then(
        () => 'in',
        (error: unknown) => (error instanceof LeveeError ? error.code : String(error)),
      );
  const forget = () => house.asSuperuser('delete from auth.sign_in_guard');

  it('after five wrong passwords the account waits, even for the right one; a correct sign-in before that clears the count [T44]', async () => {
    const person = await house.signIn('inspector');
    for (let n = 0; n < 4; n += 1)
      expect(await attempt(person.username, 'wrong')).toBe('access.wrong_credentials');
    expect(await attempt(person.username, person.password)).toBe('in');
    for (let n = 0; n < 5; n += 1)
      expect(await attempt(person.username, 'wrong')).toBe('access.wrong_credentials');
    expect(await attempt(person.username, person.password)).toBe('access.too_many_attempts');
    await forget();
    expect(await attempt(person.username, person.password)).toBe('in');
  });

  it('a name that has no account is answered and locked exactly as one that has [T44]', async () => {
    const person = await house.signIn('inspector');
    const answersFor = async (username: string) => {
      await forget();
      const answers = [];
      for (let n = 0; n < 6; n += 1) answers.push(await attempt(username, 'wrong'));
      return answers;
    };
    expect(await answersFor('nobody-of-that-name')).toEqual(await answersFor(person.username));
    await forget();
  });

  it('one source spraying many names is stopped [T44]', async () => {
    const answers = new Set<string>();
    for (let n = 0; n < 31; n += 1) answers.add(await attempt(`sprayed-${n}`, 'Spring2022!'));
    expect(await attempt('sprayed-99', 'Spring2022!')).toBe('access.too_many_attempts');
    expect(answers.has('access.wrong_credentials')).toBe(true);
    await forget();
  });

  it('the wait survives a restart: it is kept in the database, names only as hashes [T44]', async () => {
    for (let n = 0; n < 5; n += 1) await attempt('kept-name', 'wrong');
    const rows = await house.asSuperuser<{ key: string; locked_until: string | null }>(
      'select key, locked_until from auth.sign_in_guard',
    );
    expect(rows.some(({ key, locked_until }) => key.startsWith('account:') && locked_until !== null)).toBe(
      true,
    );
    expect(rows.some(({ key }) => key.includes('kept-name'))).toBe(false);
    await forget();
  });

  it('every sign-in is a new session; the cookie a stranger planted is worth nothing [T45]', async () => {
    const person = await house.signIn('inspector');
    const planted = 'levee.session_token=planted.by-a-stranger';
    const response = await fetch(`${house.url}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: planted },
      body: JSON.stringify({ username: person.username, password: person.password }),
    });
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).not.toContain('planted');
    expect(cookie).not.toContain(person.cookie().split('=')[1]!.slice(0, 20));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    expect((await fetch(`${house.url}/api/me`, { headers: { cookie: planted } })).status).toBe(401);
  });

  it('a disabled account loses its sessions and its live stream within five seconds [T45]', async () => {
    const person = await house.signIn('duty_officer');
    const stream = await fetch(`${house.url}/api/events`, { headers: { cookie: person.cookie() } });
    expect(stream.status).toBe(200);
    const ended = (async () => {
      for await (const _ of stream.body!);
      return Date.now();
    })();
    await security.client.access.changeAccount({
      params: { accountId: person.accountId },
      body: { disabled: true },
    });
    const disabledAt = Date.now();
    expect((await ended) - disabledAt).toBeLessThan(5_000);
    await expect(person.client.access.me()).rejects.toMatchObject({ code: 'access.signed_out' });
    expect(await attempt(person.username, person.password)).toBe('access.wrong_credentials');
  });

  it('a changed role and area hold within five seconds, without a new sign-in [T45]', async () => {
    const person = await house.signIn('duty_officer');
    await security.client.access.changeAccount({
      params: { accountId: person.accountId },
      body: { role: 'department', division: '632523' },
    });
    const until = Date.now() + 5_000;
    let me = await person.client.access.me();
    while (me.role !== 'department' && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      me = await person.client.access.me();
    }
    expect(me).toMatchObject({ role: 'department', division: '632523' });
    expect(me.permissions).not.toContain('incidents.activate');
  });

  it('signing out ends the session at once', async () => {
    const person = await house.signIn('inspector');
    const cookie = person.cookie();
    await person.client.access.signOut();
    expect((await fetch(`${house.url}/api/me`, { headers: { cookie } })).status).toBe(401);
  });

  it('nobody changes their own account; an account outside the area is not found', async () => {
    await expect(
      security.client.access.changeAccount({
        params: { accountId: security.accountId },
        body: { role: 'commander' },
      }),
    ).rejects.toMatchObject({ code: 'rule.refused' });
    const county = await house.signIn('security_administrator', '632522');
    const elsewhere = await house.signIn('inspector', '632521');
    await expect(
      county.client.access.changeAccount({
        params: { accountId: elsewhere.accountId },
        body: { disabled: true },
      }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(
      county.client.access.openAccount({
        body: { username: 'outside-1', name: '外区', role: 'inspector', division: '632521' },
      }),
    ).rejects.toMatchObject({ code: 'access.outside_scope' });
  });
});

describe('the second factor', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse();
  });
  afterAll(() => house.close());

  /** RFC 6238 with the defaults authenticators use: SHA-1, 30 s, six digits. */
  function totp(uri: string): string {
    const secret = new URL(uri).searchParams.get('secret')!;
    const bits = [...secret.replace(/=+$/, '')]
      .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
      .join('');
    const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
    const mac = createHmac('sha1', key).update(counter).digest();
    const offset = mac.at(-1)! & 0x0f;
    return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  }

  it('once confirmed is asked for at every sign-in; password alone no longer opens', async () => {
    const person = await house.signIn('commander');
    const { uri, backupCodes } = await person.client.access.startSecondFactor({
      body: { password: person.password },
    });
    expect(backupCodes.length).toBeGreaterThan(5);
    const me = await person.client.access.confirmSecondFactor({ body: { code: totp(uri) } });
    expect(me.secondFactor).toBe(true);
    const signIn = (code?: string) =>
      createClient(contract, cookieJar(house.url).transport).access.signIn({
        body: { username: person.username, password: person.password, ...(code && { code }) },
      });
    await expect(signIn()).rejects.toMatchObject({ code: 'access.second_factor_needed' });
    await expect(signIn('000000')).rejects.toMatchObject({ code: 'access.wrong_credentials' });
    expect((await signIn(totp(uri))).username).toBe(person.username);
  });

  it('its secret is not kept in the answers of commands', async () => {
    const person = await house.signIn('commander');
    await person.client.access.startSecondFactor({ body: { password: person.password } });
    const kept = await house.asSuperuser(
      `select response from command where route = 'access.startSecondFactor' and response is not null`,
    );
    expect(kept).toEqual([]);
  });
});
