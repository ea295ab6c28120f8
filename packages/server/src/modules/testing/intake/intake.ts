/** The intake of one running server: rows of many requests in one commit, and the settler behind it. */
import { setTimeout } from 'node:timers/promises';
import { nowOf } from '../../../platform/clock.ts';
import type { Door } from '../../../platform/http/implement.ts';
import type { Platform } from '../../../platform/platform.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import { settleRound } from './settle.ts';
import { createSiteCache, type FindSite } from './site-cache.ts';

/** Another server's records, and those of a server that died, are found by looking. */
const LOOK_EVERY_MS = 1_000;
/** Rows a second above which applying steps back: what is at the door must be safe, what is safe can wait. */
const DOOR_BUSY_PER_SECOND = 1_500;
/** Then a round is followed by a rest of so many times its length, so that applying still goes on. */
const REST = 3;
const LONGEST_REST_MS = 1_000;

export interface Intake {
  readonly groupCommit: GroupCommit;
  readonly findSite: FindSite;
  /** Resolves when everything committed before the call is applied or kept with its reason. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

const intakes = new WeakMap<Platform, Intake>();

export function intakeOf(platform: Platform): Intake {
  const intake = intakes.get(platform);
  if (!intake) throw new Error('the intake of this server was not started');
  return intake;
}

export function startIntake(platform: Platform, door: Door): Intake {
  const findSite = createSiteCache(platform);
  let settling: Promise<void> | null = null;
  let stopped = false;

  const wake = () => {
    settling ??= settleAll().finally(() => {
      settling = null;
    });
    return settling;
  };
  async function settleAll(): Promise<void> {
    try {
      while (!stopped) {
        const began = performance.now();
        const committedBefore = groupCommit.committed();
        if ((await settleRound(platform, door, findSite)) === 0) return;
        const took = performance.now() - began;
        const perSecond = ((groupCommit.committed() - committedBefore) / took) * 1000;
        if (perSecond > DOOR_BUSY_PER_SECOND) await setTimeout(Math.min(LONGEST_REST_MS, REST * took));
      }
    } catch (err) {
      if (!stopped) platform.log.error({ err }, 'records could not be settled; tried again in a second');
    }
  }
  const groupCommit = createGroupCommit(platform.pool, () => nowOf(platform.clock), wake);
  const timer = setInterval(() => void wake(), LOOK_EVERY_MS);

  const intake: Intake = {
    groupCommit,
    findSite,
    async settle() {
      await groupCommit.drain();
      // A round that began before the last commit may have missed it.
      await settling;
      await wake();
    },
    async stop() {
      clearInterval(timer);
      await groupCommit.drain();
      stopped = true;
      await settling;
    },
  };
  intakes.set(platform, intake);
  return intake;
}
