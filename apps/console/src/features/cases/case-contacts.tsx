import {
  EmptyState,
  ErrorState,
  Loading,
  Section,
  StatusMark,
  Time,
  useNavigation,
  useText,
  useWords,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { ClassMark } from '../tracing/class-mark.tsx';
import { caseWords } from './words.ts';

const TONES = { proposed: 'waiting', accepted: 'good', rejected: 'neutral' } as const;

/** The contacts found from this case; deciding about them is done on the contacts' own screen. */
export function CaseContacts({ caseId }: { caseId: string }) {
  const t = useWords(caseWords);
  const text = useText();
  const { Link } = useNavigation();
  const me = useMe();
  const purpose = me.permissions.includes('tracing.review') ? 'contact_tracing' : 'outbreak_command';
  const contacts = useQuery({
    queryKey: ['tracing', 'contacts-of-case', caseId],
    queryFn: () => client.tracing.contacts({ purpose, query: { caseId, limit: 200 } }),
  });
  if (contacts.error) return <ErrorState error={contacts.error} onRetry={() => void contacts.refetch()} />;
  if (!contacts.data) return <Loading />;
  const { items, total } = contacts.data;
  return (
    <Section
      title={t('contactsCount', { count: total })}
      actions={
        <Link className="lv-button" href={`/contacts?case=${caseId}`}>
          {t('openContacts')}
        </Link>
      }
    >
      {total === 0 && (
        <EmptyState
          why="none"
          title={t('noContacts')}
          actions={
            <Link className="lv-button" href={`/tracing?case=${caseId}`}>
              {t('trace')}
            </Link>
          }
        />
      )}
      {total > 0 && (
        <table className="case-table">
          <thead>
            <tr>
              <th scope="col">{t('person')}</th>
              <th scope="col">{t('class')}</th>
              <th scope="col">{t('state')}</th>
              <th scope="col">{t('lastExposure')}</th>
              <th scope="col">{t('area')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.id}>
                <td>
                  <Link href={`/contacts?case=${caseId}&contact=${one.id}`}>{one.person.nameZh}</Link>
                </td>
                <td>
                  <ClassMark value={one.class ?? one.proposedClass} />
                </td>
                <td>
                  <StatusMark tone={TONES[one.state]}>{t(`contact.${one.state}`)}</StatusMark>
                </td>
                <td>
                  <Time at={one.lastExposure} />
                </td>
                <td>{text(one.person.divisionName)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
