import type { Situation } from '@levee/contract';
import {
  AsOf,
  ErrorState,
  Figure,
  FigureStrip,
  formatTime,
  Loading,
  Page as PageFrame,
  Section,
  Time,
  TimelineAxis,
  useNavigation,
  useServerClock,
  useText,
  useWords,
} from '@levee/ui';
import { MapView, type Outlines } from '@levee/ui/map';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { areasOnMap } from '../../app/areas-on-map.ts';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { Clocks } from './clocks.tsx';
import { Signals } from './signals.tsx';
import './situation.css';
import { AwaitingMe } from './awaiting-me.tsx';
import { LevelChangesAwaiting } from './level-changes.tsx';
import { MyTasks } from './my-tasks.tsx';
import { situationWords } from './words.ts';

/** The situation as it is, or as it was where the time axis stands. */
export function Page() {
  const t = useWords(situationWords);
  const text = useText();
  const { permissions } = useMe();
  const { Link } = useNavigation();
  const [at, setAt] = useState<string | null>(null);
  const situation = useQuery({
    queryKey: ['situation', 'at', at],
    queryFn: () => client.incidents.situation({ query: at ? { at } : {} }),
    placeholderData: (before) => before,
  });
  if (situation.error) return <ErrorState error={situation.error} onRetry={() => void situation.refetch()} />;
  if (!situation.data) return <Loading />;
  const { figures, curve, marks, asOf } = situation.data;
  return (
    <PageFrame
      title={t('title')}
      note={<AsOf at={asOf} />}
      actions={
        permissions.includes('cases.read') && (
          <Link
            className="lv-button"
            href={at === null ? '/analysis' : `/analysis?until=${curve.at(-1)!.day}`}
          >
            {t('analysis')}
          </Link>
        )
      }
    >
      <FigureStrip>
        {figures.map((figure) => (
          <Figure
            key={figure.name}
            label={text(figure.title)}
            value={figure.value}
            trend={figure.series.map(({ value }) => value)}
            asOf={figure.asOf}
            source={text(figure.source)}
          />
        ))}
      </FigureStrip>
      <div className="situation">
        <PrefectureMap places={situation.data.places} at={at} />
        <aside className="situation__now" aria-label={t('needsMe')}>
          <Signals />
          <LevelChangesAwaiting />
          <AwaitingMe />
          <Clocks />
          {permissions.includes('tasks.read') && <MyTasks />}
        </aside>
      </div>
      <Section title={t('axis')}>
        <TimelineAxis
          from={`${curve[0]!.day}T00:00:00+08:00`}
          until={at === null ? asOf : `${curve.at(-1)!.day}T23:59:59+08:00`}
          at={at}
          onScrub={setAt}
          curve={curve.map(({ day, cases }) => ({ day, count: cases }))}
          decisions={marks.map(({ at: moment, kind, title }, index) => ({
            id: `${index}-${kind}`,
            at: moment,
            title: text(title),
          }))}
        />
      </Section>
      <Timeline />
    </PageFrame>
  );
}

function PrefectureMap({ places, at }: { places: Situation['places']; at: string | null }) {
  const t = useWords(situationWords);
  const text = useText();
  const outlines = useQuery({
    queryKey: ['places', 'outlines'],
    queryFn: () => client.places.outlines(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const now = useServerClock().snapshot();
  const navigation = useNavigation();
  const mayRead = useMe().permissions.includes('measures.read');
  const areas = useQuery({
    queryKey: ['situation', 'areas', at],
    queryFn: () =>
      client.measures.list({
        query: { kind: ['risk_area'], phase: ['active'], limit: 200, ...(at && { at }) },
      }),
    enabled: mayRead,
    placeholderData: (before) => before,
  });
  const data = useMemo(() => {
    if (!outlines.data) return null;
    const drawnAreas = areasOnMap(areas.data?.items ?? [], (measure) =>
      t('areaNote', { until: formatTime(measure.endsAt, now) }),
    );
    const going = new Map(places.map((place) => [place.division, place]));
    const drawn = {
      type: 'FeatureCollection',
      features: outlines.data.areas.map(({ division, nameZh, nameEn, labelPoint, geometry }) => ({
        type: 'Feature',
        properties: { division, name: nameZh, nameEn, labelPoint },
        geometry,
      })),
    } as unknown as Outlines;
    const points = outlines.data.townships.flatMap(({ division, nameZh, nameEn, lon, lat, approximate }) => {
      if (lon === null || lat === null) return [];
      const here = going.get(division);
      const note =
        here &&
        t('here', {
          signals: here.signals,
          cases: here.cases,
          high: here.highRiskAreas,
          medium: here.mediumRiskAreas,
        });
      return [
        {
          id: division,
          name: text({ zh: nameZh, en: nameEn }),
          at: [lon, lat] as [number, number],
          approximate,
          marked: here !== undefined,
          ...(note && { note }),
        },
      ];
    });
    return { outlines: drawn, points, areas: drawnAreas };
  }, [outlines.data, areas.data, places, now, t, text]);
  if (outlines.error) return <ErrorState error={outlines.error} onRetry={() => void outlines.refetch()} />;
  if (!data) return <Loading />;
  return (
    <div className="situation__map">
      <MapView
        {...data}
        label={t('map')}
        source={t('mapSource')}
        onSelect={(id, thing) => {
          if (thing === 'area' && id) navigation.go(`/risk-areas?area=${id}`);
        }}
      />
    </div>
  );
}

function Timeline() {
  const t = useWords(situationWords);
  const text = useText();
  const timeline = useQuery({
    queryKey: ['situation', 'timeline'],
    queryFn: () => client.incidents.timeline({ query: { limit: 30 } }),
  });
  if (timeline.error)
    return <ErrorState shape="line" error={timeline.error} onRetry={() => void timeline.refetch()} />;
  return (
    <Section title={t('timeline')}>
      <ol className="situation__timeline">
        {timeline.data?.items.map((entry) => (
          <li key={entry.position}>
            <Time at={entry.at} /> <strong>{text(entry.title)}</strong> {entry.actor?.name} {entry.text}
          </li>
        ))}
      </ol>
    </Section>
  );
}
