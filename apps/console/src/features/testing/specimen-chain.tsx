import type { SpecimenDetail } from '@levee/contract';
import { Section, StatusMark, type StatusTone, Time, useWords } from '@levee/ui';
import type { ReactNode } from 'react';
import { usePlaceName } from '../places/place-name.ts';
import { OutcomeMark } from './marks.tsx';
import { specimenWords } from './specimen-words.ts';

interface Step {
  readonly key: string;
  readonly title: string;
  readonly at: string | null;
  readonly tone: StatusTone;
  readonly more?: ReactNode;
}

/** Taken → packed → sent → received → result, each with its moment; what has not come yet says so. */
export function SpecimenChain({ specimen }: { specimen: SpecimenDetail }) {
  const t = useWords(specimenWords);
  const nameOf = usePlaceName();
  const { tube, box, results } = specimen;
  const step = (key: string, title: string, at: string | null, more?: ReactNode): Step => ({
    key,
    title,
    at,
    tone: at ? 'good' : 'neutral',
    more,
  });
  const lab = tube.lab && nameOf(tube.lab);
  const steps: Step[] = [
    step('taken', t('stepTaken'), specimen.takenAt, specimen.takenBy.name),
    step('boxed', t('stepBoxed'), box?.packedAt ?? null, box && t('box', { code: box.code })),
    step('sent', t('stepSent'), tube.sentAt, lab),
    ...(tube.lostAt
      ? [{ ...step('lost', t('stepLost'), tube.lostAt, tube.lostReason), tone: 'over' as const }]
      : []),
    ...(tube.rejectedAt
      ? [
          {
            ...step('rejected', t('stepRejected'), tube.rejectedAt, tube.rejectedReason),
            tone: 'over' as const,
          },
        ]
      : [step('received', t('stepReceived'), tube.receivedAt, tube.receivedAt && lab)]),
    // Oldest first here, as it happened.
    ...results.toReversed().map((result, index) => ({
      ...step(
        result.id,
        t(index === 0 ? 'stepResulted' : 'stepAmended'),
        result.reportedAt,
        <>
          <OutcomeMark outcome={result.outcome} />{' '}
          {result.targets.map(({ name, ct }) => `${name} ${ct ?? '–'}`).join(' · ')}
        </>,
      ),
    })),
    ...(results.length === 0 && !tube.rejectedAt ? [step('result', t('stepResulted'), null)] : []),
  ];
  return (
    <Section title={t('chain')}>
      <ol className="testing-rows">
        {steps.map(({ key, title, at, tone, more }) => (
          <li key={key} className={at ? undefined : 'testing-quiet'}>
            <StatusMark tone={tone}>{title}</StatusMark>
            {more && <span>{more}</span>}
            <span>{at ? <Time at={at} /> : t('notYet')}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
