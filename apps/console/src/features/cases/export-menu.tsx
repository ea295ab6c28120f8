import { Menu, useWords } from '@levee/ui';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import type { CaseSource } from './case-source.tsx';
import { save } from './import-files.ts';
import { importWords } from './import-words.ts';

/** Line list and links as CSV or Excel, for who may export; the filter is the list's. */
export function ExportMenu({ filter }: { filter: CaseSource }) {
  const t = useWords(importWords);
  const me = useMe();
  const purpose = 'case_investigation' as const;
  const run = useMutation({
    mutationFn: async ({ what, format }: { what: 'cases' | 'links'; format: 'csv' | 'xlsx' }) => {
      const query = { ...filter, format };
      const file =
        what === 'cases'
          ? await client.cases.exportCases({ purpose, query })
          : await client.cases.exportContacts({ purpose, query });
      save(file);
      return file.rowsCount;
    },
  });
  if (!me.permissions.includes('cases.export')) return null;
  const item = (label: string, what: 'cases' | 'links', format: 'csv' | 'xlsx') => ({
    id: `${what}-${format}`,
    label,
    run: () => run.mutate({ what, format }),
  });
  return (
    <>
      <span role="status" className="import-hint">
        {run.isPending && t('exporting')}
        {run.data !== undefined && !run.isPending && t('exported', { count: run.data })}
        {run.error?.message}
      </span>
      <Menu
        label={t('export')}
        button={t('export')}
        className="lv-button"
        items={[
          item(t('exportCasesCsv'), 'cases', 'csv'),
          item(t('exportCasesXlsx'), 'cases', 'xlsx'),
          item(t('exportLinksCsv'), 'links', 'csv'),
          item(t('exportLinksXlsx'), 'links', 'xlsx'),
        ]}
      />
    </>
  );
}
