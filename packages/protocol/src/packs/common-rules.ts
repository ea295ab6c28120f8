/**
 * Rules every shipped pack starts from: rights and service levels, response levels, general reporting.
 * The service levels are changeable by the authority and never removable: the schema requires each key.
 */
import type { ProtocolPackInput, Text } from '../pack.ts';
import { hoursFrom, LEVEE, memory, page, sourced, timed, unverified } from './cite.ts';

const GENERAL_PLAN = '国家突发公共卫生事件应急预案 (2006)';

const event = hoursFrom('event');
const hour = 60;

export const service: ProtocolPackInput['service'] = {
  appealAcknowledged: timed(
    event,
    unverified(
      {
        name: { zh: '申诉回执', en: 'Appeal acknowledged' },
        startsOn: 'appeal_received',
        minutes: 15,
        onBreach: 'escalate',
      },
      LEVEE,
    ),
  ),
  appealDecided: timed(
    event,
    unverified(
      {
        name: { zh: '申诉决定（一般）', en: 'Appeal decided (general)' },
        startsOn: 'general_appeal_received',
        minutes: 72 * hour,
        onBreach: 'escalate',
      },
      LEVEE,
    ),
  ),
  libertyAppealDecided: timed(
    event,
    unverified(
      {
        name: { zh: '申诉决定（限制人身自由）', en: 'Appeal decided (liberty)' },
        startsOn: 'liberty_appeal_received',
        minutes: 24 * hour,
        onBreach: 'escalate',
      },
      LEVEE,
    ),
  ),
  libertySuspended: timed(
    event,
    unverified(
      {
        name: { zh: '逾期未决，措施中止', en: 'Undecided liberty measure is suspended' },
        startsOn: 'liberty_appeal_received',
        minutes: 48 * hour,
        onBreach: 'suspend',
      },
      LEVEE,
      'Unless an independent reviewer has confirmed the danger in writing.',
    ),
  ),
  areaReview: timed(
    event,
    unverified(
      {
        name: { zh: '区域措施复核', en: 'Area measure reviewed: still needed?' },
        startsOn: 'area_measure_started',
        minutes: 72 * hour,
        onBreach: 'offer_downgrade',
      },
      LEVEE,
    ),
  ),
  emergencyLapse: timed(
    event,
    unverified(
      {
        name: { zh: '紧急措施补批', en: 'Emergency measure approved by a second person' },
        startsOn: 'emergency_measure_started',
        minutes: 12 * hour,
        onBreach: 'lapse',
      },
      LEVEE,
    ),
  ),
  lifeThreatening: timed(
    event,
    unverified(
      {
        name: { zh: '危及生命求助回电', en: 'Call back on a life-threatening request' },
        startsOn: 'help_life_threatening',
        minutes: 5,
        onBreach: 'escalate',
      },
      LEVEE,
    ),
  ),
  medicine: timed(
    event,
    unverified(
      {
        name: { zh: '药品送达', en: 'Medicine delivered' },
        startsOn: 'help_medicine',
        minutes: 4 * hour,
        onBreach: 'escalate',
      },
      LEVEE,
    ),
  ),
  necessities: timed(
    event,
    unverified(
      {
        name: { zh: '食品饮水送达', en: 'Food and water delivered' },
        startsOn: 'help_necessities',
        minutes: 12 * hour,
        onBreach: 'escalate',
      },
      LEVEE,
    ),
  ),
};

export const privacy: ProtocolPackInput['privacy'] = {
  smallestCount: unverified(11, LEVEE, 'Counts below this are not published.'),
};

