import { measureKindWords, type Notice, type Place } from '@levee/contract';
import { ErrorState, formatCount, RiskMark, useText, useWords } from '@levee/ui';
import { type MapArea, MapView, type Outlines } from '@levee/ui/map';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { client } from '../../app/client.ts';
import type { Draft } from './drafts.ts';
import { NoticeView } from './notice-view.tsx';
import { measureWords } from './words.ts';

type PreviewAnswer = Awaited<ReturnType<typeof client.measures.preview>>;

/** Beside the form: whom it touches, where, what it costs, what it will say, and what still keeps it from being sent. */
export function Preview({
  draft,
  name,
  place,
  answer,
  error,
  missing,
  sending,
  onNotice,
  children,
}: {
  draft: Draft;
  name: string;
  place: Place | null;
  answer: PreviewAnswer | undefined;
  error: unknown;
  missing: readonly string[];
  sending: boolean;
  onNotice: ((notice: Notice | null) => void) | undefined;
  children: ReactNode;
}) {
  const t = useWords(measureWords);
  const text = useText();
  const [editing, setEditing] = useState(false);
  const notice = draft.notice ?? answer?.notice;
  return (
    <aside className="measures-preview" aria-label={t('preview')}>
      <h2>
        {draft.level && <RiskMark level={draft.level} full />} {text(measureKindWords[draft.kind])}
        {draft.subjectType === 'place' && name && ` · ${name}`}
      </h2>
      {Boolean(error) && <ErrorState shape="line" error={error} />}
      {answer && (
        <dl className="measures-cost">
          <div>
            <dt>{t('people')}</dt>
            <dd>{formatCount(answer.peopleCount)}</dd>
          </div>
          <div>
            <dt>{t('vulnerable')}</dt>
            <dd>{answer.vulnerableCount === null ? t('unknown') : formatCount(answer.vulnerableCount)}</dd>
          </div>
          <div>
            <dt>{t('cost')}</dt>
            <dd>{t('personDaysShort', { count: formatCount(answer.personDays) })}</dd>
          </div>
        </dl>
      )}
      {place && <ScopeMap draft={draft} place={place} smallest={answer?.smallest ?? null} />}
      {answer?.duties && (
        <>
          <h3 className="measures-heading">{t('duties')}</h3>
          <p className="measures-muted">{text(answer.duties)}</p>
        </>
      )}
      {notice && (
        <>
          <h3 className="measures-heading">
            {t('notice')}
            {onNotice && (
              <button
                type="button"
                className="lv-button lv-button--quiet"
                onClick={() => setEditing(!editing)}
              >
                {t(editing ? 'donEdit' : 'editNotice')}
              </button>
            )}
          </h3>
          <NoticeView notice={notice} {...(editing && onNotice && { onChange: onNotice })} />
        </>
      )}
      <footer>
        {missing.length > 0 ? (
          <div className="measures-blocked" role="status">
            <strong>{t('blockedBy')}</strong>
            <ul>
              {[...new Set(missing)].map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </div>
        ) : (
          <p className="measures-muted">{t('sendHint')}</p>
        )}
        {children}
        <button
          type="submit"
          className="lv-button lv-button--primary"
          disabled={missing.length > 0 || sending || answer === undefined}
        >
          {t('sendForApproval')}
        </button>
      </footer>
    </aside>
  );
}

/** Where the area lies, and the smallest the evidence would allow. */
function ScopeMap({
  draft,
  place,
  smallest,
}: {
  draft: Draft;
  place: Place;
  smallest: PreviewAnswer['smallest'];
}) {
  const t = useWords(measureWords);
  const text = useText();
  const outlines = useQuery({
    queryKey: ['places', 'outlines'],
    queryFn: () => client.places.outlines(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const map = useMemo(() => {
    if (!outlines.data) return null;
    const county = outlines.data.areas.filter(({ division }) => place.division.startsWith(division));
    const areas: MapArea[] = [];
    const at = place.lon !== null && place.lat !== null ? place : smallest;
    if (at && at.lon !== null && at.lat !== null) {
      areas.push({
        id: place.id,
        name: text({ zh: place.nameZh, en: place.nameEn }),
        level: draft.level ?? 'low',
        geometry: { type: 'Point', coordinates: [at.lon, at.lat] },
      });
    }
    return {
      areas,
      outlines: {
        type: 'FeatureCollection',
        features: county.map(({ division, nameZh, nameEn, labelPoint, geometry }) => ({
          type: 'Feature',
          properties: { division, name: nameZh, nameEn, labelPoint },
          geometry,
        })),
      } as unknown as Outlines,
    };
  }, [outlines.data, place, smallest, draft.level, text]);
  if (!map || map.outlines.features.length === 0) return null;
  return (
    <div className="measures-scope">
      <MapView {...map} label={t('mapLabel')} source={t('mapSource')} selected={place.id} />
    </div>
  );
}
