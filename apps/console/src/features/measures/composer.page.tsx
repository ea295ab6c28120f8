import {
  type AreaLevel,
  EVIDENCE_TYPES,
  type Evidence,
  MEASURE_KINDS,
  PLACE_MEASURE_KINDS,
} from '@levee/contract';
import {
  ErrorState,
  FormField,
  FormGrid,
  formatTime,
  Loading,
  Page as PageFrame,
  useNavigation,
  useServerClock,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { client } from '../../app/client.ts';
import { fromField, toField } from '../../app/local-time.ts';
import { useMe } from '../../app/session.ts';
import { type Draft, emptyDraft, readDrafts, useDrafts } from './drafts.ts';
import { DraftsLine } from './drafts-line.tsx';
import { GroundStep } from './ground-step.tsx';
import { useMeasureDetail } from './measure-peek.tsx';
import { Preview } from './preview-panel.tsx';
import { useIncident } from './proposals.tsx';
import { useMeasuresPurpose } from './purpose.ts';
import { SubjectStep } from './subject-step.tsx';
import { WaysStep, waysOf } from './ways-step.tsx';
import { measureWords } from './words.ts';
import './measures.css';
import './composer.css';

const HOUR_MS = 3_600_000;

/** Reads what another screen handed over: a place with its ground, a person, or a measure to extend. */
function startOf(search: Record<string, unknown>, accountId: string, now: string): Draft {
  const text = (key: string) => (typeof search[key] === 'string' ? (search[key] as string) : '');
  const kept = readDrafts(accountId).find(({ id }) => id === text('draft'));
  if (kept) return kept;
  const empty = emptyDraft(now);
  const person = text('person');
  const kind =
    MEASURE_KINDS.find((one) => one === text('kind')) ?? (person ? 'centralised_isolation' : 'risk_area');
  const ground = text('ground')
    .split(',')
    .flatMap((pair): Evidence[] => {
      const [type, id] = pair.split(':');
      const known = EVIDENCE_TYPES.find((one) => one === type);
      return known && id ? [{ type: known, id }] : [];
    });
  return {
    ...empty,
    kind,
    subjectType: (PLACE_MEASURE_KINDS as readonly string[]).includes(kind) ? 'place' : 'person',
    level:
      kind === 'risk_area'
        ? ((['high', 'medium', 'low'] as AreaLevel[]).find((one) => one === text('level')) ?? 'high')
        : null,
    subjectId: person || text('place') || null,
    ground,
    extendsId: text('extends') || null,
  };
}

/** Drafts a measure: subject, ground, term, milder ways, basis; what it would say and cost stands beside it at once. */
export function Page() {
  const me = useMe();
  const clock = useServerClock();
  const { search } = useNavigation();
  const [urlDraft] = useUrlText('draft');
  const [first] = useState(() => startOf(search, me.id, new Date(clock.now()).toISOString()));
  const [opened, setOpened] = useState(first);
  // A link to another draft opens that one.
  useEffect(() => {
    const other = readDrafts(me.id).find(({ id }) => id === urlDraft);
    if (other && other.id !== opened.id) setOpened(other);
  }, [urlDraft, me.id, opened.id]);
  return <Composer key={opened.id} start={opened} onFresh={setOpened} />;
}

function Composer({ start, onFresh }: { start: Draft; onFresh: (draft: Draft) => void }) {
  const t = useWords(measureWords);
  const text = useText();
  const me = useMe();
  const clock = useServerClock();
  const now = clock.snapshot();
  const queries = useQueryClient();
  const navigation = useNavigation();
  const purpose = useMeasuresPurpose() ?? 'outbreak_command';
  const [, setUrlDraft] = useUrlText('draft');
  const { drafts, save, discard } = useDrafts(me.id);
  const [draft, setDraft] = useState(start);
  const incident = useIncident();
  const earlier = useMeasureDetail(draft.extendsId ?? '').data;
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part, savedAt: new Date(clock.now()).toISOString() };
    setDraft(next);
    save(next);
    setUrlDraft(next.id, { replace: true });
  };
  // What an extension takes over from the decision before it.
  useEffect(() => {
    if (!earlier || draft.subjectId === earlier.subjectId) return;
    setDraft((before) => ({
      ...before,
      kind: earlier.kind,
      level: earlier.level,
      subjectType: earlier.subjectType,
      subjectId: earlier.subjectId,
      subjectName: earlier.place ? text({ zh: earlier.place.nameZh, en: earlier.place.nameEn }) : '',
      startsAt: earlier.endsAt,
      legalBasis: earlier.legalBasis,
      ground: [...earlier.ground],
    }));
  }, [earlier, draft.subjectId, text]);
  const place = useQuery({
    queryKey: ['places', 'one', draft.subjectId],
    queryFn: () => client.places.byId({ params: { placeId: draft.subjectId ?? '' } }),
    enabled: draft.subjectType === 'place' && draft.subjectId !== null,
  });
  const name = place.data ? text({ zh: place.data.nameZh, en: place.data.nameEn }) : draft.subjectName;
  const packTitle = incident?.packTitle.zh ?? '';
  const legalBasis =
    draft.legalBasis ??
    (draft.subjectType === 'place'
      ? `《中华人民共和国传染病防治法》疫情控制措施的规定；${packTitle}关于风险区域划定和管控的规定`
      : `《中华人民共和国传染病防治法》对密切接触者医学观察的规定；${packTitle}关于密切接触者管理的规定`);
  // A start that has passed by while the draft lay open is now.
  const startsAt =
    Date.parse(draft.startsAt) < now
      ? new Date(Math.floor(now / 60_000) * 60_000).toISOString()
      : draft.startsAt;
  const body = {
    id: draft.id,
    kind: draft.kind,
    level: draft.level,
    subjectType: draft.subjectType,
    subjectId: draft.subjectId ?? '',
    incidentId: incident?.id ?? null,
    packId: earlier?.packId ?? incident?.packId ?? '',
    ground: [...draft.ground],
    legalBasis: legalBasis.trim() || '—',
    startsAt,
    endsAt: draft.endsAt ?? new Date(Date.parse(startsAt) + HOUR_MS).toISOString(),
    emergency: draft.emergency,
  };
  const ready = draft.subjectId !== null && incident != null;
  // The longest term first: without an end of one's own, the draft runs as long as the pack allows.
  const limits = useQuery({
    queryKey: ['measures', 'limits', draft.kind, draft.level, draft.subjectId, startsAt, body.packId],
    queryFn: () => client.measures.preview({ body: { ...body, ground: [] } }),
    enabled: ready,
    placeholderData: (before) => before,
  });
  const endsAt = draft.endsAt ?? limits.data?.latestEnd ?? null;
  const preview = useQuery({
    queryKey: ['measures', 'preview', { ...body, endsAt }],
    queryFn: () => client.measures.preview({ body: { ...body, endsAt: endsAt ?? body.endsAt } }),
    enabled: ready && endsAt !== null,
    placeholderData: (before) => before,
  });
  const shown = ready ? preview.data : undefined;
  const ways = waysOf(draft, shown?.milder ?? []);
  const extending = draft.extendsId !== null;
  const missing = [
    ...(incident === null ? [t('needIncident')] : []),
    ...(draft.subjectId === null ? [t('needSubject')] : []),
    ...(draft.subjectId !== null && draft.ground.length === 0 ? [t('needGround')] : []),
    ...(legalBasis.trim() === '' ? [t('needBasis')] : []),
    ...(shown && !extending && ways.length < 2 ? [t('needTwo')] : []),
    ...(ways.some(({ rejectedBecause: { zh } }) => zh.trim() === '') ? [t('needReason')] : []),
    ...(draft.ground.length > 0 ? (shown?.faults.map(text) ?? []) : []),
  ];
  const send = useMutation({
    mutationFn: async () => {
      const end = endsAt ?? body.endsAt;
      if (draft.extendsId !== null) {
        return client.measures.extend({
          params: { measureId: draft.extendsId },
          body: { id: draft.id, ground: [...draft.ground], endsAt: end },
        });
      }
      return client.measures.draft({
        purpose,
        body: {
          ...body,
          endsAt: end,
          alternatives: ways,
          ...(draft.notice && { notice: draft.notice }),
        },
      });
    },
    onSuccess: async (measure) => {
      discard(draft.id);
      await queries.invalidateQueries({ queryKey: ['measures'] });
      navigation.go(`/approvals?measure=${measure.id}`);
    },
  });
  const beyond =
    endsAt !== null && limits.data !== undefined && Date.parse(endsAt) > Date.parse(limits.data.latestEnd);
  if (incident === undefined) return <Loading />;
  return (
    <PageFrame
      title={t(extending ? 'extendsTitle' : 'composer')}
      breadcrumbs={[{ title: t('title'), href: '/measures' }, { title: t('draft') }]}
      note={t('savedAt', { time: formatTime(draft.savedAt, now) })}
      actions={
        <DraftsLine
          drafts={drafts}
          current={draft.id}
          onOpen={(chosen) => onFresh(chosen)}
          onNew={() => onFresh(emptyDraft(new Date(clock.now()).toISOString()))}
          onDiscard={discard}
        />
      }
    >
      <form
        className="measures-composer"
        onSubmit={(event) => {
          event.preventDefault();
          if (missing.length === 0) send.mutate();
        }}
      >
        <div>
          <Step number={1} title={t('step1')}>
            {extending && <p className="measures-callout">{t('extendHint')}</p>}
            <SubjectStep
              draft={{ ...draft, subjectName: name }}
              incidentId={incident?.id}
              fixed={extending}
              onChange={change}
            />
            {shown?.smallest && draft.kind === 'risk_area' && draft.ground.length > 0 && (
              <p className="measures-callout">
                {shown.smallest.id === draft.subjectId ? (
                  t('smallestIsThis')
                ) : (
                  <>
                    {t('smallestIs', {
                      name: text({ zh: shown.smallest.nameZh, en: shown.smallest.nameEn }),
                      people: shown.smallest.peopleCount,
                      now: shown.peopleCount,
                    })}{' '}
                    {!extending && (
                      <button
                        type="button"
                        className="lv-button"
                        onClick={() => change({ subjectId: shown.smallest?.id ?? null, notice: null })}
                      >
                        {t('useSmallest')}
                      </button>
                    )}
                  </>
                )}
              </p>
            )}
          </Step>
          <Step number={2} title={t('step2')}>
            <GroundStep draft={draft} onChange={change} />
          </Step>
          <Step number={3} title={t('step3')}>
            <FormGrid columns={2}>
              <FormField label={t('startNow')}>
                {(wiring) => (
                  <input
                    {...wiring}
                    type="datetime-local"
                    className="lv-input"
                    disabled={extending}
                    value={toField(startsAt)}
                    onChange={(event) => {
                      const at = fromField(event.target.value);
                      if (at) change({ startsAt: at });
                    }}
                  />
                )}
              </FormField>
              <FormField
                label={t('endAt')}
                hint={limits.data && t('latest', { time: formatTime(limits.data.latestEnd, now) })}
                error={
                  beyond && limits.data
                    ? t('beyond', { time: formatTime(limits.data.latestEnd, now) })
                    : undefined
                }
              >
                {(wiring) => (
                  <span className="measures-row">
                    <input
                      {...wiring}
                      type="datetime-local"
                      className="lv-input"
                      max={limits.data && toField(limits.data.latestEnd)}
                      value={endsAt ? toField(endsAt) : ''}
                      onChange={(event) => change({ endsAt: fromField(event.target.value) })}
                    />
                    {draft.endsAt !== null && (
                      <button type="button" className="lv-button" onClick={() => change({ endsAt: null })}>
                        {t('useLatest')}
                      </button>
                    )}
                  </span>
                )}
              </FormField>
            </FormGrid>
            {!extending && (
              <label className="measures-check">
                <input
                  type="checkbox"
                  checked={draft.emergency}
                  onChange={(event) => change({ emergency: event.target.checked })}
                />
                {t('emergencyAct')}
              </label>
            )}
          </Step>
          <Step number={4} title={t('step4')}>
            {shown ? (
              <WaysStep draft={draft} milder={shown.milder} onChange={change} />
            ) : (
              <p className="measures-muted">{t('chooseSubject')}</p>
            )}
          </Step>
          <Step number={5} title={t('step5')}>
            <FormField label={t('basis')}>
              {(wiring) => (
                <textarea
                  {...wiring}
                  className="lv-input"
                  rows={2}
                  maxLength={500}
                  disabled={extending}
                  value={legalBasis}
                  onChange={(event) => change({ legalBasis: event.target.value })}
                />
              )}
            </FormField>
          </Step>
        </div>
        <Preview
          draft={draft}
          name={name}
          place={place.data ?? null}
          answer={shown}
          error={preview.error ?? limits.error}
          missing={missing}
          sending={send.isPending}
          onNotice={extending ? undefined : (notice) => change({ notice })}
        >
          {send.error && <ErrorState shape="line" error={send.error} />}
        </Preview>
      </form>
    </PageFrame>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <section className="measures-stage" aria-label={title}>
      <h2>
        <i>{number}</i>
        {title}
      </h2>
      {children}
    </section>
  );
}
