/** The demonstration: scenario, clock, controls. While none runs every route answers 409. */
import * as z from 'zod';
import { role } from './access.ts';
import { get, post } from './route.ts';
import { bilingual, instant } from './shapes.ts';

export const drillsEvents = {
  'drill.paused': { zh: '演练暂停', en: 'Demonstration paused' },
  'drill.resumed': { zh: '演练继续', en: 'Demonstration resumed' },
  'drill.stepped': { zh: '演练进入下一情节', en: 'Demonstration stepped to the next scene' },
} as const;

export const SCENE_STATES = ['waiting', 'acting', 'done', 'refused'] as const;

/** One act of the model case, done by a role account through the same doors as everybody's. */
export const scene = z.strictObject({
  key: z.string(),
  at: instant,
  title: bilingual,
  /** The role that acts. */
  who: role,
  state: z.enum(SCENE_STATES),
  /** Scenario time at which it ended. */
  endedAt: instant.nullable(),
  /** Why the system refused the act; the scenario goes on. */
  problem: bilingual.nullable(),
});
export type Scene = z.output<typeof scene>;

export const drillState = z.strictObject({
  name: bilingual,
  now: instant,
  endsAt: instant,
  /** Scenario seconds per second of the wall clock while it runs. */
  speed: z.number(),
  paused: z.boolean(),
  /** False: a person plays the scenes. */
  plays: z.boolean(),
  finished: z.boolean(),
  scenes: z.array(scene),
});
export type DrillState = z.output<typeof drillState>;

export const DRILL_SPEEDS = [60, 300, 600, 1200, 3600] as const;

export const drills = {
  state: get('/drills', {
    summary: { zh: '演练状态', en: 'The state of the demonstration' },
    access: 'signed-in',
    response: drillState,
  }),
  pause: post('/drills/pause', {
    summary: { zh: '暂停演练', en: 'Pause the demonstration' },
    access: 'drills.control',
    response: drillState,
  }),
  resume: post('/drills/resume', {
    summary: { zh: '继续演练', en: 'Go on with the demonstration' },
    access: 'drills.control',
    response: drillState,
  }),
  step: post('/drills/step', {
    summary: { zh: '进入下一情节', en: 'Play the next scene, then pause' },
    access: 'drills.control',
    response: drillState,
  }),
  speed: post('/drills/speed', {
    summary: { zh: '调整演练速度', en: 'Change the speed' },
    access: 'drills.control',
    body: z.strictObject({ speed: z.number().min(1).max(36_000) }),
    response: drillState,
  }),
  restart: post('/drills/restart', {
    summary: { zh: '重新开始演练', en: 'Start the demonstration over; everything done in it is dropped' },
    access: 'drills.control',
    response: z.strictObject({ restarting: z.literal(true) }),
  }),
};
