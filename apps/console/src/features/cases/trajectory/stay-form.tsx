import type { STAY_CERTAINTIES, STAY_SOURCES } from '@levee/contract';
import { dayOf, formatDuration, formatTime, useLanguage, useServerNow, useWords } from '@levee/ui';
import { type ReactNode, type RefObject, useRef } from 'react';
import { PlaceFinder } from '../../places/place-finder.tsx';
import { caseWords } from '../words.ts';
import { addDays, instantOf } from './moments.ts';
import type { StayEntry } from './stay-entry.ts';

const SHORTCUT_DAYS = 4;

/** One line for one stay: place, day, from, until; Enter keeps it and the next line goes on from where it ended. */
export function StayForm({
  entry,
  onChange,
  onKeep,
  isKeeping,
  isMending,
  onCancel,
  placeField,
  said,
}: {
  entry: StayEntry;
  onChange: (entry: StayEntry) => void;
  onKeep: () => void;
  isKeeping: boolean;
  isMending: boolean;
  onCancel: () => void;
  placeField: RefObject<HTMLInputElement | null>;
  /** What became of the last one. */
  said: ReactNode;
}) {
  const t = useWords(caseWords);
  const now = useServerNow();
  const today = dayOf(now);
  const fromField = useRef<HTMLInputElement>(null);
  const put = (patch: Partial<StayEntry>) => onChange({ ...entry, ...patch });
  return (
    <form
      className={isMending ? 'stay-form stay-form--mending' : 'stay-form'}
      aria-label={t(isMending ? 'mendStay' : 'addStay')}
      onSubmit={(event) => {
        event.preventDefault();
        onKeep();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isMending) onCancel();
      }}
    >
      <div className="stay-form__days">
        {Array.from({ length: SHORTCUT_DAYS }, (_, back) => addDays(today, -back)).map((day, back) => (
          <button
            key={day}
            type="button"
            tabIndex={-1}
            aria-pressed={entry.day === day}
            onClick={() => put({ day })}
          >
            {t(`daysAgo.${back as 0 | 1 | 2 | 3}`)}
          </button>
        ))}
        <button type="button" tabIndex={-1} onClick={() => put({ day: addDays(entry.day, -1) })}>
          {t('dayBefore')}
        </button>
        <button type="button" tabIndex={-1} onClick={() => put({ day: addDays(entry.day, 1) })}>
          {t('dayAfter')}
        </button>
        <Reading entry={entry} />
      </div>
      <div className="stay-form__line">
        <PlaceFinder
          wiring={{ 'aria-label': t('place') }}
          field={placeField}
          placeholder={t('placeHint')}
          chosen={entry.place?.name ?? null}
          text={entry.placeText}
          onChoose={(place) => {
            put({ place: place && { ...place, isVehicle: place.level === 'vehicle' }, placeText: '' });
            if (place) fromField.current?.focus();
          }}
          onType={(placeText) => put({ place: null, placeText })}
          onDone={() => fromField.current?.focus()}
        />
        <input
          className="lv-input stay-form__day"
          type="date"
          aria-label={t('day')}
          max={today}
          value={entry.day}
          onChange={(event) => put({ day: event.target.value })}
        />
        <input
          ref={fromField}
          className="lv-input stay-form__hour"
          aria-label={t('from')}
          placeholder={t('from')}
          autoComplete="off"
          value={entry.from}
          onChange={(event) => put({ from: event.target.value })}
        />
        <span className="case-quiet">–</span>
        <input
          className="lv-input stay-form__hour"
          aria-label={t('until')}
          placeholder={t('untilHint')}
          autoComplete="off"
          value={entry.until}
          onChange={(event) => put({ until: event.target.value })}
        />
        {entry.place?.isVehicle && (
          <>
            <input
              className="lv-input stay-form__seat"
              inputMode="numeric"
              aria-label={t('seatRow')}
              placeholder={t('seatRow')}
              value={entry.seatRow}
              onChange={(event) => put({ seatRow: event.target.value })}
            />
            <input
              className="lv-input stay-form__seat"
              aria-label={t('seatColumn')}
              placeholder="A–K"
              maxLength={1}
              value={entry.seatColumn}
              onChange={(event) => put({ seatColumn: event.target.value })}
            />
          </>
        )}
        <select
          className="lv-input stay-form__choice"
          aria-label={t('stayCertainty')}
          value={entry.certainty}
          onChange={(event) => put({ certainty: event.target.value as StayEntry['certainty'] })}
        >
          {CERTAINTIES.map((one) => (
            <option key={one} value={one}>
              {t(`certainty.${one}`)}
            </option>
          ))}
        </select>
        <select
          className="lv-input stay-form__choice"
          aria-label={t('staySource')}
          value={entry.source}
          onChange={(event) => put({ source: event.target.value as StayEntry['source'] })}
        >
          {SOURCES.map((one) => (
            <option key={one} value={one}>
              {t(`source.${one}`)}
            </option>
          ))}
        </select>
        <input
          className="lv-input stay-form__note"
          aria-label={t('note')}
          placeholder={t('note')}
          maxLength={500}
          value={entry.note}
          onChange={(event) => put({ note: event.target.value })}
        />
        <button type="submit" className="lv-button lv-button--primary" disabled={isKeeping}>
          {t(isMending ? 'keepMended' : 'keep')} <kbd>↵</kbd>
        </button>
        {isMending && (
          <button type="button" className="lv-button lv-button--quiet" onClick={onCancel}>
            {t('cancel')}
          </button>
        )}
      </div>
      {said && (
        <p className="stay-form__said" role="status">
          {said}
        </p>
      )}
    </form>
  );
}

const CERTAINTIES = ['certain', 'probable', 'possible'] as const satisfies typeof STAY_CERTAINTIES;
/** What a person enters by hand; `everyday` and `import` come from elsewhere but may be mended here. */
const SOURCES = [
  'interview',
  'venue_register',
  'checkpoint',
  'test_site',
  'everyday',
  'import',
] as const satisfies readonly (typeof STAY_SOURCES)[number][];

/** How the line is read, before it is sent: nobody should find out afterwards that 8 was eight in the morning. */
function Reading({ entry }: { entry: StayEntry }) {
  const t = useWords(caseWords);
  const language = useLanguage();
  const now = useServerNow();
  const [from, until] = [instantOf(entry.day, entry.from), instantOf(entry.day, entry.until)];
  if (from === null || until === null) {
    const wrong = [
      entry.from !== '' && from === null && t('noHour', { text: entry.from }),
      entry.until !== '' && until === null && t('noHour', { text: entry.until }),
    ].filter(Boolean);
    return (
      <span className={wrong.length > 0 ? 'case-missing' : 'case-quiet'}>
        {wrong.join(' ') || t('hourHint')}
      </span>
    );
  }
  const length = Date.parse(until) - Date.parse(from);
  return (
    <span className={length > 0 ? 'case-quiet' : 'case-missing'}>
      {formatTime(from, now)} – {formatTime(until, now)}
      {length > 0 ? ` · ${formatDuration(length, language)}` : ` · ${t('endsBefore')}`}
    </span>
  );
}
