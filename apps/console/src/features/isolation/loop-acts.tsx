import { type IsolationOrderDetail, NOTIFY_CHANNELS, type NotifyChannel } from '@levee/contract';
import { ErrorState, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { usePlaceName } from '../places/place-name.ts';
import { useIsolationPurpose } from './purpose.ts';
import { useAct } from './use-act.ts';
import { CHANNEL_NAMES, isolationWords } from './words.ts';

const purpose = 'isolation_care' as const;

/** What is to be done next, by whoever may: the decision, then one step of the loop after the other. */
export function LoopActs({ order }: { order: IsolationOrderDetail }) {
  const me = useMe();
  if (order.state === 'awaiting') {
    return me.permissions.includes('measures.approve') ? <Decision order={order} /> : null;
  }
  if (order.state !== 'in_force' || !me.permissions.includes('isolation.write')) return null;
  const open = order.loop.find(
    ({ step, applies, at }) =>
      applies && at === null && ['notified', 'transferred', 'admitted'].includes(step),
  );
  if (open?.step === 'notified') return <Notify order={order} />;
  if (open?.step === 'transferred') return <Transfer order={order} />;
  if (open?.step === 'admitted') return <Admit order={order} />;
  return null;
}

function Decision({ order }: { order: IsolationOrderDetail }) {
  const t = useWords(isolationWords);
  const text = useText();
  const reading = useIsolationPurpose();
  const [reason, setReason] = useState('');
  const input = { purpose: reading, params: { orderId: order.id } };
  const { version } = order;
  const approve = useAct(() => client.isolation.approve({ ...input, body: { version } }));
  const reject = useAct(() => client.isolation.reject({ ...input, body: { version, reason } }));
  const busy = approve.isPending || reject.isPending;
  return (
    <div className="isolation-acts">
      {order.approvalBlocked.map((why) => (
        <p key={why.zh} className="isolation-note">
          {text(why)}
        </p>
      ))}
      <button
        type="button"
        className="lv-button lv-button--primary"
        disabled={busy || !order.mayApprove}
        onClick={() => approve.mutate(undefined)}
      >
        {t('approve')}
      </button>
      <input
        className="lv-input"
        aria-label={t('reason')}
        placeholder={t('reason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <button
        type="button"
        className="lv-button"
        disabled={busy || reason.trim() === ''}
        onClick={() => reject.mutate(undefined)}
      >
        {t('reject')}
      </button>
      {(approve.error ?? reject.error) && <ErrorState error={approve.error ?? reject.error} shape="line" />}
    </div>
  );
}

function Notify({ order }: { order: IsolationOrderDetail }) {
  const t = useWords(isolationWords);
  const text = useText();
  const act = useAct((channel: NotifyChannel) =>
    client.isolation.notify({
      purpose,
      params: { orderId: order.id },
      body: { channel, version: order.version },
    }),
  );
  return (
    <div className="isolation-acts">
      <span>{t('notify')}</span>
      {NOTIFY_CHANNELS.map((channel) => (
        <button
          key={channel}
          type="button"
          className="lv-button"
          disabled={act.isPending}
          onClick={() => act.mutate(channel)}
        >
          {text(CHANNEL_NAMES[channel])}
        </button>
      ))}
      {act.error && <ErrorState error={act.error} shape="line" />}
    </div>
  );
}

function Transfer({ order }: { order: IsolationOrderDetail }) {
  const t = useWords(isolationWords);
  const act = useAct(() =>
    client.isolation.transfer({
      purpose,
      params: { orderId: order.id },
      body: { version: order.version },
    }),
  );
  return (
    <div className="isolation-acts">
      <button
        type="button"
        className="lv-button lv-button--primary"
        disabled={act.isPending}
        onClick={() => act.mutate(undefined)}
      >
        {t('transfer')}
      </button>
      {act.error && <ErrorState error={act.error} shape="line" />}
    </div>
  );
}

function Admit({ order }: { order: IsolationOrderDetail }) {
  const t = useWords(isolationWords);
  const nameOf = usePlaceName();
  const inFacility = order.kind === 'centralised_isolation';
  const [facilityId, setFacility] = useState('');
  const [roomId, setRoom] = useState('');
  const facilities = useQuery({
    queryKey: ['isolation', 'facilities', false],
    queryFn: () => client.isolation.facilities({ query: {} }),
    enabled: inFacility,
  });
  const chosen =
    facilityId || (facilities.data?.items.find(({ freeCount }) => freeCount > 0)?.place.id ?? '');
  const rooms = useQuery({
    queryKey: ['isolation', 'rooms', chosen],
    queryFn: () => client.isolation.rooms({ purpose, params: { placeId: chosen } }),
    enabled: chosen !== '',
  });
  const free = rooms.data?.rooms.filter(({ beds, occupants }) => occupants.length < beds) ?? [];
  const act = useAct((room: string | null) =>
    client.isolation.admit({
      purpose,
      params: { orderId: order.id },
      body: { roomId: room, version: order.version },
    }),
  );
  return (
    <div className="isolation-acts">
      {inFacility && (
        <>
          <select
            className="lv-input"
            aria-label={t('place')}
            value={chosen}
            onChange={(event) => {
              setFacility(event.target.value);
              setRoom('');
            }}
          >
            {facilities.data?.items.map(({ place, freeCount }) => (
              <option key={place.id} value={place.id} disabled={freeCount === 0}>
                {nameOf(place)} · {t('free')} {freeCount}
              </option>
            ))}
          </select>
          <select
            className="lv-input"
            aria-label={t('room')}
            value={roomId}
            onChange={(event) => setRoom(event.target.value)}
          >
            <option value="">{free.length > 0 ? t('chooseRoom') : t('noRoom')}</option>
            {free.map((room) => (
              <option key={room.id} value={room.id}>
                {room.name}
              </option>
            ))}
          </select>
        </>
      )}
      <button
        type="button"
        className="lv-button lv-button--primary"
        disabled={act.isPending || (inFacility && roomId === '')}
        onClick={() => act.mutate(inFacility ? roomId : null)}
      >
        {t(inFacility ? 'admit' : 'settle')}
      </button>
      {act.error && <ErrorState error={act.error} shape="line" />}
    </div>
  );
}
