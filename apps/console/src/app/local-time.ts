/** Instants as the date-and-time field of the browser writes them, in the prefecture's civil time (UTC+8 all year). */
const OFFSET_MS = 8 * 3_600_000;

/** `2022-08-12T09:30`, minutes cut off; from an ISO instant or epoch milliseconds. */
export const toField = (instant: string | number): string =>
  new Date(new Date(instant).getTime() + OFFSET_MS).toISOString().slice(0, 16);

/** null while the field is empty or half written. */
export function fromField(text: string): string | null {
  const at = Date.parse(`${text}:00+08:00`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
