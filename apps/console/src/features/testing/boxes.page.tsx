import { type Box, newId } from '@levee/contract';
import {
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Page as PageFrame,
  PeekPanel,
  Section,
  StatusMark,
  Time,
  useNavigation,
  useServerClock,
  useText,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { usePlaceName } from '../places/place-name.ts';
import { LaboratoryTabs } from './laboratory-tabs.tsx';
import { BOX_NAMES, laboratoryWords } from './laboratory-words.ts';
import { PlaceChoice } from './place-choice.tsx';
import './testing.css';

const TUBE_TONES = { packed: 'waiting', arrived: 'good', missing: 'over', extra: 'over' } as const;

/** Boxes on their way: received by scanning, compared with their list, or packed here and passed on. */
export function Page() {
  const t = useWords(laboratoryWords);
  const nameOf = usePlaceName();
  const { Link } = useNavigation();
  const text = useText();
  const me = useMe();
  const queries = useQueryClient();
  const clock = useServerClock();
  const [labId, setLab] = useUrlText('lab');
  const [boxId, setBox] = useUrlText('box');
  const [toLab, setToLab] = useState('');
  const [code, setCode] = useState('');
  const [scanned, setScanned] = useState('');
  const tubeCodes = scanned.toUpperCase().split(/\s+/).filter(Boolean);
  const list = useQuery({
    queryKey: ['testing', 'boxes'],
    queryFn: () => client.laboratory.boxes({ query: { limit: 100 } }),
  });
  const act = useMutation({
    mutationFn: async (what: 'receive' | 'pass') => {
      const now = new Date(clock.snapshot()).toISOString();
      if (what === 'receive') {
        return client.laboratory.receiveBox({ body: { code, labId, tubeCodes, receivedAt: now } });
      }
      const id = newId();
      await client.laboratory.packBox({
        body: { id, code, fromId: labId, labId: toLab, tubeCodes, packedAt: now },
      });
      return client.laboratory.sendBox({ params: { boxId: id }, body: { sentAt: now } });
    },
    onSuccess: (box) => {
      setBox(box.id);
      setScanned('');
      setCode('');
      void queries.invalidateQueries({ queryKey: ['testing'] });
    },
  });
  const columns = useMemo<Column<Box>[]>(
    () => [
      {
        key: 'box',
        title: t('box'),
        width: 140,
        render: (row) => <span className="testing-code">{row.code}</span>,
        searchText: (row) => row.code,
      },
      {
        key: 'state',
        title: t('state'),
        width: 100,
        render: (row) => (
          <StatusMark tone={BOX_NAMES[row.state].tone}>{text(BOX_NAMES[row.state])}</StatusMark>
        ),
      },
      { key: 'from', title: t('from'), render: (row) => (row.from ? nameOf(row.from) : '–') },
      { key: 'to', title: t('to'), render: (row) => (row.lab ? nameOf(row.lab) : '–') },
      { key: 'tubes', title: t('tubes'), width: 80, align: 'end', render: (row) => row.tubes.length },
      {
        key: 'differs',
        title: t('check'),
        width: 140,
        render: (row) =>
          row.state !== 'received' ? (
            '–'
          ) : row.missingCount + row.extraCount > 0 ? (
            <StatusMark tone="over">
              {t('differs', { missing: row.missingCount, extra: row.extraCount })}
            </StatusMark>
          ) : (
            <StatusMark tone="good">{t('agrees')}</StatusMark>
          ),
      },
      { key: 'packed', title: t('packed'), width: 120, render: (row) => <Time at={row.packedAt} /> },
      {
        key: 'received',
        title: t('received'),
        width: 120,
        render: (row) => (row.receivedAt ? <Time at={row.receivedAt} /> : '–'),
      },
    ],
    [t, text, nameOf],
  );
  const box = list.data?.items.find(({ id }) => id === boxId);
  const ready = labId !== '' && code.trim().length >= 4 && !act.isPending;
  return (
    <PageFrame title={t('boxes')} filled toolbar={<LaboratoryTabs at="boxes" />}>
      {me.permissions.includes('testing.result') && (
        <div className="testing-line">
          <PlaceChoice of="laboratory" value={labId} onChange={setLab} />
          <input
            className="lv-input testing-reason testing-code"
            aria-label={t('scanBox')}
            placeholder={t('scanBox')}
            value={code}
            onChange={(event) => setCode(event.target.value.trim().toUpperCase())}
          />
          <textarea
            className="lv-input testing-choice testing-code"
            rows={2}
            aria-label={t('scanTubes')}
            placeholder={t('scanTubes')}
            value={scanned}
            onChange={(event) => setScanned(event.target.value)}
          />
          <button
            type="button"
            className="lv-button lv-button--primary"
            disabled={!ready}
            onClick={() => act.mutate('receive')}
          >
            {t('receiveBox')}
          </button>
        </div>
      )}
      {me.permissions.includes('testing.result') && (
        <div className="testing-line testing-note">
          <span>{t('passOnTo')}</span>
          <PlaceChoice of="laboratory" value={toLab} onChange={(id) => setToLab(id ?? '')} />
          <button
            type="button"
            className="lv-button"
            disabled={!ready || toLab === '' || tubeCodes.length === 0}
            onClick={() => act.mutate('pass')}
          >
            {t('passOn')}
          </button>
        </div>
      )}
      {act.error && <ErrorState error={act.error} shape="line" />}
      <WithPeek
        peek={
          box && (
            <PeekPanel title={box.code} onClose={() => setBox(null)}>
              {box.courier && <p>{text({ zh: `交接：${box.courier}`, en: `Handed to ${box.courier}` })}</p>}
              <Section title={t('tubesLine', { count: box.tubes.length })}>
                <ul className="testing-rows">
                  {box.tubes.map((tube) => (
                    <li key={tube.tubeCode}>
                      {tube.poolId ? (
                        <Link href={`/tubes/${tube.poolId}`}>{tube.tubeCode}</Link>
                      ) : (
                        <span className="testing-code">{tube.tubeCode}</span>
                      )}
                      <StatusMark tone={TUBE_TONES[tube.state]}>{text(TUBE_NAMES[tube.state])}</StatusMark>
                    </li>
                  ))}
                </ul>
              </Section>
            </PeekPanel>
          )
        }
      >
        <DataTable
          name="boxes"
          label={t('boxes')}
          rows={list.data?.items}
          columns={columns}
          rowKey={(row) => row.id}
          error={list.error}
          onRetry={() => void list.refetch()}
          peeked={boxId || null}
          onPeek={setBox}
          {...(list.data && { totalCount: list.data.total })}
          empty={
            <EmptyState why="none" title={t('noBoxes')}>
              {t('noBoxesHint')}
            </EmptyState>
          }
        />
      </WithPeek>
    </PageFrame>
  );
}

const TUBE_NAMES = {
  packed: { zh: '在箱', en: 'packed' },
  arrived: { zh: '已到', en: 'arrived' },
  missing: { zh: '缺失', en: 'missing' },
  extra: { zh: '多出', en: 'not on the list' },
} as const;
