/** Plays the scenes in their order on the drill's clock, over HTTP, signed in as the roles. */
import {
  type Client,
  contract,
  createClient,
  type DrillState,
  LeveeError,
  type Role,
  type Scene as SceneAnswer,
} from '@levee/contract';
import type { RunningClock } from '../../../platform/clock.ts';
import { cookieJar } from '../../../platform/http/cookie-jar.ts';
import type { Logger } from '../../../platform/log.ts';
import type { Cast } from './cast.ts';
import type { Stage } from './scene.ts';
import { ENDS_AT, scenes } from './scenes.ts';

export interface DrillAccount {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly role: Role;
  readonly division: string;
}

interface PlayerInput {
  readonly clock: RunningClock;
  readonly cast: Cast;
  readonly accounts: readonly DrillAccount[];
  readonly log: Logger;
  readonly speed: number;
  /** False: a person plays the duty officer; scenes wait for a step. */
  readonly plays: boolean;
  readonly restart: () => void;
}

export interface Player {
  /** Begins once the house listens. */
  start(url: string): void;
  stop(): Promise<void>;
  state(): DrillState;
  /** Scenario seconds per second right now: 0 while paused and at the end, faster in a quiet stretch. */
  pace(): number;
  pause(): void;
  resume(): void;
  step(): void;
  setSpeed(speed: number): void;
  restart(): void;
  /** Plays everything that is left without waiting for the clock. */
  playAll(): Promise<void>;
}

const TICK_MS = 200;
/** A stretch without a scene longer than this runs ten times as fast. */
const QUIET_MS = 3_600_000;
/** While a scene acts: many people one by one must not cost scenario hours on a slow machine. */
const ACTING_SPEED = 60;
const NAME = { zh: '海南州“8·11”疫情处置（演示）', en: 'Hainan prefecture, 11–14 August (demonstration)' };

type Progress = { state: SceneAnswer['state']; endedAt: string | null; problem: SceneAnswer['problem'] };

export function createPlayer(input: PlayerInput): Player {
  const { clock, cast, accounts, log } = input;
  const progress: Progress[] = scenes.map(() => ({ state: 'waiting', endedAt: null, problem: null }));
  const kept = new Map<string, string>();
  const clients = new Map<string, Promise<Client>>();
  let url = '';
  let speed = input.speed;
  let paused = !input.plays;
  let stepping = false;
  let next = 0;
  let acting: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const now = () => new Date(clock.nowMs()).toISOString();
  const signIn = (role: Role, division: string): Promise<Client> => {
    const account = accounts.find((each) => each.role === role && each.division === division);
    if (!account) throw new Error(`the demonstration has no ${role} for ${division}`);
    const known = clients.get(account.username);
    if (known) return known;
    const client = createClient(contract, cookieJar(url).transport);
    const { username, password } = account;
    const signedIn = client.access.signIn({ body: { username, password } }).then(() => client);
    clients.set(username, signedIn);
    return signedIn;
  };
  const stage: Stage = {
    cast,
    kept,
    now,
    county: (role) => signIn(role, '632521'),
    prefecture: (role) => signIn(role, '6325'),
  };

  async function play(at: number): Promise<void> {
    const scene = scenes[at]!;
    clock.jumpTo(scene.at);
    progress[at] = { state: 'acting', endedAt: null, problem: null };
    if (clock.speed > ACTING_SPEED) clock.setSpeed(ACTING_SPEED);
    try {
      await scene.act(stage);
      progress[at] = { state: 'done', endedAt: now(), problem: null };
    } catch (error) {
      // A refusal is part of the play: it is shown, and the case goes on.
      log.warn({ err: error, scene: scene.key }, 'a scene was refused');
      const said = error instanceof LeveeError ? error.messages : { zh: String(error), en: String(error) };
      progress[at] = { state: 'refused', endedAt: now(), problem: said };
    }
    next = at + 1;
  }

  const playNext = () => {
    acting ??= play(next).finally(() => {
      acting = null;
      if (!stepping) return;
      stepping = false;
      paused = true;
      clock.setSpeed(0);
    });
    return acting;
  };

  function tick(): void {
    if (paused && !stepping) return;
    const scene = scenes[next];
    if (!scene) {
      // The last stretch runs at the plain speed and stops at the end.
      clock.setSpeed(clock.nowMs() >= Date.parse(ENDS_AT) ? 0 : speed);
      return;
    }
    if (acting) return;
    const ahead = Date.parse(scene.at) - clock.nowMs();
    const wanted = ahead > QUIET_MS ? speed * 10 : speed;
    if (clock.speed !== wanted) clock.setSpeed(wanted);
    if (stepping || ahead <= 0) void playNext();
  }

  return {
    start(address) {
      url = address;
      clock.setSpeed(paused ? 0 : speed);
      timer = setInterval(tick, TICK_MS);
    },
    async stop() {
      clearInterval(timer);
      await acting;
    },
    state: () => ({
      name: NAME,
      now: now(),
      endsAt: ENDS_AT,
      speed,
      paused,
      plays: input.plays,
      finished: next >= scenes.length,
      scenes: scenes.map(({ key, at, title, who }, index) => ({ key, at, title, who, ...progress[index]! })),
    }),
    pace: () => clock.speed,
    pause() {
      paused = true;
      clock.setSpeed(0);
    },
    resume() {
      paused = false;
      clock.setSpeed(speed);
    },
    step() {
      stepping = true;
      tick();
    },
    setSpeed(wanted) {
      speed = wanted;
      if (!paused) clock.setSpeed(speed);
    },
    restart: input.restart,
    async playAll() {
      while (next < scenes.length) await playNext();
    },
  };
}
