import type { StatutoryClock } from '@levee/contract';
import { Clock, ErrorState, Section, useText, useWords, WriteDialog } from '@levee/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
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
  const [meeting, setMeeting] = useState<StatutoryClock | null>(null);
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
              <button type="button" className="lv-button" onClick={() => setMeeting(clock)}>
                {t('met')}…
              </button>
            )}
          </li>
        ))}
      </ul>
      {meeting && (
        <WriteDialog
          title={t('metTitle', { name: text(meeting.name) })}
          label={t('evidence')}
          hint={t('evidenceHint')}
          act={t('met')}
          onClose={() => setMeeting(null)}
          onAct={async (evidence) => {
            await client.incidents.meetClock({ params: { clockId: meeting.id }, body: { evidence } });
            await queries.invalidateQueries({ queryKey: ['situation'] });
          }}
        >
          <p>
            <Clock due={meeting.dueAt} name={text(meeting.name)} />
          </p>
        </WriteDialog>
      )}
    </Section>
  );
}
