/**
 * Text of a bulletin: free words around locked figures. A figure stands in the text as `{positives}` or
 * `{positives:632521}`, the moment of the lock as `{as_of}`; what they say comes from the lock and from nowhere else.
 */
export const BULLETIN_FIGURES = [
  'positives',
  'confirmed',
  'asymptomatic',
  'close_contacts',
  'contacts_of_contacts',
  'under_isolation',
  'tests_today',
  'high_risk_areas',
  'medium_risk_areas',
] as const;
export type BulletinFigureName = (typeof BULLETIN_FIGURES)[number];

export interface BulletinToken {
  readonly name: BulletinFigureName | 'as_of';
  /** A county's own number; null = the whole area of the bulletin. */
  readonly division: string | null;
}

/** What was locked: when, and each number as far as there is one. */
export interface BulletinLock {
  readonly lockedAt: string;
  readonly figures: readonly {
    readonly name: BulletinFigureName;
    readonly value: number | null;
    readonly areas: readonly { readonly division: string; readonly value: number | null }[];
  }[];
}

const TOKEN = /\{([a-z_]{1,40})(?::(\d{4,12}))?\}/g;
const isTokenName = (name: string): name is BulletinToken['name'] =>
  name === 'as_of' || (BULLETIN_FIGURES as readonly string[]).includes(name);

export const tokenText = ({ name, division }: BulletinToken): string =>
  division === null ? `{${name}}` : `{${name}:${division}}`;

/** Words and tokens in the order of the text. A brace that names no figure stays words. */
export function splitBulletinText(text: string): (string | BulletinToken)[] {
  const parts: (string | BulletinToken)[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const name = match[1]!;
    if (!isTokenName(name)) continue;
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push({ name, division: match[2] ?? null });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

/** What the lock says for a token: null where it has no number. */
export function readToken(token: BulletinToken, lock: BulletinLock, language: 'zh' | 'en'): string | null {
  if (token.name === 'as_of') return sayHour(lock.lockedAt, language);
  const figure = lock.figures.find(({ name }) => name === token.name);
  const value =
    token.division === null
      ? figure?.value
      : figure?.areas.find(({ division }) => division === token.division)?.value;
  if (value === undefined || value === null) return null;
  return language === 'en' ? value.toLocaleString('en-GB') : String(value);
}

/** The text as read: every token replaced by what the lock says, `—` where it says nothing. */
export function fillBulletinText(text: string, lock: BulletinLock, language: 'zh' | 'en'): string {
  return splitBulletinText(text)
    .map((part) => (typeof part === 'string' ? part : (readToken(part, lock, language) ?? '—')))
    .join('');
}

/** 8月12日21时, or 21:40 as 8月12日21时40分; 21:00 on 12 August. Beijing time. */
function sayHour(instant: string, language: 'zh' | 'en'): string {
  const local = new Date(Date.parse(instant) + 8 * 3_600_000);
  const [month, day, hour, minute] = [
    local.getUTCMonth() + 1,
    local.getUTCDate(),
    local.getUTCHours(),
    local.getUTCMinutes(),
  ];
  if (language === 'zh') return `${month}月${day}日${hour}时${minute === 0 ? '' : `${minute}分`}`;
  const two = (value: number) => String(value).padStart(2, '0');
  const name = local.toLocaleString('en-GB', { month: 'long', timeZone: 'UTC' });
  return `${two(hour)}:${two(minute)} on ${day} ${name}`;
}
