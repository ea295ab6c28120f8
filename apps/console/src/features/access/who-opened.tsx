import type { Purpose } from '@levee/contract';
import { EmptyState, ErrorState, Loading, Time, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { titleOfRoute } from './audit-page.tsx';
import { accessWords } from './words.ts';
import './access.css';

/** Who opened a record, newest first: stands on the page of a person, a case, a contact, an order. */
export function WhoOpened({ type, id, purpose }: { type: string; id: string; purpose: Purpose }) {
  const t = useWords(accessWords);
  const text = useText();
  const opened = useQuery({
    queryKey: ['audit', 'opened', type, id],
    queryFn: () =>
      client.audit.whoOpened({
        params: { subjectType: type, subjectId: id },
        query: { limit: 50 },
        purpose: purpose as 'oversight',
      }),
  });
  if (opened.error)
    return <ErrorState shape="line" error={opened.error} onRetry={() => void opened.refetch()} />;
  if (!opened.data) return <Loading />;
  if (opened.data.items.length === 0) return <EmptyState why="none" title={t('nobodyYet')} />;
  return (
    <ul className="access-opened" aria-label={t('whoOpened')}>
      {opened.data.items.map((entry) => (
        <li key={entry.position}>
          <Time at={entry.at} /> {entry.actor.name} · {text(titleOfRoute(entry.route))}
        </li>
      ))}
    </ul>
  );
}
