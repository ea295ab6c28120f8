import { Clock, ErrorState, Section, useText, useWords } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { situationWords } from './words.ts';

/** The statutory clocks that run, counting down; reporting one done asks for its evidence. */
export function Clocks() {
  const t = useWords(situationWords);
  const text = useText();
  const queries = useQueryClient();
  const may = useMe().permissions.includes('tasks.act');
  const clocks = useQuery({
    queryKey: ['situation', 'clocks'],
    queryFn: () => client.incidents.clocks({ query: { running: 'true' } as never }),
  });
  const meet = useMutation({
    mutationFn: ({ clockId, evidence }: { clockId: string; evidence: string }) =>
      client.incidents.meetClock({ params: { clockId }, body: { evidence } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['situation'] }),
  });
  return (
    <Section title={t('clocks')}>
      {clocks.error && <ErrorState shape="line" error={clocks.error} onRetry={() => void clocks.refetch()} />}
      {clocks.data?.items.length === 0 && <p className="situation__quiet">{t('noClocks')}</p>}
      <ul className="situation__list">
        {clocks.data?.items.map((clock) => (
          <li key={clock.id}>
            <span>{text(clock.name)}</span>
            <Clock due={clock.dueAt} name={text(clock.name)} doneAt={clock.metAt} />
            {may && (
              <button
                type="button"
                className="lv-button"
                onClick={() => {
                  const evidence = window.prompt(t('evidence'))?.trim();
                  if (evidence) meet.mutate({ clockId: clock.id, evidence });
                }}
              >
                {t('met')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {meet.error && <ErrorState shape="line" error={meet.error} />}
    </Section>
  );
}
