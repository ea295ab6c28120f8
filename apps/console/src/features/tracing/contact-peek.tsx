import type { ContactDetail, Exposure, ExposureFacts } from '@levee/contract';
import {
  ErrorState,
  Facts,
  formatDay,
  Loading,
  PeekPanel,
  StatusMark,
  Time,
  useServerNow,
  useText,
  useWords,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { ClassMark } from './class-mark.tsx';
import { Evidence } from './evidence.tsx';
import { ReviewBar } from './review-bar.tsx';
import { METHOD_NAMES, tracingWords } from './words.ts';

/** One contact: why, how close, what it means for the person, and the decision. */
export function ContactPeek({
  contactId,
  purpose,
  mayReview,
  onClose,
  onPrevious,
  onNext,
}: {
  contactId: string;
  purpose: 'contact_tracing' | 'outbreak_command';
  mayReview: boolean;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}) {
  const t = useWords(tracingWords);
  const text = useText();
  const detail = useQuery({
    queryKey: ['tracing', 'contact', contactId],
    queryFn: () => client.tracing.contactById({ purpose, params: { contactId } }),
  });
  const contact = detail.data?.contact;
  return (
    <PeekPanel
      title={contact?.person.nameZh ?? '…'}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      footer={mayReview && contact && <ReviewBar contacts={[contact]} onDone={() => {}} />}
    >
      {detail.isLoading && <Loading />}
      {detail.error && <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.data && contact && (
        <>
          <Facts
            rows={[
              [t('class'), <ClassMark key="class" value={contact.class ?? contact.proposedClass} />],
              [
                t('state'),
                <span key="state">
                  {t(contact.state)}
                  {contact.lostAt && <StatusMark tone="over">{t('lostHint')}</StatusMark>}
                </span>,
              ],
              [
                t('rule'),
                `${contact.source.title}${contact.confidence === 'unverified' ? `（${t('unverified')}）` : ''}`,
              ],
              [
                t('sexAge'),
                `${t(contact.person.sex)} ${contact.person.age ?? '–'}${contact.person.synthetic ? ` · ${t('synthetic')}` : ''}`,
              ],
              [t('phone'), contact.person.phoneMasked ?? '–'],
              [t('live'), text(contact.person.divisionName)],
              [t('firstExposure'), <Time key="first" at={contact.firstExposure} />],
              [t('lastExposure'), <Time key="last" at={contact.lastExposure} />],
              ...(contact.reviewedBy
                ? [
                    [
                      t('decidedBy'),
                      `${contact.reviewedBy.name}${contact.reason ? ` · ${contact.reason}` : ''}`,
                    ] as const,
                  ]
                : []),
            ]}
          />
          <h3 className="tracing-heading">{t('evidence')}</h3>
          <Evidence
            exposures={detail.data.exposures}
            actions={(exposure) => mayReview && <FactButtons detail={detail.data} exposure={exposure} />}
          />
          <h3 className="tracing-heading">{t('duties')}</h3>
          {detail.data.duties ? <Duties duties={detail.data.duties} /> : <p>{t('noDuties')}</p>}
        </>
      )}
    </PeekPanel>
  );
}

/** Phases and test days, as a preview: nothing here is ordered. */
function Duties({ duties }: { duties: NonNullable<ContactDetail['duties']> }) {
  const t = useWords(tracingWords);
  const text = useText();
  const now = useServerNow();
  return (
    <>
      <p className="tracing-muted">{t('dutiesHint')}</p>
      <ul className="tracing-reasons">
        {duties.phases.map((phase) => (
          <li key={phase.kind}>
            <strong>{text(phase.kindName)}</strong> {formatDay(phase.fromDate, now)} {t('until')}{' '}
            {formatDay(phase.untilDate, now)}
            {phase.tests.length > 0 && (
              <div className="tracing-muted">
                {t('tests')}{' '}
                {phase.tests
                  .map(
                    ({ date, method }) =>
                      `${formatDay(date, now)} ${text(METHOD_NAMES[method] ?? { zh: method, en: method })}`,
                  )
                  .join('、')}
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

const FACTS: readonly (readonly [
  word: 'near' | 'companion' | 'effective' | 'ventilated',
  facts: ExposureFacts,
])[] = [
  ['near', { near: true }],
  ['companion', { companion: true }],
  ['effective', { protection: 'effective' }],
  ['ventilated', { ventilation: 'good' }],
];

/** What only the people know, one press each; the pack is asked again at once. */
function FactButtons({ detail: { contact }, exposure }: { detail: ContactDetail; exposure: Exposure }) {
  const t = useWords(tracingWords);
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: (facts: ExposureFacts) =>
      client.tracing.addFacts({
        purpose: 'contact_tracing',
        params: { contactId: contact.id },
        body: { version: contact.version, exposureId: exposure.id, facts },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tracing'] }),
  });
  return (
    <div className="tracing-facts">
      <span className="tracing-muted">{t('facts')}</span>
      {FACTS.map(([word, facts]) => (
        <button
          key={word}
          type="button"
          className="lv-button lv-button--quiet"
          aria-pressed={Object.entries(facts).every(
            ([name, value]) => exposure.facts[name as keyof ExposureFacts] === value,
          )}
          disabled={add.isPending}
          onClick={() => add.mutate(facts)}
        >
          {t(word)}
        </button>
      ))}
      {add.error && <ErrorState shape="line" error={add.error} />}
    </div>
  );
}
