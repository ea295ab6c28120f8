import { newId } from '@levee/contract';
import {
  ErrorState,
  FormActions,
  FormField,
  FormGrid,
  Loading,
  PeekPanel,
  useNavigation,
  useText,
  useWords,
} from '@levee/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { informationWords } from './words.ts';

/** Chooses incident and area; the rest of a draft comes from the data. */
export function DraftForm({ onClose }: { onClose: () => void }) {
  const t = useWords(informationWords);
  const text = useText();
  const { go } = useNavigation();
  const me = useMe();
  const [id] = useState(() => newId());
  const incidents = useQuery({
    queryKey: ['situation', 'incidents'],
    queryFn: () => client.incidents.current(),
  });
  const areas = useQuery({
    queryKey: ['places', 'own-areas'],
    queryFn: () => client.places.search({ query: { level: ['prefecture', 'county'], limit: 50 } }),
    staleTime: 600_000,
  });
  const draft = useMutation({
    mutationFn: (body: { incidentId: string; division: string }) =>
      client.information.draft({ body: { id, ...body } }),
    onSuccess: (bulletin) => go(`/bulletins/${bulletin.id}`),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    draft.mutate({ incidentId: String(form.get('incident')), division: String(form.get('division')) });
  };
  const error = incidents.error ?? areas.error;
  return (
    <PeekPanel title={t('newDraft')} onClose={onClose}>
      {error && <ErrorState error={error} shape="line" />}
      {!error && !(incidents.data && areas.data) && <Loading />}
      {incidents.data?.items.length === 0 && <p>{t('noIncident')}</p>}
      {incidents.data && areas.data && incidents.data.items.length > 0 && (
        <form onSubmit={submit}>
          <p className="information-quiet">{t('draftWhat')}</p>
          <FormGrid>
            <FormField label={t('incident')}>
              {(wiring) => (
                <select {...wiring} className="lv-input" name="incident">
                  {incidents.data.items.map((incident) => (
                    <option key={incident.id} value={incident.id}>
                      {text(incident.name)}
                    </option>
                  ))}
                </select>
              )}
            </FormField>
            <FormField label={t('chooseArea')}>
              {(wiring) => (
                <select {...wiring} className="lv-input" name="division" defaultValue={me.division}>
                  {areas.data.items.map((area) => (
                    <option key={area.id} value={area.division}>
                      {text({ zh: area.nameZh, en: area.nameEn })}
                    </option>
                  ))}
                </select>
              )}
            </FormField>
          </FormGrid>
          {draft.error && <ErrorState error={draft.error} shape="line" />}
          <FormActions>
            <button type="submit" className="lv-button lv-button--primary" disabled={draft.isPending}>
              {t('make')}
            </button>
            <button type="button" className="lv-button" onClick={onClose}>
              {t('cancel')}
            </button>
          </FormActions>
        </form>
      )}
    </PeekPanel>
  );
}
