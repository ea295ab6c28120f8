/** Returned when two stays do not meet. Not 0: a moment inside a stay meets it for 0 seconds. */
export const NO_MEETING = -1;

/**
 * How many seconds two stays at one place have in common: the definition of a meeting (README) in code.
 *
 * seconds = min(untils) - max(froms) when positive. Touching intervals do not meet. A moment (from = until) meets a stay
 * [from, until) it lies in, with 0 seconds; two moments do not meet.
 *
 * @param sourceUntil departure of the source plus lingering
 * @example meetingSeconds(0, 600, 300, 900) // 300
 * @example meetingSeconds(0, 600, 600, 900) // NO_MEETING
 */
export function meetingSeconds(
  sourceFrom: number,
  sourceUntil: number,
  contactFrom: number,
  contactUntil: number,
): number {
  const from = Math.max(sourceFrom, contactFrom);
  const until = Math.min(sourceUntil, contactUntil);
  if (until > from) return until - from;
  if (until < from) return NO_MEETING;
  const contactIsMomentInside = contactFrom === contactUntil && contactFrom < sourceUntil;
  const sourceIsMomentInside = sourceFrom === sourceUntil && sourceFrom < contactUntil;
  return contactIsMomentInside || sourceIsMomentInside ? 0 : NO_MEETING;
}
