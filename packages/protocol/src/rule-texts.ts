/** Rules in words: one label and one value text per kind of rule. The only place that knows how a rule reads. */
import type {
  Anchor,
  ContactCriterion,
  Counting,
  ManagementPlan,
  PlanPhase,
  ProtocolPack,
  ReleaseRule,
  Rule,
  Section,
  Text,
} from './pack.ts';
import {
  ANCHOR_WORDS,
  CONDITION_WORDS,
  CONTACT_CLASS_WORDS,
  FOUND_IN_WORDS,
  KEY_POPULATION_WORDS,
  MANAGED_CLASS_WORDS,
  PHASE_WORDS,
  PLACE_LEVEL_WORDS,
  RISK_LEVEL_WORDS,
  SETTING_WORDS,
  TEST_POPULATION_WORDS,
  WINDOW_WORDS,
} from './words.ts';

export type RuleLabel = Text;
export type RuleText = { text: Text; counting: Text | null };

export const SECTION_TITLES: Record<Section, Text> = {
  definition: { zh: '定义与参数', en: 'Definitions and parameters' },
  tracing: { zh: '追踪与判定', en: 'Tracing and determination' },
  management: { zh: '人员管理', en: 'Management of people' },
  infected: { zh: '感染者', en: 'Infected persons' },
  areas: { zh: '风险区', en: 'Risk areas' },
  screening: { zh: '区域核酸', en: 'Area screening' },
  pooling: { zh: '混采', en: 'Pooled testing' },
  monitoring: { zh: '人、物、环境监测', en: 'Monitoring of people, goods, environment' },
  clocks: { zh: '时限', en: 'Time limits' },
  response: { zh: '应急响应', en: 'Response levels' },
  service: { zh: '权利与服务', en: 'Rights and service levels' },
  privacy: { zh: '隐私', en: 'Privacy' },
};

/** What the rule is about. */
export function labelOf(path: string, rule: Rule<unknown>): RuleLabel {
  const { entry, key } = entryFor(path);
  return entry.label(key, rule.value as never);
}

/** What the rule says, and how it counts. */
export function textOf(path: string, rule: Rule<unknown> & { counting?: Counting }): RuleText {
  const { entry } = entryFor(path);
  return {
    text: entry.text(rule.value as never),
    counting: rule.counting ? countingText(rule.counting) : null,
  };
}

type Entry = { label: (key: string, value: never) => Text; text: (value: never) => Text };

function entryFor(path: string): { entry: Entry; key: string } {
  const exact = ENTRIES[path];
  const key = path.slice(path.lastIndexOf('.') + 1);
  const entry = exact ?? ENTRIES[`${path.slice(0, path.lastIndexOf('.'))}.*`];
  // A missing entry is a fault of this file, found by the test that reads every pack.
  if (!entry) throw new Error(`rule ${path} has no words; add it to rule-texts.ts`);
  return { entry, key };
}

