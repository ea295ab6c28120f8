import type { ManagementPlan, ProtocolPackInput } from '../pack.ts';
import { daysFrom, hoursFrom, LEVEE, memory, page, timed, unverified } from './cite.ts';
import { classAClocks, privacy, responseLevels, seamClocks, service, termination } from './common-rules.ts';

const WHO = 'WHO MERS-CoV surveillance and contact management guidance';

const close: ManagementPlan = {
  determined: true,
  phases: [{ kind: 'home_isolation', days: 14, mayGoOut: false, tests: [] }],
  testCounting: daysFrom('isolation_start', 1),
  releaseTestOnLastDay: false,
  siteSamplesAtRelease: false,
  linkedContactTests: 0,
  variants: [],
};

/** Test data of South Korea 2015 goes with this pack. Most values are unverified: it is for drills, not for use. */
export const mers = {
  id: 'mers',
  disease: { code: 'mers', zh: '中东呼吸综合征', en: 'MERS', icd10: ['U04.9'] },
  title: { zh: '中东呼吸综合征规则（世卫/韩国2015）', en: 'MERS rules (WHO, South Korea 2015)' },
  issuer: { zh: '世界卫生组织', en: 'World Health Organization' },
  edition: '2015',
  effectiveFrom: '2015-05-20',
  effectiveTo: null,
  supersedes: null,
  jurisdiction: 'WHO',
  tz: 'Asia/Shanghai',
  onEditionChange: 'keep',

  definition: {
    incubation: unverified(
      { family: 'gamma', mean: 6.8, sd: 4, unit: 'day' },
      page(100, 'MERS in South Korea 2015'),
      'The mean was read (6.7–6.83); the standard deviation is from memory.',
    ),
    incubationRangeDays: unverified({ min: 2, max: 14 }, memory(WHO)),
    serialInterval: unverified(
      { family: 'gamma', mean: 12.6, sd: 2.8, unit: 'day' },
      page(101, 'MERS in South Korea 2015'),
      'The mean was read; the standard deviation is from memory.',
    ),
    onsetBeforeInfectorDays: unverified(0, memory(WHO), 'No transmission before onset is known.'),
    forms: {},
  },

  tracing: {
    windows: {
      case: timed(daysFrom('onset', 0), unverified({ before: 0, until: 'isolation_of_source' }, memory(WHO))),
    },
    lookBackDays: timed(daysFrom('onset', 0), unverified(14, memory(WHO))),
    nearMetres: unverified(2, memory(WHO, 'weak')),
    longContactMinutes: unverified(60, LEVEE),
    higherRiskSettings: unverified([], LEVEE),
    criteria: {
      household: unverified(
        {
          class: 'close',
          order: 1,
          settings: ['household'],
          text: { zh: '共同居住', en: 'living together' },
        },
        memory(WHO),
      ),
      care: unverified(
        {
          class: 'close',
          order: 1,
          settings: ['care'],
          unprotected: true,
          text: {
            zh: '无有效防护的照料、诊疗、探视、同病室',
            en: 'care, visit or same ward without effective protection',
          },
        },
        memory(WHO),
      ),
      near: unverified(
        {
          class: 'close',
          order: 1,
          maxDistanceMetres: 2,
          unprotected: true,
          settings: [
            'meal',
            'entertainment',
            'work_or_study',
            'transport',
            'shared_facility',
            'public_place',
            'other',
          ],
          text: { zh: '2米内近距离接触', en: 'within 2 m' },
        },
        memory(WHO, 'weak'),
      ),
      general: unverified(
        {
          class: 'general',
          order: 1,
          settings: [
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
            zh: '同处一地但不符合密接判定',
            en: 'shared a place without meeting the close-contact criteria',
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
        unverified(close, memory(WHO), 'South Korea 2015 held close contacts at home for 14 days.'),
      ),
      general: timed(
        daysFrom('last_exposure', 0),
        unverified(
          { ...close, phases: [{ kind: 'self_monitoring', days: 14, mayGoOut: true, tests: [] }] },
          memory(WHO),
        ),
      ),
    },
    homeInsteadOfCentralised: unverified([], LEVEE, 'Isolation is at home from the start.'),
  },

  infected: {
    place: unverified({ zh: '负压隔离病房', en: 'negative-pressure isolation ward' }, memory(WHO)),
    release: {
      any: timed(
        hoursFrom('sampling'),
        unverified(
          { kind: 'consecutive_tests', test: 'pcr', count: 2, hoursApart: 24, clinicalImprovement: true },
          memory(WHO),
        ),
      ),
    },
  },

  areas: {
    levels: unverified(['routine'], LEVEE, 'No risk areas: control stays at people and hospital wards.'),
    highUnits: unverified([], LEVEE),
    highUnitsWhenUnclear: unverified([], LEVEE),
    measures: {},
    steps: {},
  },

  screening: {
    trigger: unverified({ zh: '不开展区域检测', en: 'No area screening' }, LEVEE),
    scope: {},
  },
  pooling: { sizes: {} },
  monitoring: { populations: {} },

  clocks: { ...classAClocks, ...seamClocks },

  response: {
    levels: responseLevels,
    criteria: {
      firstCase: unverified(
        {
          level: 'III',
          metric: 'cases_in_one_county',
          atLeast: 1,
          withinDays: 14,
          text: { zh: '发现中东呼吸综合征病例', en: 'a MERS case is found' },
        },
        LEVEE,
        'No number was read for MERS.',
      ),
      twoPrefectures: unverified(
        {
          level: 'II',
          metric: 'prefectures_affected',
          atLeast: 2,
          withinDays: 14,
          text: { zh: '14天内波及2个以上市（州）', en: '2 or more prefectures within 14 days' },
        },
        LEVEE,
        'No number was read for MERS.',
      ),
    },
    termination,
  },
  service,
  privacy,
} satisfies ProtocolPackInput;
