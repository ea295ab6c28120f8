import { formatDay, Icon, useLanguage, useWords } from '@levee/ui';
import { useState } from 'react';
import { fieldWords } from '../app/words.ts';
import type { Desk } from '../sampling/use-desk.ts';
import type { DueGroup } from './due-list.ts';

/** The grid's and the employer's list of today: a tap on a name takes the swab, and the name is ticked off. */
export function DuePanel({ desk, groups }: { desk: Desk; groups: readonly DueGroup[] }) {
  const t = useWords(fieldWords);
  if (!desk.session.list) return <p className="empty">{t('noListNext')}</p>;
  if (groups.length === 0) {
    return (
      <p className="empty">
        <strong>{t('nobodyDue')}</strong>
        {t('nobodyDueHint')}
      </p>
    );
  }
  return groups.map((group) => (
    <Group key={`${group.why}:${group.people[0]!.person.due!.employerId}`} desk={desk} group={group} />
  ));
}

function Group({ desk, group }: { desk: Desk; group: DueGroup }) {
  const t = useWords(fieldWords);
  const language = useLanguage();
  const [all, setAll] = useState(false);
  const { why, employer, people, open } = group;
  const shown = all ? people : people.slice(0, SHOWN);
  const name = employer
    ? language === 'zh'
      ? employer.nameZh
      : employer.nameEn || employer.nameZh
    : t(why === 'returnee' ? 'returnees' : 'employerElsewhere');
  return (
    <section className="due" aria-label={name}>
      <header className="line">
        <span>
          <strong>{name}</strong>
          {employer?.contact && <small>{t('contactIs', { name: employer.contact })}</small>}
        </span>
        <span className="due__count">{t('stillDue', { open, count: people.length })}</span>
      </header>
      <ul className="choices">
        {shown.map(({ person, on, overdue, done }) => (
          <li key={person.id}>
            <button
              type="button"
              disabled={done}
              onClick={() =>
                void desk.meet({ person }, why === 'key_population' ? 'key_population' : undefined)
              }
            >
              <strong>{person.nameZh}</strong>
              {done ? (
                <small className="due__done">
                  <Icon name="check" size={16} /> {t('todayDone')}
                </small>
              ) : (
                <small data-warn={overdue}>
                  {overdue ? t('overdueSince', { day: formatDay(on, desk.session.nowMs) }) : t('dueToday')}{' '}
                  {person.identityMasked}
                </small>
              )}
            </button>
          </li>
        ))}
      </ul>
      {people.length > SHOWN && (
        <button type="button" className="small" onClick={() => setAll(!all)}>
          {all ? t('showFewer') : t('showAll', { count: people.length })}
        </button>
      )}
    </section>
  );
}

/** Names of one group in the first view. */
const SHOWN = 12;
