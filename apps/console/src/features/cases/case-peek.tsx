import { occupationText } from '@levee/contract';
import { ErrorState, Facts, Loading, PeekPanel, Time, useNavigation, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { ClassificationMark, FieldWord, FoundIn } from './marks.tsx';
import { useCasePurpose } from './purpose.ts';
import { useCase } from './use-case.ts';
import { caseWords } from './words.ts';

/** One case beside a list. `nameless` for screens that others can see (F19). */
export function CasePeek({
  caseId,
  nameless = false,
  onClose,
  onPrevious,
  onNext,
}: {
  caseId: string;
  nameless?: boolean;
  onClose: () => void;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
}) {
  const t = useWords(caseWords);
  const text = useText();
  const { Link } = useNavigation();
  const found = useCase(caseId);
  const caseFile = found.data;
  const name = nameless ? null : caseFile?.person?.nameZh;
  return (
    <PeekPanel
      title={caseFile ? [caseFile.externalId, name].filter(Boolean).join(' · ') : '…'}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      footer={
        <>
          <Link className="lv-button lv-button--primary" href={`/cases/${caseId}`}>
            {t('openCase')}
          </Link>
          {caseFile?.person && (
            <>
              <Link className="lv-button" href={`/cases/${caseId}?tab=trajectory`}>
                {t('trajectory')}
              </Link>
              <Link className="lv-button" href={`/tracing?case=${caseId}`}>
                {t('trace')}
              </Link>
            </>
          )}
        </>
      }
    >
      {found.error && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.isLoading && <Loading />}
      {caseFile && (
        <>
          <Facts
            rows={[
              [t('classification'), <ClassificationMark key="c" value={caseFile.classification} />],
              [t('foundIn'), <FoundIn key="f" of={caseFile} />],
              [t('severity'), <FieldWord key="s" value={caseFile.severity} />],
              [t('outcome'), <FieldWord key="o" value={caseFile.outcome} />],
              [t('onset'), caseFile.dateOnset],
              [t('sampled'), caseFile.dateSample],
              [t('reported'), caseFile.dateReporting],
              [
                t('sexAge'),
                <span key="g">
                  <FieldWord value={caseFile.gender} /> {caseFile.age ?? '–'}
                </span>,
              ],
              [t('occupation'), caseFile.occupation && text(occupationText(caseFile.occupation))],
              [t('area'), text(caseFile.divisionName)],
              [t('hospital'), caseFile.hospital],
              [t('opened'), <Time key="t" at={caseFile.openedAt} />],
            ]}
          />
          {caseFile.person && <PlacesLately caseId={caseId} />}
        </>
      )}
    </PeekPanel>
  );
}

const SHOWN = 6;

/** The last places, so that the first questions are answered without leaving the list. */
function PlacesLately({ caseId }: { caseId: string }) {
  const t = useWords(caseWords);
  const text = useText();
  const purpose = useCasePurpose();
  const trajectory = useQuery({
    queryKey: ['cases', caseId, 'trajectory'],
    queryFn: () => client.cases.trajectory({ params: { caseId }, purpose, query: {} }),
  });
  if (!trajectory.data) return null;
  const { stays, gaps, drafts, contradictions } = trajectory.data;
  const open = [
    gaps.length > 0 && t('gaps', { count: gaps.length }),
    drafts.length > 0 && t('draftsCount', { count: drafts.length }),
    contradictions.length > 0 && t('contradictionsCount', { count: contradictions.length }),
  ].filter(Boolean);
  return (
    <>
      <h3 className="case-heading">{t('trajectory')}</h3>
      {stays.length === 0 && <p className="case-quiet">{t('noStaysYet')}</p>}
      <ul className="case-rows">
        {stays
          .slice(-SHOWN)
          .reverse()
          .map((stay) => (
            <li key={stay.id}>
              <Time at={stay.from} /> {text({ zh: stay.place.nameZh, en: stay.place.nameEn })}
            </li>
          ))}
      </ul>
      {open.length > 0 && <p className="case-missing">{open.join(' · ')}</p>}
    </>
  );
}
