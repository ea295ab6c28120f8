import { dayOf, formatHour, Icon, useText, useWords } from '@levee/ui';
import { lazy, Suspense, useMemo, useState } from 'react';
import { FOUND_IN_NAMES, fieldWords } from '../app/words.ts';
import { dueToday } from '../due/due-list.ts';
import { DuePanel } from '../due/due-panel.tsx';
import { HouseholdSheet } from './household-sheet.tsx';
import { LastFive } from './last-five.tsx';
import { NewPersonForm } from './new-person-form.tsx';
import { PaperBar } from './paper-bar.tsx';
import { QueueCount } from './queue-count.tsx';
import { Said } from './said.tsx';
import { ScanField } from './scan-field.tsx';
import { TubeCard } from './tube-card.tsx';
import { CAPACITIES, type FoundInHere, useDesk } from './use-desk.ts';

const SlipSheet = lazy(() => import('../slip/slip-sheet.tsx'));
// Holds the protocol packs: fetched with the shell, read only when somebody comes in.
const ReturneeForm = lazy(() => import('../returnees/returnee-form.tsx'));

/** One hand, one tap a person: the tube above, the answer in the middle, the scan under the thumb. */
export function SamplingPage() {
  const t = useWords(fieldWords);
  const text = useText();
  const desk = useDesk();
  const [view, setView] = useState<'desk' | 'due' | 'returnee'>('desk');
  const { list, queue, nowMs } = desk.session;
  const today = dayOf(nowMs);
  const { records } = queue;
  const groups = useMemo(() => (list ? dueToday(list, records, today) : []), [list, records, today]);
  const due = groups.reduce((sum, { open }) => sum + open, 0);
  if (view === 'returnee') {
    return (
      <Suspense fallback={<p className="page">{t('loading')}</p>}>
        <ReturneeForm desk={desk} onDone={() => setView('desk')} />
      </Suspense>
    );
  }
  if (desk.slipFor) {
    return (
      <Suspense fallback={<p className="page">{t('loading')}</p>}>
        <SlipSheet desk={desk} record={desk.slipFor} onDone={() => desk.setSlipFor(null)} />
      </Suspense>
    );
  }
  if (desk.newCard !== null) return <NewPersonForm desk={desk} />;
  return (
    <div className="sampling">
      {desk.paper && <PaperBar desk={desk} paper={desk.paper} />}
      {desk.tube ? (
        <TubeCard desk={desk} tube={desk.tube} />
      ) : (
        <section className="tube tube--none">
          <h2>{t('noTube')}</h2>
          <p>{t('noTubeHint')}</p>
          <fieldset className="segments" aria-label={t('capacity')}>
            {CAPACITIES.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={desk.capacity === one}
                onClick={() => desk.setCapacity(one)}
              >
                {one === 1 ? t('single') : t('ratio', { count: one })}
              </button>
            ))}
          </fieldset>
        </section>
      )}
      <ScanField desk={desk} />
      {desk.household ? <HouseholdSheet desk={desk} members={desk.household} /> : <Said desk={desk} />}
      <fieldset className="segments" aria-label={t('desk')}>
        {(['desk', 'due'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={view === one} onClick={() => setView(one)}>
            {one === 'desk' ? t('last') : due > 0 ? t('dueList', { count: due }) : t('dueListNone')}
          </button>
        ))}
      </fieldset>
      {view === 'due' ? <DuePanel desk={desk} groups={groups} /> : <LastFive desk={desk} />}
      <QueueCount />
      <div className="sampling__foot">
        <label className="line">
          {t('foundIn')}
          <select
            className="lv-input"
            value={desk.foundIn}
            onChange={(event) => desk.setFoundIn(event.target.value as FoundInHere)}
          >
            {Object.entries(FOUND_IN_NAMES).map(([value, name]) => (
              <option key={value} value={value}>
                {text(name)}
              </option>
            ))}
          </select>
        </label>
        <div className="line">
          <button type="button" className="small" onClick={() => desk.setNewCard('')}>
            <Icon name="plus" /> {t('newPerson')}
          </button>
          <button type="button" className="small" onClick={() => setView('returnee')}>
            <Icon name="plus" /> {t('returnee')}
          </button>
          {!desk.paper && (
            <button
              type="button"
              className="small"
              onClick={() => desk.setPaper({ number: '', at: `${today}T${formatHour(nowMs)}` })}
            >
              <Icon name="task" /> {t('paper')}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