/** Reporting clocks of COVID-19 while it was managed as Class A. */
export const covid19Clocks: ProtocolPackInput['clocks'] = {
  directReport: timed(
    event,
    sourced(
      {
        name: { zh: '网络直报', en: 'Direct network report' },
        startsOn: 'case_diagnosed',
        minutes: 2 * hour,
        onBreach: 'escalate',
      },
      page(37, '新冠肺炎监测方案（第三版）'),
    ),
  ),
  cardReview: timed(
    event,
    sourced(
      {
        name: { zh: '报告卡三级审核', en: 'Three-level review of the card' },
        startsOn: 'card_received',
        minutes: 2 * hour,
        onBreach: 'escalate',
      },
      page(37, '新冠肺炎监测方案（第三版）'),
    ),
  ),
  firstCaseEvent: timed(
    event,
    sourced(
      {
        name: { zh: '首例事件报告', en: 'Event report: first case in the county' },
        startsOn: 'first_case_in_county',
        minutes: 2 * hour,
        onBreach: 'escalate',
      },
      page(37, '新冠肺炎监测方案（第三版）'),
      'The level may be reported as 未分级 (ungraded).',
    ),
  ),
  clusterEvent: timed(
    event,
    sourced(
      {
        name: { zh: '聚集性疫情报告', en: 'Event report: cluster' },
        startsOn: 'cluster_found',
        minutes: 2 * hour,
        onBreach: 'escalate',
      },
      page(17, '新型冠状病毒肺炎防控方案（第九版）'),
    ),
  ),
  firstInvestigation: timed(
    event,
    unverified(
      {
        name: { zh: '个案调查核心信息', en: 'First case investigation: core information' },
        startsOn: 'case_diagnosed',
        minutes: 24 * hour,
        onBreach: 'escalate',
      },
      memory('新型冠状病毒肺炎防控方案（第九版）'),
    ),
  ),
  correction: timed(
    event,
    unverified(
      {
        name: { zh: '订正报告', en: 'Correction of classification or outcome' },
        startsOn: 'classification_corrected',
        minutes: 24 * hour,
        onBreach: 'escalate',
      },
      memory('新型冠状病毒肺炎防控方案（第九版）'),
    ),
  ),
  formUpload: timed(
    event,
    unverified(
      {
        name: { zh: '调查表上传', en: 'Investigation form uploaded' },
        startsOn: 'investigation_form_completed',
        minutes: 2 * hour,
        onBreach: 'escalate',
      },
      memory('新型冠状病毒肺炎防控方案（第九版）'),
    ),
  ),
  assistanceSent: timed(
    event,
    unverified(
      {
        name: { zh: '协查函发出', en: 'Assistance request sent' },
        startsOn: 'assistance_needed',
        minutes: 24 * hour,
        onBreach: 'escalate',
      },
      memory('新型冠状病毒肺炎防控方案（第九版）', 'weak'),
    ),
  ),
  assistanceAnswered: timed(
    event,
    unverified(
      {
        name: { zh: '协查函回复', en: 'Assistance request answered' },
        startsOn: 'assistance_received',
        minutes: 24 * hour,
        onBreach: 'escalate',
      },
      memory('新型冠状病毒肺炎防控方案（第九版）', 'weak'),
    ),
  ),
};

const REPORTING_NORM = '传染病信息报告管理规范（2026年版）';

/**
 * Reporting clocks of any other disease of Class A or managed as such. Read: two hours for Class A, new diseases and
 * outbreaks. The other limits are carried over from COVID-19 and stay unverified.
 */
export const classAClocks: ProtocolPackInput['clocks'] = {
  ...Object.fromEntries(
    Object.entries(covid19Clocks).map(([id, rule]) => [
      id,
      {
        ...rule,
        source: memory(REPORTING_NORM),
        confidence: 'unverified' as const,
        note: 'Carried over from COVID-19.',
      },
    ]),
  ),
  directReport: {
    ...covid19Clocks.directReport!,
    ...sourced(covid19Clocks.directReport!.value, page(38, REPORTING_NORM)),
  },
  clusterEvent: {
    ...covid19Clocks.clusterEvent!,
    ...sourced(covid19Clocks.clusterEvent!.value, page(38, REPORTING_NORM)),
  },
};

