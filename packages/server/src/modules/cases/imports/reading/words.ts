/** Words that stand for the closed lists of a case, and words that say nothing is known. */
import { type CaseField, CLASSIFICATIONS, caseFields, caseWords } from '@levee/contract';

/** Signs for an empty cell. */
const EMPTY = new Set([
  '',
  'na',
  'n/a',
  'nan',
  'null',
  'none',
  'nil',
  '-',
  '--',
  '—',
  '/',
  '\\',
  '.',
  '?',
  '？',
  '#n/a',
]);
/** Words a person writes where they do not know. */
const UNKNOWN = new Set([
  'unknown',
  'unk',
  'not known',
  'missing',
  '不详',
  '未知',
  '不明',
  '不清楚',
  '缺失',
  '待查',
  '待核',
]);

const bare = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
export const isEmptyCell = (text: string): boolean => EMPTY.has(bare(text));
export const saysUnknown = (text: string): boolean => UNKNOWN.has(bare(text));

const MORE: Partial<Record<CaseField | 'classification', Readonly<Record<string, readonly string[]>>>> = {
  classification: {
    confirmed: [
      '确诊',
      '实验室确诊',
      '阳性',
      'confirmed case',
      'lab confirmed',
      'laboratory confirmed',
      'positive',
    ],
    probable: ['临床诊断', '可能', 'probable case', 'clinical'],
    suspected: ['疑似', 'suspect', 'suspected case'],
    asymptomatic: ['无症状', '无症状感染', '病原携带者'],
    not_a_case: ['排除', '非病例', 'discarded', 'non-case', 'not a case', 'negative'],
  },
  outcome: {
    recovered: ['recover', 'recovery', 'cured', 'discharged', '康复', '痊愈', '出院', '好转'],
    died: ['death', 'dead', 'deceased', 'fatal', '病死', '死'],
    transferred: ['transfer'],
    other: ['其它'],
  },
  severity: {
    asymptomatic: ['无症状'],
    mild: ['轻', '轻症', '轻度'],
    moderate: ['中', '普通型', '普通', '中度'],
    severe: ['重', '重症', '重度'],
    critical: ['危重', '危重症'],
  },
  // 1 and 2 after GB/T 2261.1.
  gender: { male: ['m', '男性', '1'], female: ['f', '女性', '2'], other: ['其它'] },
};

/** At the cut-off of a list somebody still ill has no outcome: these words say so. */
const NO_OUTCOME_YET = new Set([
  'alive',
  'ill',
  'sick',
  'in hospital',
  'hospitalised',
  'hospitalized',
  '在治',
  '在院',
  '治疗中',
  '住院',
  '存活',
  '患病',
]);

const TRUE = new Set(['true', 't', 'yes', 'y', '1', '是', '有']);
const FALSE = new Set(['false', 'f', 'no', 'n', '0', '否', '无', '不是']);

function tableOf(
  field: CaseField | 'classification',
  choices: readonly string[],
): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const choice of choices) {
    const labels = caseWords[choice];
    const all = [
      choice,
      choice.replaceAll('_', ' '),
      labels?.zh,
      labels?.en,
      ...(MORE[field]?.[choice] ?? []),
    ];
    for (const word of all) if (word && !table.has(bare(word))) table.set(bare(word), choice);
  }
  return table;
}

const tables = new Map<string, ReadonlyMap<string, string>>([
  ['classification', tableOf('classification', CLASSIFICATIONS)],
  ...Object.entries(caseFields).flatMap(([field, definition]) =>
    'choices' in definition
      ? [[field, tableOf(field as CaseField, definition.choices)] as [string, ReadonlyMap<string, string>]]
      : [],
  ),
]);

/** The choice a word stands for; null: it says there is none yet; undefined: no word of this list. */
export function readChoice(field: CaseField | 'classification', text: string): string | null | undefined {
  const word = bare(text);
  if (saysUnknown(text) || (field === 'outcome' && NO_OUTCOME_YET.has(word))) return null;
  return tables.get(field)?.get(word);
}

export function readBoolean(text: string): boolean | null | undefined {
  if (saysUnknown(text)) return null;
  const word = bare(text);
  return TRUE.has(word) ? true : FALSE.has(word) ? false : undefined;
}
