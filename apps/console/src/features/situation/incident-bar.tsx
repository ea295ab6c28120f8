import { useNavigation, useText, useWords } from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { situationWords } from './words.ts';
import './situation.css';

/** The running incident and its level, in the top bar; leads to its page. */
export function IncidentBar() {
  const t = useWords(situationWords);
  const text = useText();
  const { Link } = useNavigation();
  const may = useMe().permissions.includes('incidents.read');
  const current = useQuery({
    queryKey: ['situation', 'incidents'],
    queryFn: () => client.incidents.current(),
    enabled: may,
  });
  const incident = current.data?.items[0];
  if (!incident) return current.data ? <span className="top-bar__calm">{t('noIncident')}</span> : null;
  return (
    <Link href={`/incidents/${incident.id}`} className="situation__bar">
      <span className="situation__level">{t('levelOf', { level: incident.level })}</span>
      <strong title={text(incident.name)}>{text(incident.name)}</strong>
    </Link>
  );
}
