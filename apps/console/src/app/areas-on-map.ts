/** Risk areas as marks of the map: two screens of two features draw them alike. */
import type { Measure } from '@levee/contract';
import type { MapArea } from '@levee/ui/map';

/** Metres between marks that would otherwise lie on one another. */
const STEP_DEGREES = 0.006;

/** Each area in force with a position; those on one spot are set out in a ring, as their position is approximate anyway. */
export function areasOnMap(measures: readonly Measure[], noteOf: (measure: Measure) => string): MapArea[] {
  const taken = new Map<string, number>();
  return measures.flatMap((measure) => {
    const { place, level } = measure;
    if (!place || place.lon === null || place.lat === null || level === null) return [];
    const spot = `${place.lon.toFixed(3)},${place.lat.toFixed(3)}`;
    const before = taken.get(spot) ?? 0;
    taken.set(spot, before + 1);
    const turn = before * 2.4;
    const away = before === 0 ? 0 : STEP_DEGREES * Math.sqrt(before);
    return [
      {
        id: measure.id,
        name: place.nameZh,
        level,
        geometry: {
          type: 'Point' as const,
          coordinates: [place.lon + away * Math.cos(turn), place.lat + away * Math.sin(turn)],
        },
        note: noteOf(measure),
      },
    ];
  });
}
