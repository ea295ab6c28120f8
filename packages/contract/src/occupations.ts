/** The occupations of the notifiable-disease card that live here, and drivers, whom tracing asks about. */
import type { Bilingual } from './shapes.ts';

export const OCCUPATIONS = {
  home_child: { zh: '散居儿童', en: 'Child at home' },
  nursery_child: { zh: '幼托儿童', en: 'Nursery child' },
  student: { zh: '学生', en: 'Student' },
  teacher: { zh: '教师', en: 'Teacher' },
  health_worker: { zh: '医务人员', en: 'Health worker' },
  food_service: { zh: '餐饮食品业', en: 'Food service' },
  trade_service: { zh: '商业服务', en: 'Trade and services' },
  driver: { zh: '驾驶员', en: 'Driver' },
  worker: { zh: '工人', en: 'Worker' },
  migrant_worker: { zh: '民工', en: 'Construction and casual work' },
  farmer: { zh: '农民', en: 'Farmer' },
  herder: { zh: '牧民', en: 'Herder' },
  office_worker: { zh: '干部职员', en: 'Office worker' },
  retired: { zh: '离退人员', en: 'Retired' },
  home: { zh: '家务及待业', en: 'At home or between jobs' },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type Occupation = keyof typeof OCCUPATIONS;

/** What a record says of an occupation: one of the card's, or whatever was written. */
export function occupationText(written: string): Bilingual {
  const known: Readonly<Record<string, Bilingual>> = OCCUPATIONS;
  return Object.hasOwn(known, written) ? known[written]! : { zh: written, en: written };
}
