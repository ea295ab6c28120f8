import { ROLES, type Role, roles } from '@levee/contract';
import { AsOf, ErrorState, FormField, Section, StatusMark, useText, useUrlText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { PlaceFinder } from '../places/place-finder.tsx';
import { organisationWords } from './words.ts';

const DUTY_ROLES = ROLES.filter(
  (each) => !['administrator', 'security_administrator', 'auditor'].includes(each),
);
const AREA_LEVELS = ['county', 'township', 'community', 'grid', 'building'] as const;
const stepWords = {
  owner: 'owner',
  deputy: 'deputyStep',
  headquarters: 'headquarters',
  upper_headquarters: 'upper',
} as const;

/** For any place and any duty: the chain of those who answer, and who looks after the spot (G3). */
export function WhoAnswers() {
  const t = useWords(organisationWords);
  const text = useText();
  const me = useMe();
  const [where, setWhere] = useUrlText('where');
  const [dutyText, setDuty] = useUrlText('duty');
  const division = where || me.division;
  const duty: Role = DUTY_ROLES.find((each) => each === dutyText) ?? 'duty_officer';
  const answer = useQuery({
    queryKey: ['organisations', 'who', division, duty],
    queryFn: () => client.organisations.whoAnswers({ query: { division, role: duty } }),
  });
  return (
    <Section title={t('who')} note={<span className="organisations__quiet">{t('whoWhat')}</span>}>
      <div className="organisations__ask">
        <FormField label={t('place')}>
          {(wiring) => (
            <PlaceFinder
              wiring={wiring}
              levels={AREA_LEVELS}
              chosen={null}
              placeholder={answer.data && text(answer.data.divisionName)}
              onChoose={(place) => place && setWhere(place.division, { replace: true })}
            />
          )}
        </FormField>
        <FormField label={t('duty')}>
          {(wiring) => (
            <select
              {...wiring}
              className="lv-input"
              value={duty}
              onChange={(event) => setDuty(event.target.value, { replace: true })}
            >
              {DUTY_ROLES.map((each) => (
                <option key={each} value={each}>
                  {text(roles[each].title)}
                </option>
              ))}
            </select>
          )}
        </FormField>
      </div>
      {answer.error && <ErrorState error={answer.error} shape="line" onRetry={() => void answer.refetch()} />}
      {answer.data && (
        <>
          <p>
            <strong>{text(answer.data.divisionName)}</strong> · {text(roles[answer.data.role].title)}{' '}
            <AsOf at={answer.data.asOf} />
          </p>
          <ol className="organisations__chain">
            {answer.data.steps.map(({ step, account }) => (
              <li key={step}>
                <span>{t(stepWords[step])}</span>
                <strong>{account?.name ?? '–'}</strong>
              </li>
            ))}
            <li>
              <span>{t('steward')}</span>
              <strong>
                {answer.data.steward ? (
                  t('stewardOf', {
                    name: answer.data.steward.account.name,
                    place: answer.data.steward.placeName,
                  })
                ) : (
                  <StatusMark tone="bad">{t('noSteward')}</StatusMark>
                )}
              </strong>
            </li>
          </ol>
        </>
      )}
    </Section>
  );
}
