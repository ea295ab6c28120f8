/** Words for the codes used in packs, zh and en, so every screen says the same. */
import type {
  Anchor,
  ContactClass,
  FoundIn,
  KeyPopulation,
  ManagedClass,
  PersonCondition,
  PhaseKind,
  PlaceLevel,
  RiskLevel,
  Setting,
  TestPopulation,
  Text,
  WindowKind,
} from './pack.ts';

const t = (zh: string, en: string): Text => ({ zh, en });

export const MANAGED_CLASS_WORDS: Record<ManagedClass, Text> = {
  close: t('密切接触者', 'close contact'),
  contact_of_contact: t('密接的密接', 'contact of a close contact'),
  general: t('一般接触者', 'general contact'),
  inbound: t('入境人员', 'inbound traveller'),
  risk_post: t('离岗风险岗位人员', 'risk-post staff leaving the closed loop'),
  high_area_history: t('高风险区旅居史', 'high-risk area history'),
  medium_area_history: t('中风险区旅居史', 'medium-risk area history'),
  low_area_history: t('低风险区旅居史', 'low-risk area history'),
  discharged: t('出院（舱）人员', 'discharged person'),
};

export const CONTACT_CLASS_WORDS: Record<ContactClass | 'none', Text> = {
  close: MANAGED_CLASS_WORDS.close,
  contact_of_contact: MANAGED_CLASS_WORDS.contact_of_contact,
  general: MANAGED_CLASS_WORDS.general,
  none: t('非接触者', 'not a contact'),
};

export const PHASE_WORDS: Record<PhaseKind, Text> = {
  centralised_isolation: t('集中隔离', 'centralised isolation'),
  home_isolation: t('居家隔离', 'home isolation'),
  home_monitoring: t('居家健康监测', 'home health monitoring'),
  self_monitoring: t('自我健康监测', 'self health monitoring'),
};

export const RISK_LEVEL_WORDS: Record<RiskLevel, Text> = {
  high: t('高风险区', 'high-risk area'),
  medium: t('中风险区', 'medium-risk area'),
  low: t('低风险区', 'low-risk area'),
  routine: t('常态化防控', 'routine'),
};

export const PLACE_LEVEL_WORDS: Record<PlaceLevel, Text> = {
  household: t('户', 'household'),
  floor: t('楼层', 'floor'),
  unit: t('单元', 'unit'),
  building: t('楼栋', 'building'),
  compound: t('小区', 'residential compound'),
  grid: t('网格', 'grid'),
  village: t('村（社区）', 'village'),
  township: t('乡镇', 'township'),
  county: t('县', 'county'),
  prefecture: t('州', 'prefecture'),
};

export const SETTING_WORDS: Record<Setting, Text> = {
  household: t('共同居住', 'household'),
  care: t('照料诊疗', 'care'),
  meal: t('就餐', 'meal'),
  entertainment: t('娱乐', 'entertainment'),
  work_or_study: t('工作学习', 'work or study'),
  transport: t('交通工具', 'transport'),
  shared_facility: t('共用设施', 'shared facility'),
  contaminated_environment: t('污染环境', 'contaminated environment'),
  animal_exposure: t('动物接触', 'animal exposure'),
  funeral: t('丧葬', 'funeral'),
  public_place: t('公共场所', 'public place'),
  other: t('其他', 'other'),
};

export const FOUND_IN_WORDS: Record<FoundIn, Text> = {
  centralised_isolation: t('集中隔离', 'centralised isolation'),
  home_isolation: t('居家隔离', 'home isolation'),
  controlled_area_screening: t('管控区筛查', 'screening of controlled areas'),
  community_screening: t('社会面筛查', 'community screening'),
  key_population: t('重点人群检测', 'key population testing'),
  fever_clinic: t('发热门诊', 'fever clinic'),
  self_presented: t('主动就诊检测', 'self-presented'),
  contact_tracing: t('密接追踪', 'contact tracing'),
};

export const TEST_POPULATION_WORDS: Record<TestPopulation, Text> = {
  large_low_risk: t('大规模低风险人群', 'large low-risk population'),
  key_population: t('重点人群', 'key population'),
  high_risk_area: t('高风险区', 'high-risk area'),
  contacts_in_isolation: t('隔离人员', 'contacts in isolation'),
  patients: t('病人', 'patients'),
};

export const KEY_POPULATION_WORDS: Record<KeyPopulation, Text> = {
  direct_exposure_posts: t('直接暴露岗位', 'posts with direct exposure'),
  crowded_service_posts: t('人员密集服务岗位', 'crowded service posts'),
};

export const CONDITION_WORDS: Record<PersonCondition, Text> = {
  child_14_or_under: t('14岁及以下', '14 years or under'),
  cannot_self_care: t('生活不能自理', 'cannot care for themselves'),
  pregnant: t('孕产妇', 'pregnant'),
  aged_70_or_over: t('70岁及以上', '70 years or over'),
  severe_disease: t('严重基础疾病', 'severe disease'),
  vaccinated: t('已接种', 'vaccinated'),
};

export const WINDOW_WORDS: Record<WindowKind, Text> = {
  case: t('疑似、确诊病例', 'suspected or confirmed case'),
  asymptomatic: t('无症状感染者', 'asymptomatic infected person'),
  regularly_tested: t('定期检测发现者', 'person under regular testing'),
};

export const ANCHOR_WORDS: Record<Anchor, Text> = {
  last_exposure: t('末次暴露', 'last exposure'),
  isolation_start: t('隔离开始', 'start of isolation'),
  onset: t('发病', 'onset'),
  first_positive_sample: t('首次阳性采样', 'first positive sample'),
  last_negative_sample: t('末次阴性采样', 'last negative sample'),
  last_new_case: t('末例新增', 'last new case'),
  level_start: t('定级', 'start of the level'),
  discharge: t('出院', 'discharge'),
  determination: t('判定', 'determination'),
  arrival: t('到达', 'arrival'),
  leaving_area: t('离开风险区', 'leaving the area'),
  leaving_post: t('离岗', 'leaving the post'),
  sampling: t('采样', 'sampling'),
  node_resolved: t('淋巴结消退', 'resolution of the node'),
  event: t('事件发生', 'the event'),
};
