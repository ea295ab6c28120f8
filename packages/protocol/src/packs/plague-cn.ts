import type { ManagementPlan, PlanPhase, ProtocolPackInput } from '../pack.ts';
import {
  daysFrom,
  fullDaysFrom,
  hoursFrom,
  LEVEE,
  memory,
  page,
  sourced,
  timed,
  unverified,
} from './cite.ts';
import { classAClocks, privacy, responseLevels, seamClocks, service, termination } from './common-rules.ts';

const PLAN = '国家鼠疫控制应急预案';
const CHINA = '鼠疫控制（密接留验与隔离标准）';
const WHO = 'WHO plague case definitions, WER 2021;96:238-240';

const levelPlan = page(48, PLAN);

const followUp = (days: number): PlanPhase[] => [
  {
    kind: 'centralised_isolation',
    days,
    mayGoOut: false,
    tests: [{ day: days, method: 'temperature' }],
  },
];

const close: ManagementPlan = {
  determined: true,
  phases: followUp(9),
  testCounting: daysFrom('isolation_start', 1),
  releaseTestOnLastDay: true,
  siteSamplesAtRelease: false,
  linkedContactTests: 0,
  variants: [{ condition: 'vaccinated', phases: followUp(12) }],
};

export const plagueCn = {
  id: 'plague-cn',
  disease: { code: 'plague', zh: '鼠疫', en: 'Plague', icd10: ['A20.0', 'A20.2', 'A20.7', 'A20.9'] },
  title: { zh: '鼠疫防控规则（肺鼠疫、腺鼠疫）', en: 'Plague rules, China (pneumonic and bubonic)' },
  issuer: { zh: '国家卫生健康主管部门', en: 'National health authority, China' },
  edition: 'national plan',
  effectiveFrom: '2007-06-26',
  effectiveTo: null,
  supersedes: null,
  jurisdiction: 'CN',
  tz: 'Asia/Shanghai',
  onEditionChange: 'keep',

  definition: {
    incubation: sourced(
      { family: 'lognormal', mean: 4.3, sd: 1.8, unit: 'day' },
      page(58, 'Gani & Leach 2004, pneumonic plague'),
      'Published as the latent period.',
    ),
    incubationRangeDays: unverified(
      { min: 1, max: 8 },
      memory(PLAN),
      'Bubonic 2–8 d, pneumonic hours to 4 d (1–6); planning value 6 d (S:48).',
    ),
    serialInterval: unverified(
      { family: 'gamma', mean: 5.1, sd: 2.3, unit: 'day' },
      memory('models of pneumonic plague', 'weak'),
    ),
    onsetBeforeInfectorDays: unverified(0, page(55, WHO), 'The patient coughs first.'),
    forms: {
      pneumonic: unverified({ zh: '肺鼠疫', en: 'pneumonic' }, memory('WS 279-2008 鼠疫诊断标准')),
      bubonic: unverified({ zh: '腺鼠疫', en: 'bubonic' }, memory('WS 279-2008 鼠疫诊断标准')),
      septicaemic: unverified({ zh: '败血型鼠疫', en: 'septicaemic' }, memory('WS 279-2008 鼠疫诊断标准')),
    },
  },

  tracing: {
    windows: {
      case: timed(
        daysFrom('onset', 0),
        unverified(
          { before: 0, until: 'isolation_of_source' },
          page(55, WHO),
          'No window before onset: the patient coughs first.',
        ),
      ),
    },
    lookBackDays: timed(
      daysFrom('onset', 0),
      sourced(10, page(55, WHO), 'Search for the source of exposure.'),
    ),
    nearMetres: unverified(2, page(55, WHO)),
    longContactMinutes: unverified(60, LEVEE),
    higherRiskSettings: unverified(
      [],
      LEVEE,
      'No contacts of contacts are determined for plague in the texts read.',
    ),
    criteria: {
      faceToFace: unverified(
        {
          class: 'close',
          order: 1,
          maxDistanceMetres: 2,
          sourceForms: ['pneumonic'],
          unprotected: true,
          settings: [
            'household',
            'care',
            'meal',
            'entertainment',
            'work_or_study',
            'transport',
            'shared_facility',
            'funeral',
            'public_place',
            'other',
          ],
          text: {
            zh: '发病后与咳嗽的肺鼠疫患者2米内接触',
            en: 'within 2 m of a coughing pneumonic patient from onset',
          },
        },
        page(55, WHO),
      ),
      sameRoom: unverified(
        {
          class: 'close',
          order: 1,
          closedSpace: true,
          sourceForms: ['pneumonic'],
          unprotected: true,
          near: 'unless_denied',
          settings: ['household', 'care', 'meal', 'work_or_study'],
          text: { zh: '与肺鼠疫患者同室、照料', en: 'same room as a pneumonic patient, or caring' },
        },
        page(55, WHO),
      ),
      funeral: unverified(
        {
          class: 'close',
          order: 1,
          settings: ['funeral'],
          sourceForms: ['pneumonic', 'septicaemic'],
          unprotected: true,
          text: { zh: '参与丧葬、接触遗体', en: 'funeral, contact with the body' },
        },
        page(55, WHO),
      ),
      coExposed: unverified(
        {
          class: 'general',
          order: 1,
          settings: ['animal_exposure', 'contaminated_environment'],
          text: {
            zh: '共同接触病死旱獭、犬等动物或蚤叮咬',
            en: 'co-exposed to a sick or dead marmot, dog or other animal, or to fleas',
          },
        },
        LEVEE,
        'Exposed to the source, not to the patient: watched, and prophylaxis judged by a person.',
      ),
      general: unverified(
        {
          class: 'general',
          order: 1,
          settings: [
            'household',
            'care',
            'meal',
            'entertainment',
            'work_or_study',
            'transport',
            'shared_facility',
            'funeral',
            'public_place',
            'other',
          ],
          text: {
            zh: '有接触但不符合直接接触者判定',
            en: 'contact that does not meet the criteria of a direct contact',
          },
        },
        LEVEE,
      ),
    },
  },

  management: {
    classes: {
      close: timed(
        daysFrom('last_exposure', 0),
        sourced(
          close,
          page(57, CHINA),
          '9 days, 12 if vaccinated. WHO and CDC: 7 days with prophylaxis. Daily temperature; the last one is the release check.',
        ),
      ),
      general: timed(
        daysFrom('last_exposure', 0),
        unverified(
          {
            ...close,
            phases: [{ kind: 'self_monitoring', days: 9, mayGoOut: true, tests: [] }],
            variants: [],
          },
          LEVEE,
        ),
      ),
    },
    homeInsteadOfCentralised: unverified([], LEVEE, 'Not stated in the texts read.'),
    prophylaxis: unverified(
      {
        zh: '多西环素100 mg每日2次，共7天；或环丙沙星500 mg每日2次（成人）',
        en: 'Doxycycline 100 mg twice a day for 7 days, or ciprofloxacin 500 mg twice a day (adults)',
      },
      memory(CHINA),
    ),
  },

  infected: {
    place: unverified({ zh: '就地隔离治疗', en: 'isolation and treatment on the spot' }, memory(PLAN)),
    release: {
      pneumonic: timed(
        hoursFrom('sampling'),
        sourced(
          { kind: 'consecutive_tests', test: 'sputum_culture', count: 6, hoursApart: 0 },
          page(57, CHINA),
          'WHO and CDC: 48 h of effective antibiotics and improvement.',
        ),
      ),
      bubonic: timed(
        daysFrom('node_resolved', 0),
        sourced({ kind: 'observation_after', event: 'node_resolved', days: 7 }, page(57, CHINA)),
      ),
    },
  },

  areas: {
    levels: unverified(
      ['high', 'medium', 'routine'],
      memory(PLAN),
      'High = small ring (小隔离圈), medium = large ring (大隔离圈).',
    ),
    highUnits: unverified(
      ['household', 'building', 'compound', 'village'],
      memory(PLAN),
      "The small ring: the patient's dwelling and its surroundings.",
    ),
    highUnitsWhenUnclear: unverified(['village', 'township'], memory(PLAN)),
    mediumUnits: unverified(['village', 'township'], memory(PLAN), 'The large ring around it.'),
    measures: {
      high: unverified(
        {
          zh: '小隔离圈：灭蚤先于灭鼠，人员不出圈',
          en: 'Small ring: flea control before rodent control, nobody leaves',
        },
        memory(PLAN),
      ),
      medium: unverified(
        {
          zh: '大隔离圈：限制出入，管犬，禁猎禁剥旱獭',
          en: 'Large ring: limited passage, dog control, no hunting or skinning of marmots',
        },
        memory(PLAN),
      ),
    },
    steps: {
      highToRoutine: timed(
        fullDaysFrom('last_new_case'),
        unverified(
          { from: 'high', to: 'routine', days: 9, screeningOnDay: null },
          LEVEE,
          'One follow-up period of 9 days without a new case.',
        ),
      ),
      mediumToRoutine: timed(
        fullDaysFrom('last_new_case'),
        unverified({ from: 'medium', to: 'routine', days: 9, screeningOnDay: null }, LEVEE),
      ),
    },
  },

  screening: {
    trigger: unverified(
      {
        zh: '不开展区域核酸检测；开展发热病人搜索与动物监测',
        en: 'No area PCR screening; search for fever cases and watch animals',
      },
      LEVEE,
    ),
    scope: {},
  },
  pooling: { sizes: {} },
  monitoring: { populations: {} },

  clocks: { ...classAClocks, ...seamClocks },

  response: {
    levels: responseLevels,
    criteria: {
      pneumonicProvinces: unverified(
        {
          level: 'I',
          metric: 'provinces_affected',
          atLeast: 2,
          withinDays: 6,
          forms: ['pneumonic'],
          text: {
            zh: '肺鼠疫波及2个以上省份并有进一步扩散趋势',
            en: 'pneumonic plague in 2 or more provinces, spreading further',
          },
        },
        page(47, PLAN),
        'Further spread is a judgement; the window of 6 days is our reading.',
      ),
      pneumonicFive: criterion(
        'II',
        'cases_in_one_county',
        5,
        ['pneumonic'],
        '一县一个平均潜伏期内肺鼠疫5例以上',
        '5 or more pneumonic cases in one county in one mean incubation period',
      ),
      pneumonicCounties: criterion(
        'II',
        'counties_affected',
        2,
        ['pneumonic'],
        '肺鼠疫波及2个以上县',
        'pneumonic plague spread to 2 or more counties',
      ),
      bubonicTwenty: criterion(
        'II',
        'cases_in_one_county',
        20,
        ['bubonic'],
        '一县6天内多点腺鼠疫20例以上',
        '20 or more bubonic cases at several points in one county in 6 days',
      ),
      bubonicPrefectures: criterion(
        'II',
        'prefectures_affected',
        2,
        ['bubonic'],
        '腺鼠疫波及2个以上市（州）',
        'bubonic plague in 2 or more prefectures',
      ),
      pneumonicOne: criterion(
        'III',
        'cases_in_one_county',
        1,
        ['pneumonic'],
        '一县一个平均潜伏期内肺鼠疫1–4例',
        '1 to 4 pneumonic cases in one county in one mean incubation period',
      ),
      bubonicTen: criterion(
        'III',
        'cases_in_one_county',
        10,
        ['bubonic'],
        '一县6天内腺鼠疫10–19例',
        '10 to 19 bubonic cases in one county in 6 days',
      ),
      bubonicCounties: criterion(
        'III',
        'counties_affected',
        2,
        ['bubonic'],
        '腺鼠疫波及2个以上县',
        'bubonic plague in 2 or more counties',
      ),
      bubonicOne: criterion(
        'IV',
        'cases_in_one_county',
        1,
        ['bubonic'],
        '一县一个平均潜伏期内腺鼠疫1–9例',
        '1 to 9 bubonic cases in one county in one mean incubation period',
      ),
    },
    termination,
  },
  service,
  privacy,
} satisfies ProtocolPackInput;

function criterion(
  level: 'II' | 'III' | 'IV',
  metric: 'cases_in_one_county' | 'counties_affected' | 'prefectures_affected',
  atLeast: number,
  forms: string[],
  zh: string,
  en: string,
) {
  return sourced(
    { level, metric, atLeast, withinDays: 6, forms, text: { zh, en } },
    levelPlan,
    'The plan fixes the mean incubation period at 6 days.',
  );
}
