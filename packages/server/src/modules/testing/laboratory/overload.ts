/** Will a laboratory keep up? A line that is fed and worked off at the pace of the last hours. Pure. */

export interface Pace {
  /** Tubes in the laboratory without a result. */
  readonly waitingCount: number;
  /** Tubes that come in an hour. */
  readonly arrivedPerHour: number;
  /** Tubes that are done in an hour. */
  readonly resultedPerHour: number;
}

export interface Outlook {
  readonly state: 'idle' | 'holds' | 'will_exceed' | 'exceeded' | 'stopped';
  /** What a tube that comes now waits; null where nothing is done. */
  readonly waitHours: number | null;
  /** From now until a tube that comes then waits longer than the limit; 0: now; null: never at this pace. */
  readonly exceedsInHours: number | null;
}

/**
 * A tube that comes at time t waits (Q + (λ − μ) t) / μ, so the limit W is passed at t = (W μ − Q) / (λ − μ): the fluid
 * approximation of a queue (Newell, Applications of Queueing Theory, 1982, chapter 2).
 *
 * @param limitHours longest wait allowed, hours
 */
export function foresee(pace: Pace, limitHours: number): Outlook {
  const { waitingCount, arrivedPerHour, resultedPerHour } = pace;
  if (resultedPerHour === 0) {
    const nothing = waitingCount === 0 && arrivedPerHour === 0;
    return nothing
      ? { state: 'idle', waitHours: 0, exceedsInHours: null }
      : { state: 'stopped', waitHours: null, exceedsInHours: null };
  }
  const waitHours = waitingCount / resultedPerHour;
  if (waitHours > limitHours) return { state: 'exceeded', waitHours, exceedsInHours: 0 };
  const growth = arrivedPerHour - resultedPerHour;
  if (growth <= 0) return { state: 'holds', waitHours, exceedsInHours: null };
  const exceedsInHours = (limitHours * resultedPerHour - waitingCount) / growth;
  return { state: 'will_exceed', waitHours, exceedsInHours };
}
