import { newId, ROLES, type Role, roles } from '@levee/contract';
import {
  ErrorState,
  FormActions,
  FormField,
  FormGrid,
  PeekPanel,
  useServerNow,
  useText,
  useWords,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { taskWords } from './words.ts';

/** Roles that carry duties; the three administrators run the house and get none. */
const DUTY_ROLES = ROLES.filter(
  (each) => !['administrator', 'security_administrator', 'auditor'].includes(each),
);
const HOURS_8 = 8 * 3_600_000;
/** `2022-08-12T21:40` in the prefecture's time, as the field wants it. */
const localText = (ms: number) => new Date(ms + HOURS_8).toISOString().slice(0, 16);

/** A directive: one post answers, with a due time; areas chosen get one each below it. */
export function NewTask({ onClose, onOpened }: { onClose: () => void; onOpened: (id: string) => void }) {
  const t = useWords(taskWords);
  const text = useText();
  const me = useMe();
  const queries = useQueryClient();
  const now = useServerNow();
  const [id] = useState(() => newId());
  const [due] = useState(() => localText(now + 4 * 3_600_000));
  const [division, setDivision] = useState(me.division);
  const areas = useQuery({
    queryKey: ['places', 'task-areas'],
    queryFn: () =>
      client.places.search({ query: { level: ['prefecture', 'county', 'township'], limit: 500 } }),
    staleTime: 600_000,
  });
  const incidents = useQuery({
    queryKey: ['situation', 'incidents'],
    queryFn: () => client.incidents.current(),
  });
  const named = (area: { nameZh: string; nameEn: string }) => text({ zh: area.nameZh, en: area.nameEn });
  const all = areas.data?.items ?? [];
  const target = all.find((area) => area.division === division);
  const below = all.filter(({ parentId }) => target && parentId === target.id);
  const open = useMutation({
    mutationFn: (form: FormData) => {
      const field = (name: string) => String(form.get(name) ?? '').trim();
      const wanted = { zh: field('wantedZh'), en: field('wantedEn') };
      return client.tasks.open({
        body: {
          id,
          title: { zh: field('titleZh'), en: field('titleEn') },
          division: field('division'),
          role: field('role') as Role,
          dueAt: new Date(`${field('dueAt')}:00+08:00`).toISOString(),
          ...(wanted.zh && wanted.en && { evidenceWanted: wanted }),
          ...(field('incident') && { incidentId: field('incident') }),
          cascade: form.getAll('cascade').map(String),
        },
      });
    },
    onSuccess: async (task) => {
      await queries.invalidateQueries({ queryKey: ['tasks'] });
      onOpened(task.id);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    open.mutate(new FormData(event.currentTarget));
  };
  const line = (name: string, label: Parameters<typeof t>[0], max: number, optional = false) => (
    <FormField label={t(label)} optional={optional}>
      {(wiring) => (
        <input {...wiring} className="lv-input" name={name} maxLength={max} required={!optional} />
      )}
    </FormField>
  );
  return (
    <PeekPanel title={t('newTask')} onClose={onClose}>
      <form onSubmit={submit}>
        <FormGrid>
          {line('titleZh', 'titleZh', 120)}
          {line('titleEn', 'titleEn', 200)}
          <FormField label={t('area')}>
            {(wiring) => (
              <select
                {...wiring}
                className="lv-input"
                name="division"
                value={division}
                onChange={(event) => setDivision(event.target.value)}
              >
                {all.map((area) => (
                  <option key={area.id} value={area.division}>
                    {'　'.repeat(Math.max(0, area.path.length))}
                    {named(area)}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <FormField label={t('postOf')}>
            {(wiring) => (
              <select {...wiring} className="lv-input" name="role" defaultValue="duty_officer">
                {DUTY_ROLES.map((each) => (
                  <option key={each} value={each}>
                    {text(roles[each].title)}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <FormField label={t('dueAt')}>
            {(wiring) => (
              <input
                {...wiring}
                className="lv-input"
                type="datetime-local"
                name="dueAt"
                required
                min={localText(now)}
                defaultValue={due}
              />
            )}
          </FormField>
          <FormField label={t('ofIncident')} optional>
            {(wiring) => (
              <select {...wiring} className="lv-input" name="incident">
                {incidents.data?.items.map((incident) => (
                  <option key={incident.id} value={incident.id}>
                    {text(incident.name)}
                  </option>
                ))}
                <option value="">{t('noIncident')}</option>
              </select>
            )}
          </FormField>
          {line('wantedZh', 'wantedZh', 200, true)}
          {line('wantedEn', 'wantedEn', 300, true)}
          {below.length > 0 && (
            <fieldset className="tasks-cascade">
              <legend>{t('cascade')}</legend>
              <p className="tasks-quiet">{t('cascadeWhat')}</p>
              {below.map((area) => (
                <label key={area.id}>
                  <input type="checkbox" name="cascade" value={area.division} /> {named(area)}
                </label>
              ))}
            </fieldset>
          )}
        </FormGrid>
        {(open.error ?? areas.error) && <ErrorState error={open.error ?? areas.error} shape="line" />}
        <FormActions>
          <button type="submit" className="lv-button lv-button--primary" disabled={open.isPending}>
            {t('give')}
          </button>
          <button type="button" className="lv-button" onClick={onClose}>
            {t('back')}
          </button>
        </FormActions>
      </form>
    </PeekPanel>
  );
}
