/** What a sampling says about the person it was taken from. A published rule over recorded facts (R13). */
import type { Bilingual, PersonResult, PoolState, TestOutcome } from '@levee/contract';

export interface MeaningFacts {
  readonly capacity: number;
  readonly state: PoolState;
  /** Of the result in force. */
  readonly outcome: TestOutcome | null;
  readonly withdrawn: boolean;
}

export type Meaning = PersonResult['meaning'];

/** A pool that is not clean says nothing about one member but that they are sampled again. */
export function meaningOf({ capacity, state, outcome, withdrawn }: MeaningFacts): Meaning {
  if (withdrawn) return 'withdrawn';
  if (state === 'rejected' || outcome === 'invalid') return 'repeat';
  if (outcome === null) return 'pending';
  if (outcome === 'negative') return 'negative';
  if (capacity > 1) return 'pool_positive';
  return outcome === 'positive' ? 'screening_positive' : 'repeat';
}

export function explain({ capacity, state, outcome, withdrawn }: MeaningFacts): Bilingual {
  const tube =
    capacity === 1
      ? { zh: '单管', en: 'a tube of one' }
      : { zh: `${capacity}人混管`, en: `a pool of up to ${capacity}` };
  const texts: Record<Meaning, Bilingual> = {
    withdrawn: { zh: '登记已撤销，不作数。', en: 'The registration was withdrawn and does not count.' },
    repeat:
      state === 'rejected'
        ? {
            zh: '实验室拒收样本，需重新采样。',
            en: 'The laboratory rejected the tube: another sample is needed.',
          }
        : outcome === 'invalid'
          ? { zh: '检测无效，等待重做。', en: 'The run was invalid and is repeated.' }
          : {
              zh: '单管结果可疑，需再次采样复核。',
              en: 'The single result is inconclusive: another sample is needed.',
            },
    pending: { zh: `样本在${tube.zh}中，结果未出。`, en: `The sample is in ${tube.en}; no result yet.` },
    negative: { zh: `${tube.zh}结果阴性。`, en: `The result of ${tube.en} is negative.` },
    pool_positive: {
      zh: `所在${tube.zh}异常，不能说明本人感染；须单采复核，结果出来前原地等候。`,
      en: `The result of ${tube.en} is not clean. It does not show that this person is infected: a single re-sample decides; stay in place until then.`,
    },
    screening_positive: {
      zh: '单管结果阳性，为初筛阳性，等待复核和流调。',
      en: 'The single result is positive: screening-positive, to be confirmed and investigated.',
    },
  };
  return texts[meaningOf({ capacity, state, outcome, withdrawn })];
}
