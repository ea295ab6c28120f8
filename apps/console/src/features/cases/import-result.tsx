import type { CaseImport } from '@levee/contract';
import { ErrorState, formatCount, Section, useNavigation, useWords } from '@levee/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { save } from './import-files.ts';
import { importWords } from './import-words.ts';

/** What came in and what did not, where to go from here, and the way back. */
export function ImportResult({ one, onChanged }: { one: CaseImport; onChanged: (next: CaseImport) => void }) {
  const t = useWords(importWords);
  const { Link } = useNavigation();
  const [asking, setAsking] = useState(false);
  const params = { importId: one.id };
  const undo = useMutation({
    mutationFn: () => client.cases.undoImport({ purpose: 'case_investigation', params, body: {} }),
    onSuccess: (next) => {
      setAsking(false);
      onChanged(next);
    },
  });
  const download = useMutation({
    mutationFn: async (file: 'cases' | 'contacts') =>
      save(await client.cases.failedRows({ purpose: 'case_investigation', params, query: { file } })),
  });
  const { cases, contacts } = one.counts;
  const of = one.lineListId ? `list:${one.lineListId}` : `incident:${one.incidentId}`;
  return (
    <Section title={t('stepResult')}>
      <p className="import-accounting">{t('accounting', accountOf(cases))}</p>
      {contacts && <p className="import-accounting">{t('linksAccounting', accountOf(contacts))}</p>}
      {one.state === 'undone' && (
        <p className="import-note">
          {t('undoneNote')} {one.keptCount > 0 && t('kept', { count: formatCount(one.keptCount) })}
        </p>
      )}
      <div className="import-acts">
        {one.state === 'committed' && (
          <>
            <Link className="lv-button lv-button--primary" href={`/cases?of=${encodeURIComponent(of)}`}>
              {t('openList')}
            </Link>
            {contacts && (
              <Link className="lv-button" href={`/chains?of=${encodeURIComponent(of)}`}>
                {t('openChains')}
              </Link>
            )}
            <Link className="lv-button" href={`/analysis?of=${encodeURIComponent(of)}`}>
              {t('openAnalysis')}
            </Link>
          </>
        )}
        {cases.rejected + cases.left > 0 && (
          <button
            type="button"
            className="lv-button"
            onClick={() => download.mutate('cases')}
            title={t('downloadHint')}
          >
            {t('downloadFailed')} ({formatCount(cases.rejected + cases.left)})
          </button>
        )}
        {contacts && contacts.rejected + contacts.left > 0 && (
          <button
            type="button"
            className="lv-button"
            onClick={() => download.mutate('contacts')}
            title={t('downloadHint')}
          >
            {t('downloadFailedLinks')} ({formatCount(contacts.rejected + contacts.left)})
          </button>
        )}
        {one.state === 'committed' && !asking && (
          <button type="button" className="lv-button" onClick={() => setAsking(true)}>
            {t('undo')}
          </button>
        )}
        {asking && (
          <>
            <button
              type="button"
              className="lv-button import-danger"
              disabled={undo.isPending}
              onClick={() => undo.mutate()}
            >
              {t('undoSure')} ({formatCount(cases.accepted)})
            </button>
            <button type="button" className="lv-button lv-button--quiet" onClick={() => setAsking(false)}>
              {t('keep')}
            </button>
            <span className="import-hint">{t('undoHint')}</span>
          </>
        )}
      </div>
      {(undo.error ?? download.error) && <ErrorState shape="line" error={undo.error ?? download.error} />}
    </Section>
  );
}

const accountOf = ({ rows, accepted, rejected, left }: CaseImport['counts']['cases']) => ({
  rows: formatCount(rows),
  accepted: formatCount(accepted),
  rejected: formatCount(rejected),
  left: formatCount(left),
});
