import { newId, type Pool, type TubeLoss } from '@levee/contract';
import { ErrorState, Section, StatusMark, Time, useServerClock, useWords } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { testingWords } from './words.ts';

/** A tube that cannot be found: one says so with the ground, another looks again and decides. */
export function TubeLossRecord({ pool }: { pool: Pool }) {
  const t = useWords(testingWords);
  const me = useMe();
  const clock = useServerClock();
  const queries = useQueryClient();
  const [id] = useState(() => newId());
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const poolId = pool.id;
  const list = useQuery({
    queryKey: ['testing', 'losses', poolId],
    queryFn: () => client.laboratory.losses({ params: { poolId } }),
  });
  const done = () => queries.invalidateQueries({ queryKey: ['testing'] });
  const propose = useMutation({
    mutationFn: () =>
      client.laboratory.proposeLoss({
        params: { poolId },
        body: { id, reason: reason.trim(), lostAt: new Date(clock.snapshot()).toISOString() },
      }),
    onSuccess: done,
  });
  const decide = useMutation({
    mutationFn: ({ loss, decision }: { loss: TubeLoss; decision: 'confirmed' | 'refused' }) =>
      client.laboratory.decideLoss({
        params: { lossId: loss.id },
        body: { decision, ...(note.trim() && { note: note.trim() }) },
      }),
    onSuccess: done,
  });
  const items = list.data?.items ?? [];
  const open = items.find(({ decision }) => decision === null);
  const losable = pool.state === 'closed' || pool.state === 'sent';
  const may = me.permissions.includes('testing.sample') || me.permissions.includes('testing.result');
  if (items.length === 0 && !(may && losable)) return null;
  return (
    <Section title={t('lossTitle')}>
      {items.map((loss) => (
        <div key={loss.id} className="testing-form">
          <p>
            <StatusMark tone={loss.decision === 'confirmed' ? 'over' : loss.decision ? 'good' : 'waiting'}>
              {t(loss.decision ? `loss_${loss.decision}` : 'lossOpen')}
            </StatusMark>{' '}
            {loss.reason}
            <br />
            <span className="testing-note">
              {loss.proposedBy.name} <Time at={loss.proposedAt} />
              {loss.decidedBy && loss.decidedAt && (
                <>
                  {' '}
                  → {loss.decidedBy.name} <Time at={loss.decidedAt} /> {loss.note}
                </>
              )}
            </span>
          </p>
        </div>
      ))}
      {may && open && open.proposedBy.id === me.id && <p className="testing-note">{t('lossOther')}</p>}
      {may && open && open.proposedBy.id !== me.id && (
        <div className="testing-form">
          <input
            className="lv-input"
            aria-label={t('lossNote')}
            placeholder={t('lossNote')}
            maxLength={200}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
          <div className="testing-line">
            {(['confirmed', 'refused'] as const).map((decision) => (
              <button
                key={decision}
                type="button"
                className={decision === 'confirmed' ? 'lv-button lv-button--primary' : 'lv-button'}
                disabled={decide.isPending}
                onClick={() => decide.mutate({ loss: open, decision })}
              >
                {t(`lossAct_${decision}`)}
              </button>
            ))}
          </div>
        </div>
      )}
      {may && losable && !open && (
        <form
          className="testing-line"
          onSubmit={(event) => {
            event.preventDefault();
            propose.mutate();
          }}
        >
          <input
            className="lv-input testing-choice"
            aria-label={t('lossReason')}
            placeholder={t('lossReason')}
            maxLength={200}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
          <button type="submit" className="lv-button" disabled={reason.trim() === '' || propose.isPending}>
            {t('lossPropose')}
          </button>
        </form>
      )}
      {propose.error && <ErrorState error={propose.error} shape="line" />}
      {decide.error && <ErrorState error={decide.error} shape="line" />}
    </Section>
  );
}
