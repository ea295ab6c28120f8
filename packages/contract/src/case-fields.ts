/**
 * What is written down about a case, once: the form, the history, the clash screen, import and export all read this list.
 * Tags are those of the linelist standard, so that an export opens in R unchanged. Words only: the shapes stand in
 * case-values.ts, so that a browser that shows the words does not load a validator.
 */
import { type FoundIn, words } from '@levee/protocol';
import type { Bilingual } from './shapes.ts';

export const CLASSIFICATIONS = ['suspected', 'probable', 'confirmed', 'asymptomatic', 'not_a_case'] as const;
export const CASE_OUTCOMES = ['recovered', 'died', 'transferred', 'other'] as const;
export const SEVERITIES = ['asymptomatic', 'mild', 'moderate', 'severe', 'critical'] as const;
export const GENDERS = ['male', 'female', 'other'] as const;
/** How the case came to light: the pack's words, and a list from elsewhere. */
export const CASE_FOUND_IN = [
  ...(Object.keys(words.FOUND_IN_WORDS) as FoundIn[]),
  'import' as const,
  'other' as const,
];

export type Classification = (typeof CLASSIFICATIONS)[number];

export type CaseFieldKind = 'day' | 'text' | 'choice' | 'integer' | 'boolean';
export interface CaseFieldDefinition {
  /** Column name of the linelist standard. */
  readonly tag: string;
  readonly label: Bilingual;
  readonly kind: CaseFieldKind;
  readonly choices?: readonly string[];
}

const field = (
  tag: string,
  zh: string,
  en: string,
  kind: CaseFieldKind,
  choices?: readonly string[],
): CaseFieldDefinition => ({ tag, label: { zh, en }, kind, ...(choices && { choices }) });

/** In the order a person reads them. Classification is not here: it changes by its own act, with a reason. */
export const caseFields = {
  dateInfection: field('date_infection', '感染日期', 'Infected', 'day'),
  dateOnset: field('date_onset', '发病日期', 'Onset', 'day'),
  dateSample: field('date_sample', '采样日期', 'Sampled', 'day'),
  dateReporting: field('date_reporting', '报告日期', 'Reported', 'day'),
  dateAdmission: field('date_admission', '入院日期', 'Admitted', 'day'),
  dateDischarge: field('date_discharge', '出院日期', 'Discharged', 'day'),
  dateOutcome: field('date_outcome', '转归日期', 'Outcome on', 'day'),
  outcome: field('outcome', '转归', 'Outcome', 'choice', CASE_OUTCOMES),
  severity: field('severity', '临床严重程度', 'Severity', 'choice', SEVERITIES),
  hospital: field('hospital', '收治医院', 'Hospital', 'text'),
  gender: field('gender', '性别', 'Sex', 'choice', GENDERS),
  age: field('age', '年龄', 'Age', 'integer'),
  occupation: field('occupation', '职业', 'Occupation', 'text'),
  hcw: field('hcw', '医务人员', 'Health worker', 'boolean'),
  location: field('location', '现住地', 'Residence', 'text'),
  foundIn: field('found_in', '发现途径', 'Found by', 'choice', CASE_FOUND_IN),
  note: field('note', '备注', 'Note', 'text'),
} as const satisfies Record<string, CaseFieldDefinition>;

export type CaseField = keyof typeof caseFields;
export const CASE_FIELDS = Object.keys(caseFields) as [CaseField, ...CaseField[]];

/** A word of a closed list, as people read it. */
export const caseWords: Readonly<Record<string, Bilingual>> = {
  suspected: { zh: '疑似病例', en: 'Suspected' },
  probable: { zh: '临床诊断病例', en: 'Probable' },
  confirmed: { zh: '确诊病例', en: 'Confirmed' },
  asymptomatic: { zh: '无症状感染者', en: 'Asymptomatic' },
  not_a_case: { zh: '已排除', en: 'Not a case' },
  recovered: { zh: '治愈', en: 'Recovered' },
  died: { zh: '死亡', en: 'Died' },
  transferred: { zh: '转院', en: 'Transferred' },
  mild: { zh: '轻型', en: 'Mild' },
  moderate: { zh: '中型', en: 'Moderate' },
  severe: { zh: '重型', en: 'Severe' },
  critical: { zh: '危重型', en: 'Critical' },
  male: { zh: '男', en: 'Male' },
  female: { zh: '女', en: 'Female' },
  other: { zh: '其他', en: 'Other' },
  ...words.FOUND_IN_WORDS,
  import: { zh: '名单导入', en: 'Imported list' },
};
