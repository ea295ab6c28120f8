import type { BundlePerson } from '@levee/contract';
import { dayOf, useWords } from '@levee/ui';
import { useState } from 'react';
import { fieldWords } from '../app/words.ts';
import { sampledHere } from './tubes.ts';
import type { Desk } from './use-desk.ts';

/** A family at once: everybody ticked but who was sampled today, one tap. */
export function HouseholdSheet({ desk, members }: { desk: Desk; members: readonly BundlePerson[] }) {
  const t = useWords(fieldWords);
  const { queue, nowMs } = desk.session;
  const today = dayOf(nowMs);
  const doneToday = (person: BundlePerson) => {
    const here = sampledHere(queue.records, { personId: person.id });
    return [person.lastSampledAt, here?.command.at].some((at) => at && dayOf(at) === today);
  };
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(members.filter((person) => !doneToday(person)).map(({ id }) => id)),
  );
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const visitors = members.filter(({ id }) => chosen.has(id)).map((person) => ({ person }));
  return (
    <section className="household" aria-label={t('household', { count: members.length })}>
      <h2>{t('household', { count: members.length })}</h2>
      <ul className="choices">
        {members.map((person) => (
          <li key={person.id}>
            <label className="tick">
              <input type="checkbox" checked={chosen.has(person.id)} onChange={() => toggle(person.id)} />
              <strong>{person.nameZh}</strong>
              <small>{doneToday(person) ? t('todayDone') : person.identityMasked}</small>
            </label>
          </li>
        ))}
      </ul>
      <div className="line">
        <button type="button" className="big" onClick={() => desk.setHousehold(null)}>
          {t('cancel')}
        </button>
        <button
          type="button"
          className="big big--primary"
          disabled={visitors.length === 0}
          onClick={() => void desk.take(visitors)}
        >
          {t('householdTake', { count: visitors.length })}
        </button>
      </div>
    </section>
  );
}
