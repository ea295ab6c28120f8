/** An account: who signs in, in which role, over which area. */

import { randomBytes } from 'node:crypto';
import type { Bilingual } from '@levee/contract';
import { type Me, type Permission, type Purpose, type Role, roles } from '@levee/contract';
import type { Actor } from '../../platform/context.ts';

export interface Account {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly division: string;
  readonly divisionName: Bilingual;
  readonly secondFactor: boolean;
  readonly disabledAt: string | null;
  readonly lastSeenAt: string | null;
}

export const toActor = ({ id, name, role, division }: Account): Actor => ({
  id,
  name,
  role,
  scope: division,
});

export function toMe({ disabledAt: _, lastSeenAt: __, ...account }: Account): Me {
  return {
    ...account,
    permissions: [...(roles[account.role].may as readonly Permission[])],
    purposes: [...(roles[account.role].purposes as readonly Purpose[])],
  };
}

/** A first password for a person to type once: four groups of letters and digits that are not mistaken for one another. */
export function makePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const letters = Array.from(randomBytes(16), (byte) => alphabet[byte % alphabet.length]).join('');
  return letters.match(/.{4}/g)!.join('-');
}
