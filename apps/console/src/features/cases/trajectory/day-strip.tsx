import type { Trajectory } from '@levee/contract';
import { dayOf, formatDay, formatHour, useServerNow, useText, useWords } from '@levee/ui';
import { caseWords } from '../words.ts';
import { addDays, piecesByDay } from './moments.ts';

const ROW = 22;
const LEFT = 84;
const WIDTH = 720;
const HOURS = [0, 6, 12, 18, 24];

/** One row for each day, midnight to midnight: where the case was, what nobody knows, what cannot be. */
export function DayStrip({
  trajectory: { from, until, stays, gaps, contradictions },
  selected,
  onSelect,
  onHover,
  onFill,
}: {
  trajectory: Trajectory;
  /** The stay pointed at or chosen, here or on the map or in the list. */
  selected: string | null;
  onSelect: (stayId: string | null) => void;
  onHover: (stayId: string | null) => void;
  onFill?: ((gap: { from: string; until: string }) => void) | undefined;
}) {
  const t = useWords(caseWords);
  const text = useText();
  const now = useServerNow();
  const rows = stripRows(
    daysOf(from, until),
    new Set(stays.flatMap(({ from: start, until: end }) => piecesByDay(start, end).map(({ day }) => day))),
  );
  const x = (hour: number) => LEFT + (hour / 24) * (WIDTH - LEFT);
  const rowOf = new Map(rows.map(({ first }, index) => [first, index]));
  const y = (day: string) => 18 + (rowOf.get(day) ?? 0) * ROW;
  const wrong = new Set(contradictions.flatMap(({ stayIds }) => stayIds));
  const drawn = (id: string, start: string, end: string) =>
    piecesByDay(start, end)
      // A row of many days is drawn by its first.
      .filter(({ day }) => rowOf.has(day))
      .map((piece) => ({ ...piece, key: `${id}-${piece.day}` }));
  return (
    <svg
      className="day-strip"
      viewBox={`0 0 ${WIDTH} ${18 + rows.length * ROW + 4}`}
      role="img"
      aria-label={t('stripLabel', { stays: stays.length, gaps: gaps.length })}
    >
      <defs>
        <pattern
          id="day-strip-gap"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line x1="0" y1="0" x2="0" y2="6" className="day-strip__hatch" />
        </pattern>
      </defs>
      {HOURS.map((hour) => (
        <g key={hour}>
          <line x1={x(hour)} x2={x(hour)} y1="14" y2={18 + rows.length * ROW} className="day-strip__hour" />
          <text
            x={x(hour)}
            y="10"
            textAnchor={hour === 24 ? 'end' : hour === 0 ? 'start' : 'middle'}
            className="day-strip__text"
          >
            {String(hour).padStart(2, '0')}
          </text>
        </g>
      ))}
      {rows.map(({ first, last, count }) => (
        <text key={first} x="0" y={y(first) + 14} className="day-strip__text">
          {count === 1 ? formatDay(first, now) : `${formatDay(first, now)} – ${formatDay(last, now)}`}
        </text>
      ))}
      {gaps.flatMap((gap) =>
        drawn(`gap-${gap.from}`, gap.from, gap.until).map(({ key, day, start, end }) => (
          <rect
            key={key}
            x={x(start)}
            width={Math.max(1, x(end) - x(start))}
            y={y(day) + 5}
            height={ROW - 10}
            className="day-strip__gap"
            onClick={() => onFill?.(gap)}
          >
            <title>{`${t('gap')} ${formatHour(gap.from)}–${formatHour(gap.until)}`}</title>
          </rect>
        )),
      )}
      {stays.flatMap((stay) =>
        drawn(stay.id, stay.from, stay.until).map(({ key, day, start, end }) => (
          <g
            key={key}
            className={`day-strip__stay day-strip__stay--${stay.certainty}${stay.id === selected ? ' day-strip__stay--selected' : ''}${wrong.has(stay.id) ? ' day-strip__stay--wrong' : ''}`}
            onClick={() => onSelect(stay.id === selected ? null : stay.id)}
            onPointerEnter={() => onHover(stay.id)}
            onPointerLeave={() => onHover(null)}
          >
            <rect
              x={x(start)}
              width={Math.max(2, x(end) - x(start))}
              y={y(day) + 2}
              height={ROW - 4}
              rx="2"
            />
            {x(end) - x(start) > 44 && (
              <text x={x(start) + 4} y={y(day) + 14}>
                {clip(text({ zh: stay.place.nameZh, en: stay.place.nameEn }), x(end) - x(start) - 8)}
              </text>
            )}
            <title>{`${text({ zh: stay.place.nameZh, en: stay.place.nameEn })} ${formatHour(stay.from)}–${formatHour(stay.until)}`}</title>
          </g>
        )),
      )}
    </svg>
  );
}

/** About as much of a name as fits into so many units: a Han character is about 11 wide, a Latin letter 6. */
function clip(name: string, width: number): string {
  let used = 0;
  for (const [index, character] of [...name].entries()) {
    used += character > '\u2e80' ? 11 : 6;
    if (used > width) return index < 2 ? '' : `${[...name].slice(0, index - 1).join('')}…`;
  }
  return name;
}

interface StripRow {
  readonly first: string;
  readonly last: string;
  readonly count: number;
}

/** A row for each day; more than two days in a row without any stay stand as one. */
function stripRows(days: readonly string[], stayed: ReadonlySet<string>): StripRow[] {
  const rows: StripRow[] = [];
  for (let index = 0; index < days.length; ) {
    let end = index;
    while (end < days.length && !stayed.has(days[end]!)) end++;
    const count = end - index > 2 ? end - index : 1;
    rows.push({ first: days[index]!, last: days[index + count - 1]!, count });
    index += count;
  }
  return rows;
}

function daysOf(from: string, until: string): string[] {
  const days: string[] = [];
  for (let day = dayOf(from); day <= dayOf(until); day = addDays(day, 1)) days.push(day);
  return days;
}
