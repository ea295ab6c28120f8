import {
  addDays,
  type CivilDay,
  dayOf,
  HOUR_MS,
  type Instant,
  instantMs,
  startOfDay,
  toDay,
  toInstant,
} from './calendar.ts';
import type { Counting, ProtocolPack, ReleaseRule, Text } from './pack.ts';
import type { QuarantineSchedule } from './quarantine-schedule.ts';
import { ruleOrThrow } from './rules.ts';

/** One test of one person. Everything is counted by `sampledAt`; when the result came does not matter. */
export type TestFact = {
  sampledAt: Instant;
  method?: 'pcr' | 'antigen' | 'sputum_culture' | 'temperature' | undefined;
  result: 'negative' | 'positive' | 'inconclusive' | 'pending';
  /** Cycle threshold per target, like { ORF1ab: 36.2, N: 37 }. */
  ct?: Readonly<Record<string, number>> | undefined;
};

export type SiteSampleFact = {
  kind: 'environment' | 'goods';
  sampledAt: Instant;
  result: 'negative' | 'positive' | 'inconclusive' | 'pending';
};

export type ReleaseOrder =
  | {
      kind: 'contact';
      schedule: QuarantineSchedule;
      /** Phase to be left: 0 (default) is isolation; the last one ends all management. */
      phaseIndex?: number | undefined;
    }
  | { kind: 'infected'; form?: string | undefined };

export type ReleaseFacts = {
  tests: readonly TestFact[];
  siteSamples?: readonly SiteSampleFact[] | undefined;
  /** Tests of the close contact a contact of contact hangs on. */
  closeContactTests?: readonly TestFact[] | undefined;
  /** A person excluded infection after a positive goods or environment sample. */
  siteExposureExcluded?: boolean | undefined;
  severity?: 'asymptomatic' | 'mild' | 'moderate' | 'severe' | 'critical' | undefined;
  temperatureNormalSince?: Instant | undefined;
  clinicalImprovement?: boolean | undefined;
  nodeResolvedOn?: CivilDay | undefined;
};

export type ReleaseBlock = {
  rule: string;
  why: Text;
  /** When the block falls away by time alone; absent when something has to be done. */
  clearsAt?: Instant;
};

export type ReleaseAnswer = {
  releasable: boolean;
  blocking: ReleaseBlock[];
  /** Test days that passed without a sample. A later negative covers them; they do not hold anyone longer. */
  missedTests: { day: number; date: CivilDay }[];
};

/**
 * May this person leave now, and if not, what is missing?
 *
 * Contact: the last day of the phase has come; every test of the phase is answered by a negative sample taken on its
 * day or later (so one release sample covers an earlier day the authority missed); no result since placement is
 * positive or open; goods and environment sampled with the release test, where the plan asks; for a contact of
 * contact, the first two tests of the close contact by sampling time.
 *
 * Infected: the release rule of the form of disease, pairs by sampling time.
 *
 * @throws ProtocolError `rule_not_in_pack` for a form without a release rule
 */
export function releaseCheck(
  pack: ProtocolPack,
  order: ReleaseOrder,
  facts: ReleaseFacts,
  now: Instant,
): ReleaseAnswer {
  if (order.kind === 'contact') return checkContact(pack, order, facts, now);
  const form = order.form ?? 'any';
  const path = `infected.release.${form}`;
  const rule = ruleOrThrow(
    pack,
    path,
    pack.infected.release[form],
    `choose one of ${Object.keys(pack.infected.release).join(', ')}`,
  );
  const blocking =
    rule.value.kind === 'consecutive_tests'
      ? checkConsecutive(path, rule.value, rule.counting, facts, now)
      : checkObservation(path, rule.value, rule.counting, facts, now);
  return answer(blocking, []);
}

function answer(blocking: ReleaseBlock[], missedTests: ReleaseAnswer['missedTests']): ReleaseAnswer {
  return { releasable: blocking.length === 0, blocking, missedTests };
}

// --- contacts ---

