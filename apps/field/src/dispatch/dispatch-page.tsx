import { formatTime, useLanguage, useWords } from '@levee/ui';
import { useState } from 'react';
import { useSession } from '../app/session.ts';
import { fieldWords } from '../app/words.ts';
import { signal } from '../look/signal.ts';
import { type DeviceTube, tubesOf } from '../sampling/tubes.ts';
import { BoxList } from './box-list.tsx';
import { PackBox } from './pack-box.tsx';

/** Most tubes in one hand-over, as the intake takes them. */
const MOST = 200;

/** Sealed tubes of this phone, handed to a laboratory. */
export function DispatchPage() {
  const t = useWords(fieldWords);
  const language = useLanguage();
  const { queue, list, profile, loop, nowMs } = useSession();
  const labs = list?.manifest.labs ?? [];
  const [labId, setLabId] = useState(labs.length === 1 ? labs[0]!.id : '');
  const tubes = tubesOf(queue.records).filter(({ members }) => members.length > 0);
  const ready = tubes.filter(({ sealed, sent, boxed }) => sealed && !sent && boxed === null);
  const open = tubes.filter(({ sealed }) => !sealed);
  const sent = tubes.filter((tube) => tube.sent);
  const send = async () => {
    const poolIds = ready.slice(0, MOST).map(({ poolId }) => poolId);
    const lab = labs.find(({ id }) => id === labId);
    await queue.add(profile.siteId!, [
      { draft: { kind: 'send', poolIds, labId }, about: { name: lab?.nameZh ?? '' } },
    ]);
    signal('done');
    loop.wake();
  };
  const rows = (some: readonly DeviceTube[]) => (
    <ul className="rows">
      {some.slice(0, 100).map((tube) => (
        <li key={tube.poolId} className="line">
          <strong className="mono">{tube.tubeCode}</strong>
          <span>
            {tube.members[0]?.command.kind === 'specimen'
              ? tube.members[0].about.name
              : t('filled', { count: tube.members.length, capacity: tube.capacity })}
          </span>
          <small>{formatTime(tube.lastAt, nowMs)}</small>
        </li>
      ))}
    </ul>
  );
  return (
    <div className="page">
      <h1>{t('ready', { count: ready.length })}</h1>
      {ready.length === 0 && (
        <p className="empty">
          <strong>{t('noReady')}</strong>
          {t('noReadyHint')}
        </p>
      )}
      {rows(ready)}
      {ready.length > 0 && (
        <div className="form">
          <label>
            {t('lab')}
            <select className="lv-input" value={labId} onChange={(event) => setLabId(event.target.value)}>
              <option value="">{t(labs.length === 0 ? 'noLabs' : 'choose')}</option>
              {labs.map((lab) => (
                <option key={lab.id} value={lab.id}>
                  {language === 'zh' ? lab.nameZh : lab.nameEn || lab.nameZh}
                </option>
              ))}
            </select>
          </label>
          {labId !== '' && <PackBox ready={ready} labId={labId} />}
          <button type="button" className="big" disabled={labId === ''} onClick={() => void send()}>
            {t('send', { count: Math.min(ready.length, MOST) })}
          </button>
        </div>
      )}
      <BoxList />
      {open.length > 0 && <h2>{t('openTubes')}</h2>}
      {rows(open)}
      {sent.length > 0 && <h2>{t('sentTubes')}</h2>}
      {rows(sent)}
    </div>
  );
}
