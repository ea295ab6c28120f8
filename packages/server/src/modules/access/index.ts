/** access: accounts, sessions, roles, scope, purposes, and the record of who did what. */
import type pg from 'pg';
import { inScopedTransaction } from '../../platform/db/pool.ts';
import type { Door, ImplementedGroup } from '../../platform/http/implement.ts';
import type { Platform } from '../../platform/platform.ts';
import { accessRoutes } from './access.routes.ts';
import { insertEntry } from './audit/audit.repository.ts';
import { auditRoutes } from './audit/audit.routes.ts';
import { createSealer } from './audit/audit.service.ts';
import { type Authentication, createAuthentication } from './authentication.ts';
import { createSessions, type Sessions } from './sessions.ts';

export type { Account } from './account.ts';
export { findAccountById, findActorsByIds, listAccounts } from './accounts.repository.ts';
export { changeAccount, openAccount } from './accounts.service.ts';
/** For what a rule reads of people with nobody at a door: the entry its act leaves. */
export { insertEntry as recordAct } from './audit/audit.repository.ts';
export { verify as verifyAudit } from './audit/audit.service.ts';
export type { Authentication } from './authentication.ts';

export interface Access {
  readonly authentication: Authentication;
  readonly sessions: Sessions;
  readonly door: Door;
  readonly routes: readonly ImplementedGroup[];
  /** Seals the audit trail's new entries; the house calls it every few seconds and at close. */
  readonly sealAudit: () => Promise<void>;
}

export function createAccess(platform: Platform, authPool: pg.Pool, secret: string): Access {
  const authentication = createAuthentication(authPool, secret, platform.config.LEVEE_ORIGIN);
  const sessions = createSessions(platform, authentication);
  const door: Door = {
    authenticate: (request) => sessions.actorOf(request),
    record: (context, act) => insertEntry(context.trx, context.actor, context.now, act),
    recordRefusal: (actor, act) =>
      inScopedTransaction(platform.db, actor.scope, (trx) =>
        insertEntry(trx, actor, new Date(platform.clock.nowMs()).toISOString(), act),
      ),
  };
  return {
    authentication,
    sessions,
    door,
    routes: [accessRoutes(authentication, sessions), auditRoutes],
    sealAudit: createSealer(platform),
  };
}
