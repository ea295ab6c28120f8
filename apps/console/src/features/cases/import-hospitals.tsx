import type { CaseImport } from '@levee/contract';
import { ErrorState, FormActions, formatCount, Section, useWords } from '@levee/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { importWords } from './import-words.ts';

/** Spellings that may be one hospital; a person decides which are written as one. */
export function ImportHospitals({
  one,
  onChanged,
}: {
  one: CaseImport;
  onChanged: (next: CaseImport) => void;
}) {
  const t = useWords(importWords);
  const settled = new Set((one.settings?.rename ?? []).map(({ from }) => from));
  const groups = one.hospitalGroups
    .map((group) => ({ ...group, variants: group.variants.filter(({ name }) => !settled.has(name)) }))
    .filter(({ variants }) => variants.length > 0);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const rename = groups.flatMap(({ canonical, variants }) =>
    variants.filter(({ name }) => !left.has(name)).map(({ name }) => ({ from: name, to: canonical })),
  );
  const apply = useMutation({
    mutationFn: () =>
      client.cases.checkImport({
        purpose: 'case_investigation',
        params: { importId: one.id },
        body: { ...one.settings!, rename: [...(one.settings?.rename ?? []), ...rename] },
      }),
    onSuccess: onChanged,
  });
  if (groups.length === 0) return null;
  const toggle = (name: string) => {
    const next = new Set(left);
    if (!next.delete(name)) next.add(name);
    setLeft(next);
  };
  return (
    <Section title={t('hospitals')}>
      <p className="import-hint">{t('hospitalsHint')}</p>
      <table className="import-table">
        <thead>
          <tr>
            <th scope="col">{t('canonical')}</th>
            <th scope="col">{t('variants')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ canonical, rowsCount, variants }) => (
            <tr key={canonical}>
              <th scope="row">
                {canonical}{' '}
                <span className="import-hint">{t('rowsCount', { count: formatCount(rowsCount) })}</span>
              </th>
              <td>
                {variants.map(({ name, rowsCount: count }) => (
                  <label key={name} className="import-check">
                    <input type="checkbox" checked={!left.has(name)} onChange={() => toggle(name)} />
                    {name}{' '}
                    <span className="import-hint">{t('rowsCount', { count: formatCount(count) })}</span>
                  </label>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {apply.error && <ErrorState shape="line" error={apply.error} />}
      <FormActions>
        <button
          type="button"
          className="lv-button"
          disabled={rename.length === 0 || apply.isPending}
          onClick={() => apply.mutate()}
        >
          {t('applyRename')}
        </button>
      </FormActions>
    </Section>
  );
}
