import { type CaseFile, type Classification, caseWords as fieldWords } from '@levee/contract';
import { StatusMark, type StatusTone, useText, useWords } from '@levee/ui';
import { caseWords } from './words.ts';

const TONES: Readonly<Record<Classification, StatusTone>> = {
  suspected: 'waiting',
  probable: 'waiting',
  confirmed: 'active',
  asymptomatic: 'neutral',
  not_a_case: 'over',
};

export function ClassificationMark({ value }: { value: Classification }) {
  const text = useText();
  return <StatusMark tone={TONES[value]}>{text(fieldWords[value]!)}</StatusMark>;
}

/** A word of a closed list as people read it; – where nobody knows. */
export function FieldWord({ value }: { value: string | null }) {
  const text = useText();
  return <>{value === null ? '–' : text(fieldWords[value] ?? { zh: value, en: value })}</>;
}

/** How a case was found, and whether that was in the community: the first thing anybody asks about a new case. */
export function FoundIn({ of }: { of: Pick<CaseFile, 'foundIn' | 'foundInCommunity'> }) {
  const t = useWords(caseWords);
  if (of.foundIn === null) return <>–</>;
  return (
    <span className="case-found">
      {of.foundInCommunity !== null && (
        <span
          className={of.foundInCommunity ? 'case-found__tag case-found__tag--community' : 'case-found__tag'}
        >
          {of.foundInCommunity ? t('community') : t('controlled')}
        </span>
      )}
      <FieldWord value={of.foundIn} />
    </span>
  );
}
