import type { Bulletin } from '@levee/contract';
import { ErrorState, Section, Time, useNavigation, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { EditionStateMark } from './state-mark.tsx';
import { informationWords } from './words.ts';

/** Other bulletins of the incident with how often each was opened. */
export function Related({ bulletin }: { bulletin: Bulletin }) {
  const t = useWords(informationWords);
  const text = useText();
  const { Link } = useNavigation();
  const list = useQuery({
    queryKey: ['information', 'list', 'incident', bulletin.incidentId],
    queryFn: () => client.information.list({ query: { incidentId: bulletin.incidentId, limit: 9 } }),
  });
  const others = list.data?.items.filter(({ id }) => id !== bulletin.id) ?? [];
  return (
    <Section title={t('related')}>
      {list.error && <ErrorState error={list.error} shape="line" onRetry={() => void list.refetch()} />}
      {list.data && others.length === 0 && <p className="information-quiet">{t('noRelated')}</p>}
      <ul className="information-related">
        {others.map((each) => (
          <li key={each.id}>
            <Link href={`/bulletins/${each.id}`}>{text(each.title)}</Link>
            <small>
              <EditionStateMark state={each.state} /> {text(each.divisionName)} <Time at={each.changedAt} />
              {each.publishedAt && ` · ${t('viewsCount', { count: each.views })}`}
            </small>
          </li>
        ))}
      </ul>
    </Section>
  );
}
