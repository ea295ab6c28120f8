import type { CaseFile, LinkedCase } from '@levee/contract';
import { AsOf, ErrorState, Section, useNavigation, useWords } from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { ClassificationMark } from './marks.tsx';
import { useCasePurpose, useMayWriteCases } from './purpose.ts';
import { caseWords } from './words.ts';

/** Who may have infected this case and whom it may have infected; recorded here, drawn by the chains. */
export function CaseLinksPanel({ caseFile }: { caseFile: CaseFile }) {
  const t = useWords(caseWords);
  const purpose = useCasePurpose();
  const mayWrite = useMayWriteCases();
  const queries = useQueryClient();
  const params = { caseId: caseFile.id };
  const links = useQuery({
    queryKey: ['cases', caseFile.id, 'links'],
    queryFn: () => client.cases.links({ params, purpose }),
  });
  const remove = useMutation({
    mutationFn: (infectorId: string) =>
      client.cases.removeInfector({ params, purpose, body: { infectorId, reason: t('linkRemoved') } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['cases'] }),
  });
  if (caseFile.incidentId === null && caseFile.lineListId === null) return null;
  return (
    <Section title={t('links')} note={links.data && <AsOf at={links.data.asOf} />}>
      {links.error && <ErrorState shape="line" error={links.error} onRetry={() => void links.refetch()} />}
      {links.data && (
        <>
          <Side
            title={t('infectors')}
            none={t('noInfector')}
            cases={links.data.infectors}
            {...(mayWrite && { onRemove: (id: string) => remove.mutate(id) })}
          />
          {links.data.infectors.length > 1 && <p className="case-missing">{t('ambiguousHint')}</p>}
          {mayWrite && <AddInfector caseFile={caseFile} />}
          <Side title={t('infectees')} none={t('noInfectee')} cases={links.data.infectees} />
        </>
      )}
      {remove.error && <ErrorState shape="line" error={remove.error} />}
    </Section>
  );
}

function Side({
  title,
  none,
  cases,
  onRemove,
}: {
  title: string;
  none: string;
  cases: readonly LinkedCase[];
  onRemove?: (id: string) => void;
}) {
  const t = useWords(caseWords);
  const { Link } = useNavigation();
  return (
    <>
      <h3 className="case-heading">
        {title} {cases.length > 0 && <span className="case-quiet">{cases.length}</span>}
      </h3>
      {cases.length === 0 && <p className="case-quiet">{none}</p>}
      <ul className="case-rows">
        {cases.map((one) => (
          <li key={one.id}>
            <Link href={`/cases/${one.id}`}>{one.externalId}</Link>
            <ClassificationMark value={one.classification} />
            <span className="case-quiet">
              {[
                one.dateOnset ? t('onsetOn', { day: one.dateOnset }) : t('noOnset'),
                one.serialIntervalDays !== null && t('apart', { count: one.serialIntervalDays }),
                one.exposure,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {onRemove && (
              <button type="button" className="lv-button lv-button--quiet" onClick={() => onRemove(one.id)}>
                {t('takeBack')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Found by number or name among the cases of the same incident or list. */
function AddInfector({ caseFile }: { caseFile: CaseFile }) {
  const t = useWords(caseWords);
  const purpose = useCasePurpose();
  const queries = useQueryClient();
  const [q, setQ] = useState('');
  const [exposure, setExposure] = useState('');
  const [reason, setReason] = useState('');
  const [chosen, setChosen] = useState<CaseFile | null>(null);
  const found = useQuery({
    queryKey: ['cases', 'infector-search', caseFile.incidentId, caseFile.lineListId, q],
    queryFn: () =>
      client.cases.list({
        purpose,
        query: {
          q,
          limit: 8,
          ...(caseFile.incidentId ? { incidentId: caseFile.incidentId } : {}),
          ...(caseFile.lineListId ? { lineListId: caseFile.lineListId } : {}),
        },
      }),
    enabled: q.trim().length > 0 && chosen === null,
  });
  const add = useMutation({
    mutationFn: (infectorId: string) =>
      client.cases.addInfector({
        params: { caseId: caseFile.id },
        purpose,
        body: { infectorId, exposure: exposure.trim() || null, reason },
      }),
    onSuccess: () => {
      setChosen(null);
      setQ('');
      setExposure('');
      setReason('');
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['cases'] }),
  });
  return (
    <form
      className="case-add"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) add.mutate(chosen.id);
      }}
    >
      <input
        className="lv-input"
        type="search"
        placeholder={t('findInfector')}
        aria-label={t('findInfector')}
        value={chosen ? chosen.externalId : q}
        onChange={(event) => {
          setChosen(null);
          setQ(event.target.value);
        }}
      />
      {chosen === null && (
        <ul className="case-rows">
          {found.data?.items
            .filter(({ id }) => id !== caseFile.id)
            .map((one) => (
              <li key={one.id}>
                <button type="button" className="lv-button lv-button--quiet" onClick={() => setChosen(one)}>
                  {one.externalId} {one.person?.nameZh} {one.dateOnset ?? ''}
                </button>
              </li>
            ))}
        </ul>
      )}
      {chosen && (
        <div className="case-line">
          <input
            className="lv-input case-reason"
            placeholder={t('exposure')}
            aria-label={t('exposure')}
            maxLength={200}
            value={exposure}
            onChange={(event) => setExposure(event.target.value)}
          />
          <input
            className="lv-input case-reason"
            placeholder={t('reason')}
            aria-label={t('reason')}
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <button type="submit" className="lv-button" disabled={reason.trim() === '' || add.isPending}>
            {t('addInfector')}
          </button>
        </div>
      )}
      {add.error && <ErrorState shape="line" error={add.error} />}
    </form>
  );
}
