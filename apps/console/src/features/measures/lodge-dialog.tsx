import { APPEAL_CHANNELS, type Measure, newId } from '@levee/contract';
import { Dialog, ErrorState, FormField, useWords } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { Kind, Subject } from './subject.tsx';
import { measureWords } from './words.ts';

const NUMBER = /^\d{6}-\d{8}-[0-9a-f]{6}$/;

/** An appeal by phone, on paper or at the desk; without a measure given it is found by the number on the notice. */
export function LodgeDialog({ measure, onClose }: { measure: Measure | null; onClose: () => void }) {
  const t = useWords(measureWords);
  const queries = useQueryClient();
  const [id] = useState(() => newId());
  const [number, setNumber] = useState('');
  const [channel, setChannel] = useState<(typeof APPEAL_CHANNELS)[number]>('phone');
  const [statement, setStatement] = useState('');
  const [tried, setTried] = useState(false);
  const wanted = number.trim().toLowerCase();
  const found = useQuery({
    queryKey: ['measures', 'number', wanted],
    queryFn: () => client.measures.list({ query: { number: wanted } }),
    enabled: measure === null && NUMBER.test(wanted),
  });
  const chosen = measure ?? found.data?.items[0] ?? null;
  const lodge = useMutation({
    mutationFn: (measureId: string) =>
      client.measures.lodgeAppeal({
        params: { measureId },
        body: { id, channel, statement: statement.trim() },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['measures'] });
      onClose();
    },
  });
  const numberFault = () => {
    if (wanted !== '' && !NUMBER.test(wanted)) return tried ? t('numberWrong') : undefined;
    return found.data?.items.length === 0 ? t('numberNone') : undefined;
  };
  return (
    <Dialog
      title={t('lodgeTitle')}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (chosen && statement.trim() !== '') lodge.mutate(chosen.id);
      }}
      footer={
        <>
          <button type="submit" className="lv-button lv-button--primary" disabled={lodge.isPending}>
            {t('lodge')}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('cancel')}
          </button>
        </>
      }
    >
      <p className="measures-muted">{t('lodgeHint')}</p>
      {measure === null && (
        <FormField label={t('number')} hint={t('numberHint')} error={numberFault()}>
          {(wiring) => (
            <input
              {...wiring}
              className="lv-input"
              value={number}
              onChange={(event) => setNumber(event.target.value)}
            />
          )}
        </FormField>
      )}
      {chosen && (
        <p className="measures-chosen">
          <Kind measure={chosen} /> · <Subject measure={chosen} />
        </p>
      )}
      <FormField label={t('channel')}>
        {(wiring) => (
          <select
            {...wiring}
            className="lv-input"
            value={channel}
            onChange={(event) => setChannel(event.target.value as typeof channel)}
          >
            {APPEAL_CHANNELS.filter((each) => each !== 'portal').map((each) => (
              <option key={each} value={each}>
                {t(each)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField
        label={t('statement')}
        error={tried && statement.trim() === '' ? t('statementNeeded') : undefined}
      >
        {(wiring) => (
          <textarea
            {...wiring}
            className="lv-input"
            rows={4}
            maxLength={2000}
            value={statement}
            onChange={(event) => setStatement(event.target.value)}
          />
        )}
      </FormField>
      {(lodge.error ?? found.error) && <ErrorState shape="line" error={lodge.error ?? found.error} />}
    </Dialog>
  );
}
