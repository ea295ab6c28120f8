import { type Account, type interchange, type LabLink, newId, type RouteOutput } from '@levee/contract';
import {
  AsOf,
  type Column,
  ConfirmDialog,
  DataTable,
  EmptyState,
  ErrorState,
  Facts,
  FormActions,
  FormField,
  FormGrid,
  formatTime,
  Page as PageFrame,
  PeekPanel,
  StatusMark,
  Time,
  useServerClock,
  useText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { InterchangeTabs } from './tabs.tsx';
import { interchangeWords } from './words.ts';
import './interchange.css';

type Links = RouteOutput<(typeof interchange)['links']>;
const linksKey = ['interchange', 'links'] as const;

/** Which laboratory's system may report results, from where and as whom; the security administrator opens and closes. */
export function Page() {
  const t = useWords(interchangeWords);
  const text = useText();
  const mayWrite = useMe().permissions.includes('accounts.write');
  const [opening, setOpening] = useState(false);
  const [peeked, setPeeked] = useState<string | null>(null);
  const links = useQuery({ queryKey: linksKey, queryFn: () => client.interchange.links() });
  const columns = useMemo<Column<LabLink>[]>(
    () => [
      {
        key: 'name',
        title: t('linkName'),
        width: 220,
        render: (row) => row.name,
        sortBy: (row) => row.name,
        searchText: (row) => `${row.name} ${row.sendingFacility}`,
      },
      {
        key: 'lab',
        title: t('lab'),
        width: 200,
        render: (row) => (row.lab ? text({ zh: row.lab.nameZh, en: row.lab.nameEn || row.lab.nameZh }) : '–'),
      },
      { key: 'facility', title: 'MSH-4', width: 120, render: (row) => row.sendingFacility },
      { key: 'addresses', title: t('addresses'), render: (row) => row.sourceAddresses.join(', ') || '–' },
      { key: 'account', title: t('account'), width: 160, render: (row) => row.accountName },
      {
        key: 'token',
        title: t('token'),
        width: 130,
        render: (row) => (row.tokenMadeAt ? <Time at={row.tokenMadeAt} /> : t('noToken')),
      },
      {
        key: 'state',
        title: t('state'),
        width: 90,
        render: (row) => (
          <StatusMark tone={row.closedAt ? 'over' : 'active'}>
            {row.closedAt ? t('closed') : t('open')}
          </StatusMark>
        ),
      },
    ],
    [t, text],
  );
  const shown = links.data?.items.find(({ id }) => id === peeked);
  return (
    <PageFrame
      title={t('links')}
      filled
      note={links.data && <AsOf at={links.data.asOf} />}
      toolbar={
        <div className="ic-line">
          <InterchangeTabs at="links" />
          {links.data && (
            <span className="ic-quiet">
              {t('doors', { mllp: links.data.doors.mllp ?? t('mllpOff'), fhir: links.data.doors.fhir })}
            </span>
          )}
        </div>
      }
      actions={
        mayWrite && (
          <button
            type="button"
            className="lv-button lv-button--primary"
            onClick={() => {
              setPeeked(null);
              setOpening(true);
            }}
          >
            {t('newLink')}
          </button>
        )
      }
    >
      <WithPeek
        peek={
          opening && links.data ? (
            <OpenLink laboratories={links.data.laboratories} onClose={() => setOpening(false)} />
          ) : (
            shown && (
              <LinkPanel key={shown.id} link={shown} mayWrite={mayWrite} onClose={() => setPeeked(null)} />
            )
          )
        }
      >
        <DataTable
          name="lab-links"
          label={t('links')}
          rows={links.data?.items}
          columns={columns}
          rowKey={(row) => row.id}
          error={links.error}
          onRetry={() => void links.refetch()}
          empty={<EmptyState why="none" title={t('noLinks')} />}
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

function LinkPanel({ link, mayWrite, onClose }: { link: LabLink; mayWrite: boolean; onClose: () => void }) {
  const t = useWords(interchangeWords);
  const text = useText();
  const queries = useQueryClient();
  const now = useServerClock().snapshot();
  const renew = () => queries.invalidateQueries({ queryKey: linksKey });
  const params = { linkId: link.id };
  const token = useMutation({ mutationFn: () => client.interchange.makeToken({ params }), onSuccess: renew });
  const close = useMutation({ mutationFn: () => client.interchange.closeLink({ params }), onSuccess: renew });
  const [asking, setAsking] = useState<'close' | 'token' | null>(null);
  const isOpen = link.closedAt === null;
  const busy = token.isPending || close.isPending;
  return (
    <PeekPanel
      title={link.name}
      onClose={onClose}
      footer={
        mayWrite &&
        isOpen && (
          <>
            <button
              type="button"
              className="lv-button"
              disabled={busy}
              onClick={() => (link.tokenMadeAt ? setAsking('token') : token.mutate())}
            >
              {link.tokenMadeAt ? `${t('remakeToken')}…` : t('makeToken')}
            </button>
            <button type="button" className="lv-button" disabled={busy} onClick={() => setAsking('close')}>
              {t('closeLink')}…
            </button>
          </>
        )
      }
    >
      {token.data && (
        <p role="status">
          {t('tokenOnce')}
          <output className="ic-secret">{token.data.token}</output>
        </p>
      )}
      <Facts
        rows={[
          [t('lab'), link.lab ? text({ zh: link.lab.nameZh, en: link.lab.nameEn || link.lab.nameZh }) : '–'],
          [t('facility'), link.sendingFacility],
          [t('addresses'), link.sourceAddresses.join(', ') || '–'],
          [t('account'), link.accountName],
          [
            t('token'),
            link.tokenMadeAt ? t('tokenAt', { at: formatTime(link.tokenMadeAt, now) }) : t('noToken'),
          ],
          [t('state'), isOpen ? t('open') : t('closed')],
        ]}
      />
      {asking && (
        <ConfirmDialog
          title={t(asking === 'close' ? 'closeLink' : 'remakeToken')}
          act={t(asking === 'close' ? 'closeLink' : 'remakeToken')}
          onClose={() => setAsking(null)}
          onAct={() => (asking === 'close' ? close : token).mutateAsync()}
        >
          <p>{t(asking === 'close' ? 'closeSure' : 'tokenSure')}</p>
        </ConfirmDialog>
      )}
      {(token.error ?? close.error) && <ErrorState shape="line" error={(token.error ?? close.error)!} />}
    </PeekPanel>
  );
}

function OpenLink({ laboratories, onClose }: { laboratories: Links['laboratories']; onClose: () => void }) {
  const t = useWords(interchangeWords);
  const text = useText();
  const queries = useQueryClient();
  const [linkId] = useState(() => newId());
  const accounts = useQuery({
    queryKey: ['access', 'accounts'],
    queryFn: () => client.access.accounts({ query: { limit: 500 } }),
  });
  const usable = accounts.data?.items.filter(
    ({ role, disabledAt }: Account) => role === 'laboratory' && disabledAt === null,
  );
  const open = useMutation({
    mutationFn: (body: Parameters<typeof client.interchange.openLink>[0]['body']) =>
      client.interchange.openLink({ body }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: linksKey });
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => String(form.get(name)).trim();
    open.mutate({
      id: linkId,
      name: field('name'),
      labId: field('labId'),
      accountId: field('accountId'),
      sendingFacility: field('facility'),
      sourceAddresses: field('addresses')
        .split(/[,，\s]+/)
        .filter(Boolean),
    });
  };
  return (
    <PeekPanel title={t('newLink')} onClose={onClose}>
      <form onSubmit={submit}>
        <FormGrid>
          <FormField label={t('linkName')} hint={t('linkNameHint')}>
            {(wiring) => <input {...wiring} className="lv-input" name="name" required maxLength={80} />}
          </FormField>
          <FormField label={t('lab')}>
            {(wiring) => (
              <select {...wiring} className="lv-input" name="labId" required defaultValue="">
                <option value="" disabled>
                  {t('chooseLab')}
                </option>
                {laboratories.map(({ id, nameZh, nameEn }) => (
                  <option key={id} value={id}>
                    {text({ zh: nameZh, en: nameEn || nameZh })}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <FormField label={t('account')} hint={usable?.length === 0 ? t('noAccounts') : t('accountHint')}>
            {(wiring) => (
              <select {...wiring} className="lv-input" name="accountId" required defaultValue="">
                <option value="" disabled>
                  {t('chooseAccount')}
                </option>
                {usable?.map(({ id, name, username }) => (
                  <option key={id} value={id}>
                    {name} · {username}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <FormField label={t('facility')} hint={t('facilityHint')}>
            {(wiring) => <input {...wiring} className="lv-input" name="facility" required maxLength={60} />}
          </FormField>
          <FormField label={t('addresses')} hint={t('addressesHint')}>
            {(wiring) => <input {...wiring} className="lv-input" name="addresses" />}
          </FormField>
        </FormGrid>
        {(open.error ?? accounts.error) && (
          <ErrorState shape="line" error={(open.error ?? accounts.error)!} />
        )}
        <FormActions>
          <button type="submit" className="lv-button lv-button--primary" disabled={open.isPending}>
            {t('openLink')}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
        </FormActions>
      </form>
    </PeekPanel>
  );
}
