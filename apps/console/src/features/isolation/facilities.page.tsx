import { type IsolationFacility, newId } from '@levee/contract';
import {
  AsOf,
  EmptyState,
  ErrorState,
  formatDay,
  Loading,
  Page as PageFrame,
  PeekPanel,
  Section,
  StatusMark,
  useNavigation,
  useServerNow,
  useText,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { useIsolationPurpose } from './purpose.ts';
import { isolationWords } from './words.ts';
import './isolation.css';

/** Beds now and in the next seven nights, facility by facility; the rooms of one beside it. */
export function Page() {
  const t = useWords(isolationWords);
  const text = useText();
  const now = useServerNow();
  const [placeId, setPlace] = useUrlText('place');
  const [without, setWithout] = useUrlText('roomless');
  const roomless = without === '1';
  const facilities = useQuery({
    queryKey: ['isolation', 'facilities', roomless],
    queryFn: () => client.isolation.facilities({ query: roomless ? { roomless: 'true' } : {} }),
  });
  const data = facilities.data;
  const peeked = data?.items.find(({ place }) => place.id === placeId);
  return (
    <PageFrame
      title={t('facilities')}
      note={data && <AsOf at={data.asOf} source={text(data.source)} />}
      toolbar={
        <label className="isolation-acts">
          <input
            type="checkbox"
            checked={roomless}
            onChange={(event) => setWithout(event.target.checked ? '1' : null)}
          />
          {t('roomless')}
        </label>
      }
    >
      {facilities.isLoading && <Loading />}
      {facilities.error && <ErrorState error={facilities.error} onRetry={() => void facilities.refetch()} />}
      {data && (
        <WithPeek
          peek={peeked && <FacilityPeek key={placeId} facility={peeked} onClose={() => setPlace(null)} />}
        >
          <div className="isolation-body">
            {data.items.length === 0 && (
              <EmptyState why="none" title={t('noFacilities')}>
                {t('noFacilitiesHint')}
              </EmptyState>
            )}
            {data.items.length > 0 && (
              <Section
                title={t('forecast')}
                note={data.toAdmit > 0 && <span>{t('toAdmit', { count: data.toAdmit })}</span>}
              >
                <div className="isolation-scroll">
                  <table className="isolation-beds">
                    <thead>
                      <tr>
                        <th scope="col">{t('place')}</th>
                        <th scope="col">{t('beds')}</th>
                        <th scope="col">{t('occupied')}</th>
                        <th scope="col">{t('free')}</th>
                        {data.nights.map(({ date }) => (
                          <th key={date} scope="col">
                            {formatDay(date, now)} {t('night')}
                          </th>
                        ))}
                      </tr>
                    </thead>
                    <tbody>
                      {data.items.map((facility) => (
                        <tr key={facility.place.id} aria-selected={facility.place.id === placeId}>
                          <th scope="row">
                            <button
                              type="button"
                              className="isolation-link"
                              onClick={() => setPlace(facility.place.id)}
                            >
                              {text({ zh: facility.place.nameZh, en: facility.place.nameEn })}
                            </button>
                          </th>
                          <td>{facility.bedCount}</td>
                          <td>{facility.occupiedCount}</td>
                          <td>{facility.freeCount}</td>
                          {facility.nights.map(({ date, occupied }) => (
                            <td key={date}>
                              <Fill taken={occupied} of={facility.bedCount} />
                            </td>
                          ))}
                        </tr>
                      ))}
                    </tbody>
                    <tfoot>
                      {(['occupied', 'expected', 'have', 'short'] as const).map((row) => (
                        <tr key={row}>
                          <th scope="row" colSpan={4}>
                            {t(row)}
                          </th>
                          {data.nights.map((night) => (
                            <td key={night.date}>
                              {row === 'short' && night.short > 0 ? (
                                <StatusMark tone="over">{night.short}</StatusMark>
                              ) : (
                                night[row === 'have' ? 'beds' : row]
                              )}
                            </td>
                          ))}
                        </tr>
                      ))}
                    </tfoot>
                  </table>
                </div>
              </Section>
            )}
          </div>
        </WithPeek>
      )}
    </PageFrame>
  );
}

/** A number with its share of the beds below it; the number says it, the bar shows it. */
function Fill({ taken, of }: { taken: number; of: number }) {
  return (
    <span className="isolation-fill">
      {taken}
      <span className="isolation-fill__bar" aria-hidden="true">
        <span style={{ width: `${of === 0 ? 0 : Math.min(100, (taken / of) * 100)}%` }} />
      </span>
    </span>
  );
}

function FacilityPeek({ facility, onClose }: { facility: IsolationFacility; onClose: () => void }) {
  const t = useWords(isolationWords);
  const text = useText();
  const now = useServerNow();
  const purpose = useIsolationPurpose();
  const me = useMe();
  const { Link } = useNavigation();
  const placeId = facility.place.id;
  const rooms = useQuery({
    queryKey: ['isolation', 'rooms', placeId],
    queryFn: () => client.isolation.rooms({ purpose, params: { placeId } }),
  });
  return (
    <PeekPanel
      title={text({ zh: facility.place.nameZh, en: facility.place.nameEn })}
      label={t('facilities')}
      onClose={onClose}
    >
      <p className="isolation-muted">
        {text(facility.divisionName)} ·{' '}
        {t('roomCount', { rooms: facility.roomCount, beds: facility.bedCount })}
      </p>
      {me.permissions.includes('isolation.write') && <AddRooms placeId={placeId} />}
      {rooms.isLoading && <Loading />}
      {rooms.error && <ErrorState error={rooms.error} onRetry={() => void rooms.refetch()} />}
      <Section title={t('rooms')}>
        <ul className="isolation-rooms">
          {rooms.data?.rooms.map((room) => (
            <li key={room.id} className={room.occupants.length >= room.beds ? 'isolation-room--full' : ''}>
              <strong>{room.name}</strong>
              {room.occupants.length === 0 && <span className="isolation-muted">{t('emptyRoom')}</span>}
              {room.occupants.map((one) => (
                <span key={one.orderId}>
                  <Link href={`/isolation?order=${one.orderId}`}>{one.nameZh}</Link>
                  {one.untilDate && (
                    <span className="isolation-muted">
                      {' '}
                      {t('until', { date: formatDay(one.untilDate, now) })}
                    </span>
                  )}
                </span>
              ))}
            </li>
          ))}
        </ul>
      </Section>
    </PeekPanel>
  );
}

function AddRooms({ placeId }: { placeId: string }) {
  const t = useWords(isolationWords);
  const queries = useQueryClient();
  const [names, setNames] = useState('');
  const [beds, setBeds] = useState(1);
  const list = [...new Set(names.split(/[\s,，、;；]+/).filter((name) => name !== ''))];
  const add = useMutation({
    mutationFn: () =>
      client.isolation.addRooms({
        params: { placeId },
        body: { rooms: list.map((name) => ({ id: newId(), name, beds })) },
      }),
    onSuccess: () => {
      setNames('');
      void queries.invalidateQueries({ queryKey: ['isolation'] });
    },
  });
  return (
    <form
      className="isolation-entry"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <input
        className="lv-input"
        aria-label={t('roomNames')}
        placeholder={t('roomNames')}
        value={names}
        onChange={(event) => setNames(event.target.value)}
      />
      <div className="isolation-acts">
        <label className="isolation-acts">
          {t('bedsEach')}
          <input
            className="lv-input isolation-temperature"
            type="number"
            min={1}
            max={4}
            value={beds}
            onChange={(event) => setBeds(Number(event.target.value))}
          />
        </label>
        <button type="submit" className="lv-button" disabled={add.isPending || list.length === 0}>
          {t('addRooms')}
        </button>
        <span role="status">{add.data && t('roomsAdded', { count: add.data.addedCount })}</span>
      </div>
      {add.error && <ErrorState error={add.error} shape="line" />}
    </form>
  );
}
