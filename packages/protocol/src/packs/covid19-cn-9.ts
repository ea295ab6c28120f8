import type { PlanPhase, ProtocolPackInput, Rule } from '../pack.ts';
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
import { covid19Clocks, privacy, responseLevels, seamClocks, service, termination } from './common-rules.ts';

const TITLE = '新型冠状病毒肺炎防控方案（第九版）';
const CLINICAL = '新型冠状病毒肺炎诊疗方案（试行第九版，2022-03-14）';

const contactGuide = page(1, TITLE, '密切接触者判定与管理指南');
const settingsList = page(118, TITLE, '密切接触者判定与管理指南');
const managementGuide = page(116, TITLE, '密切接触者判定与管理指南');
const announcement = page(4, TITLE);
const riskAreaGuide = page(26, TITLE, '风险区划定及管控');
const screeningNotice = page(8, '新冠病毒核酸检测实施办法（2022-11）');
const event = hoursFrom('event');

const pcr = (...days: number[]): PlanPhase['tests'] =>
  days.map((day) => ({ day, method: 'pcr', specimen: 'oropharyngeal_swab' }));

const isolationDayOne = daysFrom('isolation_start', 1);

const close = {
  determined: true,
  phases: [
    { kind: 'centralised_isolation', days: 7, mayGoOut: false, tests: pcr(1, 2, 3, 5, 7) },
    { kind: 'home_monitoring', days: 3, mayGoOut: true, tests: pcr(3) },
  ],
  testCounting: isolationDayOne,
  releaseTestOnLastDay: true,
  siteSamplesAtRelease: true,
  linkedContactTests: 0,
  variants: [],
} satisfies NonNullable<ProtocolPackInput['management']['classes']['close']>['value'];

const homeSeven = {
  ...close,
  phases: [{ kind: 'home_isolation', days: 7, mayGoOut: false, tests: pcr(1, 4, 7) }],
  siteSamplesAtRelease: false,
} satisfies typeof close | object;

