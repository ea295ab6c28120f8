/** How much room is left on a disk, and what is still taken in at that: pure rules. */
import type { LeveeError } from '@levee/contract';

export interface Reading {
  /** What lies there: `data`, `wal`. */
  readonly place: string;
  /** Bytes an ordinary account may still write. */
  readonly freeBytes: number;
  /** Used and free together; what only root may use is in neither. */
  readonly totalBytes: number;
}

/** From room enough to none. Each includes what the ones before it refuse. */
export const LEVELS = ['ample', 'low', 'critical', 'tight', 'short', 'full'] as const;
export type Level = (typeof LEVELS)[number];

/** What a request asks of the disk. Reading is never refused. */
export type Need = 'read' | 'bulk' | 'command' | 'intake';

const MB = 1024 * 1024;

/**
 * Free bytes at which each level begins.
 *
 * `low` and `critical` are the alarms at 80 and 90 % (T11). Then the refusals, the largest writers first and the samples
 * last, and all before the end: a database that cannot begin a segment of its log (16 MB) stops dead and needs room to come
 * back. `tight`: 3 % of the disk; 128 MB at least, what the import of one large file writes with its log; 8 GB at most,
 * for 3 % of a disk array is no emergency. `short`: 64 MB, ordinary commands. `full`: 32 MB, two segments, everything:
 * what is left is for what is under way and for the audit entries of those who read.
 */
const MARKS: Readonly<Record<Exclude<Level, 'ample'>, (totalBytes: number) => number>> = {
  low: (total) => 0.2 * total,
  critical: (total) => 0.1 * total,
  tight: (total) => Math.min(8_192 * MB, Math.max(128 * MB, 0.03 * total)),
  short: () => 64 * MB,
  full: () => 32 * MB,
};

/** A level is left only with a fifth more room than it began at: a log that grows and shrinks must not ring all night. */
const MARGIN = 1.2;

/** @returns the level of this reading, after `before` */
export function levelOf({ freeBytes, totalBytes }: Reading, before: Level): Level {
  const beforeAt = LEVELS.indexOf(before);
  for (let at = LEVELS.length - 1; at > 0; at -= 1) {
    const mark = MARKS[LEVELS[at] as Exclude<Level, 'ample'>](totalBytes);
    if (freeBytes <= (at <= beforeAt ? mark * MARGIN : mark)) return LEVELS[at]!;
  }
  return 'ample';
}

const isAtLeast = (level: Level, other: Level) => LEVELS.indexOf(level) >= LEVELS.indexOf(other);

export const SEVERITIES = ['warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The alarms that stand at this level: at `critical` the warning stands too. */
export const alarmsAt = (level: Level): Severity[] =>
  SEVERITIES.filter((severity) => isAtLeast(level, severity === 'warning' ? 'low' : 'critical'));

const REFUSED_FROM: Readonly<Record<Exclude<Need, 'read'>, Level>> = {
  bulk: 'tight',
  command: 'short',
  intake: 'full',
};

export const allows = (level: Level, need: Need): boolean =>
  need === 'read' || !isAtLeast(level, REFUSED_FROM[need]);

/** `1.4 GB`, `38 MB`. */
export const sizeText = (bytes: number): string =>
  bytes >= 1024 * MB ? `${(bytes / MB / 1024).toFixed(1)} GB` : `${Math.floor(bytes / MB)} MB`;

export const usedProportion = ({ freeBytes, totalBytes }: Reading): number =>
  totalBytes === 0 ? 0 : 1 - freeBytes / totalBytes;

export interface SpaceState extends Reading {
  readonly level: Level;
}

export interface SpaceWatch {
  /** The refusal of a request with this need, or null. Costs nothing: the last look decides. */
  refusal(need: Need): LeveeError | null;
  /** Each disk as it was at the last look. */
  states(): readonly SpaceState[];
  /** Looks now; resolves when alarms are written down, or could not be and are tried at the next look. */
  look(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}
