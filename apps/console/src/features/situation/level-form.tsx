import { type Incident, newId, type ResponseLevelCode } from '@levee/contract';
import { Dialog, ErrorState, FormField, useText, useWords } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { LevelLines } from './level-lines.tsx';
import { LEVELS, situationWords } from './words.ts';

/** Raise or lower the level: what it adds and ends stands here line by line; a second person decides. */
export function LevelForm({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const t = useWords(situationWords);
  const text = useText();
  const queries = useQueryClient();
  const [id] = useState(() => newId());
  const [to, setTo] = useState<ResponseLevelCode | null>(null);
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const params = { incidentId: incident.id };
  const proposal = useQuery({
    queryKey: ['situation', 'level', incident.id, incident.level, to],
    queryFn: () => client.incidents.levelProposal({ params, query: { to: to ?? 'IV' } }),
    enabled: to !== null,
  });
  const propose = useMutation({
    mutationFn: (wanted: ResponseLevelCode) =>
      client.incidents.proposeLevel({
        params,
        body: {
          id,
          to: wanted,
          reason: reason.trim(),
          adopt: proposal.data?.lines.filter((line) => !dropped.has(line.id)).map((line) => line.id) ?? [],
          version: incident.version,
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['situation'] });
      onClose();
    },
  });
  return (
    <Dialog
      wide
      title={t('changeLevelTitle', { level: incident.level })}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (to !== null && reason.trim() !== '' && proposal.data) propose.mutate(to);
      }}
      footer={
        <>
          <button type="submit" className="lv-button lv-button--primary" disabled={propose.isPending}>
            {t('propose')}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
          <span className="situation__quiet">{t('proposeHint')}</span>
        </>
      }
    >
      <fieldset className="situation__levels">
        <legend>{t('newLevel')}</legend>
        {LEVELS.filter((level) => level !== incident.level).map((level) => (
          <label key={level} className={level === to ? 'situation__level--taken' : ''}>
            <input type="radio" name="to" checked={level === to} onChange={() => setTo(level)} />
            {level}
            <small>{t(LEVELS.indexOf(level) < LEVELS.indexOf(incident.level) ? 'raise' : 'lower')}</small>
          </label>
        ))}
      </fieldset>
      {tried && to === null && (
        <p role="alert" className="lv-field__error">
          {t('chooseLevel')}
        </p>
      )}
      {proposal.data && (
        <p className="situation__quiet">{t('authority', { who: text(proposal.data.authority) })}</p>
      )}
      <FormField
        label={t('levelReason')}
        error={tried && reason.trim() === '' ? t('reasonNeeded') : undefined}
      >
        {(wiring) => (
          <textarea
            {...wiring}
            className="lv-input"
            rows={2}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </FormField>
      {proposal.error && <ErrorState shape="line" error={proposal.error} />}
      {proposal.data && (
        <LevelLines
          lines={proposal.data.lines}
          adopted={(line) => !dropped.has(line)}
          onToggle={(line) => {
            const next = new Set(dropped);
            if (!next.delete(line)) next.add(line);
            setDropped(next);
          }}
        />
      )}
      {propose.error && <ErrorState shape="line" error={propose.error} />}
    </Dialog>
  );
}
