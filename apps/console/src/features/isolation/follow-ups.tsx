import { FOLLOW_UP_SYMPTOMS, type FollowUpSymptom, type IsolationOrderDetail, newId } from '@levee/contract';
import { ErrorState, Section, StatusMark, Time, useText, useWords } from '@levee/ui';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { useAct } from './use-act.ts';
import { isolationWords, SYMPTOM_NAMES } from './words.ts';

/** Today's entry, then the days before. */
export function FollowUps({ order }: { order: IsolationOrderDetail }) {
  const t = useWords(isolationWords);
  const text = useText();
  const me = useMe();
  const mayEnter =
    me.permissions.includes('isolation.write') && ['in_force', 'released'].includes(order.state);
  return (
    <Section
      title={t('followUp')}
      note={order.followUpDueToday && <StatusMark tone="waiting">{t('followUpDue')}</StatusMark>}
    >
      {mayEnter && <Entry order={order} />}
      {order.followUps.length === 0 && <p className="isolation-muted">{t('noFollowUps')}</p>}
      <ul className="isolation-follow-ups">
        {order.followUps.map((entry) => (
          <li key={entry.id}>
            <Time at={entry.at} />
            <span>{entry.temperature === null ? '–' : `${entry.temperature.toFixed(1)} ℃`}</span>
            <span>
              {entry.symptoms.map((symptom) => text(SYMPTOM_NAMES[symptom])).join('、')} {entry.note}
            </span>
            <span className="isolation-muted">{entry.by}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Entry({ order }: { order: IsolationOrderDetail }) {
  const t = useWords(isolationWords);
  const text = useText();
  const [temperature, setTemperature] = useState('');
  const [symptoms, setSymptoms] = useState<ReadonlySet<FollowUpSymptom>>(new Set());
  const [note, setNote] = useState('');
  const [id, setId] = useState(() => newId());
  const act = useAct(() =>
    client.isolation.followUp({
      purpose: 'isolation_care',
      params: { orderId: order.id },
      body: {
        id,
        temperature: temperature === '' ? null : Number(temperature),
        symptoms: [...symptoms],
        ...(note.trim() !== '' && { note }),
      },
    }),
  );
  const toggle = (symptom: FollowUpSymptom) =>
    setSymptoms((before) => {
      const after = new Set(before);
      if (!after.delete(symptom)) after.add(symptom);
      return after;
    });
  return (
    <form
      className="isolation-entry"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(undefined, {
          onSuccess: () => {
            setTemperature('');
            setSymptoms(new Set());
            setNote('');
            setId(newId());
          },
        });
      }}
    >
      <div className="isolation-acts">
        <input
          className="lv-input isolation-temperature"
          type="number"
          step="0.1"
          min="30"
          max="45"
          aria-label={t('temperature')}
          placeholder={t('temperature')}
          value={temperature}
          onChange={(event) => setTemperature(event.target.value)}
        />
        <input
          className="lv-input isolation-grow"
          aria-label={t('note')}
          placeholder={t('note')}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <button
          type="submit"
          className="lv-button"
          disabled={act.isPending || (temperature === '' && symptoms.size === 0 && note.trim() === '')}
        >
          {t('enter')}
        </button>
      </div>
      <div className="isolation-symptoms">
        {FOLLOW_UP_SYMPTOMS.map((symptom) => (
          <button
            key={symptom}
            type="button"
            className="lv-button lv-button--quiet"
            aria-pressed={symptoms.has(symptom)}
            onClick={() => toggle(symptom)}
          >
            {text(SYMPTOM_NAMES[symptom])}
          </button>
        ))}
      </div>
      {act.error && <ErrorState error={act.error} shape="line" />}
    </form>
  );
}
