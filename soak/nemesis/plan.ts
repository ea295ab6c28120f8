/** What is done to six phones, their lines, the server and its database, and when: all of it decided by the seed before it begins. */
import { seeded } from '../random.ts';

export type Blow =
  | { readonly kind: 'phone killed' | 'line cut'; readonly phone: number }
  | {
      readonly kind: 'page frozen' | 'line shut' | 'line stalled';
      readonly phone: number;
      readonly ms: number;
    }
  | { readonly kind: 'server paused'; readonly ms: number }
  | { readonly kind: 'server killed' | 'database killed' };
export type PlannedBlow = Blow & { readonly atMs: number };

const PHONE_BLOWS = [
  'phone killed',
  'phone killed',
  'line cut',
  'line cut',
  'page frozen',
  'line shut',
  'line stalled',
] as const;
const SERVER_BLOWS = ['server paused', 'server killed', 'database killed'] as const;
/** One of so many is at the server, which all six feel. */
const SERVER_SHARE = 0.2;

export function planBlows(given: { seed: number; phones: number; seconds: number }): PlannedBlow[] {
  const random = seeded(given.seed);
  const plan: PlannedBlow[] = [];
  for (let atMs = 2_000; atMs < given.seconds * 1_000; atMs += 1_500 + random.whole(4_000)) {
    const ms = 1_000 + random.whole(6_000);
    const phone = random.whole(given.phones);
    if (random.next() < SERVER_SHARE) plan.push({ kind: random.pick(SERVER_BLOWS), ms, atMs });
    else plan.push({ kind: random.pick(PHONE_BLOWS), phone, ms, atMs });
  }
  // It ends with the worst: nobody has a server, and somebody no phone.
  plan.push({ kind: 'phone killed', phone: random.whole(given.phones), atMs: given.seconds * 1_000 - 1_000 });
  plan.push({ kind: 'server killed', atMs: given.seconds * 1_000 });
  return plan;
}

export const tellBlow = (blow: PlannedBlow): string => {
  const who = 'phone' in blow ? ` of phone ${blow.phone}` : '';
  const long = 'ms' in blow && /paused|frozen|shut|stalled/.test(blow.kind) ? ` for ${blow.ms} ms` : '';
  return `${blow.kind}${who}${long}`;
};
