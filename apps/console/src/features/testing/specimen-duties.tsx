import type { SpecimenDetail } from '@levee/contract';
import { Section, StatusMark, type StatusTone, Time, useNavigation, useText, useWords } from '@levee/ui';
import { specimenWords } from './specimen-words.ts';

type Duty = SpecimenDetail['duties'][number];
const TONES: Readonly<Record<Duty['state'], StatusTone>> = {
  open: 'waiting',
  accepted: 'active',
  done: 'good',
  cancelled: 'neutral',
};

/** The duties it opened: who answers, until when, what came of it. */
export function SpecimenDuties({ specimen }: { specimen: SpecimenDetail }) {
  const t = useWords(specimenWords);
  const text = useText();
  const { Link } = useNavigation();
  if (specimen.duties.length === 0) return null;
  return (
    <Section title={t('duties')}>
      <ul className="testing-rows testing-duties">
        {specimen.duties.map((duty) => (
          <li key={duty.taskId}>
            <StatusMark tone={duty.overdue ? 'bad' : TONES[duty.state]}>
              {duty.overdue ? t('overdue') : t(duty.state)}
            </StatusMark>
            <span className="testing-duty">
              <Link href={`/tasks?task=${duty.taskId}`}>{text(duty.title)}</Link>
              <span className="testing-quiet">
                {text(duty.divisionName)} · {duty.owner?.name ?? t('noOwner')}
                {duty.evidence && ` · ${duty.evidence}`}
              </span>
            </span>
            <span className="testing-when">
              {t(duty.closedAt ? 'closed' : 'due')} <Time at={duty.closedAt ?? duty.dueAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
