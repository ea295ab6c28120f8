/** Evidence in words: what a ground rests on, and what could be cited. No name of anybody. */
import type { AreaLevel, Evidence, GroundItem, MeasureKind } from '@levee/contract';
import type { Context } from '../../platform/context.ts';
import {
  describeEvidence,
  type EvidenceRow,
  evidenceOfPerson,
  evidenceOfPlace,
} from './evidence.repository.ts';
import { concerning, usedEvidence } from './grounds.repository.ts';

const LIMIT = 200;
const t = (zh: string, en: string) => ({ zh, en });

const typeWords: Readonly<Record<Evidence['type'], { zh: string; en: string }>> = {
  result: t('检测结果', 'Test result'),
  pool: t('混管结果', 'Pool result'),
  case: t('病例', 'Case'),
  contact: t('接触判定', 'Contact determination'),
  exposure: t('暴露记录', 'Exposure'),
  stay: t('病例停留', 'Stay of a case'),
};

const detailWords: Readonly<Record<string, { zh: string; en: string }>> = {
  positive: t('阳性', 'positive'),
  inconclusive: t('灰区', 'inconclusive'),
  negative: t('阴性', 'negative'),
  suspected: t('疑似病例', 'suspected'),
  probable: t('临床诊断病例', 'probable'),
  confirmed: t('确诊病例', 'confirmed'),
  asymptomatic: t('无症状感染者', 'asymptomatic'),
  not_a_case: t('已排除', 'ruled out'),
  close: t('密切接触者', 'close contact'),
  contact_of_contact: t('密接的密接', 'contact of contact'),
  general: t('一般接触者', 'general contact'),
  none: t('非接触者', 'no contact'),
};

const BEYOND = t(
  '依据在本辖区之外，仅核对其有效',
  'Evidence outside your area: only whether it stands is shown',
);

interface Subject {
  readonly subjectType: 'person' | 'place';
  readonly subjectId: string;
  readonly kind: MeasureKind | undefined;
  readonly level: AreaLevel | null;
}

/** Each cited id with what it stands for; one outside the reader's area says so and keeps its id. */
export async function describe(
  { trx }: Context,
  ground: readonly Evidence[],
  subject: Subject,
): Promise<GroundItem[]> {
  const told = new Map((await describeEvidence(trx, ground)).map((row) => [row.id, row]));
  const standing = await concerning(trx, ground, { type: subject.subjectType, id: subject.subjectId });
  const used = subject.kind ? await usedEvidence(trx, { ...subject, kind: subject.kind }) : null;
  return ground.map((item) => {
    const row = told.get(item.id);
    return {
      type: item.type,
      id: item.id,
      title: row ? titleOf(row) : BEYOND,
      at: row?.at ?? null,
      until: row?.until ?? null,
      place: row?.placeZh ? { zh: row.placeZh, en: row.placeEn ?? row.placeZh } : null,
      stands: standing.has(item.id),
      used: used?.has(item.id) ?? false,
    };
  });
}

const titleOf = ({ type, number, detail }: EvidenceRow) => {
  const inWords = (language: 'zh' | 'en') =>
    [typeWords[type][language], number, detail && (detailWords[detail]?.[language] ?? detail)]
      .filter(Boolean)
      .join(' ');
  return { zh: inWords('zh'), en: inWords('en') };
};

/** What may be cited for a subject, each with whether it was used for a limit of this kind before. */
export async function evidenceFor(context: Context, subject: Subject) {
  const find = subject.subjectType === 'person' ? evidenceOfPerson : evidenceOfPlace;
  const found = await find(context.trx, subject.subjectId, LIMIT + 1);
  if (subject.subjectType === 'person') context.opened('person', [subject.subjectId]);
  return {
    asOf: context.now,
    items: await describe(context, found.slice(0, LIMIT), subject),
    more: found.length > LIMIT,
  };
}
