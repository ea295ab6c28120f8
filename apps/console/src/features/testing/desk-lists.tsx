import type { RouteOutput, testing } from '@levee/contract';
import { Section, Time, useText, useUrlText, useWords } from '@levee/ui';
import { client } from '../../app/client.ts';
import { DeskPack } from './desk-pack.tsx';
import { PlaceChoice } from './place-choice.tsx';
import type { Desk } from './use-desk.ts';
import { testingWords } from './words.ts';

type DeskView = RouteOutput<(typeof testing)['desk']>;

/** Beside the scan box: the last five with undo, open tubes, people wanted back, tubes to send. */
export function DeskLists({ desk, view, siteId }: { desk: Desk; view: DeskView; siteId: string }) {
  const t = useWords(testingWords);
  const text = useText();
  const [labId, setLab] = useUrlText('lab');
  const withdraw = (sampleId: string) =>
    desk.act(async () => {
      const body = { reason: t('undoReason') };
      await client.testing.withdrawSample({ purpose: 'testing', params: { sampleId }, body });
      return { tone: 'plain', text: t('undone') };
    });
  const send = () =>
    desk.act(async () => {
      const poolIds = view.ready.map(({ id }) => id);
      await client.testing.sendPools({ body: { poolIds, labId, sentAt: desk.now() } });
      return { tone: 'good', text: t('send', { count: poolIds.length }) };
    });
  return (
    <div>
      <Section title={t('last')}>
        {view.last.length === 0 && <p className="testing-note">{t('noLast')}</p>}
        <ul className="testing-rows">
          {view.last.map((sample) => (
            <li key={sample.id}>
              <Time at={sample.takenAt} />
              <strong>{sample.person?.nameZh ?? t('elsewhere')}</strong>
              <span>{sample.person?.identityMasked}</span>
              <span className="testing-code">{sample.tubeCode}</span>
              <button
                type="button"
                className="lv-button lv-button--quiet"
                disabled={
                  desk.busy ||
                  !(sample.state === 'open' || (sample.capacity === 1 && sample.state === 'closed'))
                }
                onClick={() => void withdraw(sample.id)}
              >
                {t('undo')}
              </button>
            </li>
          ))}
        </ul>
      </Section>
      {view.open.length > 0 && (
        <Section title={t('openTubes')}>
          <ul className="testing-rows">
            {view.open.map((pool) => (
              <li key={pool.id}>
                <span className="testing-code">{pool.tubeCode}</span>
                <span>{t('filled', { count: pool.memberCount, capacity: pool.capacity })}</span>
                <button type="button" className="lv-button lv-button--quiet" onClick={() => desk.take(pool)}>
                  {t('resume')}
                </button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('wanted')}>
        {view.wanted.length === 0 && <p className="testing-note">{t('noWanted')}</p>}
        <ul className="testing-rows">
          {view.wanted.map((wanted) => (
            <li key={wanted.id}>
              <strong>{wanted.person?.nameZh ?? t('elsewhere')}</strong>
              <span>{wanted.person && text(wanted.person.divisionName)}</span>
              <span className="testing-code">{wanted.tubeCode}</span>
              <button
                type="button"
                className="lv-button"
                onClick={() => desk.takeSingly(wanted.personId, wanted.person?.nameZh ?? null)}
              >
                {t('takeSingle')}
              </button>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('ready')}>
        {view.ready.length === 0 && <p className="testing-note">{t('noReady')}</p>}
        <ul className="testing-rows">
          {view.ready.map((pool) => (
            <li key={pool.id}>
              <span className="testing-code">{pool.tubeCode}</span>
              <span>
                {pool.content === 'specimen'
                  ? t('noPerson')
                  : t('filled', { count: pool.memberCount, capacity: pool.capacity })}
              </span>
              {pool.closedAt && <Time at={pool.closedAt} />}
            </li>
          ))}
        </ul>
        {view.ready.length > 0 && (
          <div className="testing-line testing-note">
            <PlaceChoice of="laboratory" value={labId} onChange={setLab} />
            <button
              type="button"
              className="lv-button lv-button--primary"
              disabled={labId === '' || desk.busy}
              onClick={() => void send()}
            >
              {t('send', { count: view.ready.length })}
            </button>
            <DeskPack desk={desk} siteId={siteId} labId={labId} ready={view.ready} />
          </div>
        )}
      </Section>
    </div>
  );
}
