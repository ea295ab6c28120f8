import type { CaseImport } from '@levee/contract';
import { listPacks } from '@levee/protocol';
import {
  ErrorState,
  FormActions,
  FormField,
  FormGrid,
  formatCount,
  Section,
  useText,
  useWords,
} from '@levee/ui';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '../../app/client.ts';
import { importWords } from './import-words.ts';

/** Where the rows go, and the word that writes them. */
export function ImportCommit({
  one,
  onChanged,
  onBack,
}: {
  one: CaseImport;
  onChanged: (next: CaseImport) => void;
  onBack: () => void;
}) {
  const t = useWords(importWords);
  const text = useText();
  const [packId, setPackId] = useState('');
  const [name, setName] = useState(one.cases.name.replace(/\.[^.]+$/, ''));
  const [withWarnings, setWithWarnings] = useState(true);
  const into = one.settings?.into ?? null;
  const { rows, ok, warning, error, duplicate } = one.counts.cases;
  const count = ok + (withWarnings ? warning : 0);
  const commit = useMutation({
    mutationFn: () =>
      client.cases.commitImport({
        purpose: 'case_investigation',
        params: { importId: one.id },
        body: { into: into ?? { name, packId: packId || null }, withWarnings },
      }),
    onSuccess: onChanged,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    commit.mutate();
  };
  return (
    <Section title={t('stepCommit')}>
      <p className="import-accounting">
        {t('summary', {
          rows: formatCount(rows),
          ok: formatCount(ok),
          warning: formatCount(warning),
          error: formatCount(error),
          duplicate: formatCount(duplicate),
        })}
      </p>
      <form onSubmit={submit}>
        <FormGrid columns={2}>
          {into === null && (
            <FormField label={t('listName')}>
              {(wiring) => (
                <input
                  {...wiring}
                  className="lv-input"
                  value={name}
                  required
                  maxLength={120}
                  onChange={({ target }) => setName(target.value)}
                />
              )}
            </FormField>
          )}
          {into === null && (
            <FormField label={t('listPack')} hint={t('listPackWhy')}>
              {(wiring) => (
                <select
                  {...wiring}
                  className="lv-input"
                  value={packId}
                  onChange={({ target }) => setPackId(target.value)}
                >
                  <option value="">{t('listPackNone')}</option>
                  {listPacks().map(({ id, title }) => (
                    <option key={id} value={id}>
                      {text(title)}
                    </option>
                  ))}
                </select>
              )}
            </FormField>
          )}
          <label className="import-check import-commit__warnings">
            <input
              type="checkbox"
              checked={withWarnings}
              onChange={({ target }) => setWithWarnings(target.checked)}
            />
            {t('withWarnings')} ({formatCount(warning)})
          </label>
        </FormGrid>
        {commit.error && <ErrorState shape="line" error={commit.error} />}
        <FormActions>
          <button
            type="submit"
            className="lv-button lv-button--primary"
            disabled={count === 0 || commit.isPending}
          >
            {count === 0 ? t('commitNothing') : t('commit', { count: formatCount(count) })}
          </button>
          <button type="button" className="lv-button" onClick={onBack}>
            {t('back')}
          </button>
        </FormActions>
      </form>
    </Section>
  );
}
