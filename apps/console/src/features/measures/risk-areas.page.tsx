import {
  AsOf,
  Clock,
  ErrorState,
  formatCount,
  formatTime,
  Loading,
  Page as PageFrame,
  RiskMark,
  Section,
  useNavigation,
  useServerClock,
  useText,
  useUrlText,
  useWords,
  WithPeek,
} from '@levee/ui';
import { MapView, type Outlines } from '@levee/ui/map';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { areasOnMap } from '../../app/areas-on-map.ts';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { AreaPanel } from './area-panel.tsx';
import { Proposals, useIncident } from './proposals.tsx';
import { measureWords } from './words.ts';
import './measures.css';
import './areas-list.css';
import './risk-areas.css';

const ORDER = { high: 0, medium: 1, low: 2 } as const;

/** The areas in force on the map and as a list, what the pack proposes beside, and one area when opened. */
export function Page() {
  const t = useWords(measureWords);
  const text = useText();
  const now = useServerClock().snapshot();
  const mayDraft = useMe().permissions.includes('measures.draft');
  const { Link } = useNavigation();
  const [areaId, setArea] = useUrlText('area');
  const [unclear, setUnclear] = useUrlText('unclear');
  const incident = useIncident();
  const outlines = useQuery({
    queryKey: ['places', 'outlines'],
    queryFn: () => client.places.outlines(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const areas = useQuery({
    queryKey: ['measures', 'list', 'areas'],
    queryFn: () => client.measures.list({ query: { kind: ['risk_area'], phase: ['active'], limit: 500 } }),
  });
  const rows = useMemo(
    () =>
      (areas.data?.items ?? []).toSorted(
        (a, b) => ORDER[a.level ?? 'low'] - ORDER[b.level ?? 'low'] || a.endsAt.localeCompare(b.endsAt),
      ),
    [areas.data],
  );
  const map = useMemo(() => {
    if (!outlines.data) return null;
    return {
      outlines: {
        type: 'FeatureCollection',
        features: outlines.data.areas.map(({ division, nameZh, nameEn, labelPoint, geometry }) => ({
          type: 'Feature',
          properties: { division, name: nameZh, nameEn, labelPoint },
          geometry,
        })),
      } as unknown as Outlines,
      areas: areasOnMap(rows, (measure) => formatTime(measure.endsAt, now)),
    };
  }, [outlines.data, rows, now]);
  return (
    <PageFrame
      title={t('areas')}
      filled
      note={areas.data && <AsOf at={areas.data.asOf} source={t('ledger')} />}
      actions={
        mayDraft && (
          <Link href="/measures/new?kind=risk_area" className="lv-button lv-button--primary">
            {t('draft')}
          </Link>
        )
      }
      toolbar={
        <span className="measures-legend">
          {t('legend')} <RiskMark level="high" full /> <RiskMark level="medium" full />{' '}
          <RiskMark level="low" full />
        </span>
      }
    >
      <WithPeek peek={areaId && <AreaPanel key={areaId} measureId={areaId} onClose={() => setArea(null)} />}>
        <div className="measures-atlas">
          <div className="measures-atlas__map">
            {outlines.error && <ErrorState error={outlines.error} onRetry={() => void outlines.refetch()} />}
            {map ? (
              <MapView
                {...map}
                label={t('mapLabel')}
                source={t('mapSource')}
                selected={areaId || null}
                onSelect={(id, thing) => setArea(thing === 'area' ? id : null)}
              />
            ) : (
              !outlines.error && <Loading />
            )}
          </div>
          <div className="measures-atlas__lists">
            <Section title={`${t('inForce')} ${areas.data ? rows.length : ''}`}>
              {areas.error && (
                <ErrorState shape="line" error={areas.error} onRetry={() => void areas.refetch()} />
              )}
              {areas.data && rows.length === 0 && <p className="measures-muted">{t('noAreas')}</p>}
              <ul className="measures-areas">
                {rows.map((measure) => (
                  <li key={measure.id} aria-current={measure.id === areaId ? 'true' : undefined}>
                    <button type="button" onClick={() => setArea(measure.id)}>
                      <span className="measures-areas__head">
                        <RiskMark level={measure.level ?? 'low'} />
                        <strong>
                          {text({ zh: measure.place?.nameZh ?? '–', en: measure.place?.nameEn ?? '–' })}
                        </strong>
                        <Clock due={measure.endsAt} name={t('left')} nearMs={24 * 3_600_000} />
                      </span>
                      <span className="measures-muted">
                        {text(measure.divisionName)} ·{' '}
                        {t('peopleOf', { count: formatCount(measure.peopleCount) })}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </Section>
            {mayDraft && (
              <Section title={t('proposals')}>
                {incident === null && <p className="measures-muted">{t('noIncident')}</p>}
                {incident && (
                  <>
                    <label className="measures-check">
                      <input
                        type="checkbox"
                        checked={unclear === 'yes'}
                        onChange={(event) => setUnclear(event.target.checked ? 'yes' : null)}
                      />
                      {t('spreadUnclear')}
                    </label>
                    <Proposals incidentId={incident.id} spreadUnclear={unclear === 'yes'} />
                  </>
                )}
              </Section>
            )}
          </div>
        </div>
      </WithPeek>
    </PageFrame>
  );
}
