import type { Bilingual, PortalLanguage } from '@levee/contract';

/** Tibetan texts are written by people; where there is none the Chinese one is shown and said to be Chinese. */
export const pick = (text: Bilingual, language: PortalLanguage): string =>
  language === 'en' ? text.en : text.zh;

export const words = {
  home: { zh: '首页', en: 'Home' },
  title: { zh: '疫情信息发布', en: 'Outbreak information' },
  areas: { zh: '各县风险状态', en: 'Area status by county' },
  noArea: { zh: '常态化防控，没有风险区', en: 'Routine; no risk area' },
  bulletins: { zh: '通报', en: 'Bulletins' },
  noBulletins: { zh: '目前没有通报。', en: 'There is no bulletin yet.' },
  source: { zh: '来源', en: 'Source' },
  published: { zh: '发布时间', en: 'Published' },
  views: { zh: '阅读', en: 'Views' },
  figures: { zh: '数据', en: 'Figures' },
  asOf: { zh: '截至', en: 'as of' },
  related: { zh: '相关文章', en: 'Related' },
  editions: { zh: '历次版本', en: 'Editions' },
  corrected: { zh: '更正', en: 'Corrected' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  since: { zh: '自', en: 'from' },
  until: { zh: '至', en: 'until' },
  allowed: { zh: '在这里可以做什么', en: 'What is allowed here' },
  notFound: { zh: '没有这个页面', en: 'There is no such page' },
  back: { zh: '返回首页', en: 'Back to the first page' },
  older: { zh: '更早的通报', en: 'Older' },
  newer: { zh: '较新的通报', en: 'Newer' },
  noTibetan: {
    zh: '本页暂无藏文版，以下为中文。',
    en: 'There is no Tibetan version of this page; this is the Chinese one.',
  },
  demonstration: {
    zh: '演练演示 · 人物与数字均为虚构',
    en: 'Demonstration · people and numbers are synthetic',
  },
  sites: { zh: '采样点与排队时间', en: 'Test sites and queues' },
  noSites: { zh: '目前没有开放的采样点。', en: 'No test site is open now.' },
  queueMinutes: { zh: '约等 {n} 分钟', en: 'about {n} min to wait' },
  queueUnknown: { zh: '排队时间未知', en: 'queue not known' },
  waitingPeople: { zh: '排队 {n} 人', en: '{n} waiting' },
  perPerson: { zh: '每人约 {n} 秒', en: 'about {n} s a person' },
  openHours: { zh: '开放', en: 'Open' },
  queueNote: {
    zh: '等候时间 = 排队人数 × 近半小时每人用时；排队人数由采样点清点。',
    en: 'Wait = people waiting × the time a person took in the last half hour; the site counts who waits.',
  },
  result: { zh: '查询本人核酸结果', en: 'Your own test result' },
  resultHint: {
    zh: '查询码在采样凭条或短信上；证件号只需后四位。两项都对才能看到结果。',
    en: 'The code is on the slip or in the text message; of the identity number only the last four places. Both must be right.',
  },
  code: { zh: '查询码', en: 'Code' },
  digits: { zh: '证件号后四位', en: 'Last four of the identity number' },
  look: { zh: '查询', en: 'Show' },
  refused: {
    zh: '查不到。请核对查询码和证件号后四位；连续输错 5 次将锁定 24 小时。仍查不到的，请带证件到采样点询问。',
    en: 'Nothing to show. Check the code and the four places; five wrong tries lock it for 24 hours. If it still fails, ask at a test site with your card.',
  },
  taken: { zh: '采样时间', en: 'Sampled' },
  resulted: { zh: '出结果时间', en: 'Reported' },
  another: { zh: '再查一份', en: 'Look up another' },
  languages: { zh: '语言', en: 'Languages' },
  returning: { zh: '来返人员登记', en: 'Register your return' },
  returningWhy: {
    zh: '从外地来返的居民在此申报行程。只问去过哪里、何时离开，据此按防控方案确定检测日期；不问民族、宗教和其他身份。',
    en: 'For whoever comes in from elsewhere. It asks only where you have been and when you left; the protocol in force decides the test days from that. It asks nothing of your ethnicity, religion or any other attribute.',
  },
  returningUse: {
    zh: '所填内容加密保存，只供所在村（社区）网格员核实和安排检测，本次疫情结束后删除。',
    en: 'What you enter is kept encrypted, seen only by the grid worker who calls you to confirm it, and deleted when the episode is over.',
  },
  whichCounty: { zh: '您将住在哪个县？', en: 'Which county will you stay in?' },
  you: { zh: '本人', en: 'You' },
  name: { zh: '姓名', en: 'Name' },
  number: { zh: '证件号', en: 'Identity number' },
  phone: { zh: '手机', en: 'Mobile phone' },
  stayingIn: { zh: '居住的村（社区）', en: 'Village or community you stay in' },
  arrived: { zh: '到达日期（尚未到达的填预计日期）', en: 'Day of arrival (expected day if not yet here)' },
  journey: { zh: '到达前 7 天去过的地方', en: 'Where you were in the 7 days before arriving' },
  where: { zh: '地方（省、市、县或街道）', en: 'Place (province, city, county or street)' },
  level: { zh: '当时当地是', en: 'At that time the place was' },
  unknownLevel: { zh: '不清楚', en: 'I do not know' },
  routineLevel: { zh: '不是风险区', en: 'not a risk area' },
  left: { zh: '离开日期', en: 'Day you left' },
  declare: { zh: '申报', en: 'Send' },
  choose: { zh: '请选择', en: 'Choose' },
  addStay: { zh: '还去过别处：第', en: 'I was elsewhere too:' },
  declared: { zh: '已收到您的申报', en: 'Your declaration has arrived' },
  receipt: { zh: '回执号', en: 'Receipt' },
  testsOn: { zh: '按您申报的行程，请在以下日期检测', en: 'By the journey you told, be tested on' },
  noTests: {
    zh: '按您申报的行程，防控方案不要求检测。出现发热、咳嗽等症状请就医并说明行程。',
    en: 'By the journey you told, the protocol asks no test of you. If you have fever or cough, see a doctor and tell where you have been.',
  },
  uncertain: {
    zh: '有的地方您不清楚是否为风险区，网格员核实后告知是否还需检测。',
    en: 'Of some places you did not know the level: the grid worker finds out and tells you whether more tests are needed.',
  },
  nextStep: {
    zh: '下一步：所在村（社区）网格员会打电话与您核实。信息变了，再申报一次即可。',
    en: 'What comes next: the grid worker of your village or community calls you. If something changes, declare again.',
  },
  ruleIs: { zh: '依据', en: 'Rule' },
  anotherReturn: { zh: '再申报一人', en: 'Declare another person' },
  stale: {
    zh: '页面已过期，没有收到您的申报。请核对后再点一次“申报”。',
    en: 'The page had expired and your declaration was not taken. Check it and press Send again.',
  },
  busy: {
    zh: '这个网络近一小时申报太多，暂不再收。请一小时后再试，或直接告诉网格员。',
    en: 'Too many declarations from this network in the last hour. Try again in an hour, or tell your grid worker.',
  },
  faults: { zh: '以下各项需要改正：', en: 'Please correct:' },
} as const satisfies Record<string, Bilingual>;

export const levelWord = {
  high: { zh: '高风险', en: 'High risk' },
  medium: { zh: '中风险', en: 'Medium risk' },
  low: { zh: '低风险', en: 'Low risk' },
} as const satisfies Record<string, Bilingual>;

/** 2022-08-12 20:00 in the prefecture's time. */
export const time = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** What a sampling says, in the fewest words; the sentence below it explains. */
export const meaningWord = {
  pending: { zh: '结果未出', en: 'No result yet' },
  negative: { zh: '阴性', en: 'Negative' },
  pool_positive: { zh: '需单采复核', en: 'To be sampled again, singly' },
  screening_positive: { zh: '初筛阳性', en: 'Screening-positive' },
  repeat: { zh: '需重新采样', en: 'To be sampled again' },
  withdrawn: { zh: '登记已撤销', en: 'Registration withdrawn' },
} as const satisfies Record<string, Bilingual>;

/** What is wrong in the form of those who come home. */
export const faultWord = {
  name: { zh: '姓名：填写证件上的姓名', en: 'Name: as on your card' },
  number: {
    zh: '证件号：18 位，校验位要对；没有居民身份证的请到村（社区）登记',
    en: 'Identity number: 18 places with its check digit; without a card, register at the village or community',
  },
  phone: { zh: '手机：填写能打通的号码', en: 'Phone: a number you answer' },
  home: { zh: '居住的村（社区）：从列表中选择', en: 'Home: choose from the list' },
  arrived: {
    zh: '到达日期：不早于 14 天前，不晚于 7 天后',
    en: 'Arrival: not more than 14 days ago or 7 days ahead',
  },
  travel: {
    zh: '行程：至少填一处，写明地方和离开日期，离开不晚于到达',
    en: 'Journey: at least one place with the day you left, not later than your arrival',
  },
} as const satisfies Record<string, Bilingual>;

export const fill = (text: string, n: number): string => text.replace('{n}', String(n));
