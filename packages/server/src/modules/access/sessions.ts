/** Signing in and out, and knowing who a request comes from. */
import { LeveeError } from '@levee/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { nowOf } from '../../platform/clock.ts';
import { type Actor, systemActor } from '../../platform/context.ts';
import { inScopedTransaction } from '../../platform/db/pool.ts';
import type { Platform } from '../../platform/platform.ts';
import { type Account, toActor } from './account.ts';
import * as accounts from './accounts.repository.ts';
import { insertEntry } from './audit/audit.repository.ts';
import type { Authentication } from './authentication.ts';
import { clearFailures, countFailure, requireUnlocked } from './sign-in-guard.ts';

/** How long an answer about a session is trusted: a disabled account is out within this (T45 allows 5 s). */
const TRUST_MS = 3_000;
const COOKIE = /(?:^|;\s*)(?:__Secure-)?levee\.session_token=([^;]+)/;

export interface Sessions {
  actorOf(request: FastifyRequest): Promise<Actor | null>;
  accountOf(request: FastifyRequest): Promise<Account | null>;
  signIn(credentials: Credentials, request: FastifyRequest, reply: FastifyReply): Promise<Account>;
  signOut(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Begins a second factor; it holds from the first right code on. */
  startSecondFactor(
    password: string,
    request: FastifyRequest,
  ): Promise<{ uri: string; backupCodes: string[] }>;
  confirmSecondFactor(code: string, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Ends every session of an account. */
  endAll(accountId: string): Promise<void>;
}

interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly code?: string | undefined;
}

export function createSessions(platform: Platform, authentication: Authentication): Sessions {
  interface Trusted {
    /** One question for all requests that come while it is asked. */
    readonly answer: Promise<Account | null>;
    readonly untilMs: number;
    account?: Account | null;
  }
  const trusted = new Map<string, Trusted>();
  const { db } = platform;
  const jurisdiction = systemActor(platform.config.LEVEE_JURISDICTION).scope;

  const load = (accountId: string) =>
    inScopedTransaction(db, jurisdiction, (trx) => accounts.findAccountById(trx, accountId));

  async function accountOf(request: FastifyRequest): Promise<Account | null> {
    const cookie = COOKIE.exec(request.headers.cookie ?? '')?.[1];
    if (!cookie) return null;
    const known = trusted.get(cookie);
    if (known && known.untilMs > Date.now()) return known.answer;
    if (trusted.size > 10_000) trusted.clear();
    const asked: Trusted = { answer: askFor(request), untilMs: Date.now() + TRUST_MS };
    trusted.set(cookie, asked);
    try {
      asked.account = await asked.answer;
    } catch (error) {
      if (trusted.get(cookie) === asked) trusted.delete(cookie);
      throw error;
    }
    return asked.account;
  }

  async function askFor(request: FastifyRequest): Promise<Account | null> {
    // It throws for nothing but a database it cannot ask.
    const session = await authentication.api
      .getSession({ headers: headersOf(request) })
      .catch((cause: unknown) => Promise.reject(new LeveeError('unavailable', {}, { cause })));
    const account = session ? await load(session.user.id) : undefined;
    return account && account.disabledAt === null ? account : null;
  }

  async function signIn(
    { username, password, code }: Credentials,
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    const source = request.ip;
    await requireUnlocked(db, username, source, Date.now());
    const fail = async (): Promise<never> => {
      await countFailure(db, username, source, Date.now());
      throw new LeveeError('access.wrong_credentials');
    };
    const first = await authentication.api.signInUsername({
      body: { username, password },
      headers: headersOf(request),
      asResponse: true,
    });
    requireAsked(first);
    if (!first.ok) return fail();
    let answer = first;
    const body = (await first.json()) as { twoFactorRedirect?: boolean; user?: { id: string } };
    let userId = body.user?.id;
    if (body.twoFactorRedirect) {
      if (!code) throw new LeveeError('access.second_factor_needed');
      answer = await authentication.api.verifyTOTP({
        body: { code },
        headers: withCookies(headersOf(request), first),
        asResponse: true,
      });
      requireAsked(answer);
      if (!answer.ok) return fail();
      userId = ((await answer.json()) as { user: { id: string } }).user.id;
    }
    const account = userId ? await load(userId) : undefined;
    if (!account || account.disabledAt !== null) return fail();
    for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
    await clearFailures(db, username);
    await inScopedTransaction(db, jurisdiction, async (trx) => {
      const now = nowOf(platform.clock);
      await accounts.updateAccount(trx, account.id, { lastSeenAt: now });
      const act = { route: 'access.signIn', purpose: null, commandId: null, outcome: 'done', opened: [] };
      await insertEntry(trx, toActor(account), now, act);
    });
    return account;
  }

  return {
    accountOf,
    actorOf: async (request) => {
      const account = await accountOf(request);
      return account && toActor(account);
    },
    signIn,
    async signOut(request, reply) {
      const cookie = COOKIE.exec(request.headers.cookie ?? '')?.[1];
      if (cookie) trusted.delete(cookie);
      const answer = await authentication.api.signOut({ headers: headersOf(request), asResponse: true });
      for (const line of answer.headers.getSetCookie()) reply.header('set-cookie', line);
    },
    async startSecondFactor(password, request) {
      const answer = await authentication.api.enableTwoFactor({
        body: { password },
        headers: headersOf(request),
        asResponse: true,
      });
      requireAsked(answer);
      if (!answer.ok) throw new LeveeError('access.wrong_credentials');
      const { totpURI, backupCodes } = (await answer.json()) as { totpURI: string; backupCodes: string[] };
      return { uri: totpURI, backupCodes };
    },
    async confirmSecondFactor(code, request, reply) {
      const answer = await authentication.api.verifyTOTP({
        body: { code },
        headers: headersOf(request),
        asResponse: true,
      });
      requireAsked(answer);
      if (!answer.ok) throw new LeveeError('access.wrong_credentials');
      for (const line of answer.headers.getSetCookie()) reply.header('set-cookie', line);
      trusted.clear();
    },
    async endAll(accountId) {
      const { internalAdapter } = await authentication.$context;
      await internalAdapter.deleteUserSessions(accountId);
      for (const [cookie, { account }] of trusted) if (account?.id === accountId) trusted.delete(cookie);
    },
  };
}

/** 5xx: the database could not be asked. That is no wrong password, and is not counted as one. */
function requireAsked({ status }: Response): void {
  if (status >= 500) throw new LeveeError('unavailable');
}

function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  if (request.headers.cookie) headers.set('cookie', request.headers.cookie);
  if (request.headers['user-agent']) headers.set('user-agent', request.headers['user-agent']);
  headers.set('x-forwarded-for', request.ip);
  return headers;
}

function withCookies(headers: Headers, response: Response): Headers {
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  headers.set('cookie', cookies.join('; '));
  return headers;
}
