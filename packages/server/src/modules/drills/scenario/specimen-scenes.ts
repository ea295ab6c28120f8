import { newId } from '@levee/contract';
import type { Scene } from './scene.ts';
import { result } from './testing-scenes.ts';

/** What is swabbed where the case ate and shopped. All of it was clean: the real outbreak came from no carton. */
const SPECIMENS = [
  { tubeCode: 'WH20220812001', at: 'restaurant', kind: 'surface', description: '3号餐桌台面' },
  { tubeCode: 'WH20220812002', at: 'restaurant', kind: 'surface', description: '卫生间门把手' },
  { tubeCode: 'WH20220812003', at: 'restaurant', kind: 'environment', description: '空调出风口' },
  { tubeCode: 'WH20220812004', at: 'market', kind: 'surface', description: '水产摊位案板' },
  {
    tubeCode: 'WH20220812005',
    at: 'market',
    kind: 'goods',
    description: '外包装',
    goods: { product: '冷冻带鱼', batchNumber: 'SY-0728', supplier: '海东冷链配送', coldChain: true },
  },
  { tubeCode: 'WH20220812006', at: 'market', kind: 'sewage', description: '市场总排口' },
] as const;

export const specimensTaken: Scene = {
  key: 'specimens-taken',
  at: '2022-08-12T10:30:00+08:00',
  title: {
    zh: '饭店和市场采集物表、冷链食品、污水标本',
    en: 'Surfaces, frozen food and sewage are sampled at the restaurant and the market',
  },
  who: 'field_worker',
  act: async (stage) => {
    const desk = await stage.county('field_worker');
    const { testSite, laboratory } = stage.cast;
    const poolIds: string[] = [];
    for (const { at, ...one } of SPECIMENS) {
      const poolId = newId();
      poolIds.push(poolId);
      await desk.specimens.register({
        body: {
          ...one,
          ...{ id: newId(), poolId, siteId: testSite.id, placeId: stage.cast[at].id, takenAt: stage.now() },
        },
      });
    }
    await desk.testing.sendPools({ body: { poolIds, labId: laboratory.id, sentAt: stage.now() } });
  },
};

export const specimensClean: Scene = {
  key: 'specimens-clean',
  at: '2022-08-12T14:30:00+08:00',
  title: {
    zh: '物品环境标本全部阴性，污水待检',
    en: 'All specimens are negative; the sewage waits its turn',
  },
  who: 'laboratory',
  act: async (stage) => {
    for (const { tubeCode, kind } of SPECIMENS) {
      if (kind !== 'sewage') await result(stage, tubeCode, false);
    }
  },
};
