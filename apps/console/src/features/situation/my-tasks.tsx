import type { Task } from '@levee/contract';
import { Clock, ErrorState, Section, useText, useWords, WriteDialog } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { situationWords } from './words.ts';

/** What I owe, the earliest due first. */
export function MyTasks({ limit = 6 }: { limit?: number }) {
  const t = useWords(situationWords);
  const text = useText();
  const queries = useQueryClient();
  const tasks = useQuery({
    queryKey: ['tasks', 'mine', limit],
    queryFn: () => client.tasks.mine({ query: { limit } }),
  });
  const [finishing, setFinishing] = useState<Task | null>(null);
  const renew = () => queries.invalidateQueries({ queryKey: ['tasks'] });
  const accept = useMutation({
    mutationFn: ({ id, version }: Task) => client.tasks.accept({ params: { taskId: id }, body: { version } }),
    onSuccess: renew,
  });
  return (
    <Section title={t('myTasks')}>
      {tasks.error && <ErrorState shape="line" error={tasks.error} onRetry={() => void tasks.refetch()} />}
      {tasks.data?.items.length === 0 && <p className="situation__quiet">{t('noTasks')}</p>}
      <ul className="situation__list">
        {tasks.data?.items.map((task) => (
          <li key={task.id}>
            <span>{text(task.title)}</span>
            <Clock due={task.dueAt} name={text(task.title)} />
            {task.state === 'open' && (
              <button
                type="button"
                className="lv-button"
                disabled={accept.isPending}
                onClick={() => accept.mutate(task)}
              >
                {t('accept')}
              </button>
            )}
            {task.state === 'accepted' && (
              <button type="button" className="lv-button" onClick={() => setFinishing(task)}>
                {t('done')}…
              </button>
            )}
          </li>
        ))}
      </ul>
      {accept.error && <ErrorState shape="line" error={accept.error} />}
      {finishing && (
        <WriteDialog
          title={t('doneTitle')}
          label={t('evidence')}
          {...(finishing.evidenceWanted && { hint: text(finishing.evidenceWanted) })}
          act={t('done')}
          maxLength={2000}
          onClose={() => setFinishing(null)}
          onAct={async (words) => {
            const { id, version } = finishing;
            const evidence = { text: words, records: [] };
            await client.tasks.done({ params: { taskId: id }, body: { version, evidence } });
            await renew();
          }}
        >
          <p>{text(finishing.title)}</p>
        </WriteDialog>
      )}
    </Section>
  );
}
