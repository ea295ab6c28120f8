import type { Run } from '@levee/contract';
import { ErrorState, FormActions, Section, useServerClock, useText, useWords } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { laboratoryWords } from './laboratory-words.ts';
import { OutcomeMark } from './marks.tsx';

const ROWS = Array.from('ABCDEFGH');
const COLUMNS = Array.from({ length: 12 }, (_, index) => index + 1);

/** The plate as it lies on the bench, and its wells with their Ct: typed in while it runs, read-only after. */
export function Plate({ run, mayRead }: { run: Run; mayRead: boolean }) {
  const t = useWords(laboratoryWords);
  const text = useText();
  const queries = useQueryClient();
  const clock = useServerClock();
  const [cts, setCts] = useState<Readonly<Record<string, string>>>({});
  const [recheck, setRecheck] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const assays = useQuery({ queryKey: ['testing', 'assays'], queryFn: () => client.laboratory.assays({}) });
  const assay = assays.data?.items.find(({ code }) => code === run.assay);
  const names = assay?.targets.map(({ name }) => name) ?? [];
  const done = () => queries.invalidateQueries({ queryKey: ['testing'] });
  const read = useMutation({
    mutationFn: () =>
      client.laboratory.readRun({
        purpose: 'testing',
        params: { runId: run.id },
        body: {
          readAt: new Date(clock.snapshot()).toISOString(),
          recheck: [...recheck],
          wells: run.wells.map(({ well }) => ({
            well,
            targets: names.map((name) => {
              const typed = cts[`${well} ${name}`];
              return { name, ct: typed ? Number(typed) : null };
            }),
          })),
        },
      }),
    onSuccess: done,
  });
  const voided = useMutation({
    mutationFn: () => client.laboratory.invalidateRun({ params: { runId: run.id }, body: { reason } }),
    onSuccess: done,
  });
  const at = new Map(run.wells.map((well) => [well.well, well]));
  const running = run.state === 'open' && mayRead;
  return (
    <>
      <div className="testing-plate" aria-hidden="true">
        <span />
        {COLUMNS.map((column) => (
          <span key={column}>{column}</span>
        ))}
        {ROWS.map((row) => [
          <span key={row}>{row}</span>,
          ...COLUMNS.map((column) => {
            const well = at.get(`${row}${column}`);
            const look = well ? (well.outcome ?? well.kind) : 'empty';
            return (
              <i
                key={`${row}${column}`}
                className={`testing-well testing-well--${look}`}
                title={well?.tubeCode ?? ''}
              />
            );
          }),
        ])}
      </div>
      {run.invalidReason && <p className="testing-note">{run.invalidReason}</p>}
      {running && <p className="testing-note">{t('ctHint')}</p>}
      <Section title={`${t('tubes')} · ${assay ? text(assay.name) : run.assay}`}>
        <ul className="testing-rows">
          {run.wells.map((well) => (
            <li key={well.well}>
              <span className="testing-code">{well.well}</span>
              <span className="testing-code">{well.kind === 'tube' ? well.tubeCode : t(well.kind)}</span>
              {running
                ? names.map((name) => (
                    <input
                      key={name}
                      className="lv-input testing-ct"
                      inputMode="decimal"
                      aria-label={t('ctOf', {
                        well: well.well,
                        tube: well.tubeCode ?? t(well.kind as 'positive_control'),
                        target: name,
                      })}
                      placeholder={name}
                      value={cts[`${well.well} ${name}`] ?? ''}
                      onChange={(event) => setCts({ ...cts, [`${well.well} ${name}`]: event.target.value })}
                    />
                  ))
                : well.targets.map(({ name, ct }) => <span key={name}>{`${name} ${ct ?? '–'}`}</span>)}
              {running && well.kind === 'tube' ? (
                <label className="testing-line">
                  <input
                    type="checkbox"
                    checked={recheck.includes(well.well)}
                    onChange={(event) =>
                      setRecheck(
                        event.target.checked
                          ? [...recheck, well.well]
                          : recheck.filter((one) => one !== well.well),
                      )
                    }
                  />
                  {t('keep')}
                </label>
              ) : (
                <span>
                  <OutcomeMark outcome={well.outcome} />{' '}
                  {well.decision && t(well.decision === 'recheck' ? 'keep' : well.decision)}
                  {well.problem && ` · ${text(well.problem)}`}
                </span>
              )}
            </li>
          ))}
        </ul>
      </Section>
      {(read.error ?? voided.error) && <ErrorState error={(read.error ?? voided.error)!} shape="line" />}
      {running && (
        <FormActions>
          <button
            type="button"
            className="lv-button lv-button--primary"
            disabled={read.isPending || names.length === 0}
            onClick={() => read.mutate()}
          >
            {t('readRun')}
          </button>
          <input
            className="lv-input testing-reason"
            aria-label={t('voidReason')}
            placeholder={t('voidReason')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <button
            type="button"
            className="lv-button"
            disabled={voided.isPending || reason.trim() === ''}
            onClick={() => voided.mutate()}
          >
            {t('void')}
          </button>
        </FormActions>
      )}
    </>
  );
}
