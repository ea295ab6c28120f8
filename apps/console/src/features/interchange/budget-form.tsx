import type { TextsStatus } from '@levee/contract';
import { Dialog, ErrorState, FormActions, FormField, FormGrid, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { client } from '../../app/client.ts';
import { interchangeWords } from './words.ts';

/** How many segments an incident may cost, with the reason whoever allowed it gave. */
export function BudgetForm({
  budget,
  onDone,
}: {
  budget: TextsStatus['budgets'][number];
  onDone: () => void;
}) {
  const t = useWords(interchangeWords);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (body: { incidentId: string | null; allowed: number; reason: string }) =>
      client.interchange.setTextBudget({ body }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['interchange'] });
      onDone();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate({
      incidentId: budget.incidentId,
      allowed: Number(form.get('allowed')),
      reason: String(form.get('reason')).trim(),
    });
  };
  return (
    <Dialog title={t('setBudget')} onClose={onDone}>
      <form onSubmit={submit}>
        <FormGrid>
          <FormField label={t('allowed')}>
            {(wiring) => (
              <input
                {...wiring}
                className="lv-input"
                type="number"
                name="allowed"
                min={0}
                max={100_000_000}
                required
                defaultValue={budget.allowed}
              />
            )}
          </FormField>
          <FormField label={t('reason')}>
            {(wiring) => <input {...wiring} className="lv-input" name="reason" required maxLength={200} />}
          </FormField>
        </FormGrid>
        {save.error && <ErrorState shape="line" error={save.error} />}
        <FormActions>
          <button type="submit" className="lv-button lv-button--primary" disabled={save.isPending}>
            {t('save')}
          </button>
          <button type="button" className="lv-button" onClick={onDone}>
            {t('cancel')}
          </button>
        </FormActions>
      </form>
    </Dialog>
  );
}
