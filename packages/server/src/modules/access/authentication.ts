/** Passwords, sessions and second factor are better-auth's; it is reached from here only, never over HTTP. */
import { USERNAME } from '@levee/contract';
import { betterAuth } from 'better-auth';
import { twoFactor, username } from 'better-auth/plugins';
import type pg from 'pg';

/** `authPool` has `search_path=auth`. Sessions last a shift of 12 hours and are renewed by use. */
export function createAuthentication(authPool: pg.Pool, secret: string, origin: string | undefined) {
  return betterAuth({
    database: authPool,
    secret,
    baseURL: origin ?? 'http://127.0.0.1',
    emailAndPassword: { enabled: true, autoSignIn: false, minPasswordLength: 12 },
    plugins: [
      username({
        minUsernameLength: 3,
        maxUsernameLength: 40,
        usernameValidator: (name) => USERNAME.test(name),
      }),
      twoFactor({ issuer: 'Levee 堤' }),
    ],
    session: { expiresIn: 12 * 3600, updateAge: 600 },
    // Our own guard counts failures per account, source and altogether, in the database.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: 'levee',
      useSecureCookies: origin?.startsWith('https:') ?? false,
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true, path: '/' },
      database: { generateId: 'uuid' },
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
  });
}

export type Authentication = ReturnType<typeof createAuthentication>;

/** better-auth wants an address; accounts here have none, so one is made that can never receive mail (RFC 2606). */
export const addressOf = (name: string): string => `${name}@levee.invalid`;
