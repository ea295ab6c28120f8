import type { StayAnswer } from '@levee/contract';
import { formatTime, useServerClock, useText, useWords } from '@levee/ui';
import { MapView, type Outlines } from '@levee/ui/map';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../../app/client.ts';
import { caseWords } from '../words.ts';

const NOWHERE: Outlines = { type: 'FeatureCollection', features: [] };

/** The stays with a position, numbered as in the list, on the outlines of the county they lie in. */
export function StayMap({
  stays,
  selected,
  onSelect,
}: {
  stays: readonly StayAnswer[];
  selected: string | null;
  onSelect: (stayId: string | null) => void;
}) {
  const t = useWords(caseWords);
  const text = useText();
  const clock = useServerClock();
  const points = useMemo(
    () =>
      stays.flatMap(({ id, place, from, until }) =>
        place.lon === null || place.lat === null
          ? []
          : [
              {
                id,
                name: text({ zh: place.nameZh, en: place.nameEn }),
                at: [place.lon, place.lat] as [number, number],
                approximate: place.approximate,
                note: `${formatTime(from, clock.snapshot())} – ${formatTime(until, clock.snapshot())}`,
              },
            ],
      ),
    [stays, text, clock],
  );
  const outlines = useQuery({
    queryKey: ['places', 'outlines'],
    queryFn: () => client.places.outlines(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const drawn = useMemo<Outlines>(() => {
    const counties = new Set(stays.map(({ place }) => place.division.slice(0, 6)));
    const features = (outlines.data?.areas ?? [])
      .filter(({ division }) => counties.has(division))
      .map(({ division, nameZh, nameEn, labelPoint, geometry }) => ({
        type: 'Feature',
        properties: { division, name: nameZh, nameEn, labelPoint },
        geometry,
      }));
    return features.length === 0 ? NOWHERE : ({ type: 'FeatureCollection', features } as unknown as Outlines);
  }, [outlines.data, stays]);
  if (points.length === 0) return <p className="case-quiet stay-work__none">{t('noPositions')}</p>;
  return (
    <MapView
      outlines={drawn}
      closeUp
      stays={points}
      label={t('map')}
      source={t('mapSource', { shown: points.length, total: stays.length })}
      selected={selected}
      onSelect={(id, thing) => (thing === 'stay' ? onSelect(id) : undefined)}
    />
  );
}
