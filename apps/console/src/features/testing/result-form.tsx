import { newId, type Pool, type Target, type TestOutcome } from '@levee/contract';
import { ErrorState, FormActions, FormField, FormGrid, useServerClock, useText, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { OUTCOME_NAMES, testingWords } from './words.ts';

const TARGETS = ['ORF1ab', 'N'] as const;
const OUTCOMES = Object.keys(OUTCOME_NAMES) as TestOutcome[];

/** Ct by target, the outcome they suggest, and the act: a first report, or an amendment of the result in force. */
export function ResultForm({ pool, labId, amends }: { pool: Pool; labId: string; amends?: string }) {
  const t = useWords(testingWords);
  const text = useText();
  const queries = useQueryClient();
  const clock = useServerClock();
  const [cts, setCts] = useState<Readonly<Record<string, string>>>({});
  const [chosen, setChosen] = useState<TestOutcome | null>(null);
  const [reason, setReason] = useState('');
  const targets: Target[] = TARGETS.map((name) => ({ name, ct: cts[name] ? Number(cts[name]) : null }));
  const wrong = targets.some(({ ct }) => ct !== null && !(ct >= 1 && ct <= 50));
  const amplified = targets.filter(({ ct }) => ct !== null).length;
  const suggested = amplified === 0 ? 'negative' : amplified === TARGETS.length ? 'positive' : 'inconclusive';
  const outcome = chosen ?? suggested;
  const save = useMutation({
    mutationFn: async () => {
      if (amends) {
        const body = { id: newId(), outcome, targets, reason };
        await client.testing.proposeAmendment({ purpose: 'testing', params: { resultId: amends }, body });
      } else {
        const testedAt = new Date(clock.snapshot()).toISOString();
        const body = { id: newId(), tubeCode: pool.tubeCode, labId, outcome, targets, testedAt };
        await client.testing.reportResult({ purpose: 'testing', body });
      }
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['testing'] }),
  });
  return (
    <form
      className="testing-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <FormGrid columns={2}>
        {TARGETS.map((name) => (
          <FormField key={name} label={t('ct', { target: name })} hint={t('ctHint')} optional>
            {(wiring) => (
              <input
                {...wiring}
                className="lv-input"
                type="number"
                step="0.1"
                value={cts[name] ?? ''}
                onChange={(event) => setCts({ ...cts, [name]: event.target.value })}
              />
            )}
          </FormField>
        ))}
      </FormGrid>
      <FormField label={t('outcome')} error={wrong ? t('ctWrong') : undefined}>
        {(wiring) => (
          <select
            {...wiring}
            className="lv-input"
            value={outcome}
            onChange={(event) => setChosen(event.target.value as TestOutcome)}
          >
            {OUTCOMES.map((one) => (
              <option key={one} value={one}>
                {text(OUTCOME_NAMES[one])}
              </option>
            ))}
          </select>
        )}
      </FormField>
      {amends && (
        <FormField label={t('amendReason')} hint={t('amendHint')}>
          {(wiring) => (
            <input
              {...wiring}
              className="lv-input"
              required
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </FormField>
      )}
      {save.error && <ErrorState error={save.error} shape="line" />}
      <FormActions>
        <button
          type="submit"
          className="lv-button lv-button--primary"
          disabled={save.isPending || wrong || (!amends && labId === '')}
        >
          {t(amends ? 'amend' : 'report')}
        </button>
      </FormActions>
    </form>
  );
}
