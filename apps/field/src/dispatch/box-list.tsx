import { formatTime, useText, useWords } from '@levee/ui';
import { useState } from 'react';
import { useSession } from '../app/session.ts';
import { fieldWords, STATE_NAMES } from '../app/words.ts';
import { signal } from '../look/signal.ts';
import { boxesOf, type DeviceBox } from './boxes.ts';

/** Boxes of this phone: packed and waiting for the courier, then those on their way. */
export function BoxList() {
  const t = useWords(fieldWords);
  const { queue } = useSession();
  const boxes = boxesOf(queue.records).slice(0, 50);
  if (boxes.length === 0) return null;
  return (
    <>
      <h2>{t('boxes')}</h2>
      <ul className="rows">
        {boxes.map((box) => (
          <BoxRow key={box.id} box={box} />
        ))}
      </ul>
    </>
  );
}

function BoxRow({ box }: { box: DeviceBox }) {
  const t = useWords(fieldWords);
  const text = useText();
  const { queue, profile, loop, nowMs } = useSession();
  const [courier, setCourier] = useState('');
  const handOver = async () => {
    const name = courier.trim();
    await queue.add(profile.siteId!, [
      {
        draft: { kind: 'hand_over', boxId: box.id, ...(name && { courier: name }) },
        about: { name, tubeCode: box.code },
      },
    ]);
    signal('done');
    loop.wake();
  };
  return (
    <li className="record">
      <div className="line">
        <span>
          <strong className="mono">{box.code}</strong>
          <small>
            {t('tubes', { count: box.tubeCodes.length })} ·{' '}
            {box.handedOverAt
              ? t('handedOver', { time: formatTime(box.handedOverAt, nowMs), courier: box.courier ?? '' })
              : t('packedAt', { time: formatTime(box.packedAt, nowMs) })}
          </small>
        </span>
        <span className="state" data-state={box.last.state}>
          {text(STATE_NAMES[box.last.state])}
        </span>
      </div>
      {box.handedOverAt === null && (
        <div className="line">
          <input
            className="lv-input"
            aria-label={t('courier')}
            placeholder={t('courier')}
            maxLength={60}
            value={courier}
            onChange={(event) => setCourier(event.target.value)}
          />
          <button type="button" className="big big--primary" onClick={() => void handOver()}>
            {t('handOver')}
          </button>
        </div>
      )}
    </li>
  );
}
