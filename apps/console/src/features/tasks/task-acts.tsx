import type { Task } from '@levee/contract';
import { ErrorState, FormActions, FormField, useText, useWords } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { taskWords } from './words.ts';

type Act = 'finish' | 'explain' | 'reassign' | 'cancel';

/** What the reader may do with an unfinished task: act when on its ladder, pass it on or cancel it when in command. */
export function TaskActs({ task }: { task: Task }) {
  const t = useWords(taskWords);
  const me = useMe();
  const queries = useQueryClient();
  const [act, setAct] = useState<Act | null>(null);
  const run = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: async () => {
      setAct(null);
      await queries.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  const onLadder = task.ladder.some(({ account }) => account?.id === me.id);
  const mayAct = onLadder && me.permissions.includes('tasks.act');
  const mayAssign = me.permissions.includes('tasks.assign');
  const params = { taskId: task.id };
  const { version } = task;
  if (act !== null)
    return (
      <ActForm
        act={act}
        task={task}
        error={run.error}
        busy={run.isPending}
        onBack={() => setAct(null)}
        onSubmit={(value, to) =>
          run.mutate(() => {
            switch (act) {
              case 'finish':
                return client.tasks.done({
                  params,
                  body: { version, evidence: { text: value, records: [] } },
                });
              case 'explain':
                return client.tasks.explain({ params, body: { reason: value } });
              case 'reassign':
                return client.tasks.reassign({ params, body: { version, reason: value, toAccountId: to } });
              case 'cancel':
                return client.tasks.cancel({ params, body: { version, reason: value } });
            }
          })
        }
      />
    );
  return (
    <div className="tasks-acts">
      {mayAct && task.state === 'open' && (
        <button
          type="button"
          className="lv-button lv-button--primary"
          disabled={run.isPending}
          onClick={() => run.mutate(() => client.tasks.accept({ params, body: { version } }))}
        >
          {t('accept')}
        </button>
      )}
      {mayAct && (
        <button
          type="button"
          className={task.state === 'accepted' ? 'lv-button lv-button--primary' : 'lv-button'}
          onClick={() => setAct('finish')}
        >
          {t('finish')}
        </button>
      )}
      {mayAct && task.overdue && (
        <button type="button" className="lv-button" onClick={() => setAct('explain')}>
          {t('explain')}
        </button>
      )}
      {mayAssign && (
        <>
          <button type="button" className="lv-button" onClick={() => setAct('reassign')}>
            {t('reassign')}
          </button>
          <button type="button" className="lv-button" onClick={() => setAct('cancel')}>
            {t('cancel')}
          </button>
        </>
      )}
      {!mayAct && !mayAssign && <p className="tasks-quiet">{t('notOnLadder')}</p>}
      {run.error && <ErrorState error={run.error} shape="line" />}
    </div>
  );
}

function ActForm({
  act,
  task,
  error,
  busy,
  onBack,
  onSubmit,
}: {
  act: Act;
  task: Task;
  error: unknown;
  busy: boolean;
  onBack: () => void;
  onSubmit: (text: string, to: string) => void;
}) {
  const t = useWords(taskWords);
  const text = useText();
  const candidates = useQuery({
    queryKey: ['tasks', 'candidates', task.division],
    queryFn: () => client.tasks.candidates({ query: { division: task.division } }),
    enabled: act === 'reassign',
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onSubmit(String(form.get('text')).trim(), String(form.get('to') ?? ''));
  };
  const hint = act === 'finish' ? t('finishWhat') : act === 'reassign' ? t('reassignWhat') : undefined;
  return (
    <form className="tasks-form" onSubmit={submit} aria-label={t(act)}>
      {act === 'reassign' && (
        <FormField label={t('to')}>
          {(wiring) => (
            <select {...wiring} className="lv-input" name="to" required defaultValue="">
              <option value="" disabled>
                {t('choose')}
              </option>
              {candidates.data?.items
                .filter(({ id }) => id !== task.owner?.id)
                .map(({ id, name, divisionName }) => (
                  <option key={id} value={id}>
                    {name} · {text(divisionName)}
                  </option>
                ))}
            </select>
          )}
        </FormField>
      )}
      <FormField label={t(act === 'finish' ? 'evidence' : 'reason')} hint={hint}>
        {(wiring) => (
          <textarea
            {...wiring}
            className="lv-input"
            name="text"
            rows={3}
            maxLength={act === 'finish' ? 2000 : 500}
            required
          />
        )}
      </FormField>
      {error !== null && <ErrorState error={error} shape="line" />}
      {candidates.error && <ErrorState error={candidates.error} shape="line" />}
      <FormActions>
        <button type="submit" className="lv-button lv-button--primary" disabled={busy}>
          {t(act === 'finish' ? 'confirmFinish' : 'confirm')}
        </button>
        <button type="button" className="lv-button" onClick={onBack}>
          {t('back')}
        </button>
      </FormActions>
    </form>
  );
}
