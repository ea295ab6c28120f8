import type { CaseFile, StayAnswer, StayDraftAnswer } from '@levee/contract';
import {
  dayOf,
  ErrorState,
  formatHour,
  Loading,
  Section,
  StatusMark,
  useServerNow,
  useText,
  useUrlText,
  useWords,
} from '@levee/ui';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { client } from '../../../app/client.ts';
import { usePlaceName } from '../../places/place-name.ts';
import { useCasePurpose, useMayWriteCases } from '../purpose.ts';
import { caseWords } from '../words.ts';
import { DayStrip } from './day-strip.tsx';
import { DraftList } from './draft-list.tsx';
import { addDays } from './moments.ts';
import { emptyEntry, entryOf, newStayOf, nextEntry, type StayEntry } from './stay-entry.ts';
import { StayForm } from './stay-form.tsx';
import { StayList } from './stay-list.tsx';
import { StayMap } from './stay-map.tsx';
import { StayPaste } from './stay-paste.tsx';
import { useStays } from './use-stays.ts';
import './trajectory.css';

const WEEK = 7;

/** Where a case was: entered line by line, drawn on one time strip, one list and one map that share what is pointed at. */
export function TrajectoryTab({ caseFile }: { caseFile: CaseFile }) {
  const t = useWords(caseWords);
  const text = useText();
  const now = useServerNow();
  const today = dayOf(now);
  const purpose = useCasePurpose();
  const mayWrite = useMayWriteCases();
  const caseId = caseFile.id;
  const [selected, setSelected] = useUrlText('stay');
  const [hovered, setHovered] = useState<string | null>(null);
  const [since, setSince] = useUrlText('since');
  const [pasting, setPasting] = useState(false);
  const [entry, setEntry] = useState<StayEntry>(() => emptyEntry(today));
  const [mended, setMended] = useState<StayAnswer | StayDraftAnswer | null>(null);
  const placeField = useRef<HTMLInputElement>(null);
  const { keep, remove, undo, last } = useStays(caseId, t('removalReason'));
  const trajectory = useQuery({
    queryKey: ['cases', caseId, 'trajectory', since],
    queryFn: () =>
      client.cases.trajectory({
        params: { caseId },
        purpose,
        query: since ? { from: new Date(`${since}T00:00:00+08:00`).toISOString() } : {},
      }),
    placeholderData: (before) => before,
  });
  const isReady = trajectory.data !== undefined;
  useEffect(() => {
    if (mayWrite && isReady) placeField.current?.focus({ preventScroll: true });
  }, [mayWrite, isReady]);
  if (trajectory.error)
    return <ErrorState error={trajectory.error} onRetry={() => void trajectory.refetch()} />;
  if (!trajectory.data) return <Loading />;
  const { stays, drafts, gaps, contradictions, from, rules } = trajectory.data;
  const nameOf = (place: { nameZh: string; nameEn: string }) => text({ zh: place.nameZh, en: place.nameEn });
  const select = (stayId: string | null) => setSelected(stayId, { replace: true });
  const leave = () => {
    setMended(null);
    setEntry(emptyEntry(entry.day));
    placeField.current?.focus();
  };
  const mend = (kept: StayAnswer | StayDraftAnswer) => {
    const inForm = entryOf(kept, nameOf, today);
    const place = 'placeId' in kept ? stays.find((stay) => stay.place.id === kept.placeId)?.place : null;
    setEntry(
      place
        ? { ...inForm, place: { id: place.id, name: nameOf(place), isVehicle: place.level === 'vehicle' } }
        : inForm,
    );
    setMended(kept);
    placeField.current?.focus();
    placeField.current?.scrollIntoView({ block: 'center' });
  };
  const submit = () => {
    if (entry.place === null && entry.placeText.trim() === '' && entry.from === '') return;
    keep.mutate(
      { mended, stay: newStayOf(entry) },
      {
        onSuccess: ({ stay }) => {
          setEntry(mended ? emptyEntry(entry.day) : nextEntry(entry));
          setMended(null);
          if (stay) {
            select(stay.id);
            if (stay.from < from) setSince(dayOf(stay.from), { replace: true });
          }
          placeField.current?.focus();
        },
      },
    );
  };
  const fill = (gap: { from: string; until: string }) => {
    const later = dayOf(gap.until) > dayOf(gap.from);
    setMended(null);
    setEntry({
      ...emptyEntry(dayOf(gap.from)),
      from: formatHour(gap.from),
      until: later ? '' : formatHour(gap.until),
    });
    placeField.current?.focus();
  };
  const write = mayWrite
    ? { onEdit: mend, onRemove: (one: StayAnswer) => remove.mutate(one), onFill: fill }
    : {};
  const shared = {
    trajectory: trajectory.data,
    selected: hovered ?? (selected || null),
    onSelect: select,
    onHover: setHovered,
  };
  return (
    <Section
      title={t('trajectory')}
      note={
        <span className="case-line">
          {gaps.length > 0 && <StatusMark tone="waiting">{t('gaps', { count: gaps.length })}</StatusMark>}
          {contradictions.length > 0 && (
            <StatusMark tone="bad">{t('contradictionsCount', { count: contradictions.length })}</StatusMark>
          )}
        </span>
      }
      actions={
        <>
          <button
            type="button"
            className="lv-button lv-button--quiet"
            onClick={() => setSince(addDays(dayOf(from), -WEEK))}
          >
            {t('earlier')}
          </button>
          {mayWrite && (
            <button
              type="button"
              className="lv-button"
              aria-pressed={pasting}
              onClick={() => setPasting(!pasting)}
            >
              {t('paste')}
            </button>
          )}
        </>
      }
    >
      {mayWrite &&
        (pasting ? (
          <StayPaste caseId={caseId} onClose={() => setPasting(false)} />
        ) : (
          <StayForm
            entry={entry}
            onChange={setEntry}
            onKeep={submit}
            isKeeping={keep.isPending}
            isMending={mended !== null}
            onCancel={leave}
            placeField={placeField}
            said={<Said keep={keep} />}
          />
        ))}
      {last && (
        <p className="stay-undo" role="status">
          {t(`act.${last.what}`)}
          <button
            type="button"
            className="lv-button"
            disabled={undo.isPending}
            onClick={() => undo.mutate(last)}
          >
            {t('undo')}
          </button>
        </p>
      )}
      {(remove.error ?? undo.error) && <ErrorState shape="line" error={remove.error ?? undo.error} />}
      <DraftList
        drafts={drafts}
        placeNames={new Map(stays.map(({ place }) => [place.id, nameOf(place)]))}
        {...(mayWrite && { onMend: mend, onRemove: (one: StayDraftAnswer) => remove.mutate(one) })}
      />
      {stays.length === 0 && drafts.length === 0 && <p className="case-quiet">{t('noStays')}</p>}
      <div className="stay-work">
        <div>
          <DayStrip {...shared} onFill={write.onFill} />
          <StayList {...shared} {...write} chosen={selected || null} />
        </div>
        <div className="stay-work__map">
          <StayMap stays={stays} selected={shared.selected} onSelect={select} />
        </div>
      </div>
      <p className="case-quiet">
        {rules.map(({ rule, value, unit, reason }) => (
          <span key={rule} title={text(reason)}>
            {t(`rule.${rule as 'gapMinutes' | 'maxKmPerHour'}`, { value, unit })}{' '}
          </span>
        ))}
      </p>
    </Section>
  );
}

/** What became of the line just sent. */
function Said({ keep }: { keep: ReturnType<typeof useStays>['keep'] }) {
  const t = useWords(caseWords);
  const nameOf = usePlaceName();
  const text = useText();
  if (keep.error) return <ErrorState shape="line" error={keep.error} />;
  if (!keep.data) return null;
  const { stay, draft } = keep.data;
  if (stay) return <StatusMark tone="good">{t('kept', { place: nameOf(stay.place) })}</StatusMark>;
  return (
    <StatusMark tone="bad">
      {t('keptAsDraft')} {draft?.faults.map(({ problem }) => text(problem)).join(t('semicolon'))}
    </StatusMark>
  );
}
