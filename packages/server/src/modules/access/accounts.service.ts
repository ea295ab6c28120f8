import { LeveeError, type Role, refuse, refuseState } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { type Account, makePassword } from './account.ts';
import * as accounts from './accounts.repository.ts';
import { type Authentication, addressOf } from './authentication.ts';
import type { Sessions } from './sessions.ts';

export interface NewAccount {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly division: string;
}

/** Opens an account with a generated first password, shown once. Errors: name taken, area outside one's own. */
export async function openAccount(
  context: Context,
  authentication: Authentication,
  input: NewAccount,
): Promise<{ account: Account; password: string }> {
  requireScope(context, input.division);
  const password = makePassword();
  const { internalAdapter } = await authentication.$context;
  const earlier = await internalAdapter.findUserByEmail(addressOf(input.username));
  if (earlier) await clearOrphan(context, authentication, earlier.user.id);
  const { user } = await authentication.api.signUpEmail({
    body: { email: addressOf(input.username), name: input.name, username: input.username, password },
  });
  await accounts.insertAccount(context.trx, { id: user.id, ...input, openedAt: context.now });
  await emit(context, {
    kind: 'account.opened',
    division: input.division,
    subject: { type: 'account', id: user.id },
    data: { role: input.role },
  });
  return { account: (await accounts.findAccountById(context.trx, user.id))!, password };
}

/** A sign-in whose account was rolled back may be taken again; one that stands may not. */
async function clearOrphan(context: Context, authentication: Authentication, id: string): Promise<void> {
  if (await accounts.findAccountById(context.trx, id)) {
    throw refuseState(
      { zh: '该用户名已被使用', en: 'this username is taken' },
      { zh: '换一个用户名。', en: 'Choose another username.' },
    );
  }
  const { internalAdapter } = await authentication.$context;
  await internalAdapter.deleteUser(id);
}

export async function changeAccount(
  context: Context,
  sessions: Sessions,
  id: string,
  change: { role?: Role | undefined; division?: string | undefined; disabled?: boolean | undefined },
): Promise<Account> {
  const account = await accounts.lockAccountById(context.trx, id);
  if (account.id === context.actor.id) {
    throw refuse(
      { zh: '不能变更自己的账号', en: 'nobody changes their own account' },
      { zh: '请由另一位安全管理员办理。', en: 'Ask another security administrator.' },
    );
  }
  if (change.division !== undefined) requireScope(context, change.division);
  await accounts.updateAccount(context.trx, id, {
    role: change.role,
    division: change.division,
    ...(change.disabled !== undefined && { disabledAt: change.disabled ? context.now : null }),
  });
  if (change.disabled) await sessions.endAll(id);
  await emit(context, {
    kind: change.disabled ? 'account.disabled' : 'account.changed',
    division: change.division ?? account.division,
    subject: { type: 'account', id },
    data: { ...(change.role && { role: change.role }) },
  });
  const changed = await accounts.findAccountById(context.trx, id);
  if (!changed) throw new LeveeError('not_found');
  return changed;
}
