import {
  ErrorState,
  Facts,
  Loading,
  Page as PageFrame,
  Section,
  StatusMark,
  Time,
  useText,
  useWords,
} from '@levee/ui';
import { MapView, type Outlines } from '@levee/ui/map';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { client } from '../../app/client.ts';
import { WhoOpened } from '../access/who-opened.tsx';
import './cases.css';
import { caseWords } from './words.ts';

const purpose = 'outbreak_command' as const;
const NOWHERE: Outlines = { type: 'FeatureCollection', features: [] };

/** One case: facts, where it has been, every change, and who opened it. */
export function Page() {
  const t = useWords(caseWords);
  const { caseId = '' } = useParams({ strict: false }) as { caseId?: string };
  const params = { caseId };
  const found = useQuery({
    queryKey: ['cases', caseId],
    queryFn: () => client.cases.byId({ params, purpose }),
  });
  const history = useQuery({
    queryKey: ['cases', caseId, 'history'],
    queryFn: () => client.cases.history({ params, purpose }),
  });
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const caseFile = found.data;
  return (
    <PageFrame
      title={caseFile.person?.nameZh ?? caseFile.externalId}
      breadcrumbs={[{ title: t('list'), href: '/cases' }]}
      marks={
        <StatusMark tone={caseFile.classification === 'not_a_case' ? 'over' : 'active'}>
          {t(caseFile.classification)}
        </StatusMark>
      }
      actions={
        <Link className="lv-button" to="/tracing" search={{ case: caseId } as never}>
          {t('trace')}
        </Link>
      }
    >
      <Section title={t('facts')}>
        <Facts
          rows={[
            [t('number'), caseFile.externalId],
            [t('gender'), caseFile.gender],
            [t('age'), caseFile.age],
            [t('occupation'), caseFile.occupation],
            [t('onset'), caseFile.dateOnset],
            [t('reported'), caseFile.dateReporting],
            [t('area'), caseFile.divisionName],
          ]}
        />
      </Section>
      <Trajectory caseId={caseId} />
      <Section title={t('history')}>
        <ul className="case__list">
          {history.data?.items.map((change) => (
            <li key={`${change.version}-${change.field}`}>
              <Time at={change.at} /> {change.by.name} · {change.field}: {String(change.old ?? '–')} →{' '}
              {String(change.new ?? '–')} {change.reason}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('whoOpened')}>
        <WhoOpened type="case" id={caseId} purpose={purpose} />
      </Section>
    </PageFrame>
  );
}

function Trajectory({ caseId }: { caseId: string }) {
  const t = useWords(caseWords);
  const text = useText();
  const trajectory = useQuery({
    queryKey: ['cases', caseId, 'trajectory'],
    queryFn: () => client.cases.trajectory({ params: { caseId }, purpose, query: {} }),
  });
  const stays = trajectory.data?.stays;
  const points = useMemo(
    () =>
      (stays ?? []).flatMap(({ id, place, from, until }) => {
        const at = place && 'lon' in place ? (place as { lon: number | null; lat: number | null }) : null;
        if (!place || at?.lon == null || at.lat == null) return [];
        return [
          {
            id,
            name: text({ zh: place.nameZh, en: place.nameEn }),
            at: [at.lon, at.lat] as [number, number],
            approximate: true,
            note: `${from} – ${until}`,
          },
        ];
      }),
    [stays, text],
  );
  if (trajectory.error)
    return <ErrorState shape="line" error={trajectory.error} onRetry={() => void trajectory.refetch()} />;
  if (!trajectory.data) return <Loading />;
  const { gaps, drafts } = trajectory.data;
  return (
    <Section
      title={t('trajectory')}
      note={gaps.length > 0 && <StatusMark tone="waiting">{t('gaps', { count: gaps.length })}</StatusMark>}
    >
      {stays?.length === 0 && drafts.length === 0 && <p>{t('noStays')}</p>}
      <ol className="case__list">
        {stays?.map((stay) => (
          <li key={stay.id}>
            <Time at={stay.from} /> – <Time at={stay.until} />{' '}
            <strong>{stay.place && text({ zh: stay.place.nameZh, en: stay.place.nameEn })}</strong>
          </li>
        ))}
        {drafts.map((draft) => (
          <li key={draft.id}>
            <StatusMark tone="bad">{t('draft')}</StatusMark>{' '}
            {draft.faults.map(({ problem }) => text(problem)).join(' ')}
          </li>
        ))}
      </ol>
      {points.length > 0 && (
        <div className="case__map">
          <MapView outlines={NOWHERE} stays={points} label={t('map')} source={t('mapSource')} />
        </div>
      )}
    </Section>
  );
}
