import { newId, type Place, VENUE_CLASSES, type VenueClass } from '@levee/contract';
import { ErrorState, FormActions, FormField, FormGrid, PeekPanel, useText, useWords } from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '../../app/client.ts';
import { type FoundPlace, PlaceFinder } from './place-finder.tsx';
import { classNames, placeWords } from './words.ts';

const AREA_LEVELS = ['township', 'community', 'grid', 'building'] as const;

/** Registers a venue by what it is used for, under an area or building. */
export function VenueForm({
  under,
  onClose,
  onAdded,
}: {
  under: Place | null;
  onClose: () => void;
  onAdded: (id: string) => void;
}) {
  const t = useWords(placeWords);
  const text = useText();
  const queries = useQueryClient();
  const [id] = useState(() => newId());
  const [area, setArea] = useState<Pick<FoundPlace, 'id' | 'name'> | null>(
    under && { id: under.id, name: text({ zh: under.nameZh, en: under.nameEn }) },
  );
  const add = useMutation({
    mutationFn: (form: FormData) => {
      const field = (name: string) => String(form.get(name) ?? '').trim();
      const degrees = (name: string) => (field(name) === '' ? null : Number(field(name)));
      return client.places.add({
        body: {
          id,
          parentId: area!.id,
          class: field('class') as VenueClass,
          nameZh: field('nameZh'),
          ...(field('nameEn') && { nameEn: field('nameEn') }),
          lon: degrees('lon'),
          lat: degrees('lat'),
          indoors: field('indoors') === 'yes',
        },
      });
    },
    onSuccess: async (place) => {
      await queries.invalidateQueries({ queryKey: ['places'] });
      onAdded(place.id);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    add.mutate(new FormData(event.currentTarget));
  };
  return (
    <PeekPanel title={t('addVenue')} onClose={onClose}>
      <form onSubmit={submit}>
        <p className="places-quiet">{t('neutral')}</p>
        <FormGrid>
          <FormField label={t('under')}>
            {(wiring) => (
              <PlaceFinder
                wiring={wiring}
                levels={AREA_LEVELS}
                chosen={area?.name ?? null}
                onChoose={setArea}
              />
            )}
          </FormField>
          <FormField label={t('nameZh')}>
            {(wiring) => <input {...wiring} className="lv-input" name="nameZh" maxLength={80} required />}
          </FormField>
          <FormField label={t('nameEn')} optional>
            {(wiring) => <input {...wiring} className="lv-input" name="nameEn" maxLength={120} />}
          </FormField>
          <FormField label={t('class')}>
            {(wiring) => (
              <select {...wiring} className="lv-input" name="class" defaultValue="market">
                {VENUE_CLASSES.map((each) => (
                  <option key={each} value={each}>
                    {text(classNames[each])}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <FormField label={t('kind')}>
            {(wiring) => (
              <select {...wiring} className="lv-input" name="indoors">
                <option value="yes">{t('indoors')}</option>
                <option value="no">{t('outdoors')}</option>
              </select>
            )}
          </FormField>
          <FormGrid columns={2}>
            <FormField label={t('lon')} optional>
              {(wiring) => (
                <input
                  {...wiring}
                  className="lv-input"
                  name="lon"
                  type="number"
                  step="any"
                  min={-180}
                  max={180}
                />
              )}
            </FormField>
            <FormField label={t('lat')} optional>
              {(wiring) => (
                <input
                  {...wiring}
                  className="lv-input"
                  name="lat"
                  type="number"
                  step="any"
                  min={-90}
                  max={90}
                />
              )}
            </FormField>
          </FormGrid>
          <p className="places-quiet">{t('positionHint')}</p>
        </FormGrid>
        {add.error && <ErrorState error={add.error} shape="line" />}
        <FormActions>
          <button
            type="submit"
            className="lv-button lv-button--primary"
            disabled={area === null || add.isPending}
          >
            {t('addVenue')}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('back')}
          </button>
        </FormActions>
      </form>
    </PeekPanel>
  );
}
