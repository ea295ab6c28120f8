/** A number by county, as bulletins and overviews ask for it: below a county numbers point at people (R9). */
import { sql } from 'kysely';

export interface CountyCount {
  /** Six-digit code; shorter where a record hangs at the prefecture itself. */
  readonly county: string;
  readonly value: number;
}

/** True for rows of `column` inside the area: everything whose code starts with it. */
export const insideArea = (column: string, within: string) =>
  sql<boolean>`${sql.ref(column)} >= ${within} and ${sql.ref(column)} < ${`${within}~`}`;
