import { LeveeError, type Role } from '@levee/contract';
import { sql } from 'kysely';
import type { Actor } from '../../platform/context.ts';
import { divisionNameOf } from '../../platform/db/division-name.ts';
import type { Trx } from '../../platform/db/pool.ts';
import { type Account, toActor } from './account.ts';

const accountRows = (trx: Trx) =>
  trx
    .selectFrom('account')
    .select([
      'account.id',
      'account.username',
      'account.name',
      'account.role',
      'account.division',
      'account.second_factor',
      'account.disabled_at',
      'account.last_seen_at',
      divisionNameOf('account.division').as('division_name'),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof accountRows>['executeTakeFirstOrThrow']>>;

const toAccount = (row: Row): Account => ({
  id: row.id,
  username: row.username,
  name: row.name,
  role: row.role as Role,
  division: row.division,
  divisionName: row.division_name,
  secondFactor: row.second_factor,
  disabledAt: row.disabled_at,
  lastSeenAt: row.last_seen_at,
});

export async function findAccountById(trx: Trx, id: string): Promise<Account | undefined> {
  const row = await accountRows(trx).where('account.id', '=', id).executeTakeFirst();
  return row && toAccount(row);
}

/** Actors of accounts, disabled ones too: what they recorded while they could stays theirs. */
export async function findActorsByIds(trx: Trx, ids: readonly string[]): Promise<Map<string, Actor>> {
  if (ids.length === 0) return new Map();
  const rows = await accountRows(trx)
    .where('account.id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, toActor(toAccount(row))]));
}

export async function lockAccountById(trx: Trx, id: string): Promise<Account> {
  const row = await accountRows(trx).where('account.id', '=', id).forUpdate('account').executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toAccount(row);
}

export interface AccountFilter {
  readonly role?: readonly Role[] | undefined;
  readonly q?: string | undefined;
}

export async function listAccounts(trx: Trx, filter: AccountFilter, offset: number, limit: number) {
  const filtered = accountRows(trx)
    .$if(Boolean(filter.role?.length), (query) => query.where('account.role', 'in', filter.role as Role[]))
    .$if(Boolean(filter.q), (query) =>
      query.where((where) =>
        where.or([
          where('account.name', 'ilike', `%${filter.q}%`),
          where('account.username', 'ilike', `%${filter.q}%`),
        ]),
      ),
    );
  const rows = await filtered
    .select(sql<number>`count(*) over ()`.as('total'))
    .orderBy('account.division')
    .orderBy('account.username')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(toAccount), total: rows[0]?.total ?? 0 };
}

export async function insertAccount(
  trx: Trx,
  account: { id: string; username: string; name: string; role: Role; division: string; openedAt: string },
): Promise<void> {
  const { openedAt, ...values } = account;
  await trx
    .insertInto('account')
    .values({ ...values, opened_at: openedAt })
    .execute();
}

export async function updateAccount(
  trx: Trx,
  id: string,
  change: {
    role?: Role | undefined;
    division?: string | undefined;
    disabledAt?: string | null;
    lastSeenAt?: string;
    secondFactor?: true;
  },
): Promise<void> {
  await trx
    .updateTable('account')
    .set({
      ...(change.role !== undefined && { role: change.role }),
      ...(change.division !== undefined && { division: change.division }),
      ...(change.disabledAt !== undefined && { disabled_at: change.disabledAt }),
      ...(change.secondFactor && { second_factor: true }),
      ...(change.lastSeenAt !== undefined && { last_seen_at: change.lastSeenAt }),
    })
    .where('id', '=', id)
    .execute();
}
