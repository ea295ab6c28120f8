import type { AreaProposal } from '@levee/contract';
import {
  ErrorState,
  formatCount,
  Loading,
  RiskMark,
  StatusMark,
  useNavigation,
  useText,
  useWords,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { measureWords } from './words.ts';
import './areas-list.css';

/** The incident whose pack is in force; null while none runs. */
export function useIncident() {
  const current = useQuery({
    queryKey: ['situation', 'incidents'],
    queryFn: () => client.incidents.current(),
  });
  return current.data ? (current.data.items[0] ?? null) : undefined;
}

export function useProposals(incidentId: string | undefined, spreadUnclear = false) {
  return useQuery({
    queryKey: ['measures', 'proposals', incidentId, spreadUnclear],
    queryFn: () =>
      client.measures.areaProposals({
        query: { incidentId: incidentId ?? '', spreadUnclear: String(spreadUnclear) as never },
      }),
    enabled: incidentId !== undefined,
  });
}

/** What the pack would draw for where the cases were; each leads to the composer with its ground taken over. */
export function Proposals({
  incidentId,
  spreadUnclear,
  onChoose,
}: {
  incidentId: string;
  spreadUnclear: boolean;
  /** Left out, a proposal opens the composer. */
  onChoose?: (proposal: AreaProposal) => void;
}) {
  const t = useWords(measureWords);
  const text = useText();
  const { Link } = useNavigation();
  const proposals = useProposals(incidentId, spreadUnclear);
  if (proposals.error)
    return <ErrorState shape="line" error={proposals.error} onRetry={() => void proposals.refetch()} />;
  if (!proposals.data) return <Loading />;
  const open = proposals.data.proposals;
  return (
    <>
      {open.length === 0 && <p className="measures-muted">{t('noProposals')}</p>}
      <ul className="measures-areas">
        {open.map((proposal) => (
          <li key={proposal.place.id}>
            <div className="measures-areas__head">
              <RiskMark level={proposal.level} />
              <strong>{text({ zh: proposal.place.nameZh, en: proposal.place.nameEn })}</strong>
              {proposal.standingId ? (
                <StatusMark tone="active">{t('standing')}</StatusMark>
              ) : proposal.awaitingId ? (
                <Link href={`/approvals?measure=${proposal.awaitingId}`}>
                  <StatusMark tone="waiting">{t('awaiting')}</StatusMark>
                </Link>
              ) : onChoose ? (
                <button type="button" className="lv-button" onClick={() => onChoose(proposal)}>
                  {t('compose')}
                </button>
              ) : (
                <Link className="lv-button" href={composeFrom(proposal)}>
                  {t('compose')}
                </Link>
              )}
            </div>
            <div className="measures-muted">
              {text(proposal.reason)} · {t('cases', { count: proposal.caseIds.length })} ·{' '}
              {t('peopleOf', { count: formatCount(proposal.peopleCount) })}
              {proposal.confidence === 'unverified' && (
                <span title={proposal.source}> · {t('confidence')}</span>
              )}
            </div>
          </li>
        ))}
      </ul>
      {proposals.data.without.length > 0 && (
        <details className="measures-muted">
          <summary>
            {t('without')} {proposals.data.without.length}
          </summary>
          <ul>
            {proposals.data.without.map(({ caseId, reason }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: several stays of one case may share a reason
              <li key={`${caseId}-${index}`}>{text(reason)}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** The composer's address for a proposal: place, level and ground are taken over. */
const composeFrom = ({ place, level, ground }: AreaProposal) =>
  `/measures/new?kind=risk_area&place=${place.id}&level=${level}&ground=${ground
    .map(({ type, id }) => `${type}:${id}`)
    .join(',')}`;
