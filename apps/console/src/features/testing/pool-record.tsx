import type { Pool, RouteOutput, testing } from '@levee/contract';
import {
  ErrorState,
  Facts,
  Loading,
  Section,
  StatusMark,
  Time,
  useNavigation,
  useServerClock,
  useText,
  useWords,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { usePlaceName } from '../places/place-name.ts';
import { FoundInEvidence } from './found-in.tsx';
import { OutcomeMark, StateMark } from './marks.tsx';
import { useTestingPurpose } from './purpose.ts';
import { ResultForm } from './result-form.tsx';
import { TubeLossRecord } from './tube-loss.tsx';
import { OUTCOME_NAMES, testingWords } from './words.ts';

type PoolDetail = RouteOutput<(typeof testing)['poolById']>;

/** Everything about one tube: its way, what to do with it now, results with history, who is in it, who is wanted back. */
export function PoolRecord({ poolId, labId }: { poolId: string; labId: string }) {
  const purpose = useTestingPurpose();
  const me = useMe();
  const detail = useQuery({
    queryKey: ['testing', 'pool', poolId],
    queryFn: () => client.testing.poolById({ purpose, params: { poolId } }),
  });
  if (detail.error) return <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />;
  if (!detail.data) return <Loading />;
  const pool = detail.data;
  const mayReport = me.permissions.includes('testing.result');
  const lab = labId || (pool.lab?.id ?? '');
  return (
    <>
      <Way pool={pool} />
      {mayReport && pool.state === 'sent' && <Receipt pool={pool} labId={lab} />}
      {mayReport && (pool.state === 'received' || pool.outcome === 'invalid') && (
        <ResultForm key={pool.id} pool={pool} labId={lab} />
      )}
      <Results pool={pool} labId={lab} mayReport={mayReport} myId={me.id} />
      {pool.capacity === 1 && pool.outcome === 'positive' && pool.members[0] && (
        <FoundInEvidence sampleId={pool.members[0].id} />
      )}
      {pool.specimenId ? <SpecimenLine id={pool.specimenId} /> : <Members pool={pool} />}
      {!pool.specimenId && <Reflex pool={pool} />}
      <TubeLossRecord pool={pool} />
    </>
  );
}

function Way({ pool }: { pool: Pool }) {
  const t = useWords(testingWords);
  const nameOf = usePlaceName();
  const time = (at: string | null) => (at ? <Time at={at} /> : '–');
  return (
    <Facts
      rows={[
        [t('state'), <StateMark key="state" state={pool.state} />],
        [t('outcome'), <OutcomeMark key="outcome" outcome={pool.outcome} />],
        [
          t('people'),
          pool.content === 'specimen'
            ? t('noPerson')
            : t('filled', { count: pool.memberCount, capacity: pool.capacity }),
        ],
        [t('site'), pool.site ? nameOf(pool.site) : '–'],
        [t('lab'), pool.lab ? nameOf(pool.lab) : '–'],
        [t('openedAt'), time(pool.openedAt)],
        [t('sentAt'), time(pool.sentAt)],
        [t('receivedAt'), time(pool.receivedAt)],
        [t('resultedAt'), time(pool.resultedAt)],
        ...(pool.rejectedReason ? [[t('rejectReason'), pool.rejectedReason] as const] : []),
      ]}
    />
  );
}

function Receipt({ pool, labId }: { pool: Pool; labId: string }) {
  const t = useWords(testingWords);
  const queries = useQueryClient();
  const clock = useServerClock();
  const [reason, setReason] = useState('');
  const receive = useMutation({
    mutationFn: (rejectedReason: string | null) =>
      client.testing.receive({
        body: {
          tubeCode: pool.tubeCode,
          labId,
          receivedAt: new Date(clock.snapshot()).toISOString(),
          ...(rejectedReason !== null && { rejectedReason }),
        },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['testing'] }),
  });
  const off = receive.isPending || labId === '';
  return (
    <div className="testing-form">
      <div className="testing-line">
        <button
          type="button"
          className="lv-button lv-button--primary"
          disabled={off}
          onClick={() => receive.mutate(null)}
        >
          {t('receive')}
        </button>
      </div>
      <div className="testing-line">
        <input
          className="lv-input testing-choice"
          aria-label={t('rejectReason')}
          placeholder={t('rejectReason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <button
          type="button"
          className="lv-button"
          disabled={off || reason.trim() === ''}
          onClick={() => receive.mutate(reason)}
        >
          {t('reject')}
        </button>
      </div>
      {labId === '' && <p className="testing-note">{t('needLab')}</p>}
      {receive.error && <ErrorState error={receive.error} shape="line" />}
    </div>
  );
}

function Results({
  pool,
  labId,
  mayReport,
  myId,
}: {
  pool: PoolDetail;
  labId: string;
  mayReport: boolean;
  myId: string;
}) {
  const t = useWords(testingWords);
  const text = useText();
  const queries = useQueryClient();
  const [amending, setAmending] = useState(false);
  const decide = useMutation({
    mutationFn: ({ amendmentId, decision }: { amendmentId: string; decision: 'confirmed' | 'refused' }) =>
      client.testing.decideAmendment({ purpose: 'testing', params: { amendmentId }, body: { decision } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['testing'] }),
  });
  if (pool.results.length === 0) return null;
  const waiting = pool.amendments.some(({ decision }) => decision === null);
  return (
    <Section title={t('history')}>
      <ul className="testing-rows">
        {pool.results.map((result, index) => (
          <li key={result.id}>
            <Time at={result.reportedAt} />
            <OutcomeMark outcome={result.outcome} />
            <span>{result.targets.map(({ name, ct }) => `${name} ${ct ?? '–'}`).join(' · ')}</span>
            <span>{t(index === 0 ? 'inForce' : 'superseded')}</span>
          </li>
        ))}
        {pool.amendments.map((amendment) => (
          <li key={amendment.id}>
            <Time at={amendment.at} />
            <span>
              → {text(OUTCOME_NAMES[amendment.outcome])} · {amendment.reason} ·{' '}
              {t('proposedBy', { name: amendment.author.name })}
            </span>
            {amendment.decision === null ? (
              mayReport && amendment.author.id !== myId ? (
                <span className="testing-line">
                  {(['confirmed', 'refused'] as const).map((decision) => (
                    <button
                      key={decision}
                      type="button"
                      className="lv-button"
                      disabled={decide.isPending}
                      onClick={() => decide.mutate({ amendmentId: amendment.id, decision })}
                    >
                      {t(decision === 'confirmed' ? 'confirm' : 'refuse')}
                    </button>
                  ))}
                </span>
              ) : (
                <StatusMark tone="waiting">{t('waiting')}</StatusMark>
              )
            ) : (
              <span>
                {t(amendment.decision === 'confirmed' ? 'confirmedBy' : 'refusedBy', {
                  name: amendment.decider?.name ?? '',
                })}
              </span>
            )}
          </li>
        ))}
      </ul>
      {decide.error && <ErrorState error={decide.error} shape="line" />}
      {mayReport && !waiting && pool.outcome !== 'invalid' && !amending && (
        <p className="testing-note">
          <button type="button" className="lv-button" onClick={() => setAmending(true)}>
            {t('amend')}
          </button>
        </p>
      )}
      {amending && !waiting && <ResultForm pool={pool} labId={labId} amends={pool.results[0]!.id} />}
    </Section>
  );
}

function Members({ pool }: { pool: PoolDetail }) {
  const t = useWords(testingWords);
  const text = useText();
  const { Link } = useNavigation();
  // A laboratory sees no names: a row of blanks would tell it nothing.
  const named = pool.members.filter(({ person }) => person !== null);
  if (pool.members.length > 0 && named.length === 0) return null;
  return (
    <Section title={t('members')}>
      {pool.members.length === 0 && <p className="testing-note">{t('noMembers')}</p>}
      <ul className="testing-rows">
        {named.map(({ id, person, personId, takenAt }) => (
          <li key={id}>
            <Link href={`/people/${personId}`}>{person?.nameZh}</Link>
            <span>{person && text(person.divisionName)}</span>
            {person?.synthetic && <span className="testing-note">{t('synthetic')}</span>}
            <Time at={takenAt} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the tube holds where nobody is in it. */
function SpecimenLine({ id }: { id: string }) {
  const t = useWords(testingWords);
  const { Link } = useNavigation();
  return (
    <p className="testing-note">
      <Link href={`/specimens/${id}`}>{t('openSpecimen')}</Link>
    </p>
  );
}

function Reflex({ pool }: { pool: PoolDetail }) {
  const t = useWords(testingWords);
  const first = pool.resamples[0];
  if (!first) return null;
  return (
    <Section title={t('reflex')}>
      <p className="testing-note">{t('reflexHint', { rule: first.rule, count: first.sampleCount })}</p>
      <ul className="testing-rows">
        {pool.resamples.map((wanted, index) => (
          <li key={wanted.id}>
            <span>{wanted.person?.nameZh ?? `#${index + 1}`}</span>
            <OutcomeMark outcome={wanted.outcome} />
            <StatusMark tone={wanted.metAt ? 'good' : 'waiting'}>
              {t(wanted.metAt ? 'met' : 'notMet')}
            </StatusMark>
          </li>
        ))}
      </ul>
    </Section>
  );
}
