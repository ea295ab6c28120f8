/**
 * Civil days and instants.
 *
 * A civil day is 'YYYY-MM-DD' in the pack's time zone; an instant is ISO 8601 with a zone. Nothing here reads a
 * clock. Days are counted as days, never as 24-hour blocks, so a zone with summer time stays right.
 */
import { ProtocolError } from './errors.ts';
import type { Counting } from './pack.ts';

export type CivilDay = string;
export type Instant = string;

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Milliseconds since 1970 of an ISO 8601 instant. An instant without a zone is refused: it would be a guess. */
export function instantMs(instant: Instant): number {
  const ms = INSTANT.test(instant) ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new ProtocolError(
      'bad_instant',
      `"${instant}" is not an ISO 8601 instant with a zone; write it like 2022-08-11T21:40:00+08:00`,
    );
  }
  return ms;
}

/** The instant `ms` written in the time of `tz`, with its offset: 2022-08-11T21:40:00+08:00. */
export function toInstant(ms: number, tz: string): Instant {
  const offset = offsetMs(ms, tz);
  const local = new Date(ms + offset).toISOString().slice(0, 19);
  const minutes = Math.abs(Math.round(offset / 60_000));
  const sign = offset < 0 ? '-' : '+';
  return `${local}${sign}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

export function addHours(instant: Instant, hours: number, tz: string): Instant {
  return toInstant(instantMs(instant) + hours * HOUR_MS, tz);
}

/** The civil day of `tz` in which the instant lies. */
export function dayOf(instant: Instant, tz: string): CivilDay {
  const ms = instantMs(instant);
  return new Date(ms + offsetMs(ms, tz)).toISOString().slice(0, 10);
}

/** Accepts a civil day or an instant, as line lists hold both. */
export function toDay(value: CivilDay | Instant, tz: string): CivilDay {
  return value.length > 10 ? dayOf(value, tz) : assertDay(value);
}

/** The first instant of a civil day in `tz`. */
export function startOfDay(day: CivilDay, tz: string): Instant {
  const midnightUtc = dayMs(day);
  // Two steps settle the offset also on the day a zone changes its clocks.
  const guess = midnightUtc - offsetMs(midnightUtc, tz);
  return toInstant(midnightUtc - offsetMs(guess, tz), tz);
}

export function addDays(day: CivilDay, days: number): CivilDay {
  return new Date(dayMs(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole civil days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CivilDay, to: CivilDay): number {
  return Math.round((dayMs(to) - dayMs(from)) / DAY_MS);
}

/** The civil day a rule calls "day n": the anchor itself is day 0 or day 1, as the rule says. */
export function nthDay(anchorDay: CivilDay, n: number, counting: Pick<Counting, 'anchorIsDay'>): CivilDay {
  return addDays(anchorDay, n - counting.anchorIsDay);
}

export function laterDay(a: CivilDay, b: CivilDay): CivilDay {
  return a > b ? a : b;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function assertDay(day: CivilDay): CivilDay {
  dayMs(day);
  return day;
}

function dayMs(day: CivilDay): number {
  const ms = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // Date.parse rolls 02-30 over into March; a day that does not come back as itself does not exist.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day) {
    throw new ProtocolError('bad_day', `"${day}" is not a calendar day; write it like 2022-08-11`);
  }
  return ms;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetMs(ms: number, tz: string): number {
  if (tz === 'Asia/Shanghai' && ms >= SHANGHAI_FIXED_SINCE) return 8 * HOUR_MS;
  let format = formats.get(tz);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: tz,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(tz, format);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
  const local = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
  return local - Math.floor(ms / 1000) * 1000;
}

// China kept summer time until September 1991; from 1992 the offset is +08:00 and formatting is not needed.
const SHANGHAI_FIXED_SINCE = Date.UTC(1992, 0, 1);

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
