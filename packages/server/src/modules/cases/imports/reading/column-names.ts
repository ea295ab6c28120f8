/** What columns are usually called, Chinese and English: the tags of the linelist standard, report cards, other systems. */
import {
  CASE_FIELDS,
  CONTACT_TARGETS,
  type ContactTarget,
  caseFields,
  IMPORT_TARGETS,
  type ImportTarget,
} from '@levee/contract';

const CASE_NAMES: Partial<Record<ImportTarget, readonly string[]>> = {
  id: [
    'id',
    'case_id',
    'caseid',
    'case_no',
    'case_number',
    'patient_id',
    'uuid',
    'epid_number',
    'external_id',
    'visual_id',
    '编号',
    '病例编号',
    '病例号',
    '卡片编号',
    '卡片ID',
    '序号',
    '患者编号',
    'ID号',
  ],
  classification: [
    'classification',
    'case_classification',
    'case_status',
    'status',
    'case_def',
    '病例分类',
    '分类',
    '诊断分类',
    '病例类型',
    '诊断状态',
  ],
  dateInfection: [
    'date_infection',
    'date_of_infection',
    'infection_date',
    'dt_infection',
    'date_exposure',
    '感染日期',
    '感染时间',
    '暴露日期',
  ],
  dateOnset: [
    'date_onset',
    'date_of_onset',
    'onset',
    'onset_date',
    'dt_onset',
    'symptom_onset',
    'date_symptom_onset',
    'symptom_debut',
    '发病日期',
    '发病时间',
    '起病日期',
    '症状出现日期',
  ],
  dateSample: [
    'date_sample',
    'date_of_sample',
    'sample_date',
    'dt_sample',
    'specimen_date',
    'date_of_sampling',
    '采样日期',
    '采样时间',
    '标本采集日期',
  ],
  dateReporting: [
    'date_reporting',
    'date_of_reporting',
    'date_report',
    'dt_report',
    'report_date',
    'reporting_date',
    'date_reported',
    '报告日期',
    '报告时间',
    '填卡日期',
    '报告卡录入时间',
  ],
  dateAdmission: [
    'date_admission',
    'date_of_admission',
    'admission_date',
    'date_of_hospitalisation',
    'date_of_hospitalization',
    'date_hospitalisation',
    'dt_admission',
    'dt_hosp',
    '入院日期',
    '住院日期',
    '收治日期',
  ],
  dateDischarge: [
    'date_discharge',
    'date_of_discharge',
    'discharge_date',
    'dt_discharge',
    '出院日期',
    '解除隔离日期',
  ],
  dateOutcome: [
    'date_outcome',
    'date_of_outcome',
    'outcome_date',
    'dt_outcome',
    '转归日期',
    '结局日期',
    'date_death',
    'date_of_death',
    'dt_death',
    'death_date',
    '死亡日期',
    '死亡时间',
  ],
  outcome: ['outcome', 'case_outcome', 'final_outcome', '转归', '结局', '转归情况', '预后'],
  severity: ['severity', 'clinical_severity', '严重程度', '临床严重程度', '病情', '临床分型', '病情程度'],
  hospital: [
    'hospital',
    'loc_hosp',
    'hospital_name',
    'facility',
    'health_facility',
    'admitting_hospital',
    '医院',
    '收治医院',
    '就诊医院',
    '医疗机构',
    '定点医院',
    '报告单位',
  ],
  gender: ['gender', 'sex', '性别'],
  age: ['age', 'age_years', 'age_in_years', '年龄', '岁数', '年龄岁'],
  occupation: ['occupation', 'profession', 'job', '职业', '人群分类', '患者职业'],
  hcw: [
    'hcw',
    'health_worker',
    'healthcare_worker',
    'health_care_worker',
    'is_hcw',
    '医务人员',
    '是否医务人员',
    '医护人员',
  ],
  location: [
    'location',
    'residence',
    'address',
    'district',
    'county',
    'province',
    'village',
    'adm2',
    '现住地',
    '现住址',
    '住址',
    '地址',
    '常住地',
    '居住地',
    '现住地址',
    '现住详细地址',
    '所在地',
    '地区',
  ],
  foundIn: [
    'found_in',
    'found_by',
    'detection',
    'detection_route',
    'source_of_detection',
    '发现途径',
    '发现方式',
    '检测途径',
    '病例发现方式',
  ],
  note: ['note', 'notes', 'comment', 'comments', 'remark', 'remarks', '备注', '说明', '附注'],
  identityNumber: [
    'identity_number',
    'id_card',
    'national_id',
    '身份证号',
    '身份证',
    '身份证号码',
    '证件号',
    '证件号码',
    '有效证件号',
    '公民身份号码',
  ],
  // What the file of failed rows adds; it comes back after mending.
  ignore: ['原因 reason', '行 line', '判定 verdict'],
};

