import type { PackAmendmentInput, PlanPhase } from '../pack.ts';
import { daysFrom, fullDaysFrom, page, sourced, timed, unverified } from './cite.ts';
import { covid19Cn9 } from './covid19-cn-9.ts';

const TITLE = '关于进一步优化新冠肺炎疫情防控措施 科学精准做好防控工作的通知（二十条）';

const notice = page(11, TITLE);

const pcr = (...days: number[]): PlanPhase['tests'] =>
  days.map((day) => ({ day, method: 'pcr', specimen: 'oropharyngeal_swab' }));

const nine = covid19Cn9.management.classes;
const notDetermined = { determined: false, phases: [], siteSamplesAtRelease: false, linkedContactTests: 0 };
const fivePlusThree: PlanPhase[] = [
  { kind: 'centralised_isolation', days: 5, mayGoOut: false, tests: pcr(1, 2, 3, 5) },
  { kind: 'home_isolation', days: 3, mayGoOut: false, tests: pcr(1, 3) },
];

/** The twenty measures amend the 9th edition: only what they change stands here. */
export const covid19Cn9Twenty = {
  id: 'covid19-cn-9-20m',
  extends: 'covid19-cn-9',
  disease: covid19Cn9.disease,
  title: {
    zh: '第九版防控方案 · 二十条优化措施',
    en: 'COVID-19 protocol, 9th edition as amended by the twenty measures',
  },
  issuer: covid19Cn9.issuer,
  edition: '9 + 20',
  effectiveFrom: '2022-11-11',
  effectiveTo: '2022-12-06',
  supersedes: 'covid19-cn-9',
  jurisdiction: 'CN',
  tz: 'Asia/Shanghai',
  onEditionChange: 'retime',

  management: {
    classes: {
      close: timed(
        daysFrom('last_exposure', 0),
        sourced(
          { ...nine.close.value, phases: fivePlusThree },
          notice,
          'The anchor is kept from the 9th edition.',
        ),
      ),
      contact_of_contact: timed(
        daysFrom('last_exposure', 0),
        sourced({ ...nine.contact_of_contact.value, ...notDetermined }, notice, 'No longer determined.'),
      ),
      inbound: timed(
        daysFrom('arrival', 0),
        sourced(
          { ...nine.inbound.value, phases: fivePlusThree },
          page(20, TITLE),
          'Positive at entry: Ct below 35.',
        ),
      ),
      risk_post: timed(
        daysFrom('leaving_post', 0),
        sourced(
          {
            ...nine.risk_post.value,
            phases: [{ kind: 'home_monitoring', days: 5, mayGoOut: true, tests: pcr(1, 3, 5) }],
          },
          page(20, TITLE),
        ),
      ),
      high_area_history: timed(
        daysFrom('leaving_area', 0),
        sourced(
          {
            ...nine.high_area_history.value,
            phases: [{ kind: 'home_isolation', days: 7, mayGoOut: false, tests: pcr(1, 3, 5, 7) }],
          },
          notice,
        ),
      ),
      medium_area_history: timed(
        daysFrom('leaving_area', 0),
        sourced({ ...nine.medium_area_history.value, ...notDetermined }, notice, 'The class is abolished.'),
      ),
    },
  },

  areas: {
    levels: sourced(['high', 'low', 'routine'], notice),
    highUnits: sourced(['unit', 'building'], notice),
    highUnitsWhenUnclear: unverified(
      ['compound', 'village'],
      notice,
      'Larger only when transmission risk is unclear or spread is wide; how much larger is our reading.',
    ),
    mediumUnits: null,
    measures: { medium: null },
    steps: {
      highToMedium: null,
      highViaMediumToLow: null,
      mediumToLow: null,
      highToLow: timed(
        fullDaysFrom('last_new_case'),
        sourced({ from: 'high', to: 'low', days: 5, screeningOnDay: null }, page(28, TITLE)),
      ),
    },
  },

  screening: {
    scope: {
      noOutbreak: sourced(
        {
          zh: '没有发生疫情的地区不按行政区域开展全员核酸检测',
          en: 'No screening by administrative region where there is no outbreak',
        },
        page(8, '新冠病毒核酸检测实施办法（2022-11）'),
      ),
    },
  },
} satisfies PackAmendmentInput;
