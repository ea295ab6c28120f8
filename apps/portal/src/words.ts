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

export const fill = (text: string, n: number): string => text.replace('{n}', String(n));
