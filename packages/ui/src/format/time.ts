import type { Language } from '../i18n/words.ts';

/** The prefecture's civil time; every instant on a screen is shown in it. */
export const timeZone = 'Asia/Shanghai';

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const weekdays: Record<Language, Intl.DateTimeFormat> = {
  zh: new Intl.DateTimeFormat('zh-CN', { timeZone, weekday: 'short' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short' }),
};

/** An instant: ISO 8601 text, milliseconds, or Date. */
export type Instant = string | number | Date;

const asDate = (instant: Instant) => (instant instanceof Date ? instant : new Date(instant));

function split(instant: Instant) {
  const found: Record<string, string> = {};
  for (const part of parts.formatToParts(asDate(instant))) found[part.type] = part.value;
  return found as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>;
}

/** `08-11 21:40`; with the year in front when it is not `now`'s. */
export function formatTime(instant: Instant, now: Instant = Date.now()): string {
  const at = split(instant);
  const year = at.year === split(now).year ? '' : `${at.year}-`;
  return `${year}${at.month}-${at.day} ${at.hour}:${at.minute}`;
}

/** `2022-08-11 21:40:05 周四 (Asia/Shanghai)`: what hovering over a time shows. */
export function formatTimeFull(instant: Instant, language: Language): string {
  const at = split(instant);
  const weekday = weekdays[language].format(asDate(instant));
  return `${at.year}-${at.month}-${at.day} ${at.hour}:${at.minute}:${at.second} ${weekday} (${timeZone})`;
}

/** `21:40`, for a place where the day is already said. */
export function formatHour(instant: Instant): string {
  const at = split(instant);
  return `${at.hour}:${at.minute}`;
}

/** The civil day of an instant in the prefecture, `2022-08-11`. */
export function dayOf(instant: Instant): string {
  const at = split(instant);
  return `${at.year}-${at.month}-${at.day}`;
}

/** A civil day as `08-11`, or with its year when it is not `now`'s. */
export function formatDay(day: string, now: Instant = Date.now()): string {
  return day.startsWith(`${split(now).year}-`) ? day.slice(5) : day;
}

/**
 * A length of time in its two largest units: `1 天 4 小时`, `2 小时 05 分`, `4 分 10 秒`.
 * @param milliseconds the sign is dropped: who shows it says before or after.
 */
export function formatDuration(milliseconds: number, language: Language): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const [day, hour, minute, second] = language === 'zh' ? ['天', '小时', '分', '秒'] : ['d', 'h', 'min', 's'];
  const two = (value: number) => String(value).padStart(2, '0');
  if (seconds >= 86_400)
    return `${Math.floor(seconds / 86_400)} ${day} ${Math.floor((seconds % 86_400) / 3600)} ${hour}`;
  if (seconds >= 3600)
    return `${Math.floor(seconds / 3600)} ${hour} ${two(Math.floor((seconds % 3600) / 60))} ${minute}`;
  if (seconds >= 60) return `${Math.floor(seconds / 60)} ${minute} ${two(seconds % 60)} ${second}`;
  return `${seconds} ${second}`;
}

/** How long ago, coarse enough not to flicker: `刚刚`, `3 分钟前`, `2 h ago`. */
export function formatAge(milliseconds: number, language: Language): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return language === 'zh' ? '刚刚' : 'just now';
  if (minutes < 60) return language === 'zh' ? `${minutes} 分钟前` : `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return language === 'zh' ? `${hours} 小时前` : `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return language === 'zh' ? `${days} 天前` : `${days} d ago`;
}
