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
