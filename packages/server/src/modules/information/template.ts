/** The text a draft begins with, made from what was locked: a figure without a number gets no sentence. */
import type { Bilingual, BulletinFigureName, LockedFigure } from '@levee/contract';

export interface TemplateInput {
  readonly incidentName: Bilingual;
  readonly figures: readonly LockedFigure[];
}

export function draftText({ incidentName, figures }: TemplateInput): { title: Bilingual; body: Bilingual } {
  const has = (...names: BulletinFigureName[]) =>
    names.every((name) => figures.some((figure) => figure.name === name && figure.value !== null));
  const counties = (figures.find(({ name }) => name === 'positives')?.areas ?? []).filter(
    ({ value }) => value !== null && value > 0,
  );

  const zh = [
    [
      has('positives') && '截至{as_of}，累计报告阳性感染者 {positives} 例',
      counties.length > 0 &&
        `（${counties.map(({ division, name }) => `${name.zh} {positives:${division}} 例`).join('、')}）`,
      has('confirmed', 'asymptomatic') && '，其中确诊病例 {confirmed} 例、无症状感染者 {asymptomatic} 例',
      has('positives') && '。',
    ],
    [
      has('close_contacts', 'contacts_of_contacts') &&
        '已判定密切接触者 {close_contacts} 人、密切接触者的密切接触者 {contacts_of_contacts} 人。',
      has('under_isolation') && '目前在管隔离人员 {under_isolation} 人。',
    ],
    [has('tests_today') && '今日已采样 {tests_today} 人次。'],
    [
      has('high_risk_areas', 'medium_risk_areas') &&
        '现有高风险区 {high_risk_areas} 个、中风险区 {medium_risk_areas} 个，具体范围和解除时间见“区域风险状态”。',
    ],
    [
      '请居民朋友配合流行病学调查和核酸检测，出现发热、咳嗽等症状及时到就近发热门诊就诊，途中佩戴口罩。疫情信息以本通报为准。',
    ],
  ];
  const en = [
    [
      has('positives') && 'As of {as_of}, {positives} infections have been reported in total',
      counties.length > 0 &&
        ` (${counties.map(({ division, name }) => `${name.en} {positives:${division}}`).join(', ')})`,
      has('confirmed', 'asymptomatic') &&
        ': {confirmed} with symptoms confirmed and {asymptomatic} without symptoms',
      has('positives') && '.',
    ],
    [
      has('close_contacts', 'contacts_of_contacts') &&
        'Close contacts: {close_contacts}; contacts of contacts: {contacts_of_contacts}. ',
      has('under_isolation') && 'Now under isolation: {under_isolation}.',
    ],
    [has('tests_today') && 'Samples taken today: {tests_today}.'],
    [
      has('high_risk_areas', 'medium_risk_areas') &&
        'High-risk areas in force: {high_risk_areas}; medium-risk: {medium_risk_areas}. Their bounds and end are under “Area status”.',
    ],
    [
      'Please answer the investigators’ questions and take the tests offered. With fever or cough go to the nearest fever clinic and wear a mask on the way. This bulletin is the word that counts.',
    ],
  ];
  return {
    title: { zh: `${incidentName.zh}情况通报（{as_of}）`, en: `${incidentName.en}: bulletin of {as_of}` },
    body: { zh: paragraphs(zh), en: paragraphs(en) },
  };
}

const paragraphs = (parts: readonly (readonly (string | false)[])[]): string =>
  parts
    .map((sentences) => sentences.filter(Boolean).join('').trim())
    .filter(Boolean)
    .join('\n\n');
