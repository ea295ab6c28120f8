import type { StayAnswer, Trajectory } from '@levee/contract';
import {
  dayOf,
  formatDay,
  formatDuration,
  formatHour,
  useLanguage,
  useServerNow,
  useText,
  useWords,
} from '@levee/ui';
import { Fragment, useEffect, useRef } from 'react';
import { caseWords } from '../words.ts';

type Line =
  | { readonly kind: 'stay'; readonly at: string; readonly stay: StayAnswer }
  | { readonly kind: 'gap'; readonly at: string; readonly gap: Trajectory['gaps'][number] };

/** Stays and gaps in the order of time, with what cannot be said where it stands. */
export function StayList({
  trajectory: { stays, gaps, contradictions },
  selected,
  chosen,
  onSelect,
  onHover,
  onEdit,
  onRemove,
  onFill,
}: {
  trajectory: Trajectory;
  selected: string | null;
  /** Chosen, not only pointed at: comes into view. */
  chosen: string | null;
  onSelect: (stayId: string | null) => void;
  onHover: (stayId: string | null) => void;
  onEdit?: ((stay: StayAnswer) => void) | undefined;
  onRemove?: ((stay: StayAnswer) => void) | undefined;
  onFill?: ((gap: { from: string; until: string }) => void) | undefined;
}) {
  const t = useWords(caseWords);
  const text = useText();
  const language = useLanguage();
  const now = useServerNow();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (chosen) list.current?.querySelector(`[data-stay="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const lines: Line[] = [
    ...stays.map((stay) => ({ kind: 'stay' as const, at: stay.from, stay })),
    ...gaps.map((gap) => ({ kind: 'gap' as const, at: gap.from, gap })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  // As on the map, which numbers what has a position.
  const order = new Map(
    stays.filter(({ place }) => place.lon !== null).map(({ id }, index) => [id, index + 1]),
  );
  const span = (from: string, until: string) =>
    `${formatHour(from)}–${dayOf(until) === dayOf(from) ? '' : `${formatDay(dayOf(until), now)} `}${formatHour(until)}`;
  return (
    <ol className="stay-list" ref={list}>
      {lines.map((line, index) => {
        const day = dayOf(line.at);
        const newDay = index === 0 || dayOf(lines[index - 1]!.at) !== day;
        return (
          <Fragment key={line.kind === 'stay' ? line.stay.id : `gap-${line.at}`}>
            {newDay && <li className="stay-list__day">{formatDay(day, now)}</li>}
            {line.kind === 'gap' ? (
              <li className="stay-list__gap">
                <span>{span(line.gap.from, line.gap.until)}</span>
                <span>{t('gapOf', { time: formatDuration(line.gap.minutes * 60_000, language) })}</span>
                {onFill && (
                  <button
                    type="button"
                    className="lv-button lv-button--quiet"
                    onClick={() => onFill(line.gap)}
                  >
                    {t('fill')}
                  </button>
                )}
              </li>
            ) : (
              <li
                className="stay-list__stay"
                data-stay={line.stay.id}
                aria-current={line.stay.id === selected ? 'true' : undefined}
                onPointerEnter={() => onHover(line.stay.id)}
                onPointerLeave={() => onHover(null)}
              >
                <button
                  type="button"
                  className="stay-list__main"
                  onClick={() => onSelect(line.stay.id === selected ? null : line.stay.id)}
                >
                  <span className="stay-list__order">{order.get(line.stay.id) ?? '·'}</span>
                  <span className="stay-list__span">{span(line.stay.from, line.stay.until)}</span>
                  <strong>{text({ zh: line.stay.place.nameZh, en: line.stay.place.nameEn })}</strong>
                  {line.stay.seatRow !== null && (
                    <span className="stay-list__seat">
                      {t('seat', { row: line.stay.seatRow, column: line.stay.seatColumn ?? '' })}
                    </span>
                  )}
                  <span className="case-quiet">
                    {[
                      t(`source.${line.stay.source}`),
                      line.stay.certainty !== 'certain' && t(`certainty.${line.stay.certainty}`),
                      line.stay.note,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </button>
                {onEdit && (
                  <button
                    type="button"
                    className="lv-button lv-button--quiet"
                    onClick={() => onEdit(line.stay)}
                  >
                    {t('edit')}
                  </button>
                )}
                {onRemove && (
                  <button
                    type="button"
                    className="lv-button lv-button--quiet"
                    onClick={() => onRemove(line.stay)}
                  >
                    {t('remove')}
                  </button>
                )}
                {contradictions
                  .filter(({ stayIds }) => stayIds[1] === line.stay.id)
                  .map((one) => (
                    <p key={`${one.stayIds[0]}-${one.kind}`} className="stay-list__wrong" role="note">
                      {t('contradictsNo', { order: order.get(one.stayIds[0]) ?? '–' })} {text(one.problem)}
                    </p>
                  ))}
              </li>
            )}
          </Fragment>
        );
      })}
    </ol>
  );
}
