import type { PersonDetail } from '@levee/contract';
import { occupationText } from '@levee/contract';
import {
  ErrorState,
  Facts,
  Loading,
  Page as PageFrame,
  Section,
  StatusMark,
  useNavigation,
  useText,
  useWords,
} from '@levee/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { PersonTests } from './person-tests.tsx';
import { usePeoplePurpose } from './purpose.ts';
import { peopleWords } from './words.ts';
import './people.css';

/** One person: who, with whom, tested how. Other modules' panels stand beside. */
export function Page() {
  const t = useWords(peopleWords);
  const { personId = '' } = useParams({ strict: false }) as { personId?: string };
  const purpose = usePeoplePurpose();
  const me = useMe();
  const person = useQuery({
    queryKey: ['people', 'person', personId],
    queryFn: () => client.people.byId({ purpose, params: { personId } }),
  });
  return (
    <PageFrame
      title={person.data?.nameZh ?? t('people')}
      breadcrumbs={[{ title: t('people'), href: '/people' }]}
      marks={person.data?.synthetic && <StatusMark tone="neutral">{t('synthetic')}</StatusMark>}
    >
      {person.error && <ErrorState error={person.error} onRetry={() => void person.refetch()} />}
      {person.isLoading && <Loading />}
      {person.data && (
        <div className="people-columns">
          <div>
            <About person={person.data} />
            <Household personId={personId} />
          </div>
          {me.permissions.includes('testing.read') && <PersonTests personId={personId} />}
        </div>
      )}
    </PageFrame>
  );
}

function About({ person }: { person: PersonDetail }) {
  const t = useWords(peopleWords);
  const text = useText();
  const named = (place: { nameZh: string; nameEn: string } | null) =>
    place ? text({ zh: place.nameZh, en: place.nameEn }) : '–';
  return (
    <Facts
      rows={[
        [t('sexAge'), `${t(person.sex)} ${person.age ?? '–'}`],
        [t('birth'), person.dateBirth ?? '–'],
        [
          t('identity'),
          <MaskedNumber key="identity" person={person} field="identity" masked={person.identityMasked} />,
        ],
        [t('phone'), <MaskedNumber key="phone" person={person} field="phone" masked={person.phoneMasked} />],
        [t('occupation'), person.occupation ? text(occupationText(person.occupation)) : '–'],
        [t('home'), person.home.map(named).join(' › ')],
        [t('school'), named(person.school)],
        [t('work'), named(person.work)],
      ]}
    />
  );
}

/** The last four places; the whole after an act that is recorded, kept on this screen only. */
function MaskedNumber({
  person,
  field,
  masked,
}: {
  person: PersonDetail;
  field: 'identity' | 'phone';
  masked: string | null;
}) {
  const t = useWords(peopleWords);
  const purpose = usePeoplePurpose();
  const reveal = useMutation({
    mutationFn: () => client.people.reveal({ purpose, params: { personId: person.id }, body: { field } }),
    gcTime: 0,
  });
  if (masked === null) return <>–</>;
  return (
    <span className="people-number">
      <span>{reveal.data?.value ?? masked}</span>
      {!reveal.data && (
        <button
          type="button"
          className="lv-button lv-button--quiet"
          title={t('revealNote')}
          disabled={reveal.isPending}
          onClick={() => reveal.mutate()}
        >
          {t('reveal')}
        </button>
      )}
      {reveal.error && <ErrorState error={reveal.error} shape="line" />}
    </span>
  );
}

function Household({ personId }: { personId: string }) {
  const t = useWords(peopleWords);
  const text = useText();
  const { Link } = useNavigation();
  const purpose = usePeoplePurpose();
  const household = useQuery({
    queryKey: ['people', 'household', personId],
    queryFn: () => client.people.household({ purpose, params: { personId } }),
  });
  const others = household.data?.members.filter(({ id }) => id !== personId) ?? [];
  return (
    <Section title={t('household')}>
      {household.error && <ErrorState error={household.error} shape="line" />}
      {household.data && others.length === 0 && <p className="people-quiet">{t('alone')}</p>}
      <ul className="people-rows">
        {others.map((member) => (
          <li key={member.id}>
            <Link href={`/people/${member.id}`}>{member.nameZh}</Link>
            <span>{`${t(member.sex)} ${member.age ?? '–'}`}</span>
            <span>{member.occupation && text(occupationText(member.occupation))}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
