import type { LevelChange } from '@levee/contract';
import { ConfirmDialog, Section, StatusMark, Time, useText, useWords } from '@levee/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { LevelLines } from './level-lines.tsx';
import { situationWords } from './words.ts';

const TONES = { proposed: 'waiting', approved: 'good', declined: 'over' } as const;

/** Changes of level that wait for the second person, among what needs me now. */
export function LevelChangesAwaiting() {
  const t = useWords(situationWords);
  const current = useQuery({
    queryKey: ['situation', 'incidents'],
    queryFn: () => client.incidents.current(),
  });
  const incidentId = current.data?.items[0]?.id;
  const detail = useQuery({
    queryKey: ['situation', 'incident', incidentId],
    queryFn: () => client.incidents.byId({ params: { incidentId: incidentId ?? '' } }),
    enabled: incidentId !== undefined,
  });
  const waiting = detail.data?.levelChanges.filter(({ state }) => state === 'proposed') ?? [];
  if (waiting.length === 0) return null;
  return (
    <Section title={t('levelChanges')}>
      {waiting.map((change) => (
        <LevelChangeRow key={change.id} change={change} />
      ))}
    </Section>
  );
}

/** One change with its author, its lines and, for somebody else, the decision. */
export function LevelChangeRow({ change, open = false }: { change: LevelChange; open?: boolean }) {
  const t = useWords(situationWords);
  const text = useText();
  const me = useMe();
  const queries = useQueryClient();
  const [deciding, setDeciding] = useState<boolean | null>(null);
  const may = me.permissions.includes('incidents.activate');
  const own = change.author.id === me.id;
  const adopted = (id: string) => change.lines.some((line) => line.id === id && line.adopted);
  const levels = { from: change.from ?? '–', to: change.to };
  return (
    <div className="situation__change">
      <p>
        <strong>
          {levels.from} → {levels.to}
        </strong>{' '}
        <StatusMark tone={TONES[change.state]}>
          {t(change.state === 'proposed' ? 'waiting' : change.state)}
        </StatusMark>
      </p>
      <p>{change.reason}</p>
      <p className="situation__quiet">
        {t('proposedBy', { name: change.author.name })} <Time at={change.proposedAt} />
        {change.approver && change.decidedAt && (
          <>
            {' · '}
            {t(change.state === 'approved' ? 'approvedBy' : 'declinedBy', { name: change.approver.name })}{' '}
            <Time at={change.decidedAt} />
          </>
        )}
      </p>
      {open && <LevelLines lines={change.lines} adopted={adopted} />}
      {change.state === 'proposed' &&
        may &&
        (own ? (
          <p className="situation__quiet">{t('ownChange')}</p>
        ) : (
          <p className="situation__acts">
            <button type="button" className="lv-button lv-button--primary" onClick={() => setDeciding(true)}>
              {t('approve')}…
            </button>
            <button type="button" className="lv-button" onClick={() => setDeciding(false)}>
              {t('decline')}…
            </button>
          </p>
        ))}
      {deciding !== null && (
        <ConfirmDialog
          title={deciding ? t('approveLevelTitle', levels) : t('decline')}
          act={t(deciding ? 'approve' : 'decline')}
          onClose={() => setDeciding(null)}
          onAct={async () => {
            await client.incidents.decideLevel({
              params: { changeId: change.id },
              body: { approve: deciding },
            });
            await queries.invalidateQueries({ queryKey: ['situation'] });
          }}
        >
          <p>
            {change.reason} — {change.author.name}
          </p>
          {deciding && <p className="situation__quiet">{t('approveLevelHint')}</p>}
          {deciding && <LevelLines lines={change.lines} adopted={adopted} />}
        </ConfirmDialog>
      )}
      {!open && change.lines.length > 0 && (
        <details>
          <summary>
            {change.lines.filter((line) => line.adopted).length} / {change.lines.length}{' '}
            {text({ zh: '条采纳', en: 'lines adopted' })}
          </summary>
          <LevelLines lines={change.lines} adopted={adopted} />
        </details>
      )}
    </div>
  );
}
