/** The closed list of reasons to read, export or share personal data (R2). A call names one, the audit keeps it. */
import type { Bilingual } from './shapes.ts';

export const purposes = {
  case_investigation: { zh: '病例流行病学调查', en: 'Investigating a case' },
  contact_tracing: { zh: '密切接触者追踪判定', en: 'Tracing and classifying contacts' },
  testing: { zh: '采样检测与结果告知', en: 'Sampling, testing and telling results' },
  isolation_care: { zh: '隔离管理与医疗照护', en: 'Isolation and care' },
  outbreak_command: { zh: '疫情指挥调度', en: 'Commanding the response' },
  resident_service: { zh: '居民服务保障', en: 'Serving residents' },
  oversight: { zh: '督查与审计', en: 'Oversight and audit' },
  subject_access: { zh: '本人查询个人记录', en: 'A person asking about their own record' },
} as const satisfies Record<string, Bilingual>;

export type Purpose = keyof typeof purposes;
export const PURPOSES = Object.keys(purposes) as Purpose[];