export const covid19Cn9 = {
  id: 'covid19-cn-9',
  disease: { code: 'covid19', zh: '新型冠状病毒肺炎', en: 'COVID-19', icd10: ['U07.1', 'U07.2'] },
  title: { zh: '新型冠状病毒肺炎防控方案（第九版）', en: 'COVID-19 protocol, 9th edition' },
  issuer: {
    zh: '国务院应对新型冠状病毒肺炎疫情联防联控机制综合组',
    en: 'Joint Prevention and Control Mechanism of the State Council',
  },
  edition: '9',
  effectiveFrom: '2022-06-28',
  effectiveTo: '2022-11-10',
  supersedes: 'covid19-cn-8',
  jurisdiction: 'CN',
  tz: 'Asia/Shanghai',
  onEditionChange: 'retime',

  definition: {
    incubation: unverified(
      { family: 'gamma', mean: 3.5, sd: 1.8, unit: 'day' },
      page(97, 'Omicron BA.1 incubation, mean 3.49 (3.13–4.86)'),
      'The mean was read; the standard deviation is from memory.',
    ),
    incubationRangeDays: sourced({ min: 2, max: 4 }, page(5, TITLE), 'Omicron, "mostly 2–4 days".'),
    serialInterval: unverified(
      { family: 'gamma', mean: 3.2, sd: 2.5, unit: 'day' },
      page(98, 'Omicron, pooled serial interval, mean 3.19'),
      'The mean was read; the standard deviation is from memory. Observed intervals can be negative.',
    ),
    onsetBeforeInfectorDays: unverified(
      5,
      memory('Du Z et al., Emerg Infect Dis 2020;26(6):1341, doi:10.3201/eid2606.200357', 'weak'),
      'Transmission begins two days before onset. Of 468 pairs in China 59 had a negative interval, few below −5 days; earlier than that the direction is more likely wrong.',
    ),
    cluster: sourced(
      {
        cases: 2,
        withinDays: 7,
        units: {
          zh: '同一学校、居民小区、工厂、自然村、医疗机构等',
          en: 'the same school, residential compound, factory, natural village or medical institution',
        },
      },
      page(17, TITLE),
    ),
    forms: {},
  },

  tracing: {
    windows: {
      case: timed(daysFrom('onset', 0), sourced({ before: 2, until: 'isolation_of_source' }, contactGuide)),
      asymptomatic: timed(
        daysFrom('first_positive_sample', 0),
        sourced({ before: 2, until: 'isolation_of_source' }, contactGuide),
      ),
      regularly_tested: timed(
        hoursFrom('last_negative_sample'),
        sourced(
          { before: 0, until: 'isolation_of_source' },
          contactGuide,
          'For cases found by repeated testing, such as risk-post staff.',
        ),
      ),
    },
    nearMetres: sourced(
      1,
      page(2, TITLE),
      'Stated for vehicles ("about 1 m"); used elsewhere only as evidence of nearness.',
    ),
    longContactMinutes: unverified(60, LEVEE, 'The text says "for long" and names no number.'),
    higherRiskSettings: sourced(['household', 'meal', 'work_or_study', 'entertainment'], managementGuide),
    criteria: {
      household: sourced(
        {
          class: 'close',
          order: 1,
          settings: ['household'],
          text: { zh: '共同居住', en: 'living together' },
        },
        contactGuide,
      ),
      care: sourced(
        {
          class: 'close',
          order: 1,
          settings: ['care'],
          unprotected: true,
          text: {
            zh: '无有效防护的照料、诊疗、护理、探视',
            en: 'care, treatment, nursing or a visit without effective protection',
          },
        },
        contactGuide,
      ),
      aerosolProcedure: sourced(
        {
          class: 'close',
          order: 1,
          settings: ['care', 'shared_facility', 'public_place', 'other'],
          unprotected: true,
          aerosolProcedure: true,
          text: {
            zh: '产生气溶胶操作时处于同一空间',
            en: 'same space during an aerosol-generating procedure',
          },
        },
        contactGuide,
      ),
      workOrStudy: sourced(
        {
          class: 'close',
          order: 1,
          settings: ['work_or_study'],
          unprotected: true,
          closedSpace: true,
          near: 'unless_denied',
          text: {
            zh: '同一办公室、会议室、车间、班组、宿舍、教室近距离接触',
            en: 'near contact in the same office, meeting room, workshop, team, dormitory or classroom',
          },
        },
        settingsList,
      ),
      meal: sourced(
        {
          class: 'close',
          order: 1,
          settings: ['meal'],
          closedSpace: true,
          near: 'required',
          text: {
            zh: '密闭或通风不良场所同桌、邻桌就餐或经常经过，及服务人员',
            en: 'meal in a closed or poorly ventilated place at the same or next table, passing by often, or serving',
          },
        },
        settingsList,
      ),
      entertainment: sourced(
        {
          class: 'close',
          order: 1,
          settings: ['entertainment'],
          closedSpace: true,
          near: 'unless_denied',
          text: {
            zh: '密闭或通风不良场所共同娱乐，及服务人员',
            en: 'entertainment in a closed or poorly ventilated place, or serving there',
          },
        },
        settingsList,
      ),
      sharedFacility: sourced(
        {
          class: 'close',
          order: 1,
          settings: ['shared_facility'],
          unprotected: true,
          closedSpace: true,
          text: {
            zh: '共用密闭或通风不良的卫生间、电梯',
            en: 'shared toilet or lift, closed or poorly ventilated',
          },
        },
        settingsList,
      ),
      vehicle: sourced(
        {
          class: 'close',
          order: 1,
          settings: ['transport'],
          unprotected: true,
          maxDistanceMetres: 1,
          text: {
            zh: '同乘交通工具约1米内，含照料者与同行者',
            en: 'same vehicle within about 1 m, including carers and companions',
          },
        },
        contactGuide,
        'The seat tables per vehicle type exist but were not readable: a seat number alone is left to a person.',
      ),
      contaminatedEnvironment: sourced(
        {
          class: 'close',
          order: 1,
          settings: ['contaminated_environment'],
          unprotected: true,
          text: { zh: '暴露于被污染的环境或物品', en: 'exposed to contaminated environment or goods' },
        },
        contactGuide,
      ),
      general: sourced(
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
            'public_place',
            'other',
          ],
          text: {
            zh: '同乘、共同生活学习工作诊疗或同处公共场所，但不符合密接判定',
            en: 'shared transport, life, study, work, care or public place without meeting the close-contact criteria',
          },
        },
        page(3, '新型冠状病毒肺炎防控方案（第八版）'),
        'Read in the wording of the 8th edition.',
      ),
      contactOfContact: sourced(
        {
          class: 'contact_of_contact',
          order: 2,
          settings: ['household', 'meal', 'entertainment'],
          throughHigherRiskContact: true,
          text: {
            zh: '与较高风险密接共同居住、就餐、娱乐者',
            en: 'lives, eats or shares entertainment with a higher-risk close contact',
          },
        },
        managementGuide,
      ),
      contactOfContactAtWork: sourced(
        {
          class: 'contact_of_contact',
          order: 2,
          settings: ['work_or_study'],
          closedSpace: true,
          near: 'unless_denied',
          throughHigherRiskContact: true,
          text: {
            zh: '与较高风险密接同一密闭环境工作、学习者',
            en: 'works or studies in the same closed place as a higher-risk close contact',
          },
        },
        managementGuide,
      ),
    },
  },

  management: {
    classes: {
      close: timed(
        daysFrom('last_exposure', 0),
        sourced(close, managementGuide, '7 + 3 and test days also in S:4 and S:10.'),
      ),
      contact_of_contact: timed(
        daysFrom('last_exposure', 0),
        sourced({ ...homeSeven, linkedContactTests: 2 }, managementGuide),
      ),
      general: timed(
        daysFrom('last_exposure', 0),
        unverified(
          {
            ...close,
            phases: [{ kind: 'self_monitoring', days: 7, mayGoOut: true, tests: [] }],
            siteSamplesAtRelease: false,
          },
          memory(TITLE),
          'Register, inform, test on symptoms.',
        ),
      ),
      inbound: timed(
        daysFrom('arrival', 0),
        sourced({ ...close, siteSamplesAtRelease: false }, announcement),
      ),
      risk_post: timed(
        daysFrom('leaving_post', 0),
        unverified(
          {
            ...close,
            phases: [{ kind: 'home_isolation', days: 7, mayGoOut: false, tests: pcr(1, 4, 7) }],
            siteSamplesAtRelease: false,
          },
          page(21, TITLE),
          'Centralised or home isolation of 7 days; the test days are those of home isolation (not stated).',
        ),
      ),
      high_area_history: timed(
        daysFrom('leaving_area', 0),
        sourced(
          {
            ...close,
            phases: [{ kind: 'centralised_isolation', days: 7, mayGoOut: false, tests: pcr(1, 2, 3, 5, 7) }],
            siteSamplesAtRelease: false,
          },
          page(22, TITLE),
          'Counted from leaving the area: our reading.',
        ),
      ),
      medium_area_history: timed(daysFrom('leaving_area', 0), sourced(homeSeven, page(22, TITLE))),
      low_area_history: timed(
        daysFrom('arrival', 1),
        unverified(
          {
            ...close,
            phases: [{ kind: 'self_monitoring', days: 3, mayGoOut: true, tests: pcr(1, 3) }],
            siteSamplesAtRelease: false,
          },
          page(22, TITLE),
          'Two tests in three days; days 1 and 3 are our reading.',
        ),
      ),
      discharged: timed(
        daysFrom('discharge', 0),
        unverified(
          {
            ...close,
            phases: [{ kind: 'home_monitoring', days: 7, mayGoOut: true, tests: pcr(3, 7) }],
            testCounting: daysFrom('discharge', 0),
            siteSamplesAtRelease: false,
          },
          memory(TITLE, 'weak'),
          '7 days are read (S:24); test days differ by text: day 7 only, or days 3 and 7.',
        ),
      ),
    },
    homeInsteadOfCentralised: unverified(
      ['child_14_or_under', 'cannot_self_care', 'pregnant', 'aged_70_or_over', 'severe_disease'],
      memory(TITLE, 'weak'),
      'The first two stand in the 8th edition (S:117); the others are from memory of the 9th.',
    ),
  },

  infected: {
    place: unverified(
      { zh: '定点医院或方舱医院', en: 'designated hospital or makeshift (fangcang) hospital' },
      memory(TITLE),
    ),
    release: {
      any: timed(
        hoursFrom('sampling'),
        unverified(
          {
            kind: 'consecutive_tests',
            test: 'pcr',
            count: 2,
            hoursApart: 24,
            ctAtLeast: 35,
            targets: ['ORF1ab', 'N'],
            temperatureNormalHours: 72,
            clinicalImprovement: true,
          },
          page(24, CLINICAL),
          'Read in part. Mild and asymptomatic persons need the two tests only.',
        ),
      ),
    },
  },

  areas: {
    levels: sourced(['high', 'medium', 'low', 'routine'], riskAreaGuide),
    highUnits: sourced(['compound', 'village'], riskAreaGuide, 'Adjustable by risk judgement.'),
    highUnitsWhenUnclear: sourced(['compound', 'village'], riskAreaGuide),
    mediumUnits: unverified(
      ['building', 'compound', 'village'],
      LEVEE,
      'The text says "extent by investigation".',
    ),
    measures: {
      high: sourced(
        { zh: '封控：足不出户、上门服务', en: 'Sealed: stay at home, services delivered' },
        riskAreaGuide,
      ),
      medium: sourced(
        { zh: '管控：人不出区、错峰取物', en: 'Controlled: stay in the area, staggered pick-up' },
        riskAreaGuide,
      ),
      low: sourced(
        {
          zh: '个人防护，避免聚集，离开所在城市持48小时核酸阴性证明',
          en: 'Personal protection, avoid gathering; leave the city with a 48 h negative test',
        },
        riskAreaGuide,
      ),
    },
    steps: {
      highToMedium: timed(
        fullDaysFrom('last_new_case'),
        sourced(
          { from: 'high', to: 'medium', days: 7, screeningOnDay: 7 },
          riskAreaGuide,
          'Press copies often drop the day-7 screening.',
        ),
      ),
      highViaMediumToLow: timed(
        fullDaysFrom('level_start'),
        unverified(
          { from: 'medium', cameFrom: 'high', to: 'low', days: 3, screeningOnDay: null },
          riskAreaGuide,
          'Three further days counted from the step to medium: our reading.',
        ),
      ),
      mediumToLow: timed(
        fullDaysFrom('last_new_case'),
        sourced({ from: 'medium', to: 'low', days: 7, screeningOnDay: 7 }, riskAreaGuide),
      ),
      lowToRoutine: timed(
        fullDaysFrom('level_start'),
        sourced(
          { from: 'low', to: 'routine', days: 0, screeningOnDay: null },
          riskAreaGuide,
          'When every high and medium area of the county is lifted.',
        ),
      ),
    },
  },

  screening: {
    trigger: sourced(
      {
        zh: '传播链不清、风险场所和人员多、流动性大、有扩散风险；病例少、风险低、密接已控的不开展',
        en: 'Chain unclear, many risk venues and persons, high mobility, risk of spread; not needed when cases are few, risk is low and contacts are controlled',
      },
      screeningNotice,
    ),
    stop: timed(
      daysFrom('sampling', 0),
      sourced({ cleanRounds: 3, pauseDays: 3, finalRounds: 1 }, screeningNotice),
    ),
    communityFoundIn: unverified(
      ['community_screening', 'key_population', 'fever_clinic', 'self_presented'],
      LEVEE,
      'The text says 社会面 (community); which ways of finding count is our reading.',
    ),
    scope: {
      largeCity: sourced(
        {
          zh: '省会和千万级人口城市：疫情所在区',
          en: 'Provincial capitals and cities of 10 million: the affected district',
        },
        screeningNotice,
      ),
      ordinaryCity: sourced({ zh: '一般城市：城区', en: 'Ordinary cities: the urban area' }, screeningNotice),
      rural: sourced(
        {
          zh: '农村地区：自然村、乡镇政府所在地、县城',
          en: 'Rural: natural village, township seat, county seat',
        },
        screeningNotice,
      ),
    },
  },

  pooling: {
    validatedSizes: sourced(
      [5, 10, 20],
      page(33, '混采检测技术规范（国家卫健委临检中心）'),
      'Re-pooling 10:1 tubes (30:1, 50:1) is not validated.',
    ),
    sizes: {
      large_low_risk: unverified([10, 20], memory(TITLE)),
      key_population: unverified([1, 5], memory(TITLE)),
      high_risk_area: unverified([1, 5], memory(TITLE)),
      contacts_in_isolation: unverified([1], memory(TITLE)),
      patients: unverified([1], page(34, '2020-277'), 'The page speaks of laboratory dilution pooling.'),
    },
    dilutionMaxPositivity: sourced(0.001, page(34, '2020-277'), 'Not for outbreak compounds or patients.'),
    reflex: unverified(
      { holdMembers: true, resampleSize: 1, samplesPerPerson: 2, assays: 2, retestOriginalTube: true },
      page(35, '双采双检'),
      'Double sampling and double testing is read; holding and the tube re-test are from memory.',
    ),
  },

  monitoring: {
    populations: {
      direct_exposure_posts: timed(
        daysFrom('sampling', 0),
        sourced(
          {
            who: {
              zh: '直接接触入境人员、物品、环境者，隔离点、定点医院、发热门诊人员',
              en: 'Posts in direct contact with inbound people, goods, environment; isolation sites, designated hospital, fever clinic',
            },
            perWeek: 7,
            minHoursBetween: 0,
          },
          page(10, TITLE),
        ),
      ),
      crowded_service_posts: timed(
        daysFrom('sampling', 0),
        sourced(
          {
            who: {
              zh: '快递、外卖、交通、市场、超市、药店、其他科室等',
              en: 'Couriers, take-away, transport, markets, supermarkets, pharmacies, other hospital departments',
            },
            perWeek: 2,
            minHoursBetween: 48,
          },
          page(39, TITLE),
          'The 48 hours between tests are a rule of Guiyang (S:40).',
        ),
      ),
    },
    goodsAndEnvironment: unverified(
      {
        everyDays: 7,
        what: {
          zh: '冷链、口岸、隔离点、农贸市场、定点医院的物品与环境',
          en: "Goods and environment of cold chain, ports, isolation sites, farmers' markets, designated hospitals",
        },
      },
      memory(TITLE, 'weak'),
    ),
    objectPositive: unverified(
      { handlerDays: 7, samplesPerPerson: 1 },
      LEVEE,
      'Seal, disinfect, find and test whoever was exposed is from memory. The days are ours: the observation period of the edition, for whoever touched it earlier has completed it.',
    ),
  },

  clocks: {
    ...covid19Clocks,
    ...seamClocks,
    infectedTransfer: timed(
      event,
      unverified(
        {
          name: { zh: '感染者转运至定点医院', en: 'Infected person transferred to hospital' },
          startsOn: 'infected_diagnosed',
          minutes: 120,
          onBreach: 'escalate',
        },
        memory(TITLE, 'weak'),
      ),
    ),
    contactTransfer: timed(
      event,
      unverified(
        {
          name: { zh: '密接转运至隔离点', en: 'Close contact transferred to isolation site' },
          startsOn: 'contact_determined',
          minutes: 480,
          onBreach: 'escalate',
        },
        memory(TITLE, 'weak'),
        'The 8th edition says 12 h (S:117).',
      ),
    ),
    feverClinicResult: timed(
      event,
      unverified(
        {
          name: { zh: '发热门诊核酸结果', en: 'PCR result, fever clinic' },
          startsOn: 'fever_clinic_sample_taken',
          minutes: 360,
          onBreach: 'escalate',
        },
        memory(TITLE, 'weak'),
      ),
    ),
    isolationResult: timed(
      event,
      unverified(
        {
          name: { zh: '密接与隔离点核酸结果', en: 'PCR result, contacts and isolation sites' },
          startsOn: 'isolation_sample_taken',
          minutes: 720,
          onBreach: 'escalate',
        },
        memory(TITLE, 'weak'),
      ),
    ),
    screeningRound: timed(
      event,
      sourced(
        {
          name: { zh: '区域核酸一轮完成', en: 'One round of area screening finished' },
          startsOn: 'screening_round_started',
          minutes: 1440,
          onBreach: 'escalate',
        },
        page(31, '区域核酸检测组织实施指南（第三版）'),
      ),
    ),
  },

  response: {
    levels: responseLevels,
    criteria: {
      localCase: proposed(
        'IV',
        'cases_in_one_county',
        1,
        '一县出现本土感染者',
        'a local infection in one county',
      ),
      twoCounties: proposed(
        'III',
        'counties_affected',
        2,
        '7天内波及2个以上县',
        '2 or more counties within 7 days',
      ),
      twoPrefectures: proposed(
        'II',
        'prefectures_affected',
        2,
        '7天内波及2个以上市（州）',
        '2 or more prefectures within 7 days',
      ),
    },
    termination,
  },
  service,
  privacy,
} satisfies ProtocolPackInput;

function proposed(
  level: 'II' | 'III' | 'IV',
  metric: 'cases_in_one_county' | 'counties_affected' | 'prefectures_affected',
  atLeast: number,
  zh: string,
  en: string,
): Rule<ProtocolPackInput['response']['criteria'][string]['value']> {
  return unverified(
    { level, metric, atLeast, withinDays: 7, text: { zh, en } },
    LEVEE,
    'The general plan gives no number for COVID-19.',
  );
}
