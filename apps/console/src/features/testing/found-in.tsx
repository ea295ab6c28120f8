import type { FoundInDecision } from '@levee/contract';
import { words } from '@levee/protocol';
import { Time, useNavigation, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { foundInWords, MEASURE_NAMES } from './found-in-words.ts';
import './testing.css';
import { useTestingPurpose } from './purpose.ts';

/** How a positive was found, and what that stands on: the measure in force at the swab, the contact, or the desk's word alone. */
export function FoundInEvidence({ sampleId }: { sampleId: string }) {
  const t = useWords(foundInWords);
  const purpose = useTestingPurpose();
  const found = useQuery({
    queryKey: ['testing', 'found-in', sampleId],
    queryFn: () => client.testing.foundIn({ purpose, params: { sampleId } }),
    retry: false,
  });
  // A sample that was never positive has no decision: nothing to show.
  if (!found.data) return null;
  return (
    <p className="testing-note">
      <Decision decision={found.data} />
      <span className="testing-quiet">
        {' '}
        · {t('sampledAt')} <Time at={found.data.sampledAt} />
      </span>
    </p>
  );
}

function Decision({ decision }: { decision: FoundInDecision }) {
  const t = useWords(foundInWords);
  const text = useText();
  const { Link } = useNavigation();
  const { stated, foundIn, basis, recordId, recordKind } = decision;
  const way = text(words.FOUND_IN_WORDS[foundIn]);
  const kind = recordKind ? text(MEASURE_NAMES[recordKind] ?? { zh: recordKind, en: recordKind }) : '';
  return (
    <>
      {t('foundIn', { way })}
      {basis === 'measure' && recordId && (
        <>
          {' · '}
          <Link href={`/measures?measure=${recordId}`}>{t('byMeasure', { kind })}</Link>
        </>
      )}
      {basis === 'contact' && ` · ${t('byContact', { kind })}`}
      {basis === 'statement' && ` · ${t('byStatement')}`}
      {stated !== foundIn && ` · ${t('stated', { way: text(words.FOUND_IN_WORDS[stated]) })}`}
    </>
  );
}
