/** A tube and the rules of its way: open, sealed, sent, received or rejected, resulted. Pure. */
import {
  type PoolCapacity,
  type PoolContent,
  type PoolState,
  refuse,
  type Target,
  type TestOutcome,
} from '@levee/contract';

export interface Pool {
  readonly id: string;
  readonly tubeCode: string;
  readonly siteId: string;
  readonly labId: string | null;
  readonly division: string;
  readonly content: PoolContent;
  /** People per tube; 1 is a single sample. A specimen has its tube alone and counts 1. */
  readonly capacity: PoolCapacity;
  readonly memberCount: number;
  readonly state: PoolState;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly sentAt: string | null;
  readonly receivedAt: string | null;
  readonly rejectedAt: string | null;
  readonly rejectedReason: string | null;
  readonly lostAt: string | null;
  readonly lostReason: string | null;
  readonly resultedAt: string | null;
  /** Of the result in force. */
  readonly outcome: TestOutcome | null;
}

/** Nothing goes into a tube after this moment: when it was sealed, or, that message missing, when it was next seen. */
export const sealedAt = (
  pool: Pick<Pool, 'closedAt' | 'sentAt' | 'receivedAt' | 'rejectedAt' | 'resultedAt'>,
): string | null => pool.closedAt ?? pool.sentAt ?? pool.receivedAt ?? pool.rejectedAt ?? pool.resultedAt;

const SITE_CLASSES: readonly (string | null)[] = ['test_site', 'care', 'isolation_site', 'checkpoint'];

/** Where people are sampled; not in a dwelling or a market. */
export const isSamplingSite = (placeClass: string | null): boolean => SITE_CLASSES.includes(placeClass);

/** A device's clock may be a little ahead; more than this is a wrong clock. */
const CLOCK_AHEAD_MS = 10 * 60_000;

/** Refuses a moment that has not come. */
export function requirePast(at: string, now: string): void {
  if (Date.parse(at) <= Date.parse(now) + CLOCK_AHEAD_MS) return;
  throw refuse(
    { zh: '时间晚于当前时间', en: 'the time lies in the future' },
    { zh: '校准设备时间后重试。', en: 'Set the clock of the device and try again.' },
  );
}

/**
 * TestOutcome and Ct values must tell one story: positive needs an amplified target, negative none; a laboratory
 * that sees one of two targets only reports inconclusive.
 */
export function requireConsistent(outcome: TestOutcome, targets: readonly Target[]): void {
  const amplified = targets.filter(({ ct }) => ct !== null).length;
  if (outcome === 'positive' && amplified === 0) {
    throw refuse(
      { zh: '阳性结果没有任何靶标的Ct值', en: 'a positive result without a Ct value of any target' },
      {
        zh: '填写扩增靶标的Ct值，或改选结果。',
        en: 'Enter the Ct of the amplified target, or change the outcome.',
      },
    );
  }
  if (outcome === 'negative' && amplified > 0) {
    throw refuse(
      { zh: '阴性结果带有Ct值', en: 'a negative result with a Ct value' },
      {
        zh: '单靶标或弱扩增请报“可疑”，确为阴性请清除Ct值。',
        en: 'Report one target or a weak curve as inconclusive; for a true negative clear the Ct.',
      },
    );
  }
}

/** Positive, grey zone, or one target only: the members are sampled again, singly (pack: `pooling.reflex`). */
export const needsReflex = (outcome: TestOutcome): boolean =>
  outcome === 'positive' || outcome === 'inconclusive';
