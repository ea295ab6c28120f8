/** What the public form of somebody coming home says, and what is wrong with it. Pure. */
import type { DeclarationField } from '@levee/contract';
import { checkIdentityNumber, RISK_LEVELS, type RiskLevel } from '@levee/protocol';

export interface DeclaredStay {
  readonly where: string;
  /** Null where they do not know whether it was a risk area: the grid worker finds out. */
  readonly level: RiskLevel | null;
  readonly leftAt: string;
}
export interface Declared {
  readonly nameZh: string;
  readonly identityNumber: string;
  readonly phone: string;
  readonly placeId: string;
  readonly arrivedAt: string;
  readonly travel: readonly DeclaredStay[];
}

/** Lines of the journey the form has. */
export const FORM_STAYS = 4;
/** Announced this long before, or told this long after. */
const DAYS_AHEAD = 7;
const DAYS_BACK = 14;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** The first and the last line of an address book, no control characters. */
const TEXT = /^[^\p{Cc}]{1,60}$/u;

/**
 * @param typed field → what was typed, as a form sends it
 * @param today civil day of the prefecture
 */
export function readDeclaration(
  typed: Readonly<Record<string, string>>,
  today: string,
): { declared: Declared } | { faults: readonly DeclarationField[] } {
  const value = (name: string) => (typed[name] ?? '').trim();
  const faults = new Set<DeclarationField>();
  const nameZh = value('name');
  if (!TEXT.test(nameZh)) faults.add('name');
  const card = checkIdentityNumber(value('number'));
  if (!card.ok) faults.add('number');
  const phone = value('phone').replaceAll(/[\s-]/g, '');
  if (!/^\+?\d{5,20}$/.test(phone)) faults.add('phone');
  const placeId = value('home').toLowerCase();
  if (!UUID.test(placeId)) faults.add('home');
  const arrived = value('arrived');
  if (!isDay(arrived) || arrived > shifted(today, DAYS_AHEAD) || arrived < shifted(today, -DAYS_BACK)) {
    faults.add('arrived');
  }
  const travel: DeclaredStay[] = [];
  for (let line = 1; line <= FORM_STAYS; line += 1) {
    const [where, level, left] = [value(`where${line}`), value(`level${line}`), value(`left${line}`)];
    if (where === '' && left === '') continue;
    const known = RISK_LEVELS.find((one) => one === level) ?? null;
    if (!TEXT.test(where) || !isDay(left) || left > arrived || left < shifted(today, -60))
      faults.add('travel');
    else travel.push({ where, level: known, leftAt: startOf(left) });
  }
  // Where they come from is what it is all about: a form without a journey says nothing.
  if (travel.length === 0) faults.add('travel');
  if (faults.size > 0 || !card.ok) return { faults: [...faults] };
  // Some hour of the day of arrival, never before one of leaving.
  const arrivedAt = new Date(Date.parse(startOf(arrived)) + 12 * 3_600_000).toISOString();
  return { declared: { nameZh, identityNumber: card.number, phone, placeId, arrivedAt, travel } };
}

const isDay = (text: string): boolean => DAY.test(text) && !Number.isNaN(Date.parse(text));
const startOf = (day: string): string => new Date(`${day}T00:00:00+08:00`).toISOString();
const shifted = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