function checkContact(
  pack: ProtocolPack,
  order: Extract<ReleaseOrder, { kind: 'contact' }>,
  facts: ReleaseFacts,
  now: Instant,
): ReleaseAnswer {
  const { schedule } = order;
  const phaseIndex = Math.min(order.phaseIndex ?? 0, schedule.phases.length - 1);
  const phase = schedule.phases[phaseIndex];
  if (!phase) return answer([], []);

  const today = dayOf(now, pack.tz);
  const rule = schedule.rule;
  const blocking: ReleaseBlock[] = [];
  if (today < phase.untilDate) {
    blocking.push({
      rule,
      why: { zh: `管理期未满，至 ${phase.untilDate}`, en: `the period runs until ${phase.untilDate}` },
      clearsAt: startOfDay(phase.untilDate, pack.tz),
    });
  }

  const taken = sampledUpTo(facts.tests, now).filter(
    (test) => dayOf(test.sampledAt, pack.tz) >= schedule.placedOn,
  );
  blocking.push(...badResults(rule, taken));
  const negativeDays = taken
    .filter((test) => test.result === 'negative')
    .map((test) => dayOf(test.sampledAt, pack.tz));
  const due = schedule.phases.slice(0, phaseIndex + 1).flatMap((each) => each.tests);
  const missedTests: ReleaseAnswer['missedTests'] = [];
  for (const test of due) {
    const covered = negativeDays.some((day) => day >= test.date);
    if (!covered) {
      blocking.push({
        rule,
        why: {
          zh: `缺第${test.day}天（${test.date}）采样的阴性结果`,
          en: `no negative result of a sample taken on ${test.date} (day ${test.day}) or later`,
        },
      });
    }
    const sampledThatDay = taken.some((each) => dayOf(each.sampledAt, pack.tz) === test.date);
    if (!sampledThatDay && test.date < today) missedTests.push({ day: test.day, date: test.date });
  }

  if (schedule.siteSamplesAtRelease && phase.kind === 'centralised_isolation') {
    const releaseTestDay = phase.tests.at(-1)?.date ?? phase.untilDate;
    blocking.push(...checkSite(rule, facts, releaseTestDay, pack.tz, now));
  }
  if (schedule.linkedContactTests > 0) {
    blocking.push(
      ...checkLinkedContact(rule, schedule.linkedContactTests, facts.closeContactTests ?? [], now),
    );
  }
  return answer(blocking, missedTests);
}

function badResults(rule: string, taken: readonly TestFact[]): ReleaseBlock[] {
  if (taken.some((test) => test.result === 'positive')) {
    return [
      {
        rule,
        why: { zh: '有阳性结果，按感染者管理', en: 'a result is positive: manage as an infected person' },
      },
    ];
  }
  // An open result counts until a later sample has been answered.
  const latest = taken.at(-1);
  if (latest?.result === 'pending') {
    return [
      {
        rule,
        why: {
          zh: `${latest.sampledAt} 采样的结果未出`,
          en: `result of the sample of ${latest.sampledAt} is not out`,
        },
      },
    ];
  }
  if (latest?.result === 'inconclusive') {
    return [
      {
        rule,
        why: {
          zh: `${latest.sampledAt} 采样结果不确定，需复采`,
          en: `sample of ${latest.sampledAt} is inconclusive: sample again`,
        },
      },
    ];
  }
  return [];
}

/** Person, goods and environment together: samples from the day of the release test on. */
function checkSite(
  rule: string,
  facts: ReleaseFacts,
  from: CivilDay,
  tz: string,
  now: Instant,
): ReleaseBlock[] {
  const samples = sampledUpTo(facts.siteSamples ?? [], now).filter(
    (sample) => dayOf(sample.sampledAt, tz) >= from,
  );
  const blocking: ReleaseBlock[] = [];
  if (samples.some((sample) => sample.result === 'positive') && !facts.siteExposureExcluded) {
    blocking.push({
      rule,
      why: {
        zh: '物品或环境样本阳性，须先排除本人感染',
        en: 'a goods or environment sample is positive: first exclude infection of the person',
      },
    });
  }
  for (const kind of ['environment', 'goods'] as const) {
    const answered = samples.some(
      (sample) => sample.kind === kind && (sample.result === 'negative' || sample.result === 'positive'),
    );
    if (answered) continue;
    blocking.push({
      rule,
      why:
        kind === 'environment'
          ? { zh: '缺同期环境样本结果', en: 'no result of an environment sample taken with the release test' }
          : { zh: '缺同期物品样本结果', en: 'no result of a goods sample taken with the release test' },
    });
  }
  return blocking;
}

function checkLinkedContact(
  rule: string,
  count: number,
  tests: readonly TestFact[],
  now: Instant,
): ReleaseBlock[] {
  const first = sampledUpTo(tests, now).slice(0, count);
  if (first.some((test) => test.result === 'positive')) {
    return [
      {
        rule,
        why: {
          zh: `所关联密接前${count}次检测有阳性，转为密接管理`,
          en: `one of the close contact's first ${count} tests is positive: becomes a close contact`,
        },
      },
    ];
  }
  const negatives = first.filter((test) => test.result === 'negative').length;
  if (negatives >= count) return [];
  return [
    {
      rule,
      why: {
        zh: `所关联密接前${count}次检测仅${negatives}次阴性`,
        en: `only ${negatives} of the close contact's first ${count} tests are negative so far`,
      },
    },
  ];
}

// --- infected ---

