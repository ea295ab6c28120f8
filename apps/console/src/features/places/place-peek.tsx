import type { Place } from '@levee/contract';
import {
  ErrorState,
  Facts,
  formatCount,
  Loading,
  PeekPanel,
  Section,
  StatusMark,
  useText,
  useWords,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { StewardForm } from './steward-form.tsx';
import { classNames, levelNames, placeWords } from './words.ts';

/** One place: where it lies, how many people, who looks after it, which venues are in it. */
export function PlacePeek({
  placeId,
  onClose,
  onGo,
  onTree,
  onAdd,
}: {
  placeId: string;
  onClose: () => void;
  onGo: (id: string) => void;
  onTree: (place: Place) => void;
  onAdd: (place: Place) => void;
}) {
  const t = useWords(placeWords);
  const text = useText();
  const mayWrite = useMe().permissions.includes('places.write');
  const found = useQuery({
    queryKey: ['places', 'one', placeId],
    queryFn: () => client.places.byId({ params: { placeId } }),
  });
  const place = found.data;
  if (!place) {
    return (
      <PeekPanel title={t('name')} onClose={onClose}>
        {found.error ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : <Loading />}
      </PeekPanel>
    );
  }
  const inTree = place.code !== null;
  return (
    <PeekPanel
      title={text({ zh: place.nameZh, en: place.nameEn })}
      onClose={onClose}
      footer={
        inTree ? (
          <>
            <button type="button" className="lv-button" onClick={() => onTree(place)}>
              {t('showTree')}
            </button>
            {mayWrite && (
              <button type="button" className="lv-button" onClick={() => onAdd(place)}>
                {t('addHere')}
              </button>
            )}
          </>
        ) : undefined
      }
    >
      <Facts
        rows={[
          [t('level'), text(levelNames[place.level])],
          ...(place.class && place.level === 'venue'
            ? [[t('class'), text(classNames[place.class])] as const]
            : []),
          ...(inTree ? [[t('code'), <code key="code">{place.code}</code>] as const] : []),
          [
            t('where'),
            <span key="where" className="places-path">
              {place.path.map((each) => (
                <button key={each.id} type="button" className="places-link" onClick={() => onGo(each.id)}>
                  {text({ zh: each.nameZh, en: each.nameEn })}
                </button>
              ))}
            </span>,
          ],
          [t('headcount'), place.headcount === 0 ? t('noHeadcount') : formatCount(place.headcount)],
          [
            t('position'),
            place.lon === null || place.lat === null ? (
              t('noPosition')
            ) : (
              <span key="position">
                {place.lon.toFixed(4)}, {place.lat.toFixed(4)}{' '}
                <StatusMark tone={place.approximate ? 'neutral' : 'good'}>
                  {t(place.approximate ? 'approximate' : 'exact')}
                </StatusMark>
              </span>
            ),
          ],
        ]}
      />
      {inTree && (
        <StewardForm key={place.id} placeId={place.id} parentId={place.parentId} mayWrite={mayWrite} />
      )}
      {inTree && <Inside place={place} onGo={onGo} />}
    </PeekPanel>
  );
}

function Inside({ place, onGo }: { place: Place; onGo: (id: string) => void }) {
  const t = useWords(placeWords);
  const text = useText();
  const inside = useQuery({
    queryKey: ['places', 'inside', place.division],
    queryFn: () => client.places.search({ query: { within: place.division, level: ['venue'], limit: 20 } }),
  });
  return (
    <Section
      title={t('inside')}
      note={inside.data && t('belowCount', { count: formatCount(inside.data.total) })}
    >
      {inside.error && <ErrorState error={inside.error} shape="line" />}
      {inside.data?.total === 0 && <p className="places-quiet">{t('noneInside')}</p>}
      <ul className="places-inside">
        {inside.data?.items.map((venue) => (
          <li key={venue.id}>
            <button type="button" className="places-link" onClick={() => onGo(venue.id)}>
              {text({ zh: venue.nameZh, en: venue.nameEn })}
            </button>
            <span>{venue.class && text(classNames[venue.class])}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
