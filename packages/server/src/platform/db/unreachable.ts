/** The database went away, is not back yet, or has no room left: nobody's fault, and tried again later. */

/** SQLSTATE classes 08 and 57P, too many connections, disk full; and what the operating system says of a broken line. */
const CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '08000',
  '08001',
  '08003',
  '08006',
  '53100',
  '53200',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '58030',
]);
/** What the driver says without a code. */
const SAID = [
  'Connection terminated',
  'Client has encountered a connection error',
  'timeout exceeded when trying to connect',
];

/** True where the error, or what caused it, has this code. */
export const hasCode = (error: unknown, wanted: string): boolean =>
  error instanceof Error &&
  ((error as { code?: unknown }).code === wanted ||
    (error.cause !== undefined && hasCode(error.cause, wanted)));

export function isUnreachable(error: unknown): boolean {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth += 1) {
    const { code } = one as { code?: unknown };
    if (typeof code === 'string' && CODES.has(code)) return true;
    if (SAID.some((text) => (one as Error).message.startsWith(text))) return true;
    if (one instanceof AggregateError && one.errors.some(isUnreachable)) return true;
  }
  return false;
}
