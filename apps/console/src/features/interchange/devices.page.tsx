import type { FieldDevice } from '@levee/contract';
import {
  AsOf,
  type Column,
  DataTable,
  EmptyState,
  Facts,
  Page as PageFrame,
  PeekPanel,
  StatusMark,
  Time,
  useServerClock,
  useText,
  useUrlText,
  useWords,
  WithPeek,
  WriteDialog,
} from '@levee/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { interchangeWords, type T } from './words.ts';
import './interchange.css';

const devicesKey = ['interchange', 'devices'] as const;
/** A phone that samples checks in every few minutes while it has a network; a day without is worth a call. */
const SILENT_MS = 86_400_000;

const stateOf = ({ revokedAt, lastSeenAt }: FieldDevice, now: number): 'revoked' | 'silent' | 'inUse' =>
  revokedAt !== null
    ? 'revoked'
    : lastSeenAt === null || now - Date.parse(lastSeenAt) > SILENT_MS
      ? 'silent'
      : 'inUse';
const TONES = { revoked: 'over', silent: 'bad', inUse: 'good' } as const;

const unsentText = (t: T, unsent: number | null): string =>
  unsent === null ? t('unknown') : t('unsentOf', { count: unsent });

/** Which phones carry residents' lists, whose they are, what they still hold; a lost one is revoked here. */
export function Page() {
  const t = useWords(interchangeWords);
  const text = useText();
  const now = useServerClock().snapshot();
  const [peeked, setPeeked] = useUrlText('device');
  const devices = useQuery({
    queryKey: devicesKey,
    queryFn: () => client.sync.devices({ query: { limit: 500 } }),
    refetchInterval: 60_000,
  });
  const columns = useMemo<Column<FieldDevice>[]>(
    () => [
      {
        key: 'name',
        title: t('deviceName'),
        width: 180,
        render: (row) => row.name,
        sortBy: (row) => row.name,
        searchText: (row) => `${row.name} ${row.holder.name}`,
      },
      {
        key: 'holder',
        title: t('holder'),
        width: 140,
        render: (row) => row.holder.name,
        sortBy: (row) => row.holder.name,
      },
      {
        key: 'site',
        title: t('site'),
        render: (row) =>
          row.site ? text({ zh: row.site.nameZh, en: row.site.nameEn || row.site.nameZh }) : '–',
      },
      {
        key: 'seen',
        title: t('lastSeen'),
        width: 130,
        align: 'end',
        render: (row) => (row.lastSeenAt ? <Time at={row.lastSeenAt} /> : t('never')),
        sortBy: (row) => row.lastSeenAt,
      },
      {
        key: 'unsent',
        title: t('unsent'),
        width: 110,
        align: 'end',
        render: (row) => unsentText(t, row.unsent),
        sortBy: (row) => row.unsent ?? -1,
      },
      {
        key: 'state',
        title: t('state'),
        width: 190,
        render: (row) => {
          const state = stateOf(row, now);
          return <StatusMark tone={TONES[state]}>{t(state)}</StatusMark>;
        },
        choices: (['inUse', 'silent', 'revoked'] as const).map((state) => ({
          value: state,
          label: t(state),
        })),
        choiceOf: (row) => stateOf(row, now),
      },
    ],
    [t, text, now],
  );
  const shown = devices.data?.items.find(({ id }) => id === peeked);
  return (
    <PageFrame title={t('devices')} filled note={devices.data && <AsOf at={devices.data.asOf} />}>
      <WithPeek peek={shown && <DevicePanel key={shown.id} device={shown} onClose={() => setPeeked(null)} />}>
        <DataTable
          name="devices"
          label={t('devices')}
          rows={devices.data?.items}
          columns={columns}
          rowKey={(row) => row.id}
          error={devices.error}
          onRetry={() => void devices.refetch()}
          {...(devices.data && { totalCount: devices.data.total })}
          empty={<EmptyState why="none" title={t('noDevices')} />}
          peeked={peeked || null}
          onPeek={(key) => setPeeked(key, { replace: true })}
        />
      </WithPeek>
    </PageFrame>
  );
}

function DevicePanel({ device, onClose }: { device: FieldDevice; onClose: () => void }) {
  const t = useWords(interchangeWords);
  const text = useText();
  const now = useServerClock().snapshot();
  const queries = useQueryClient();
  const me = useMe();
  const mayRevoke = me.permissions.includes('accounts.write') || device.holder.id === me.id;
  const [revoking, setRevoking] = useState(false);
  return (
    <PeekPanel
      title={device.name}
      onClose={onClose}
      footer={
        mayRevoke &&
        device.revokedAt === null && (
          <button type="button" className="lv-button" onClick={() => setRevoking(true)}>
            {t('revoke')}…
          </button>
        )
      }
    >
      <Facts
        rows={[
          [t('state'), t(stateOf(device, now))],
          [t('holder'), device.holder.name],
          [
            t('site'),
            device.site
              ? text({ zh: device.site.nameZh, en: device.site.nameEn || device.site.nameZh })
              : '–',
          ],
          [t('registeredAt'), <Time key="registered" at={device.registeredAt} />],
          [t('lastSeen'), device.lastSeenAt ? <Time key="seen" at={device.lastSeenAt} /> : t('never')],
          [t('unsent'), unsentText(t, device.unsent)],
          ...(device.revokedReason ? ([[t('revokedBecause'), device.revokedReason]] as const) : []),
        ]}
      />
      {revoking && (
        <WriteDialog
          title={t('revokeTitle', { name: device.name })}
          label={t('reason')}
          hint={t('revokeHint')}
          act={t('revoke')}
          maxLength={200}
          onClose={() => setRevoking(false)}
          onAct={async (reason) => {
            await client.sync.revoke({ params: { deviceId: device.id }, body: { reason } });
            await queries.invalidateQueries({ queryKey: devicesKey });
          }}
        />
      )}
    </PeekPanel>
  );
}
