import { newId, type Pool } from '@levee/contract';
import { useWords } from '@levee/ui';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { laboratoryWords } from './laboratory-words.ts';
import type { Desk } from './use-desk.ts';
import { testingWords } from './words.ts';

/** Tubes ready at a site go into a box, and the box to the courier: one act, all of them or none. */
export function DeskPack({
  desk,
  siteId,
  labId,
  ready,
}: {
  desk: Desk;
  siteId: string;
  labId: string;
  ready: readonly Pool[];
}) {
  const t = useWords(testingWords);
  const lab = useWords(laboratoryWords);
  const [code, setCode] = useState('');
  const [courier, setCourier] = useState('');
  const pack = () =>
    desk.act(async () => {
      const [id, now] = [newId(), desk.now()];
      const tubeCodes = ready.map(({ tubeCode }) => tubeCode);
      await client.laboratory.packBox({
        body: { id, code, fromId: siteId, labId, tubeCodes, packedAt: now },
      });
      const name = courier.trim();
      await client.laboratory.sendBox({
        params: { boxId: id },
        body: { sentAt: now, ...(name && { courier: name }) },
      });
      setCode('');
      return { tone: 'good', text: t('boxed', { code, count: tubeCodes.length }) };
    });
  return (
    <div className="testing-line">
      <input
        className="lv-input testing-reason testing-code"
        aria-label={lab('scanBox')}
        placeholder={lab('scanBox')}
        value={code}
        onChange={({ target }) => setCode(target.value.trim().toUpperCase())}
      />
      <input
        className="lv-input testing-reason"
        aria-label={t('courier')}
        placeholder={t('courier')}
        maxLength={60}
        value={courier}
        onChange={({ target }) => setCourier(target.value)}
      />
      <button
        type="button"
        className="lv-button"
        disabled={labId === '' || code.length < 4 || desk.busy}
        onClick={() => void pack()}
      >
        {t('boxAndHandOver', { count: ready.length })}
      </button>
    </div>
  );
}
