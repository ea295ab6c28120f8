import type { SpecimenDetail } from '@levee/contract';
import {
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
import { HandlersSection } from './handlers-section.tsx';
import { OutcomeMark } from './marks.tsx';
import { SpecimenChain } from './specimen-chain.tsx';
import { SpecimenDuties } from './specimen-duties.tsx';
import { KIND_NAMES, specimenWords } from './specimen-words.ts';
import { ResponseMark } from './specimens.page.tsx';
import './testing.css';

/** One specimen: what it is, the way of its tube, and what a positive set off. */
export function Page() {
  const t = useWords(specimenWords);
  const { specimenId = '' } = useParams({ strict: false }) as { specimenId?: string };
  const found = useQuery({
    queryKey: ['testing', 'specimen', specimenId],
    queryFn: () => client.specimens.byId({ params: { specimenId } }),
  });
  const specimen = found.data;
  const me = useMe();
  const queries = useQueryClient();
  const [takingBack, setTakingBack] = useState(false);
  return (
    <PageFrame
      title={specimen?.tubeCode ?? t('specimen')}
      breadcrumbs={[{ title: t('title'), href: '/specimens' }]}
      {...(specimen && {
        actions: me.permissions.includes('testing.sample') &&
          specimen.state === 'closed' &&
          specimen.withdrawnAt === null && (
            <button type="button" className="lv-button" onClick={() => setTakingBack(true)}>
              {t('withdraw')}
            </button>
          ),
        marks: (
          <>
            {specimen.outcome && <OutcomeMark outcome={specimen.outcome} />}
            {specimen.response && <ResponseMark of={specimen} />}
            {specimen.withdrawnAt && <StatusMark tone="neutral">{t('withdrawn')}</StatusMark>}
          </>
        ),
      })}
    >
      {takingBack && (
        <WriteDialog
          title={t('withdraw')}
          label={t('withdrawReason')}
          act={t('withdraw')}
          maxLength={200}
          onAct={async (reason) => {
            await client.specimens.withdraw({ params: { specimenId }, body: { reason } });
            await queries.invalidateQueries({ queryKey: ['testing'] });
          }}
          onClose={() => setTakingBack(false)}
        >
          <p>{t('withdrawHint')}</p>
        </WriteDialog>
      )}
      {found.error && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.isLoading && <Loading />}
      {specimen && (
        <div className="testing-columns">
          <div>
            <WhatIs specimen={specimen} />
            <SpecimenChain specimen={specimen} />
          </div>
          <div>
            <ResponseSection specimen={specimen} />
            <SpecimenDuties specimen={specimen} />
            {specimen.opened && specimen.kind !== 'sewage' && <HandlersSection specimen={specimen} />}
          </div>
        </div>
      )}
    </PageFrame>
  );
}

function WhatIs({ specimen }: { specimen: SpecimenDetail }) {
  const t = useWords(specimenWords);
  const text = useText();
  const me = useMe();
  const { Link } = useNavigation();
  const { goods, place, site } = specimen;
  return (
    <Section
      title={t('specimen')}
      actions={
        me.permissions.includes('testing.read') && (
          <Link href={`/tubes/${specimen.poolId}`}>{t('tubeRecord')}</Link>
        )
      }
    >
      <Facts
        rows={[
          [t('kind'), text(KIND_NAMES[specimen.kind])],
          [t('what'), specimen.description],
          ...(goods
            ? ([
                [t('product'), goods.product],
                [t('batch'), goods.batchNumber ?? t('noBatch')],
                [t('supplier'), goods.supplier ?? '–'],
                [t('coldChain'), t(goods.coldChain ? 'yes' : 'no')],
              ] as const)
            : []),
          [t('place'), place ? text({ zh: place.nameZh, en: place.nameEn }) : '–'],
          [t('site'), site ? text({ zh: site.nameZh, en: site.nameEn }) : '–'],
          [t('takenBy'), specimen.takenBy.name],
        ]}
      />
    </Section>
  );
}

const FROM = { round: 'fromRound', incident: 'fromIncident', house: 'fromHouse' } as const;

/** What the positive set off, by which rule, and how far it is. */
function ResponseSection({ specimen }: { specimen: SpecimenDetail }) {
  const t = useWords(specimenWords);
  const text = useText();
  const { Link } = useNavigation();
  const { opened, recall } = specimen;
  if (!opened) {
    return (
      <Section title={t('response')}>
        <p className="testing-note">{t('nothingOpened')}</p>
      </Section>
    );
  }
  const { rule } = opened;
  const moment = (at: string | null) =>
    at ? <Time at={at} /> : <StatusMark tone="waiting">{t('notDone')}</StatusMark>;
  return (
    <>
      <Section title={t('response')}>
        <Facts
          rows={[
            [t('openedAt'), <Time key="opened" at={opened.at} />],
            ...(opened.withdrawnAt
              ? ([[t('withdrawnAt'), <Time key="withdrawn" at={opened.withdrawnAt} />]] as const)
              : []),
            ...(specimen.kind === 'sewage' || opened.withdrawnAt
              ? []
              : ([
                  [t('disinfectedAt'), <span key="d">{moment(opened.disinfectedAt)}</span>],
                  [
                    t('checkedAt'),
                    <span key="c">
                      {moment(opened.checkedAt)}{' '}
                      {opened.checkedBy && (
                        <Link href={`/specimens/${opened.checkedBy}`}>{t('checkedClean')}</Link>
                      )}
                    </span>,
                  ],
                ] as const)),
            [
              t('rule'),
              <span key="rule">
                <span title={`${rule.packId} ${rule.rule}`}>{rule.source}</span>
                <span className="testing-quiet">
                  {' '}
                  · {t(FROM[rule.from])}
                  {rule.confidence === 'unverified' && ` · ${t('unverified')}`}
                </span>
              </span>,
            ],
          ]}
        />
      </Section>
      {recall && (
        <Section
          title={t('recall')}
          note={
            <StatusMark tone={recall.withdrawnAt ? 'neutral' : 'active'}>
              {t(recall.withdrawnAt ? 'recallWithdrawn' : 'recallOpen')}
            </StatusMark>
          }
        >
          <p className="testing-note">
            {recall.goods.product} · {recall.goods.batchNumber ?? t('noBatch')}
            {recall.goods.supplier && ` · ${recall.goods.supplier}`} · {t('recallSpecimens')}
          </p>
          <ul className="testing-rows">
            {recall.specimens.map((one) => (
              <li key={one.id}>
                <Link href={`/specimens/${one.id}`}>
                  <span className="testing-code">{one.tubeCode}</span>
                </Link>
                <span>{one.place ? text({ zh: one.place.nameZh, en: one.place.nameEn }) : '–'}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
