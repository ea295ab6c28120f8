/** Looks at the disks under the database and the files, raises the alarms, and says what may still be written (T11). */
import { hostname } from 'node:os';
import { LeveeError } from '@levee/contract';
import { nowOf } from '../clock.ts';
import { systemContext } from '../context.ts';
import { inScopedTransaction } from '../db/pool.ts';
import type { Platform } from '../platform.ts';
import { clearAlarm, raiseAlarm } from './alarms.repository.ts';
import type { Measure } from './measure.ts';
import {
  alarmsAt,
  allows,
  LEVELS,
  levelOf,
  type Need,
  type Reading,
  SEVERITIES,
  type Severity,
  type SpaceState,
  type SpaceWatch,
  sizeText,
} from './space.ts';

/** A look is one system call a disk. Below 80 % nothing fills a disk in so short a time; above it every second counts. */
const LOOK_EVERY_MS = 15_000;
const LOOK_CLOSELY_EVERY_MS = 1_000;
/** Room does not come back by itself; the phones come again sooner, for a sample must not wait. */
const RETRY_SECONDS: Readonly<Record<Exclude<Need, 'read'>, number>> = { bulk: 60, command: 15, intake: 15 };

export function createSpaceWatch(
  platform: Omit<Platform, 'space'>,
  measure: Measure,
  host: string = hostname(),
): SpaceWatch {
  const { db, config, log } = platform;
  const states = new Map<string, SpaceState>();
  /** What the database knows of an alarm; unknown until the first look after a start. */
  const told = new Map<string, boolean>();
  const owed = new Map<string, { readonly reading: Reading; readonly at: string }>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let complained = false;
  let stopped = true;

  async function lookOnce(): Promise<void> {
    for (const reading of await measure()) {
      const before = states.get(reading.place)?.level ?? 'ample';
      const level = levelOf(reading, before);
      states.set(reading.place, { ...reading, level });
      if (level !== before) {
        const { place, freeBytes, totalBytes } = reading;
        log.warn({ place, freeBytes, totalBytes, level, before }, 'space on disk');
      }
      const standing = new Set(alarmsAt(level));
      for (const severity of SEVERITIES) await tell(reading, severity, standing.has(severity));
    }
  }

  /** An alarm that stood while nothing could be written, for the disk was full, is written down when it can be. */
  async function tell(reading: Reading, severity: Severity, stands: boolean): Promise<void> {
    const key = `${reading.place} ${severity}`;
    if (stands && told.get(key) !== true && !owed.has(key))
      owed.set(key, { reading, at: nowOf(platform.clock) });
    const raised = owed.get(key);
    if (!raised && told.get(key) === stands) return;
    try {
      await inScopedTransaction(db, config.LEVEE_JURISDICTION, async (trx) => {
        const context = systemContext(platform as Platform, trx);
        if (raised)
          await raiseAlarm({ ...context, now: raised.at }, { host, severity, reading: raised.reading });
        if (!stands) await clearAlarm(context, { host, severity, reading });
      });
      owed.delete(key);
      told.set(key, stands);
      complained = false;
    } catch (err) {
      if (!complained) log.error({ err }, 'an alarm of space could not be written; tried at every look');
      complained = true;
    }
  }

  const look = () => {
    looking ??= lookOnce()
      .catch((err) => log.error({ err }, 'the space on disk could not be read'))
      .finally(() => {
        looking = null;
      });
    return looking;
  };
  const worst = () =>
    [...states.values()].toSorted((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level))[0];
  const next = () => {
    if (stopped) return;
    const settled = (worst()?.level ?? 'ample') === 'ample' && !complained;
    timer = setTimeout(() => void look().then(next), settled ? LOOK_EVERY_MS : LOOK_CLOSELY_EVERY_MS);
    timer.unref();
  };

  return {
    refusal(need) {
      const state = worst();
      if (need === 'read' || !state || allows(state.level, need)) return null;
      return new LeveeError(
        need === 'bulk' ? 'storage.short' : 'storage.full',
        { free: sizeText(state.freeBytes) },
        { retryAfterSeconds: RETRY_SECONDS[need] },
      );
    },
    states: () => [...states.values()],
    look,
    start() {
      stopped = false;
      next();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