/** Seams of the closed loop: notified, admitted, released. The documents set no limit, so these are ours. */
export const seamClocks: ProtocolPackInput['clocks'] = {
  contactNotified: timed(
    event,
    unverified(
      {
        name: { zh: '判定后告知本人', en: 'Contact told after determination' },
        startsOn: 'contact_determined',
        minutes: 2 * hour,
        onBreach: 'escalate',
      },
      LEVEE,
    ),
  ),
  contactAdmitted: timed(
    event,
    unverified(
      {
        name: { zh: '转运到达后入住', en: 'Admitted after transfer' },
        startsOn: 'transfer_finished',
        minutes: 2 * hour,
        onBreach: 'escalate',
      },
      LEVEE,
    ),
  ),
  contactReleased: timed(
    event,
    unverified(
      {
        name: { zh: '末次阴性后解除', en: 'Released after the last negative' },
        startsOn: 'release_test_negative',
        minutes: 12 * hour,
        onBreach: 'escalate',
      },
      LEVEE,
    ),
  ),
};

const COMMAND: Text = { zh: '指挥部办公室（综合协调组）', en: 'Command office' };
const TRACING: Text = { zh: '流调溯源组', en: 'Investigation and tracing group' };
const TESTING: Text = { zh: '核酸检测组', en: 'Laboratory and screening group' };
const ISOLATION: Text = { zh: '隔离转运组', en: 'Quarantine and transfer group' };
const CARE: Text = { zh: '医疗救治组', en: 'Medical care group' };
const COMMUNITY: Text = { zh: '社区防控组', en: 'Community group' };
const SUPPLY: Text = { zh: '生活物资保障组', en: 'Necessities and supply group' };
const INFORMATION: Text = { zh: '宣传舆情组', en: 'Public information group' };

const tasksFromIV = [
  {
    id: 'duty',
    zh: '启动值班值守，落实岗位',
    en: 'Start the duty roster, man every post',
    group: COMMAND,
    dueHours: 1,
  },
  {
    id: 'investigate',
    zh: '流调首例，列出活动轨迹与密接',
    en: 'Investigate the first case; list stays and contacts',
    group: TRACING,
    dueHours: 24,
  },
  {
    id: 'fever-clinics',
    zh: '加强发热门诊筛查与监测',
    en: 'Strengthen fever-clinic screening and surveillance',
    group: CARE,
    dueHours: 12,
  },
  {
    id: 'first-notice',
    zh: '发布首次情况通报',
    en: 'Publish the first situation notice',
    group: INFORMATION,
    dueHours: 5,
  },
];
const tasksFromIII = [
  {
    id: 'prefecture-command',
    zh: '州、县两级指挥部合署调度',
    en: 'Prefecture and county headquarters work as one',
    group: COMMAND,
    dueHours: 2,
  },
  {
    id: 'isolation-rooms',
    zh: '核查隔离房间与转运车辆',
    en: 'Check isolation rooms and transfer vehicles',
    group: ISOLATION,
    dueHours: 6,
  },
  {
    id: 'screening-plan',
    zh: '研判区域检测必要性并备方案',
    en: 'Judge whether area screening is needed; prepare the plan',
    group: TESTING,
    dueHours: 6,
  },
  {
    id: 'vulnerable',
    zh: '核清受限居民与重点照护对象',
    en: 'Count restricted residents and those who need care',
    group: COMMUNITY,
    dueHours: 12,
  },
  {
    id: 'supply',
    zh: '盘点生活必需品，监测价格',
    en: 'Count daily necessities, watch prices',
    group: SUPPLY,
    dueHours: 12,
  },
];
const tasksFromII = [
  {
    id: 'mutual-aid',
    zh: '请求省级专家与检测支援',
    en: 'Ask the province for experts and laboratory help',
    group: COMMAND,
    dueHours: 6,
  },
  { id: 'beds', zh: '启用备用床位与后备队伍', en: 'Open reserve beds and teams', group: CARE, dueHours: 12 },
];
const tasksFromI = [
  {
    id: 'national-line',
    zh: '按国家统一部署执行并每日报告',
    en: 'Carry out the national line and report daily',
    group: COMMAND,
    dueHours: 24,
  },
];

