import { type AreaLevel, measureKindWords, PERSON_MEASURE_KINDS, PLACE_MEASURE_KINDS } from '@levee/contract';
import { FormField, RiskMark, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { PlaceFinder } from '../places/place-finder.tsx';
import { DeterminedPersonFinder } from './determined-person-finder.tsx';
import type { Draft } from './drafts.ts';
import { Proposals } from './proposals.tsx';
import { useMeasuresPurpose } from './purpose.ts';
import { measureWords } from './words.ts';

const LEVELS: readonly AreaLevel[] = ['high', 'medium', 'low'];
/** A hold of a pool's members comes from the rule alone. */
const PERSON_KINDS = PERSON_MEASURE_KINDS.filter((kind) => kind !== 'pool_hold');

/** What kind, and whom or what it limits: a place of the tree, or a person somebody already determined something about. */
export function SubjectStep({
  draft,
  incidentId,
  fixed,
  onChange,
}: {
  draft: Draft;
  incidentId: string | undefined;
  /** An extension limits what the earlier decision limited. */
  fixed: boolean;
  onChange: (change: Partial<Draft>) => void;
}) {
  const t = useWords(measureWords);
  const text = useText();
  const kinds = draft.subjectType === 'place' ? PLACE_MEASURE_KINDS : PERSON_KINDS;
  const nobody = { subjectId: null, subjectName: '', ground: [], notice: null };
  const personName = usePersonName(draft.subjectType === 'person' ? draft.subjectId : null);
  return (
    <>
      <div className="measures-row">
        <fieldset className="measures-tabs" disabled={fixed}>
          {(['place', 'person'] as const).map((type) => (
            <button
              key={type}
              type="button"
              className="lv-button lv-button--quiet"
              aria-pressed={draft.subjectType === type}
              onClick={() =>
                onChange({
                  ...nobody,
                  subjectType: type,
                  kind: type === 'place' ? 'risk_area' : 'centralised_isolation',
                  level: type === 'place' ? 'high' : null,
                })
              }
            >
              {t(type === 'place' ? 'forPlace' : 'forPerson')}
            </button>
          ))}
        </fieldset>
        <select
          className="lv-input measures-kind"
          aria-label={t('kind')}
          value={draft.kind}
          disabled={fixed}
          onChange={(event) => {
            const kind = event.target.value as Draft['kind'];
            onChange({ kind, level: kind === 'risk_area' ? (draft.level ?? 'high') : null, endsAt: null });
          }}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {text(measureKindWords[kind])}
            </option>
          ))}
        </select>
        {draft.kind === 'risk_area' && (
          <fieldset className="measures-tabs" aria-label={t('level')} disabled={fixed}>
            {LEVELS.map((level) => (
              <button
                key={level}
                type="button"
                className="lv-button lv-button--quiet"
                aria-pressed={draft.level === level}
                onClick={() => onChange({ level })}
              >
                <RiskMark level={level} />
              </button>
            ))}
          </fieldset>
        )}
      </div>
      {draft.subjectId ? (
        <p className="measures-chosen">
          <strong>{draft.subjectType === 'person' ? personName : draft.subjectName}</strong>
          {!fixed && (
            <button type="button" className="lv-button lv-button--quiet" onClick={() => onChange(nobody)}>
              {t('change')}
            </button>
          )}
        </p>
      ) : draft.subjectType === 'place' ? (
        <>
          <FormField label={t('searchPlace')}>
            {(wiring) => (
              <PlaceFinder
                wiring={wiring}
                chosen={null}
                onChoose={(place) =>
                  place && onChange({ subjectId: place.id, subjectName: place.name, ground: [] })
                }
              />
            )}
          </FormField>
          {draft.kind === 'risk_area' && incidentId && (
            <>
              <h4>{t('fromProposals')}</h4>
              <Proposals
                incidentId={incidentId}
                spreadUnclear={false}
                onChoose={({ place, level, ground }) =>
                  onChange({
                    subjectId: place.id,
                    subjectName: text({ zh: place.nameZh, en: place.nameEn }),
                    level,
                    ground,
                  })
                }
              />
            </>
          )}
        </>
      ) : (
        <DeterminedPersonFinder onChoose={(id) => onChange({ subjectId: id, ground: [] })} />
      )}
    </>
  );
}

/** The name of a chosen person is asked for each time: a draft on the device holds none. */
function usePersonName(personId: string | null): string {
  const t = useWords(measureWords);
  const text = useText();
  const purpose = useMeasuresPurpose();
  const found = useQuery({
    queryKey: ['measures', 'person', personId],
    queryFn: () =>
      client.tracing.contacts({
        purpose: purpose === 'oversight' || purpose === null ? 'outbreak_command' : purpose,
        query: { personId: personId ?? '', limit: 1 },
      }),
    enabled: personId !== null,
  });
  const person = found.data?.items[0]?.person;
  return person ? `${person.nameZh} · ${text(person.divisionName)}` : t('onePerson');
}
