import { newId } from '@levee/contract';
import {
  Clock,
  ErrorState,
  Facts,
  Loading,
  Page as PageFrame,
  Section,
  StatusMark,
  Time,
  useNavigation,
  useText,
  useWords,
  WriteDialog,
} from '@levee/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useMe } from '../../app/session.ts';
import { LevelChangeRow } from './level-changes.tsx';
import { LevelForm } from './level-form.tsx';
import { situationWords } from './words.ts';
import './situation.css';

type Act = 'level' | 'note' | 'standDown';

/** One incident: level and its changes, clocks met and missed, and the acts on it. */
export function Page() {
  const t = useWords(situationWords);
  const text = useText();
  const { Link } = useNavigation();
  const { incidentId } = useParams({ strict: false }) as { incidentId: string };
  const { permissions } = useMe();
  const queries = useQueryClient();
  const [act, setAct] = useState<Act | null>(null);
  const params = { incidentId };
  const detail = useQuery({
    queryKey: ['situation', 'incident', incidentId],
    queryFn: () => client.incidents.byId({ params }),
  });
  if (detail.error) return <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />;
  if (!detail.data) return <Loading />;
  const { incident, clocks, levelChanges } = detail.data;
  const running = incident.stoodDownAt === null;
  const renew = () => queries.invalidateQueries({ queryKey: ['situation'] });
  const close = () => setAct(null);
  return (
    <PageFrame
      title={text(incident.name)}
      breadcrumbs={[{ title: t('title'), href: '/' }, { title: t('incident') }]}
      marks={
        <>
          <span className="situation__level">{t('levelOf', { level: incident.level })}</span>
          {!running && <StatusMark tone="neutral">{t('stoodDown')}</StatusMark>}
        </>
      }
      actions={
        <>
          {permissions.includes('cases.read') && (
            <Link
              className="lv-button"
              href={`/analysis?of=incident:${incident.id}&within=${incident.division.slice(0, 6)}`}
            >
              {t('analysis')}
            </Link>
          )}
          {running && (
            <>
              {permissions.includes('incidents.activate') && (
                <button
                  type="button"
                  className="lv-button lv-button--primary"
                  onClick={() => setAct('level')}
                >
                  {t('changeLevel')}…
                </button>
              )}
              {permissions.includes('tasks.act') && (
                <button type="button" className="lv-button" onClick={() => setAct('note')}>
                  {t('note')}…
                </button>
              )}
              {permissions.includes('incidents.activate') && (
                <button type="button" className="lv-button" onClick={() => setAct('standDown')}>
                  {t('standDown')}…
                </button>
              )}
            </>
          )}
        </>
      }
    >
      <div className="situation">
        <div>
          <Section title={t('levelChanges')}>
            {levelChanges.length === 0 && <p className="situation__quiet">{t('noLevelChanges')}</p>}
            {levelChanges.map((change) => (
              <LevelChangeRow key={change.id} change={change} />
            ))}
          </Section>
          <Section title={t('clocks')}>
            <ul className="situation__list">
              {clocks.map((clock) => (
                <li key={clock.id}>
                  <span>
                    {text(clock.name)}
                    {clock.evidence && (
                      <small className="situation__quiet">
                        {' '}
                        {clock.metBy?.name} {clock.evidence}
                      </small>
                    )}
                  </span>
                  <Clock due={clock.dueAt} name={text(clock.name)} doneAt={clock.metAt} />
                  <Time at={clock.metAt ?? clock.dueAt} />
                </li>
              ))}
            </ul>
          </Section>
        </div>
        <Facts
          rows={[
            [t('jurisdiction'), `${text(incident.divisionName)} ${incident.division}`],
            [t('packOf'), text(incident.packTitle)],
            [t('startedAt'), <Time key="at" at={incident.activatedAt} />],
            [t('activatedBy'), incident.activatedBy.name],
            [t('reason'), incident.reason],
            [t('signalCount'), incident.signalCount],
          ]}
        />
      </div>
      {act === 'level' && <LevelForm incident={incident} onClose={close} />}
      {act === 'note' && (
        <WriteDialog
          title={t('noteTitle')}
          label={t('noteLabel')}
          act={t('note')}
          maxLength={2000}
          onClose={close}
          onAct={async (words) => {
            await client.incidents.note({ params, body: { id: newId(), text: words, decision: false } });
            await renew();
          }}
        />
      )}
      {act === 'standDown' && (
        <WriteDialog
          title={t('standDownTitle', { name: text(incident.name) })}
          label={t('standDownLabel')}
          hint={t('standDownHint')}
          act={t('standDown')}
          maxLength={2000}
          onClose={close}
          onAct={async (reason) => {
            await client.incidents.standDown({ params, body: { reason, version: incident.version } });
            await renew();
          }}
        />
      )}
    </PageFrame>
  );
}
