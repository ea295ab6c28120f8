import type { STAY_SOURCES } from '@levee/contract';
import { ErrorState, useText, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../../app/client.ts';
import { useCasePurpose } from '../purpose.ts';
import { caseWords } from '../words.ts';
import { toStaysCsv } from './moments.ts';

/** Many stays at once from a table: pasted from a spreadsheet or from a file; every row is kept, the bad ones as drafts. */
export function StayPaste({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const t = useWords(caseWords);
  const text = useText();
  const purpose = useCasePurpose();
  const queries = useQueryClient();
  const [pasted, setPasted] = useState('');
  const [source, setSource] = useState<(typeof STAY_SOURCES)[number]>('interview');
  const take = useMutation({
    mutationFn: () =>
      client.cases.importStays({
        params: { caseId },
        purpose,
        body: { csv: toStaysCsv(pasted), source },
      }),
    onSuccess: () => {
      setPasted('');
      return queries.invalidateQueries({ queryKey: ['cases', caseId] });
    },
  });
  const rowsCount = pasted.trim() === '' ? 0 : toStaysCsv(pasted).split('\n').length - 1;
  return (
    <form
      className="stay-paste"
      onSubmit={(event) => {
        event.preventDefault();
        take.mutate();
      }}
    >
      <p className="case-quiet">{t('pasteHint')}</p>
      <textarea
        className="lv-input"
        rows={6}
        aria-label={t('paste')}
        autoFocus
        placeholder={'场所\t开始\t结束\n城北农贸市场\t2022-08-10 08:10\t2022-08-10 08:40'}
        value={pasted}
        onChange={(event) => setPasted(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
      />
      <div className="case-line">
        <label className="lv-button">
          {t('chooseFile')}
          <input
            className="lv-hidden"
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            onChange={async (event) => setPasted((await event.target.files?.[0]?.text()) ?? '')}
          />
        </label>
        <label className="case-line">
          <span className="case-quiet">{t('staySource')}</span>
          <select
            className="lv-input case-choice"
            value={source}
            onChange={(event) => setSource(event.target.value as typeof source)}
          >
            {(['interview', 'venue_register', 'checkpoint', 'test_site', 'import'] as const).map((one) => (
              <option key={one} value={one}>
                {t(`source.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <button
          type="submit"
          className="lv-button lv-button--primary"
          disabled={rowsCount === 0 || take.isPending}
        >
          {t('takeRows', { count: rowsCount })}
        </button>
        <button type="button" className="lv-button lv-button--quiet" onClick={onClose}>
          {t('close')}
        </button>
      </div>
      {take.error && <ErrorState shape="line" error={take.error} />}
      {take.data && (
        <div role="status">
          <p>
            {t('taken', {
              rows: take.data.rowsCount,
              kept: take.data.recordedCount,
              drafts: take.data.draftsCount,
            })}
          </p>
          <ul className="case-rows">
            {take.data.rows
              .filter(({ kept }) => kept === 'draft')
              .map(({ line, faults }) => (
                <li key={line} className="case-missing">
                  {t('lineNo', { line })} {faults.map(text).join(t('semicolon'))}
                </li>
              ))}
          </ul>
        </div>
      )}
    </form>
  );
}
