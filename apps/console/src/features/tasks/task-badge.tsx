import { formatCount, Icon, useNavigation, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { taskWords } from './words.ts';

/** How many duties I answer for now, in the top bar. */
export function TaskBadge() {
  const t = useWords(taskWords);
  const { Link } = useNavigation();
  const may = useMe().permissions.includes('tasks.read');
  const mine = useQuery({
    queryKey: ['tasks', 'mine', 'count'],
    queryFn: () => client.tasks.mine({ query: { limit: 1 } }),
    enabled: may,
  });
  if (!may) return null;
  const count = mine.data?.total ?? null;
  return (
    <Link href="/tasks" className="lv-button lv-button--quiet" aria-label={`${t('mine')} ${count ?? ''}`}>
      <Icon name="task" />
      {formatCount(count)}
    </Link>
  );
}
