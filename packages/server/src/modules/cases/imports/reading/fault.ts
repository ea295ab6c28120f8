/** What can be wrong with a row, said so that a person can mend it. Codes are counted and filtered by. */
import type { Bilingual, ImportFault } from '@levee/contract';

const shown = (value: string): string => (value.length > 40 ? `${value.slice(0, 40)}…` : value);

const make =
  (code: string, severity: ImportFault['severity'], problem: (value: string) => Bilingual) =>
  (column: string | null, value = ''): ImportFault => ({
    column,
    code,
    severity,
    problem: problem(shown(value)),
  });

const error = (code: string, problem: (value: string) => Bilingual) => make(code, 'error', problem);
const warning = (code: string, problem: (value: string) => Bilingual) => make(code, 'warning', problem);

export const faults = {
  columnCount: (found: number, wanted: number): ImportFault => ({
    column: null,
    code: 'column_count',
    severity: 'error',
    problem: {
      zh: `本行有 ${found} 列，表头有 ${wanted} 列，无法确定对应关系`,
      en: `has ${found} cells where the header has ${wanted}: which is which cannot be told`,
    },
  }),
  cellTooLong: error('cell_too_long', (value) => ({
    zh: `“${value}”过长，超出上限；未截断，整行不导入`,
    en: `"${value}" is longer than allowed; it was not cut, the row stays out`,
  })),
  controlCharacter: error('control_character', (value) => ({
    zh: `“${value}”含有不可见的控制字符`,
    en: `"${value}" holds control characters`,
  })),
  formulaText: warning('formula_text', (value) => ({
    zh: `“${value}”是公式样式的文本，按原文保存，不会计算`,
    en: `"${value}" looks like a formula; kept as text, never computed`,
  })),
  idMissing: error('id_missing', () => ({ zh: '缺少病例编号', en: 'has no case id' })),
  dateUnreadable: error('date_unreadable', (value) => ({
    zh: `“${value}”不是日期`,
    en: `"${value}" is no date`,
  })),
  dateUnknown: warning('date_unreadable', (value) => ({
    zh: `“${value}”不是日期，该项留空`,
    en: `"${value}" is no date; the field stays empty`,
  })),
  dateImpossible: error('date_impossible', (value) => ({
    zh: `“${value}”这一天不存在`,
    en: `"${value}": there is no such day`,
  })),
  dateAmbiguous: error('date_ambiguous', (value) => ({
    zh: `“${value}”有两种读法（日/月 或 月/日），请指定顺序`,
    en: `"${value}" can be read day first or month first; say which`,
  })),
  dateTwoDigitYear: error('date_two_digit_year', (value) => ({
    zh: `“${value}”的年份只有两位`,
    en: `"${value}" has a year of two digits`,
  })),
  dateReadAs: (column: string, value: string, day: string): ImportFault => ({
    column,
    code: 'date_read_as',
    severity: 'warning',
    problem: { zh: `“${shown(value)}”读作 ${day}`, en: `"${shown(value)}" was read as ${day}` },
  }),
  ageImpossible: error('age_impossible', (value) => ({
    zh: `年龄“${value}”不在 0–120 之间`,
    en: `age "${value}" is not between 0 and 120`,
  })),
  ageUnreadable: error('age_unreadable', (value) => ({
    zh: `年龄“${value}”不是数字`,
    en: `age "${value}" is no number`,
  })),
  unknownWord: error('unknown_word', (value) => ({
    zh: `“${value}”不在可选值之内`,
    en: `"${value}" is none of the words this field takes`,
  })),
  identityWrong: error('identity_wrong', () => ({
    zh: '身份证号有误（位数或校验码）',
    en: 'the identity number is wrong (length or check digit)',
  })),
  identityUnknown: warning('identity_unknown', () => ({
    zh: '该身份证号未登记，病例不关联人员',
    en: 'nobody is registered under this identity number; the case names no person',
  })),
  locationOutside: warning('location_outside', (value) => ({
    zh: `区划代码 ${value} 不在导入辖区内，仅作文字保存`,
    en: `division ${value} is outside the area of this import; kept as text`,
  })),
  earlyReport: warning('report_before_onset', () => ({
    zh: '报告日期早于发病日期（可能是症状前发现）',
    en: 'reported before onset (found before symptoms?)',
  })),
  linkEnd: error('link_end_missing', () => ({
    zh: '缺少传染源或被感染者编号',
    en: 'names no source or no infected case',
  })),
  linkToSelf: error('self_link', (value) => ({ zh: `${value} 指向自己`, en: `${value} points to itself` })),
} as const;

/** Faults of the whole file, put on rows by one statement each: `{name}` is filled in SQL. */
export const setFaults = {
  duplicateRow: {
    column: null,
    code: 'duplicate_row',
    severity: 'warning',
    problem: { zh: '与第 {line} 行完全相同', en: 'is the same as line {line}' },
  },
  duplicateId: {
    column: null,
    code: 'duplicate_id',
    severity: 'error',
    problem: {
      zh: '编号 {name} 已用于第 {line} 行的另一名病例',
      en: 'id {name} belongs to another case on line {line}',
    },
  },
  onRecord: {
    column: null,
    code: 'on_record',
    severity: 'warning',
    problem: { zh: '编号 {name} 已在目标名单中', en: 'id {name} is in the list already' },
  },
  hospitalVariant: {
    column: null,
    code: 'hospital_variant',
    severity: 'warning',
    problem: { zh: '医院名称“{name}”疑为“{other}”', en: 'hospital "{name}" may be "{other}"' },
  },
  unknownCase: {
    column: null,
    code: 'unknown_case',
    severity: 'warning',
    problem: { zh: '{name} 不在病例名单中', en: '{name} is in no line list here' },
  },
  rejectedCase: {
    column: null,
    code: 'rejected_case',
    severity: 'warning',
    problem: {
      zh: '{name} 在文件中，但该行有错误、暂不导入',
      en: '{name} is in the file, but its row has an error and stays out',
    },
  },
  severalSources: {
    column: null,
    code: 'several_sources',
    severity: 'warning',
    problem: { zh: '{name} 有 {line} 个可能的传染源', en: '{name} has {line} possible sources' },
  },
} as const satisfies Record<string, ImportFault>;
