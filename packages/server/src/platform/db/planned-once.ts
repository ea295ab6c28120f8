/** Statements that PostgreSQL reads and plans once a connection, not at every call. */
import { sql } from 'kysely';
import pg from 'pg';

/**
 * At the head of a statement that finds rows by their keys: its plan is the same whatever the values. Not for ranges, areas
 * or pages, where a plan made without the values can be a bad one. An insert needs no mark, it has nothing to choose.
 *
 * A search is twenty such statements: half of the time of the small ones was reading and planning them (0.45 of 0.9 ms to
 * tell an event, 0.2 of 0.45 ms to find a case; best of 100, 2 vCPU).
 */
export const plannedOnce = sql.raw('/* planned once */');

const FIXED = /^\s*(insert\b|(select )?\/\* planned once \*\/)/;
/** An insert of many rows with a placeholder a value has another text for every number of rows. */
const LONGEST = 2_000;
const MOST = 500;
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  if (text.length > LONGEST || !FIXED.test(text)) return undefined;
  const known = names.get(text);
  if (known || names.size === MOST) return known;
  const name = `levee_${names.size}`;
  names.set(text, name);
  return name;
}

export class PlanningClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the driver's overloads are its own affair; only (text, values) is looked at
  override query(first: any, ...rest: any[]): any {
    const [values, ...more] = rest;
    const name = typeof first === 'string' && Array.isArray(values) ? nameOf(first) : undefined;
    return name === undefined
      ? super.query(first, ...rest)
      : super.query({ name, text: first, values }, ...more);
  }
}