function checkConsecutive(
  rule: string,
  need: Extract<ReleaseRule, { kind: 'consecutive_tests' }>,
  counting: Counting,
  facts: ReleaseFacts,
  now: Instant,
): ReleaseBlock[] {
  const blocking: ReleaseBlock[] = [];
  const ofMethod = sampledUpTo(facts.tests, now).filter((test) => (test.method ?? 'pcr') === need.test);
  const run = passingRunAtEnd(ofMethod, need);
  const first = run[0];
  const last = run.at(-1);
  const span = first && last ? instantMs(last.sampledAt) - instantMs(first.sampledAt) : 0;
  if (run.length < need.count) {
    blocking.push({
      rule,
      why: {
        zh: `连续合格检测${run.length}次，需${need.count}次${ctText(need)}`,
        en: `${run.length} passing tests in a row, ${need.count} needed${ctText(need)}`,
      },
    });
  } else if (span < need.hoursApart * HOUR_MS) {
    blocking.push({
      rule,
      why: {
        zh: `两次采样间隔不足${need.hoursApart}小时，请在 ${nextSampleAt(first!, need, counting.tz)} 之后再采`,
        en: `samples are less than ${need.hoursApart} h apart: sample again after ${nextSampleAt(first!, need, counting.tz)}`,
      },
    });
  }

  const testsAreEnough = facts.severity === 'asymptomatic' || facts.severity === 'mild';
  if (testsAreEnough) return blocking;
  if (need.temperatureNormalHours) {
    const since = facts.temperatureNormalSince;
    const clears = since ? instantMs(since) + need.temperatureNormalHours * HOUR_MS : null;
    if (clears === null || clears >= instantMs(now)) {
      blocking.push({
        rule,
        why: {
          zh: `体温正常未超过${need.temperatureNormalHours / 24}天`,
          en: `temperature not normal for more than ${need.temperatureNormalHours / 24} days`,
        },
        ...(clears === null ? {} : { clearsAt: toInstant(clears + 1000, counting.tz) }),
      });
    }
  }
  if (need.clinicalImprovement && facts.clinicalImprovement !== true) {
    blocking.push({
      rule,
      why: { zh: '症状、影像未记录明显好转', en: 'clear improvement of symptoms and imaging not recorded' },
    });
  }
  return blocking;
}

function nextSampleAt(first: TestFact, need: { hoursApart: number }, tz: string): Instant {
  return toInstant(instantMs(first.sampledAt) + need.hoursApart * HOUR_MS, tz);
}

function ctText(need: { ctAtLeast?: number | undefined }): string {
  return need.ctAtLeast ? ` (Ct ≥ ${need.ctAtLeast})` : '';
}

/** The unbroken run of passing tests up to the latest answered one, in order of sampling. */
function passingRunAtEnd(
  tests: readonly TestFact[],
  need: { ctAtLeast?: number | undefined; targets?: string[] | undefined },
): TestFact[] {
  const answered = tests.filter((test) => test.result !== 'pending');
  const lastFailure = answered.findLastIndex((test) => !passes(test, need));
  return answered.slice(lastFailure + 1);
}

/** Negative passes. Positive passes only where every target asked for has a Ct at or above the limit. */
function passes(
  test: TestFact,
  need: { ctAtLeast?: number | undefined; targets?: string[] | undefined },
): boolean {
  if (test.result === 'negative') return true;
  const { ctAtLeast, targets } = need;
  if (test.result !== 'positive' || ctAtLeast === undefined || !targets) return false;
  return targets.every((target) => (test.ct?.[target] ?? 0) >= ctAtLeast);
}

function checkObservation(
  rule: string,
  need: Extract<ReleaseRule, { kind: 'observation_after' }>,
  counting: Counting,
  facts: ReleaseFacts,
  now: Instant,
): ReleaseBlock[] {
  if (!facts.nodeResolvedOn) {
    return [{ rule, why: { zh: '淋巴结未记录完全消退', en: 'full resolution of the node is not recorded' } }];
  }
  const end = addDays(toDay(facts.nodeResolvedOn, counting.tz), need.days - counting.anchorIsDay);
  if (dayOf(now, counting.tz) >= end) return [];
  return [
    {
      rule,
      why: {
        zh: `淋巴结消退后观察${need.days}天，至 ${end}`,
        en: `${need.days} days of observation after the node resolved, until ${end}`,
      },
      clearsAt: startOfDay(end, counting.tz),
    },
  ];
}

function sampledUpTo<T extends { sampledAt: Instant }>(samples: readonly T[], now: Instant): T[] {
  const limit = instantMs(now);
  return samples
    .filter((sample) => instantMs(sample.sampledAt) <= limit)
    .sort((a, b) => instantMs(a.sampledAt) - instantMs(b.sampledAt));
}