const days = (n: number): Text => ({ zh: `${n}天`, en: n === 1 ? '1 day' : `${n} days` });
const asIs = (text: Text): Text => text;
const list = (items: readonly Text[]): Text => ({
  zh: items.map((item) => item.zh).join('、') || '无',
  en: items.map((item) => item.en).join(', ') || 'none',
});
const yesNo = (value: boolean): Text => (value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' });
const fixed = (zh: string, en: string) => () => ({ zh, en });
const titled =
  <K extends string>(words: Record<K, Text>) =>
  (key: string): Text =>
    words[key as K] ?? { zh: key, en: key };

type Value<S extends Section, K extends keyof ProtocolPack[S]> =
  NonNullable<ProtocolPack[S][K]> extends { value: infer V } ? V : never;

const distributionText = (d: Value<'definition', 'incubation'>): Text => ({
  zh: `均值${d.mean}天，标准差${d.sd}天（${d.family}）`,
  en: `mean ${d.mean} d, sd ${d.sd} d (${d.family})`,
});

const ENTRIES: Record<string, Entry> = {
  'definition.incubation': { label: fixed('潜伏期分布', 'Incubation period'), text: distributionText },
  'definition.incubationRangeDays': {
    label: fixed('潜伏期范围', 'Incubation range'),
    text: ({ min, max }: { min: number; max: number }) => ({
      zh: `${min}–${max}天`,
      en: `${min}–${max} days`,
    }),
  },
  'definition.serialInterval': { label: fixed('序列间隔', 'Serial interval'), text: distributionText },
  'definition.onsetBeforeInfectorDays': {
    label: fixed('续发病例起病可早于传染者', 'Infectee may fall ill before its infector'),
    text: (n: number) =>
      n === 0
        ? { zh: '不可', en: 'never' }
        : { zh: `至多${n}天`, en: n === 1 ? 'by 1 day at most' : `by ${n} days at most` },
  },
  'definition.cluster': {
    label: fixed('聚集性疫情', 'Cluster'),
    text: (c: NonNullable<ProtocolPack['definition']['cluster']>['value']) => ({
      zh: `${c.withinDays}天内${c.units.zh}${c.cases}例及以上`,
      en: `${c.cases} or more within ${c.withinDays} days in ${c.units.en}`,
    }),
  },
  'definition.forms.*': { label: fixed('临床类型', 'Form of disease'), text: asIs },

  'tracing.windows.*': {
    label: (key) => prefix('追踪起点', 'Tracing starts', titled(WINDOW_WORDS)(key)),
    text: ({ before }: { before: number }) =>
      before === 0
        ? { zh: '自该时点起至隔离', en: 'from that point until isolation' }
        : { zh: `此前${before}天起至隔离`, en: `from ${before} days before until isolation` },
  },
  'tracing.lookBackDays': { label: fixed('暴露来源回溯', 'Look back for the source'), text: days },
  'tracing.nearMetres': {
    label: fixed('近距离', 'Near means within'),
    text: (m: number) => ({ zh: `${m}米`, en: `${m} m` }),
  },
  'tracing.longContactMinutes': {
    label: fixed('长时间接触', 'Long contact'),
    text: (n: number) => ({ zh: `${n}分钟`, en: `${n} minutes` }),
  },
  'tracing.higherRiskSettings': {
    label: fixed('较高风险密接的情形', 'Settings of a higher-risk close contact'),
    text: (settings: (keyof typeof SETTING_WORDS)[]) => list(settings.map((each) => SETTING_WORDS[each])),
  },
  'tracing.criteria.*': {
    label: (_key, c: ContactCriterion) => prefix('判定', 'Criterion', CONTACT_CLASS_WORDS[c.class]),
    text: (c: ContactCriterion) => c.text,
  },

  'management.classes.*': { label: titled(MANAGED_CLASS_WORDS), text: planText },
  'management.homeInsteadOfCentralised': {
    label: fixed('可居家隔离的情形', 'Home instead of centralised isolation'),
    text: (conditions: (keyof typeof CONDITION_WORDS)[]) =>
      list(conditions.map((each) => CONDITION_WORDS[each])),
  },
  'management.prophylaxis': { label: fixed('预防性服药', 'Prophylaxis'), text: asIs },

  'infected.place': { label: fixed('收治地点', 'Place of care'), text: asIs },
  'infected.release.*': {
    label: (key) =>
      key === 'any'
        ? { zh: '解除标准', en: 'Release' }
        : prefix('解除标准', 'Release', FORM_WORDS[key] ?? { zh: key, en: key }),
    text: releaseText,
  },

  'areas.levels': {
    label: fixed('等级', 'Levels'),
    text: (levels: (keyof typeof RISK_LEVEL_WORDS)[]) => list(levels.map((each) => RISK_LEVEL_WORDS[each])),
  },
  'areas.highUnits': { label: fixed('高风险区单元', 'Unit of a high-risk area'), text: unitsText },
  'areas.highUnitsWhenUnclear': {
    label: fixed('高风险区单元（风险不明时）', 'Unit of a high-risk area when risk is unclear'),
    text: unitsText,
  },
  'areas.mediumUnits': { label: fixed('中风险区单元', 'Unit of a medium-risk area'), text: unitsText },
  'areas.measures.*': {
    label: (key) => prefix('措施', 'Measures', titled(RISK_LEVEL_WORDS)(key)),
    text: asIs,
  },
  'areas.steps.*': {
    label: (_key, s: StepValue) => ({
      zh: `${RISK_LEVEL_WORDS[s.from].zh}${s.cameFrom ? `（自${RISK_LEVEL_WORDS[s.cameFrom].zh}降级）` : ''}→${RISK_LEVEL_WORDS[s.to].zh}`,
      en: `${RISK_LEVEL_WORDS[s.from].en}${s.cameFrom ? ` (came down from ${RISK_LEVEL_WORDS[s.cameFrom].en})` : ''} to ${RISK_LEVEL_WORDS[s.to].en}`,
    }),
    text: stepText,
  },

  'screening.trigger': { label: fixed('启动条件', 'When to screen'), text: asIs },
  'screening.stop': {
    label: fixed('停止规则', 'When to stop'),
    text: (s: Value<'screening', 'stop'>) => ({
      zh: `连续${s.cleanRounds}轮无社会面感染者，间隔${s.pauseDays}天再做${s.finalRounds}轮，无则停止`,
      en: `${s.cleanRounds} consecutive rounds without a community infection, pause ${s.pauseDays} days, ${s.finalRounds} more; none = stop`,
    }),
  },
  'screening.communityFoundIn': {
    label: fixed('计为社会面的发现方式', 'Ways of finding that count as community'),
    text: (ways: (keyof typeof FOUND_IN_WORDS)[]) => list(ways.map((each) => FOUND_IN_WORDS[each])),
  },
  'screening.scope.*': { label: fixed('筛查范围', 'Area to screen'), text: asIs },

  'pooling.validatedSizes': { label: fixed('经验证的混采比例', 'Validated pool sizes'), text: sizesText },
  'pooling.sizes.*': {
    label: (key) => prefix('混采', 'Pools', titled(TEST_POPULATION_WORDS)(key)),
    text: sizesText,
  },
  'pooling.dilutionMaxPositivity': {
    label: fixed('混样检测的最高阳性率', 'Highest positivity for laboratory pooling'),
    text: (share: number) => ({ zh: `${share * 100}%`, en: `${share * 100} %` }),
  },
  'pooling.reflex': {
    label: fixed('混管阳性处置', 'Positive pool'),
    text: (r: Value<'pooling', 'reflex'>) => ({
      zh: `原地管控：${yesNo(r.holdMembers).zh}；单人单管复采，每人${r.samplesPerPerson}份、${r.assays}种试剂；原管复检：${yesNo(r.retestOriginalTube).zh}`,
      en: `hold members: ${yesNo(r.holdMembers).en}; re-sample singly, ${r.samplesPerPerson} samples and ${r.assays} assays each; re-test the tube: ${yesNo(r.retestOriginalTube).en}`,
    }),
  },

  'monitoring.populations.*': {
    label: titled(KEY_POPULATION_WORDS),
    text: (m: NonNullable<ProtocolPack['monitoring']['populations']['direct_exposure_posts']>['value']) => ({
      zh: m.perWeek === 7 ? `每日1次：${m.who.zh}` : `每周${m.perWeek}次：${m.who.zh}`,
      en: m.perWeek === 7 ? `daily: ${m.who.en}` : `${m.perWeek} a week: ${m.who.en}`,
    }),
  },
  'monitoring.goodsAndEnvironment': {
    label: fixed('物品与环境', 'Goods and environment'),
    text: (g: { everyDays: number; what: Text }) => ({
      zh: `每${g.everyDays}天：${g.what.zh}`,
      en: `every ${g.everyDays} days: ${g.what.en}`,
    }),
  },

  'monitoring.objectPositive': {
    label: fixed('物品环境阳性', 'Positive object or surroundings'),
    text: (o: { handlerDays: number; samplesPerPerson: number }) => ({
      zh: `排查采样前${o.handlerDays}天内的接触者，每人单采${o.samplesPerPerson}份`,
      en: `search for handlers of the ${o.handlerDays} days before sampling, ${o.samplesPerPerson} single sample each`,
    }),
  },

  'clocks.*': { label: (_key, c: ClockValue) => c.name, text: clockText },
  'service.*': { label: (_key, c: ClockValue) => c.name, text: clockText },

  'response.levels.*': {
    label: (_key, l: LevelValue) => l.name,
    text: (l: LevelValue) => ({
      zh: `${l.authority.zh}决定；措施${l.measures.length}项、任务${l.tasks.length}项待逐条采纳`,
      en: `decided by: ${l.authority.en}; ${l.measures.length} measures and ${l.tasks.length} tasks to adopt line by line`,
    }),
  },
  'response.criteria.*': {
    label: (_key, c: { level: string }) => ({ zh: `${c.level}级标准`, en: `Criterion of level ${c.level}` }),
    text: (c: { text: Text }) => c.text,
  },
  'response.termination': { label: fixed('终止', 'End of the response'), text: asIs },

  'privacy.smallestCount': {
    label: fixed('公布的最小计数', 'Smallest count published'),
    text: (n: number) => ({ zh: `${n}`, en: `${n}` }),
  },
};

type StepValue = ProtocolPack['areas']['steps'][string]['value'];
type ClockValue = ProtocolPack['clocks'][string]['value'];
type LevelValue = ProtocolPack['response']['levels']['I']['value'];

const FORM_WORDS: Record<string, Text> = {
  pneumonic: { zh: '肺鼠疫', en: 'pneumonic' },
  bubonic: { zh: '腺鼠疫', en: 'bubonic' },
};

function prefix(zh: string, en: string, what: Text): Text {
  return { zh: `${zh}：${what.zh}`, en: `${en}: ${what.en}` };
}

function planText(plan: ManagementPlan): Text {
  if (!plan.determined) return { zh: '不再判定', en: 'no longer determined' };
  const variants = plan.variants.map(({ condition, phases }) => ({
    zh: `${CONDITION_WORDS[condition].zh}：${phasesText(phases).zh}`,
    en: `${CONDITION_WORDS[condition].en}: ${phasesText(phases).en}`,
  }));
  const all = [phasesText(plan.phases), ...variants];
  return { zh: all.map((each) => each.zh).join('；'), en: all.map((each) => each.en).join('; ') };
}

function phasesText(phases: readonly PlanPhase[]): Text {
  const parts = phases.map((phase) => {
    const testDays = phase.tests.map((test) => test.day);
    const words = PHASE_WORDS[phase.kind];
    return {
      zh: `${phase.days}天${words.zh}${testDays.length ? `（第${testDays.join('、')}天检测）` : ''}`,
      en: `${days(phase.days).en} ${words.en}${testDays.length ? ` (tests on day ${testDays.join(', ')})` : ''}`,
    };
  });
  return { zh: parts.map((part) => part.zh).join(' + '), en: parts.map((part) => part.en).join(' + ') };
}

function releaseText(rule: ReleaseRule): Text {
  if (rule.kind === 'observation_after') {
    return {
      zh: `淋巴结完全消退后观察${rule.days}天`,
      en: `${days(rule.days).en} of observation after the node has resolved`,
    };
  }
  const test = rule.test === 'pcr' ? { zh: '核酸', en: 'PCR' } : { zh: '痰培养', en: 'sputum culture' };
  const ct = rule.ctAtLeast
    ? { zh: `（或Ct≥${rule.ctAtLeast}）`, en: ` (or Ct ≥ ${rule.ctAtLeast})` }
    : { zh: '', en: '' };
  const apart = rule.hoursApart
    ? { zh: `，采样间隔≥${rule.hoursApart}小时`, en: `, sampled at least ${rule.hoursApart} h apart` }
    : { zh: '', en: '' };
  return {
    zh: `连续${rule.count}次${test.zh}阴性${ct.zh}${apart.zh}`,
    en: `${rule.count} ${test.en} tests negative in a row${ct.en}${apart.en}`,
  };
}

function unitsText(units: readonly (keyof typeof PLACE_LEVEL_WORDS)[]): Text {
  return list(units.map((each) => PLACE_LEVEL_WORDS[each]));
}

function sizesText(sizes: readonly number[]): Text {
  const text = sizes.map((size) =>
    size === 1 ? { zh: '单采', en: 'single' } : { zh: `${size}:1`, en: `${size}:1` },
  );
  return list(text);
}

function stepText(step: StepValue): Text {
  const screening = step.screeningOnDay
    ? {
        zh: `，且第${step.screeningOnDay}天全员筛查均阴性`,
        en: ` and full screening on day ${step.screeningOnDay} all negative`,
      }
    : { zh: '', en: '' };
  if (step.days === 0)
    return { zh: `条件满足即可${screening.zh}`, en: `as soon as conditions allow${screening.en}` };
  return {
    zh: `连续${step.days}天无新增感染者${screening.zh}`,
    en: `${days(step.days).en} in a row without a new infected person${screening.en}`,
  };
}

function clockText(clock: ClockValue): Text {
  const { minutes } = clock;
  return minutes % 60 === 0
    ? { zh: `${minutes / 60}小时内`, en: `within ${minutes / 60} h` }
    : { zh: `${minutes}分钟内`, en: `within ${minutes} min` };
}

function countingText({ anchor, anchorIsDay, unit, reached }: Counting): Text {
  const from = ANCHOR_WORDS[anchor as Anchor];
  if (unit === 'hour') return { zh: `自${from.zh}起按小时计`, en: `in hours from ${from.en}` };
  const end = reached === 'day_end' ? { zh: '，满日为准', en: ', complete days' } : { zh: '', en: '' };
  return {
    zh: `自${from.zh}起按日计，${from.zh}日为第${anchorIsDay}天${end.zh}`,
    en: `in days from ${from.en}, that day being day ${anchorIsDay}${end.en}`,
  };
}
