/** A round of mass screening. Pure rules: what the pack says, what must add up, when it ends. */
import type { ActorRef, Bilingual, PoolCapacity, RoundIdentity, RoundRule } from '@levee/contract';
import {
  type Confidence,
  dayOf,
  type FoundIn,
  getPackOrThrow,
  type ProtocolPack,
  poolingRule,
  type Rule,
  type ScreeningRound,
  screeningNextStep,
} from '@levee/protocol';

export interface Round {
  readonly id: string;
  readonly incidentId: string;
  readonly division: string;
  readonly number: number;
  readonly packId: string;
  readonly poolSize: PoolCapacity;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly startedAt: string;
  readonly startedBy: ActorRef;
  readonly closedAt: string | null;
  readonly closedBy: ActorRef | null;
  readonly holeSince: string | null;
}

/** headcount = sampled + exempt + away + missed. */
export interface Counts {
  readonly headcount: number;
  readonly sampled: number;
  readonly exempt: number;
  readonly away: number;
  readonly missed: number;
}

type Said = {
  readonly rule: string;
  readonly source: { title: string; section?: string | undefined; address?: string | undefined };
  readonly confidence: Confidence;
};

const cite = ({ rule, source, confidence }: Said, text: Bilingual): RoundRule => ({
  text,
  rule,
  source: source.section ? `${source.title} · ${source.section}` : source.title,
  address: source.address ?? null,
  confidence,
});

const leaf = (path: string, rule: Rule<unknown>): Said => ({ rule: path, ...rule });

/** What the pack says before a round is started: when rounds are done at all, how many a tube, how many hours. */
export function roundRulesOf(packId: string) {
  const pack = getPackOrThrow(packId);
  const trigger = pack.screening.trigger;
  const clock = pack.clocks['screeningRound'];
  return {
    // A pack that gives no rule for stopping starts no rounds: it says so in its own words.
    trigger: trigger ? cite(leaf('screening.trigger', trigger), trigger.value) : null,
    poolSizes: pack.screening.stop ? sizesOf(pack) : null,
    hours: clock
      ? {
          minutes: clock.value.minutes,
          ...cite(leaf('clocks.screeningRound', clock), {
            zh: `一轮应在${clock.value.minutes / 60}小时内完成`,
            en: `a round is finished within ${clock.value.minutes / 60} hours`,
          }),
        }
      : null,
    screens: pack.screening.stop !== undefined && pack.screening.stop !== null,
  };
}

function sizesOf(pack: ProtocolPack) {
  if (!pack.pooling.sizes.large_low_risk) return null;
  const rule = poolingRule(pack, 'large_low_risk');
  const sizes = rule.sizes as readonly PoolCapacity[];
  return {
    sizes: [...sizes],
    ...cite(rule, {
      zh: `大规模低风险人群 ${sizes.join('、')}:1 混采`,
      en: `large low-risk population: ${sizes.join(', ')} to a tube`,
    }),
  };
}

export interface RoundOutcome {
  readonly startsAt: string;
  readonly closedAt: string | null;
  /** People in tubes of the round that have no result. */
  readonly waiting: number;
  readonly positives: readonly FoundIn[];
}

/** What the pack's rule asks after these rounds of one area, and why. Null where the pack screens no areas. */
export function nextStepOf(packId: string, rounds: readonly RoundOutcome[]) {
  const pack = getPackOrThrow(packId);
  if (!pack.screening.stop || !pack.screening.communityFoundIn) return null;
  const facts: ScreeningRound[] = rounds.map(({ startsAt, closedAt, waiting, positives }) => ({
    sampledOn: dayOf(startsAt, pack.tz),
    complete: closedAt !== null && waiting === 0,
    positives,
  }));
  const { step, nextOn, cleanRounds, cleanRoundsNeeded, text, ...said } = screeningNextStep(pack, facts);
  return { step, nextOn, cleanRounds, cleanRoundsNeeded, ...cite(said, text) };
}

/** People of a round by where they are. `registered` and `members` know nothing of each other. */
export interface TubeCounts {
  /** Of the area, each once, as the grids count them. */
  readonly counted: number;
  /** The same people as the tubes count them. */
  readonly countedInTubes: number;
  readonly registered: number;
  readonly open: number;
  readonly closed: number;
  readonly sent: number;
  readonly received: number;
  readonly rejected: number;
  readonly resulted: number;
  /** Received at a laboratory and not rejected, by the moments and not by the state. */
  readonly arrived: number;
  readonly reported: number;
}

/** Each equation of the strip; a gap is people who are in one count and not in the other. */
export function identitiesOf(of: TubeCounts): RoundIdentity[] {
  const line = (
    name: RoundIdentity['name'],
    text: Bilingual,
    left: number,
    right: number,
  ): RoundIdentity => ({
    name,
    text,
    left,
    right,
    gap: left - right,
  });
  const onTheWay = of.open + of.closed + of.sent;
  return [
    line(
      'counted',
      { zh: '网格计数 = 管内本区人数', en: 'counted by grid = in tubes' },
      of.counted,
      of.countedInTubes,
    ),
    line(
      'registered',
      { zh: '登记 = 已采', en: 'registered = sampled' },
      of.registered,
      onTheWay + of.received + of.rejected + of.resulted,
    ),
    line(
      'sampled',
      { zh: '已采 = 在途 + 收样 + 拒收', en: 'sampled = in transit + received + rejected' },
      onTheWay + of.received + of.rejected + of.resulted,
      onTheWay + of.arrived + of.rejected,
    ),
    line(
      'received',
      { zh: '收样 = 已检 + 待检', en: 'received = tested + waiting' },
      of.arrived,
      of.resulted + of.received,
    ),
    line('tested', { zh: '已检 = 已报告', en: 'tested = reported' }, of.resulted, of.reported),
  ];
}

/**
 * When the last one missed would be sampled at the rate of the last hour.
 *
 * @param perHour people first sampled in an hour
 * @returns an instant, or null where nobody is being sampled
 */
export function expectedEnd(missed: number, perHour: number, now: string): string | null {
  if (missed <= 0) return now;
  if (perHour <= 0) return null;
  return new Date(Date.parse(now) + (missed / perHour) * 3_600_000).toISOString();
}

export const SLOT_MINUTES = 10;
/** The ten minutes an instant lies in. */
export const slotOf = (at: string): string =>
  new Date(Math.floor(Date.parse(at) / (SLOT_MINUTES * 60_000)) * SLOT_MINUTES * 60_000).toISOString();

/**
 * People first sampled in an hour, over the last hour or, early in a round, since its start (ten minutes at least).
 *
 * @param pace people by ten minutes; `at` is when the ten minutes begin
 */
export function rateOf(
  pace: readonly { at: string; sampled: number }[],
  startsAt: string,
  now: string,
): number {
  const hourAgo = Date.parse(now) - 3_600_000;
  const elapsed = Date.parse(now) - Math.max(hourAgo, Date.parse(startsAt));
  const hours = Math.max(elapsed, SLOT_MINUTES * 60_000) / 3_600_000;
  const recent = pace.filter(({ at }) => Date.parse(at) >= hourAgo);
  return Math.round(recent.reduce((sum, { sampled }) => sum + sampled, 0) / hours);
}
