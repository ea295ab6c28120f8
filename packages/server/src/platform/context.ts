/** What every use case is given: the transaction, who acts, when, and why. */
import type { ActorRef, Permission, Purpose, Role } from '@levee/contract';
import { LeveeError, roleMay, roles } from '@levee/contract';
import { nowOf } from './clock.ts';
import type { Trx } from './db/pool.ts';
import type { Platform } from './platform.ts';

export interface Actor extends ActorRef {
  readonly role: Role | 'system';
  /** The area the actor may see and act in: a GB/T code; everything whose code starts with it. */
  readonly scope: string;
}

export interface Context {
  readonly trx: Trx;
  readonly actor: Actor;
  /** The moment of the act, ISO 8601. */
  readonly now: string;
  readonly purpose: Purpose | null;
  readonly platform: Platform;
  /** Notes that these records' personal data were read: goes into the audit entry of this call. */
  opened(subjectType: string, ids: readonly string[]): void;
}

export const SYSTEM_ACTOR_ID = '00000000-0000-7000-8000-000000000000';

/** The system itself, acting by a rule (a reaction, a job) over the whole jurisdiction. */
export const systemActor = (jurisdiction: string): Actor => ({
  id: SYSTEM_ACTOR_ID,
  name: '系统 System',
  role: 'system',
  scope: jurisdiction,
});

/** For reactions, jobs and rules: the system acts over the whole jurisdiction. */
export const systemContext = (platform: Platform, trx: Trx): Context => ({
  trx,
  actor: systemActor(platform.config.LEVEE_JURISDICTION),
  now: nowOf(platform.clock),
  purpose: null,
  platform,
  opened: () => {},
});

/** True where `division` lies in the actor's area. The database tests the same (in_scope). */
export const inScope = (actor: Actor, division: string): boolean => division.startsWith(actor.scope);

export function requireScope(context: Context, division: string): void {
  if (!inScope(context.actor, division)) throw new LeveeError('access.outside_scope', { division });
}

/** For use cases that several doors reach; a route already tests its own permission. */
export function requirePermission(context: Context, permission: Permission): void {
  const { role } = context.actor;
  if (role !== 'system' && !roleMay(role, permission)) {
    throw new LeveeError('access.not_permitted', { role: roles[role].title });
  }
}