const measuresFromIV = [
  {
    id: 'venue-reminder',
    zh: '重点场所加强清洁通风与健康提示',
    en: 'Cleaning, ventilation and health notice at key sites',
    reviewHours: 72,
  },
];
const measuresFromIII = [
  {
    id: 'limit-gatherings',
    zh: '限制受影响乡镇大型聚集活动',
    en: 'Limit large gatherings in affected townships',
    reviewHours: 72,
  },
  {
    id: 'risk-areas',
    zh: '按流调结果划定风险区',
    en: 'Draw risk areas from the investigation',
    reviewHours: 72,
  },
];
const measuresFromII = [
  {
    id: 'suspend-gatherings',
    zh: '暂停受影响县室内聚集性活动',
    en: 'Suspend indoor gatherings in affected counties',
    reviewHours: 72,
  },
  {
    id: 'checkpoints',
    zh: '受影响道路设卡，保留点对点与医疗通道',
    en: 'Checkpoints on affected roads, with point-to-point and medical passage kept open',
    reviewHours: 72,
  },
];
const measuresFromI = [
  {
    id: 'suspend-area',
    zh: '按上级决定扩大暂停范围',
    en: 'Widen suspensions as the higher authority decides',
    reviewHours: 72,
  },
];

const LEVEL_NOTE =
  'Name, colour and authority follow the general plan; measures and tasks are Levee proposals, adopted line by line.';

export const responseLevels: ProtocolPackInput['response']['levels'] = {
  I: unverified(
    {
      name: { zh: 'Ⅰ级（特别重大）', en: 'Level I (extremely serious)' },
      colour: { zh: '红色', en: 'red' },
      authority: {
        zh: '国务院（省级人民政府在本地指挥）',
        en: 'State Council; the province directs locally',
      },
      authorityLevel: 'state',
      measures: [...measuresFromIV, ...measuresFromIII, ...measuresFromII, ...measuresFromI],
      tasks: [...tasksFromIV, ...tasksFromIII, ...tasksFromII, ...tasksFromI],
    },
    page(46, GENERAL_PLAN),
    LEVEL_NOTE,
  ),
  II: unverified(
    {
      name: { zh: 'Ⅱ级（重大）', en: 'Level II (serious)' },
      colour: { zh: '橙色', en: 'orange' },
      authority: { zh: '省级人民政府', en: 'Provincial government' },
      authorityLevel: 'province',
      measures: [...measuresFromIV, ...measuresFromIII, ...measuresFromII],
      tasks: [...tasksFromIV, ...tasksFromIII, ...tasksFromII],
    },
    page(46, GENERAL_PLAN),
    LEVEL_NOTE,
  ),
  III: unverified(
    {
      name: { zh: 'Ⅲ级（较大）', en: 'Level III (major)' },
      colour: { zh: '黄色', en: 'yellow' },
      authority: { zh: '市（州）级人民政府', en: 'Prefecture government' },
      authorityLevel: 'prefecture',
      measures: [...measuresFromIV, ...measuresFromIII],
      tasks: [...tasksFromIV, ...tasksFromIII],
    },
    page(46, GENERAL_PLAN),
    LEVEL_NOTE,
  ),
  IV: unverified(
    {
      name: { zh: 'Ⅳ级（一般）', en: 'Level IV (ordinary)' },
      colour: { zh: '蓝色', en: 'blue' },
      authority: { zh: '县级人民政府', en: 'County government' },
      authorityLevel: 'county',
      measures: measuresFromIV,
      tasks: tasksFromIV,
    },
    page(46, GENERAL_PLAN),
    LEVEL_NOTE,
  ),
};

export const termination: ProtocolPackInput['response']['termination'] = unverified(
  {
    zh: '隐患消除，或末例病例后经过一个最长潜伏期无新病例',
    en: 'Hazard removed, or no new case one longest incubation period after the last case',
  },
  memory(GENERAL_PLAN),
);