const CONTACT_NAMES: Partial<Record<ContactTarget, readonly string[]>> = {
  from: [
    'from',
    'infector',
    'source_case',
    'source_case_id',
    'infector_id',
    'from_id',
    'source_id',
    'parent',
    '传染源',
    '感染来源',
    '传染者',
    '指示病例',
    '源病例',
    '源病例编号',
  ],
  to: [
    'to',
    'infectee',
    'case_id',
    'case',
    'contact_id',
    'infectee_id',
    'to_id',
    'target',
    'child',
    '被感染者',
    '续发病例',
    '接触者',
    '密接',
    '病例编号',
    '被传染者',
  ],
  exposure: [
    'exposure',
    'source',
    'relation',
    'relationship',
    'exposure_type',
    'setting',
    'contact_type',
    'route',
    '暴露方式',
    '接触方式',
    '关系',
    '暴露类型',
    '暴露场所',
    '传播途径',
  ],
  dateExposure: [
    'date_exposure',
    'date_of_exposure',
    'exposure_date',
    'date_contact',
    'date',
    'date_last_contact',
    '暴露日期',
    '接触日期',
    '末次接触日期',
  ],
  ignore: ['原因 reason', '行 line', '判定 verdict'],
};

/** How a name is compared: case, width, spaces and punctuation do not matter. */
export const bareName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-./()（）:：*＊"']/gu, '');

type Ranked<Target> = ReadonlyMap<string, { readonly target: Target; readonly rank: number }>;

function rank<Target extends string>(
  targets: readonly Target[],
  names: Partial<Record<Target, readonly string[]>>,
): Ranked<Target> {
  const ranked = new Map<string, { target: Target; rank: number }>();
  for (const target of targets) {
    for (const [index, name] of (names[target] ?? []).entries()) {
      const bare = bareName(name);
      if (!ranked.has(bare)) ranked.set(bare, { target, rank: index });
    }
  }
  return ranked;
}

const withLabels = Object.fromEntries(
  IMPORT_TARGETS.map((target) => {
    const definition = (CASE_FIELDS as readonly string[]).includes(target)
      ? caseFields[target as (typeof CASE_FIELDS)[number]]
      : undefined;
    const own = CASE_NAMES[target] ?? [];
    return [target, definition ? [...own, definition.tag, definition.label.zh] : own];
  }),
) as Record<ImportTarget, readonly string[]>;

const caseColumns = rank(IMPORT_TARGETS, withLabels);
const contactColumns = rank(CONTACT_TARGETS, CONTACT_NAMES);

/** Target of each column, or null. A target is given once, to the column whose name is the more usual for it. */
export const proposeCaseTargets = (names: readonly string[]) => propose(names, caseColumns);
export const proposeContactTargets = (names: readonly string[]) => propose(names, contactColumns);

function propose<Target extends string>(
  names: readonly string[],
  columns: Ranked<Target>,
): (Target | null)[] {
  const found = names.map((name) => columns.get(bareName(name)) ?? null);
  return found.map((one, index) => {
    if (one === null || one.target === 'ignore') return one?.target ?? null;
    const isBetter = found.some(
      (other, at) =>
        other !== null &&
        other.target === one.target &&
        (other.rank < one.rank || (other.rank === one.rank && at < index)),
    );
    return isBetter ? null : one.target;
  });
}
