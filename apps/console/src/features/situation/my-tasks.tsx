import { Clock, ErrorState, Section, useText, useWords } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
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
  const act = useMutation({
    mutationFn: async ({
      taskId,
      version,
      evidence,
    }: {
      taskId: string;
      version: number;
      evidence?: string;
    }) => {
      const params = { taskId };
      if (evidence === undefined) await client.tasks.accept({ params, body: { version } });
      else await client.tasks.done({ params, body: { version, evidence: { text: evidence } } as never });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tasks'] }),
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
                onClick={() => act.mutate({ taskId: task.id, version: task.version })}
              >
                {t('accept')}
              </button>
            )}
            {task.state === 'accepted' && (
              <button
                type="button"
                className="lv-button"
                onClick={() => {
                  const evidence = window.prompt(t('evidence'))?.trim();
                  if (evidence) act.mutate({ taskId: task.id, version: task.version, evidence });
                }}
              >
                {t('done')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {act.error && <ErrorState shape="line" error={act.error} />}
    </Section>
  );
}
