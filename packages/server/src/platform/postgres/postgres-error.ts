/** The cluster cannot be made, opened or stopped; the message says what is in the way and what to do. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError';
}
