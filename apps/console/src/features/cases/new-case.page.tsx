import {
  type CaseField,
  type CaseValues,
  CLASSIFICATIONS,
  type Classification,
  caseWords as fieldWords,
  LeveeError,
  newId,
} from '@levee/contract';
import {
  ErrorState,
  FormActions,
  FormField,
  Page as PageFrame,
  Section,
  useNavigation,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { PersonFinder } from '../people/person-finder.tsx';
import { useCaseSources } from './case-source.tsx';
import { FieldControl, type FieldTexts, valueOfText } from './field-control.tsx';
import { useCasePurpose } from './purpose.ts';
import { caseWords } from './words.ts';
import './cases.css';

const FIRST = [
  'foundIn',
  'dateOnset',
  'dateSample',
  'dateReporting',
  'severity',
  'hospital',
  'gender',
  'age',
  'occupation',
  'location',
  'note',
] as const satisfies readonly CaseField[];

/** Opens a case by hand: who, in which incident, classified how and why; the rest can follow. */
export function Page() {
  const t = useWords(caseWords);
  const text = useText();
  const me = useMe();
  const { go } = useNavigation();
  const purpose = useCasePurpose();
  const queries = useQueryClient();
  const { incidents } = useCaseSources();
  const [of, setOf] = useUrlText('of');
  // Made once, so that a press sent twice opens one case.
  const [id] = useState(() => newId());
  const [person, setPerson] = useState<{ id: string; name: string; division: string } | null>(null);
  const [classification, setClassification] = useState<Classification>('suspected');
  const [texts, setTexts] = useState<FieldTexts>({});
  const [reason, setReason] = useState('');
  const incident = of || incidents[0]?.of || '';
  const open = useMutation({
    mutationFn: () =>
      client.cases.open({
        purpose,
        body: {
          id,
          incidentId: incident.startsWith('incident:') ? incident.slice('incident:'.length) : null,
          personId: person?.id ?? null,
          classification,
          division: person?.division ?? me.division,
          values: Object.fromEntries(
            FIRST.map((field) => [field, valueOfText(field, texts[field] ?? '')]),
          ) as Partial<CaseValues>,
          reason,
        },
      }),
    onSuccess: async (caseFile) => {
      await queries.invalidateQueries({ queryKey: ['cases'] });
      go(`/cases/${caseFile.id}${caseFile.person ? '?tab=trajectory' : ''}`);
    },
  });
  const refusal = open.error instanceof LeveeError ? open.error : null;
  const faultOf = (field: CaseField) => {
    const fault = refusal?.faults?.find(({ where }) => where.endsWith(`values.${field}`));
    return fault && text(fault.problem);
  };
  return (
    <PageFrame title={t('newCase')} breadcrumbs={[{ title: t('list'), href: '/cases' }]}>
      <form
        className="case-form"
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate();
        }}
      >
        <Section title={t('who')}>
          <PersonFinder optional otherwise={t('personSearchLater')} chosen={person} onChoose={setPerson} />
          <div className="case-form__grid">
            <FormField label={t('incident')}>
              {(wiring) => (
                <select
                  {...wiring}
                  className="lv-input"
                  value={incident}
                  onChange={(event) => setOf(event.target.value || 'none', { replace: true })}
                >
                  <option value="none">{t('noIncident')}</option>
                  {incidents.map((one) => (
                    <option key={one.of} value={one.of}>
                      {one.name}
                    </option>
                  ))}
                </select>
              )}
            </FormField>
            <FormField label={t('classification')}>
              {(wiring) => (
                <select
                  {...wiring}
                  className="lv-input"
                  value={classification}
                  onChange={(event) => setClassification(event.target.value as Classification)}
                >
                  {CLASSIFICATIONS.map((value) => (
                    <option key={value} value={value}>
                      {text(fieldWords[value]!)}
                    </option>
                  ))}
                </select>
              )}
            </FormField>
            <FormField label={t('reason')} hint={t('openReasonHint')}>
              {(wiring) => (
                <input
                  {...wiring}
                  className="lv-input"
                  required
                  maxLength={300}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </FormField>
          </div>
        </Section>
        <Section title={t('facts')}>
          <div className="case-form__grid">
            {FIRST.map((field) => (
              <FieldControl
                key={field}
                field={field}
                value={texts[field] ?? ''}
                error={faultOf(field)}
                onChange={(value) => setTexts({ ...texts, [field]: value })}
              />
            ))}
          </div>
        </Section>
        {open.error && <ErrorState shape="line" error={open.error} />}
        <FormActions>
          <button
            type="submit"
            className="lv-button lv-button--primary"
            disabled={reason.trim() === '' || open.isPending}
          >
            {t('openNow')}
          </button>
          <button type="button" className="lv-button" onClick={() => go('/cases')}>
            {t('cancel')}
          </button>
        </FormActions>
      </form>
    </PageFrame>
  );
}
