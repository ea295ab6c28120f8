import { type Account, ROLES, type Role, roles } from '@levee/contract';
import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Facts,
  FormActions,
  FormField,
  FormGrid,
  Page as PageFrame,
  PeekPanel,
  StatusMark,
  Time,
  useText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { accessWords } from './words.ts';
import './access.css';

const accountsKey = ['access', 'accounts'] as const;

/** Who has an account, in which role, over which area; the security administrator opens and disables. */
export function Page() {
  const t = useWords(accessWords);
  const text = useText();
  const me = useMe();
  const mayWrite = me.permissions.includes('accounts.write');
  const [opening, setOpening] = useState(false);
  const [peeked, setPeeked] = useState<string | null>(null);
  const accounts = useQuery({
    queryKey: accountsKey,
    queryFn: () => client.access.accounts({ query: { limit: 500 } }),
  });
  const columns = useMemo<Column<Account>[]>(
    () => [
      {
        key: 'name',
        title: t('name'),
        width: 160,
        render: (row) => row.name,
        sortBy: (row) => row.name,
        searchText: (row) => `${row.name} ${row.username}`,
      },
      {
        key: 'username',
        title: t('username'),
        width: 200,
        render: (row) => row.username,
        sortBy: (row) => row.username,
      },
      {
        key: 'role',
        title: t('role'),
        width: 180,
        render: (row) => text(roles[row.role].title),
        choices: ROLES.map((role) => ({ value: role, label: text(roles[role].title) })),
        choiceOf: (row) => row.role,
      },
      {
        key: 'area',
        title: t('area'),
        render: (row) => text(row.divisionName),
        sortBy: (row) => row.division,
      },
      {
        key: 'factor',
        title: t('secondFactor'),
        width: 120,
        render: (row) => (row.secondFactor ? t('on') : t('off')),
      },
      {
        key: 'seen',
        title: t('lastSeen'),
        width: 120,
        align: 'end',
        render: (row) => (row.lastSeenAt ? <Time at={row.lastSeenAt} /> : t('never')),
        sortBy: (row) => row.lastSeenAt,
      },
      {
        key: 'state',
        title: t('state'),
        width: 100,
        render: (row) => (
          <StatusMark tone={row.disabledAt ? 'over' : 'active'}>
            {row.disabledAt ? t('disabled') : t('active')}
          </StatusMark>
        ),
      },
    ],
    [t, text],
  );
  const shown = accounts.data?.items.find(({ id }) => id === peeked);
  return (
    <PageFrame
      title={t('accounts')}
      filled
      note={accounts.data && <AsOf at={accounts.data.asOf} />}
      actions={
        mayWrite && (
          <button type="button" className="lv-button lv-button--primary" onClick={() => setOpening(true)}>
            {t('open')}
          </button>
        )
      }
    >
      <WithPeek
        peek={
          opening ? (
            <OpenAccount onClose={() => setOpening(false)} />
          ) : (
            shown && (
              <AccountPanel
                account={shown}
                mayWrite={mayWrite && shown.id !== me.id}
                onClose={() => setPeeked(null)}
              />
            )
          )
        }
      >
        <DataTable
          name="accounts"
          label={t('accounts')}
          rows={accounts.data?.items}
          columns={columns}
          rowKey={(row) => row.id}
          error={accounts.error}
          onRetry={() => void accounts.refetch()}
          empty={<EmptyState why="none" title={t('noAccounts')} />}
          peeked={peeked}
          onPeek={(key) => {
            setOpening(false);
            setPeeked(key);
          }}
        />
      </WithPeek>
    </PageFrame>
  );
}

function AccountPanel({
  account,
  mayWrite,
  onClose,
}: {
  account: Account;
  mayWrite: boolean;
  onClose: () => void;
}) {
  const t = useWords(accessWords);
  const text = useText();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (disabled: boolean) =>
      client.access.changeAccount({ params: { accountId: account.id }, body: { disabled } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: accountsKey }),
  });
  return (
    <PeekPanel
      title={account.name}
      onClose={onClose}
      footer={
        mayWrite && (
          <button
            type="button"
            className="lv-button"
            disabled={change.isPending}
            onClick={() => change.mutate(account.disabledAt === null)}
          >
            {account.disabledAt ? t('enable') : t('disable')}
          </button>
        )
      }
    >
      <Facts
        rows={[
          [t('username'), account.username],
          [t('role'), text(roles[account.role].title)],
          [t('area'), `${text(account.divisionName)} ${account.division}`],
          [t('secondFactor'), account.secondFactor ? t('on') : t('off')],
          [t('lastSeen'), account.lastSeenAt ? <Time key="seen" at={account.lastSeenAt} /> : t('never')],
        ]}
      />
      {change.error && <ErrorState shape="line" error={change.error} />}
    </PeekPanel>
  );
}

function OpenAccount({ onClose }: { onClose: () => void }) {
  const t = useWords(accessWords);
  const text = useText();
  const me = useMe();
  const queries = useQueryClient();
  const open = useMutation({
    mutationFn: (body: { username: string; name: string; role: Role; division: string }) =>
      client.access.openAccount({ body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: accountsKey }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = (name: string) => String(new FormData(event.currentTarget).get(name)).trim();
    open.mutate({
      username: field('username'),
      name: field('name'),
      role: field('role') as Role,
      division: field('division'),
    });
  };
  return (
    <PeekPanel title={open.data ? t('opened') : t('open')} onClose={onClose}>
      {open.data ? (
        <>
          <Facts
            rows={[
              [t('name'), open.data.account.name],
              [t('username'), open.data.account.username],
              [t('role'), text(roles[open.data.account.role].title)],
            ]}
          />
          <p>{t('passwordOnce')}</p>
          <p>
            <output className="access-secret">{open.data.password}</output>
          </p>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('close')}
          </button>
        </>
      ) : (
        <form onSubmit={submit}>
          <FormGrid>
            <FormField label={t('name')}>
              {(wiring) => <input {...wiring} className="lv-input" name="name" required maxLength={40} />}
            </FormField>
            <FormField label={t('username')} hint={t('usernameHint')}>
              {(wiring) => (
                <input
                  {...wiring}
                  className="lv-input"
                  name="username"
                  required
                  pattern="[a-z][a-z0-9._\-]{2,39}"
                  autoCapitalize="none"
                />
              )}
            </FormField>
            <FormField label={t('role')}>
              {(wiring) => (
                <select {...wiring} className="lv-input" name="role" defaultValue="field_worker">
                  {ROLES.map((role) => (
                    <option key={role} value={role}>
                      {text(roles[role].title)}
                    </option>
                  ))}
                </select>
              )}
            </FormField>
            <FormField label={t('areaCode')} hint={t('areaHint')}>
              {(wiring) => (
                <input {...wiring} className="lv-input" name="division" required defaultValue={me.division} />
              )}
            </FormField>
          </FormGrid>
          {open.error && <ErrorState shape="line" error={open.error} />}
          <FormActions>
            <button type="submit" className="lv-button lv-button--primary" disabled={open.isPending}>
              {t('open')}
            </button>
            <button type="button" className="lv-button" onClick={onClose}>
              {t('cancel')}
            </button>
          </FormActions>
        </form>
      )}
    </PeekPanel>
  );
}
