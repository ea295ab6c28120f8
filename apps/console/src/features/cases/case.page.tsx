import { ErrorState, Loading, Page as PageFrame, useNavigation, useUrlText, useWords } from '@levee/ui';
import { useParams } from '@tanstack/react-router';
import { useMe } from '../../app/session.ts';
import { WhoOpened } from '../access/who-opened.tsx';
import { PersonTests } from '../people/person-tests.tsx';
import { CaseContacts } from './case-contacts.tsx';
import { CaseHistory } from './case-history.tsx';
import { CaseOverview } from './case-overview.tsx';
import { ClassificationMark, FoundIn } from './marks.tsx';
import { useCasePurpose } from './purpose.ts';
import { TrajectoryTab } from './trajectory/trajectory-tab.tsx';
import { useCase } from './use-case.ts';
import { caseWords } from './words.ts';
import './cases.css';

const TABS = ['overview', 'trajectory', 'contacts', 'tests', 'changes', 'opened'] as const;
type Tab = (typeof TABS)[number];

/** One case, in tabs that the address keeps. */
export function Page() {
  const t = useWords(caseWords);
  const { Link } = useNavigation();
  const me = useMe();
  const purpose = useCasePurpose();
  const { caseId = '' } = useParams({ strict: false }) as { caseId?: string };
  const [tabText, setTab] = useUrlText('tab');
  const found = useCase(caseId);
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const caseFile = found.data;
  const { person } = caseFile;
  const tabs = TABS.filter(
    (tab) =>
      (person !== null || (tab !== 'trajectory' && tab !== 'contacts' && tab !== 'tests')) &&
      (tab !== 'tests' || me.permissions.includes('testing.read')),
  );
  const shown: Tab = tabs.find((tab) => tab === tabText) ?? 'overview';
  return (
    <PageFrame
      title={[caseFile.externalId, person?.nameZh].filter(Boolean).join(' · ')}
      breadcrumbs={[{ title: t('list'), href: '/cases' }]}
      marks={
        <>
          <ClassificationMark value={caseFile.classification} />
          {caseFile.foundIn && <FoundIn of={caseFile} />}
        </>
      }
      actions={
        <>
          {(caseFile.incidentId ?? caseFile.lineListId) && (
            <Link
              className="lv-button"
              href={`/chains?of=${caseFile.incidentId ? `incident:${caseFile.incidentId}` : `list:${caseFile.lineListId}`}&case=${caseId}`}
            >
              {t('chains')}
            </Link>
          )}
          {(caseFile.incidentId ?? caseFile.lineListId) && (
            <Link
              className="lv-button"
              href={`/analysis?of=${caseFile.incidentId ? `incident:${caseFile.incidentId}` : `list:${caseFile.lineListId}`}&within=${caseFile.division.slice(0, 6)}`}
            >
              {t('analysis')}
            </Link>
          )}
          {person && me.permissions.includes('tracing.search') && (
            <Link className="lv-button lv-button--primary" href={`/tracing?case=${caseId}`}>
              {t('trace')}
            </Link>
          )}
        </>
      }
      toolbar={<Tabs tabs={tabs} shown={shown} onChoose={setTab} />}
    >
      <div role="tabpanel" id="case-panel" aria-labelledby={`case-tab-${shown}`}>
        {shown === 'overview' && <CaseOverview key={caseId} caseFile={caseFile} />}
        {shown === 'trajectory' && <TrajectoryTab key={caseId} caseFile={caseFile} />}
        {shown === 'contacts' && <CaseContacts caseId={caseId} />}
        {shown === 'tests' && person && <PersonTests personId={person.id} />}
        {shown === 'changes' && <CaseHistory caseId={caseId} />}
        {shown === 'opened' && <WhoOpened type="case" id={caseId} purpose={purpose} />}
      </div>
    </PageFrame>
  );
}

function Tabs({
  tabs,
  shown,
  onChoose,
}: {
  tabs: readonly Tab[];
  shown: Tab;
  onChoose: (tab: string | null) => void;
}) {
  const t = useWords(caseWords);
  const move = (step: number) => {
    const next = tabs[(tabs.indexOf(shown) + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChoose(next === 'overview' ? null : next);
    document.getElementById(`case-tab-${next}`)?.focus();
  };
  return (
    <div
      className="case-tabs"
      role="tablist"
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') move(1);
        if (event.key === 'ArrowLeft') move(-1);
      }}
    >
      {tabs.map((tab) => (
        <button
          key={tab}
          id={`case-tab-${tab}`}
          type="button"
          role="tab"
          aria-selected={tab === shown}
          aria-controls="case-panel"
          tabIndex={tab === shown ? 0 : -1}
          onClick={() => onChoose(tab === 'overview' ? null : tab)}
        >
          {t(`tab.${tab}`)}
        </button>
      ))}
    </div>
  );
}
