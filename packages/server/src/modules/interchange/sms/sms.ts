/** Texts to people: when, how often, how long, and what may never stand in one. Pure. */

export type TextState =
  | 'waiting'
  | 'submitting'
  | 'submitted'
  | 'delivered'
  | 'failed'
  | 'unsure'
  | 'expired'
  | 'cancelled';
export type PartState = 'waiting' | 'submitting' | 'accepted' | 'delivered' | 'failed' | 'unsure';

/** A result told two days late sends people to a page that says something newer. */
export const VALID_HOURS = 48;
/** With the pauses below: half a day of a gateway that does not take anything. */
const TRIES = 40;
const FIRST_PAUSE_S = 30;
const LONGEST_PAUSE_S = 900;

/** UCS-2: 70 characters alone, 67 each behind the header that joins them (3GPP TS 23.040, 9.2.3.24.1). */
const ALONE = 70;
const JOINED = 67;

/** Cut between characters, never inside one that takes two units. */
export function segmentsOf(text: string): string[] {
  if (text.length <= ALONE) return [text];
  const parts: string[] = [];
  let part = '';
  for (const character of text) {
    if (part.length + character.length > JOINED) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

/** What joins part `number` of `total`: information element 0, a reference of one byte. */
export const joinHeader = (reference: number, total: number, number: number): Buffer =>
  Buffer.from([0x05, 0x00, 0x03, reference & 0xff, total, number]);

/**
 * Words of a result, a disease or a class of person: a text with one is not sent, whoever composed it (T65). It lies open on
 * the screen of a phone that others hold too.
 */
const FORBIDDEN =
  /阳性|阴性|确诊|疑似|无症状|感染|病例|密接|密切接触|隔离|新冠|鼠疫|艾滋|肝炎|结核|positive|negative|confirmed|infected|covid|plague|hiv|\bmers\b/i;

export const forbiddenIn = (text: string): string | null => FORBIDDEN.exec(text)?.[0] ?? null;

/** A mobile number of the mainland; anything else reaches nobody through this gateway. */
export const isMobile = (number: string): boolean => /^(?:\+?86)?1[3-9]\d{9}$/.test(number);
export const plainNumber = (number: string): string => number.replace(/^\+?86(?=1)/, '');

export interface QuietHours {
  /** Minutes after midnight; quiet from `from` to before `until`, over midnight where it is smaller. */
  readonly from: number;
  readonly until: number;
}

/** Null for `off`. @throws RangeError on what is neither */
export function readQuietHours(text: string): QuietHours | null {
  if (text === 'off') return null;
  const [, fromHour, fromMinute, hour, minute] = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text) ?? [];
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const until = Number(hour) * 60 + Number(minute);
  if (!(from < 1440 && until < 1440) || from === until)
    throw new RangeError(`"${text}" is neither off nor hours as 22:00-07:00`);
  return { from, until };
}

export function isQuiet(now: string, hours: QuietHours | null, timeZone: string): boolean {
  if (hours === null) return false;
  const clock = new Date(now).toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const minutes = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  const { from, until } = hours;
  return from < until ? minutes >= from && minutes < until : minutes >= from || minutes < until;
}

/** When a gateway that took nothing is asked again; null when it has been asked often enough. */
export function nextTry(now: string, tries: number): string | null {
  if (tries >= TRIES) return null;
  const pause = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** Math.max(0, tries - 1));
  return new Date(Date.parse(now) + pause * 1000).toISOString();
}

/** A text is as far as the least of its parts; one part lost and it cannot be read. */
export function stateOf(parts: readonly PartState[]): TextState {
  if (parts.includes('failed')) return 'failed';
  if (parts.includes('unsure')) return 'unsure';
  if (parts.includes('submitting')) return 'submitting';
  if (parts.includes('waiting')) return 'waiting';
  return parts.every((part) => part === 'delivered') ? 'delivered' : 'submitted';
}

export interface Receipt {
  readonly providerId: string;
  readonly stat: string;
  readonly error: string | null;
}

const STATS = ['', 'ENROUTE', 'DELIVRD', 'EXPIRED', 'DELETED', 'UNDELIV', 'ACCEPTD', 'UNKNOWN', 'REJECTD'];

/** SMPP 3.4 appendix B, or the optional parameters where the gateway sends them. Null where it names no message. */
export function readReceipt(
  text: string,
  given: { readonly id?: string | undefined; readonly state?: number | undefined } = {},
): Receipt | null {
  const field = (name: string) => new RegExp(`\\b${name}:(\\S*)`, 'i').exec(text)?.[1];
  const providerId = given.id ?? field('id');
  const stat = (given.state === undefined ? undefined : STATS[given.state]) ?? field('stat')?.toUpperCase();
  if (!providerId || !stat) return null;
  return { providerId, stat, error: field('err') ?? null };
}

/** What a final report says of its part; null while it is still on its way. */
export function partAfter({ stat }: Receipt): 'delivered' | 'failed' | null {
  if (stat === 'DELIVRD') return 'delivered';
  return ['EXPIRED', 'DELETED', 'UNDELIV', 'REJECTD'].includes(stat) ? 'failed' : null;
}

/** Nobody has this number: 001 by SMPP's habit, MK:0000 and MK:0001 (空号) by the operators of the mainland. */
export const isUnknownSubscriber = (error: string | null): boolean =>
  error !== null && /^(?:0*1|MK:000[01])$/i.test(error);

/** 退订: whoever answers so is sent nothing more that is no emergency. */
export const isStop = (text: string): boolean => /^\s*(?:TD|T|退订|STOP)\s*$/i.test(text);
