import type { SearchResult } from '@levee/contract';
import { Time, useWords } from '@levee/ui';
import { usePlaceName } from '../places/place-name.ts';
import { tracingWords } from './words.ts';

/** The places of a result, most people first, each with its span on the time axis of the window. */
export function PlaceList({
  result,
  chosen,
  onChoose,
}: {
  result: SearchResult;
  chosen: string;
  onChoose: (placeId: string | null) => void;
}) {
  const t = useWords(tracingWords);
  const nameOf = usePlaceName();
  const from = Date.parse(result.search.window.from);
  const last = result.places.reduce((most, { until }) => Math.max(most, Date.parse(until)), from);
  const until = Math.max(Date.parse(result.search.window.until), last);
  const along = (instant: string) => `${((Date.parse(instant) - from) / Math.max(1, until - from)) * 100}%`;
  return (
    <ul className="tracing-places" aria-label={t('byPlace')}>
      <li>
        <button type="button" aria-pressed={chosen === ''} onClick={() => onChoose(null)}>
          <span>{t('allPlaces')}</span>
          <span className="tracing-places__count">{result.findings.length}</span>
        </button>
      </li>
      {result.places.map(({ place, peopleCount, from: start, until: end }) => (
        <li key={place.id}>
          <button
            type="button"
            aria-pressed={chosen === place.id}
            onClick={() => onChoose(chosen === place.id ? null : place.id)}
          >
            <span>{nameOf(place)}</span>
            <span className="tracing-places__count">{peopleCount}</span>
            <span className="tracing-muted">
              <Time at={start} />
            </span>
            <span className="tracing-places__bar" aria-hidden="true">
              <i style={{ left: along(start), right: `calc(100% - ${along(end)})` }} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
