/** Instants as the date-and-time field of the browser writes them, in the prefecture's civil time (UTC+8 all year). */
const OFFSET_MS = 8 * 3_600_000;

/** `2022-08-12T09:30`, minutes cut off. */
export const toLocal = (ms: number): string => new Date(ms + OFFSET_MS).toISOString().slice(0, 16);

/** The field as written; what is half written stays as it is, for the server to name. */
export function fromLocal(text: string): string {
  const at = Date.parse(`${text}:00+08:00`);
  return Number.isNaN(at) ? text : new Date(at).toISOString();
}
