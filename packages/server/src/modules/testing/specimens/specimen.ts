/** A specimen of an object or of surroundings, and what a positive one asks for. Pure. */
import {
  type Bilingual,
  type Goods,
  type PoolState,
  type Role,
  refuse,
  type SpecimenKind,
  type Specimen as SpecimenView,
  type TestOutcome,
} from '@levee/contract';

export interface Specimen {
  readonly id: string;
  readonly poolId: string;
  readonly tubeCode: string;
  readonly kind: SpecimenKind;
  readonly placeId: string;
  readonly siteId: string;
  /** Of the place. */
  readonly division: string;
  readonly description: string;
  readonly goods: Goods | null;
  readonly takenAt: string;
  readonly takenBy: { readonly id: string; readonly name: string };
  readonly withdrawnAt: string | null;
  readonly state: PoolState;
  readonly outcome: TestOutcome | null;
  readonly response: SpecimenView['response'];
}

/** @throws refusal where goods are not named, or something that is no goods carries a batch */
export function requireGoods(kind: SpecimenKind, goods: Goods | undefined): void {
  if ((kind === 'goods') === (goods !== undefined)) return;
  throw kind === 'goods'
    ? refuse(
        { zh: '物品标本未填品名', en: 'a specimen of goods without its product' },
        {
          zh: '填写品名；批号、供货方看不清可以留空。',
          en: 'Name the product; leave batch and supplier empty where they cannot be read.',
        },
      )
    : refuse(
        { zh: '非物品标本不填品名和批号', en: 'only goods carry a product and a batch' },
        { zh: '标本类别改选“物品”，或清除品名和批号。', en: 'Choose goods as the kind, or clear them.' },
      );
}

/** One batch of one supplier, however it was typed; the specimen alone where no batch can be read. */
export function batchKeyOf({ batchNumber, supplier }: Goods, specimenId: string): string {
  if (batchNumber === null) return specimenId;
  const plain = (text: string) => text.normalize('NFKC').toUpperCase().replaceAll(/\s+/g, '');
  return `${plain(batchNumber)} ${plain(supplier ?? '')}`;
}

/** What a positive specimen of this kind asks for. Sewage names nobody's place: somebody judges what it drains. */
export const asksFor = (kind: SpecimenKind) => ({
  recall: kind === 'goods',
  disinfection: kind !== 'sewage',
  handlers: kind !== 'sewage',
  assessment: kind === 'sewage',
});

export const DUTY = {
  seal: 'specimen.seal',
  trace: 'recall.trace',
  disinfect: 'specimen.disinfect',
  check: 'specimen.check',
  assess: 'specimen.assess',
  release: 'specimen.release',
  repeat: 'specimen.repeat',
} as const;

interface Duty {
  /** The house's own limits; no document read gives one. */
  readonly hours: number;
  readonly role: Role;
  readonly title: (what: {
    readonly goods: Bilingual;
    readonly place: Bilingual;
    readonly tube: string;
  }) => Bilingual;
  readonly evidence: Bilingual;
}

/** Market regulation and the organisations that answer for goods are member units: the role `department`. */
export const DUTIES: Readonly<Record<keyof typeof DUTY, Duty>> = {
  seal: {
    hours: 2,
    role: 'department',
    title: ({ goods, place }) => ({
      zh: `就地封存${place.zh}的${goods.zh}`,
      en: `Seal ${goods.en} at ${place.en}`,
    }),
    evidence: { zh: '封存数量、地点和照片', en: 'How much was sealed, where, with a photograph' },
  },
  trace: {
    hours: 6,
    role: 'department',
    title: ({ goods }) => ({
      zh: `查清${goods.zh}同批次流向并召回`,
      en: `Find where the batch of ${goods.en} went and recall it`,
    }),
    evidence: {
      zh: '进货、库存、已售数量和去向清单；异地的已通报',
      en: 'Bought, in stock, sold and where to; other areas told',
    },
  },
  disinfect: {
    hours: 4,
    role: 'field_worker',
    title: ({ place }) => ({ zh: `${place.zh}终末消毒`, en: `Disinfect ${place.en}` }),
    evidence: {
      zh: '消毒时间、范围、药剂和浓度，操作人',
      en: 'When, what area, agent and concentration, by whom',
    },
  },
  check: {
    hours: 24,
    role: 'field_worker',
    title: ({ place }) => ({
      zh: `${place.zh}消毒效果评价采样`,
      en: `Sample ${place.en} again to check the disinfection`,
    }),
    evidence: {
      zh: '消毒后同一场所物表或环境标本阴性',
      en: 'A negative surface or environment specimen taken after it',
    },
  },
  assess: {
    hours: 4,
    role: 'epidemiologist',
    title: ({ place }) => ({
      zh: `${place.zh}污水阳性：研判汇水范围`,
      en: `Sewage of ${place.en} is positive: judge what it drains`,
    }),
    evidence: {
      zh: '汇水范围、人口、复采安排和筛查建议',
      en: 'What drains into it, how many live there, sampling again, and whether to screen',
    },
  },
  release: {
    hours: 2,
    role: 'department',
    title: ({ goods, place }) => ({
      zh: `结果已更正：解除${place.zh}的${goods.zh}封存`,
      en: `The result was amended: release ${goods.en} at ${place.en}`,
    }),
    evidence: { zh: '解封时间，已告知经营者', en: 'When it was released; the owner told' },
  },
  repeat: {
    hours: 4,
    role: 'field_worker',
    title: ({ place, tube }) => ({
      zh: `重新采集${place.zh}的物品环境标本（原管 ${tube}）`,
      en: `Take the specimen at ${place.en} again (was tube ${tube})`,
    }),
    evidence: { zh: '新采标本已登记', en: 'The new specimen is registered' },
  },
};

/** As people call it: 带鱼（批号 LOT7）. */
export const nameOfGoods = (goods: Goods | null, description: string): Bilingual => {
  if (!goods) return { zh: description, en: description };
  const { product, batchNumber } = goods;
  return {
    zh: `${product}（${batchNumber ? `批号 ${batchNumber}` : '批号不详'}）`,
    en: `${product} (${batchNumber ? `batch ${batchNumber}` : 'batch unknown'})`,
  };
};
