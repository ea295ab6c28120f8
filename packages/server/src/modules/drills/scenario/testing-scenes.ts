import { newId } from '@levee/contract';
import type { Scene, Stage } from './scene.ts';

const AMPLIFIED = [
  { name: 'ORF1ab', ct: 28.6 },
  { name: 'N', ct: 27.4 },
];
const CLEAN = [
  { name: 'ORF1ab', ct: null },
  { name: 'N', ct: null },
];
const purpose = 'testing' as const;

type FoundIn = 'community_screening' | 'centralised_isolation' | 'home_isolation';

export async function sample(
  stage: Stage,
  tubeCode: string,
  people: readonly { readonly id: string }[],
  capacity: 1 | 10,
  foundIn?: FoundIn,
) {
  const desk = await stage.county('field_worker');
  const { testSite, laboratory } = stage.cast;
  const tube = { poolId: newId(), tubeCode, capacity, siteId: testSite.id };
  for (const person of people) {
    await desk.testing.registerSample({
      purpose,
      body: {
        ...tube,
        id: newId(),
        who: { personId: person.id },
        takenAt: stage.now(),
        ...(foundIn && { foundIn: foundIn as never }),
      },
    });
  }
  await desk.testing.closePool({ body: { ...tube, closedAt: stage.now() } });
  await desk.testing.sendPools({
    body: { poolIds: [tube.poolId], labId: laboratory.id, sentAt: stage.now() },
  });
}

export async function result(stage: Stage, tubeCode: string, positive: boolean) {
  const lab = await stage.county('laboratory');
  const labId = stage.cast.laboratory.id;
  await lab.testing.receive({ body: { tubeCode, labId, receivedAt: stage.now() } });
  await lab.testing.reportResult({
    purpose,
    body: {
      id: newId(),
      tubeCode,
      labId,
      outcome: positive ? 'positive' : 'negative',
      targets: positive ? AMPLIFIED : CLEAN,
      testedAt: stage.now(),
    },
  });
}

export const firstTube: Scene = {
  key: 'first-tube',
  at: '2022-08-11T20:10:00+08:00',
  title: { zh: '恰卜恰镇采样点：十人混采一管', en: 'Qiabuqia sampling site: ten people in one tube' },
  who: 'field_worker',
  act: (stage) => sample(stage, 'QH20220811001', [stage.cast.index, ...stage.cast.tubeMates], 10),
};

export const positivePool: Scene = {
  key: 'positive-pool',
  at: '2022-08-11T21:10:00+08:00',
  title: {
    zh: '混管阳性，十人就地等候单采',
    en: 'The pool is positive: its ten members wait for single re-samples',
  },
  who: 'laboratory',
  act: (stage) => result(stage, 'QH20220811001', true),
};

export const singleSamples: Scene = {
  key: 'single-samples',
  at: '2022-08-11T21:30:00+08:00',
  title: { zh: '上门单采十人', en: 'The ten are sampled singly at their doors' },
  who: 'field_worker',
  act: async (stage) => {
    const people = [stage.cast.index, ...stage.cast.tubeMates];
    for (const [at, person] of people.entries()) await sample(stage, `QH202208110${at + 11}`, [person], 1);
  },
};

export const screeningPositive: Scene = {
  key: 'screening-positive',
  at: '2022-08-11T22:20:00+08:00',
  title: { zh: '单采一人初筛阳性，九人阴性', en: 'One of the ten is screening-positive, nine are negative' },
  who: 'laboratory',
  act: async (stage) => {
    for (let at = 0; at <= stage.cast.tubeMates.length; at += 1)
      await result(stage, `QH202208110${at + 11}`, at === 0);
  },
};

/** 14 August, afternoon: three of the contacts, tested where they are isolated, turn positive. */
export const laterPositives: Scene = {
  key: 'later-positives',
  at: '2022-08-14T14:30:00+08:00',
  title: { zh: '隔离中的三名密切接触者检出阳性', en: 'Three close contacts in isolation test positive' },
  who: 'laboratory',
  act: async (stage) => {
    for (const [at, person] of stage.cast.laterPositives.entries()) {
      const tubeCode = `QH2022081400${at + 1}`;
      await sample(stage, tubeCode, [person], 1, 'centralised_isolation');
      await result(stage, tubeCode, true);
    }
  },
};
