import { Section, useNavigation, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { situationWords } from './words.ts';

/** Measures that wait for the second person, and appeals whose clock runs. */
export function AwaitingMe() {
  const t = useWords(situationWords);
  const { Link } = useNavigation();
  const { permissions } = useMe();
  const approves = permissions.includes('measures.approve');
  const judges = permissions.includes('measures.appeal');
  const counts = useQuery({
    queryKey: ['situation', 'awaiting'],
    queryFn: () => client.measures.counts({ query: {} }),
    enabled: approves || judges,
  });
  if (!counts.data) return null;
  const { awaiting, appealsOpen } = counts.data;
  const lines = [
    approves && ([t('measuresWaiting'), '/approvals', awaiting.value ?? 0] as const),
    judges && ([t('appealsWaiting'), '/appeals', appealsOpen.value ?? 0] as const),
  ].filter((line) => line !== false && line[2] > 0) as (readonly [string, string, number])[];
  if (lines.length === 0) return null;
  return (
    <Section title={t('awaitingMe')}>
      <div className="situation__links">
        {lines.map(([title, href, count]) => (
          <Link key={href} href={href}>
            <span>{title}</span>
            <strong>{count}</strong>
          </Link>
        ))}
      </div>
    </Section>
  );
}
