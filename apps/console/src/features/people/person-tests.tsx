import { AsOf, ErrorState, Section, StatusMark, Time, useNavigation, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { MEANING_NAMES } from '../testing/words.ts';
import { usePeoplePurpose } from './purpose.ts';
import { peopleWords } from './words.ts';

/** The person's samples, newest first, each with what it says and why (R13). */
export function PersonTests({ personId }: { personId: string }) {
  const t = useWords(peopleWords);
  const text = useText();
  const { Link } = useNavigation();
  const purpose = usePeoplePurpose();
  const tests = useQuery({
    queryKey: ['people', 'results', personId],
    queryFn: () => client.testing.byPerson({ purpose, params: { personId } }),
  });
  return (
    <Section title={t('tests')} note={tests.data && <AsOf at={tests.data.asOf} />}>
      {tests.error && <ErrorState error={tests.error} onRetry={() => void tests.refetch()} />}
      {tests.data?.wanted.map((wanted) => (
        <p key={wanted.id}>
          <StatusMark tone="waiting">{t('wanted', { tube: wanted.tubeCode })}</StatusMark>
        </p>
      ))}
      {tests.data?.items.length === 0 && <p className="people-quiet">{t('noTests')}</p>}
      <ul className="people-rows">
        {tests.data?.items.map((item) => (
          <li key={item.sampleId} className="people-test">
            <Time at={item.takenAt} />
            <StatusMark tone={MEANING_NAMES[item.meaning].tone}>
              {text(MEANING_NAMES[item.meaning])}
            </StatusMark>
            <Link href={`/tubes/${item.poolId}`}>{item.tubeCode}</Link>
            <span>{item.site?.nameZh}</span>
            <p className="people-quiet">
              {text(item.explanation)}
              {item.targets.some(({ ct }) => ct !== null) &&
                ` ${t('ct')} ${item.targets.map(({ name, ct }) => `${name} ${ct ?? '–'}`).join(' · ')}`}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
