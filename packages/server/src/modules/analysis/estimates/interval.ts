/** The serial interval an estimate rests on: the pack's with its source, measured on the chains, or given by hand. */
import type { Lacking, UsedInterval } from '@levee/contract';
import { buildChains, type GammaSerialInterval, serialIntervals } from '@levee/epi';
import { getPackOrThrow } from '@levee/protocol';
import type { CaseFacts } from '../../cases/index.ts';
import { NEEDED } from '../analysis.ts';

export interface Link {
  readonly from: string;
  readonly to: string;
}
export type IntervalChoice =
  | { readonly from: 'pack'; readonly packId: string | null }
  | { readonly from: 'given'; readonly mean: number; readonly sd: number }
  | { readonly from: 'chains'; readonly links: readonly Link[] };

export interface ChosenInterval {
  readonly used: UsedInterval | null;
  readonly lacking: Lacking[];
}

const nothing = (have: number, need: number): ChosenInterval => ({
  used: null,
  lacking: [{ what: 'serial_interval', have, need }],
});

export function chooseInterval(choice: IntervalChoice, cases: readonly CaseFacts[]): ChosenInterval {
  if (choice.from === 'given') {
    const { mean, sd } = choice;
    return { used: { from: 'given', mean, sd, pairsCount: null, pack: null }, lacking: [] };
  }
  if (choice.from === 'chains') return fromChains(choice.links, cases);
  if (choice.packId === null) return nothing(0, 1);
  const { id, title, definition } = getPackOrThrow(choice.packId);
  const { value, source, confidence, note } = definition.serialInterval;
  const pack = {
    id,
    name: title,
    source: [source.title, source.section].filter(Boolean).join(' · '),
    verified: confidence === 'sourced',
    note: note ?? null,
  };
  return { used: { from: 'pack', mean: value.mean, sd: value.sd, pairsCount: null, pack }, lacking: [] };
}

function fromChains(links: readonly Link[], cases: readonly CaseFacts[]): ChosenInterval {
  const { n, mean, sd } = serialIntervals(buildChains(chainCases(cases), links));
  // The gamma used for Rt is shifted by a day: a mean of one day or less has no such distribution.
  if (n < NEEDED.pairs || mean === null || sd === null || mean <= 1 || sd <= 0)
    return nothing(n, NEEDED.pairs);
  return { used: { from: 'chains', mean, sd, pairsCount: n, pack: null }, lacking: [] };
}

export const chainCases = (cases: readonly CaseFacts[]) =>
  cases.map(({ externalId, dateOnset }) => ({ id: externalId, dateOnset }));

/** As a gamma distribution: the packs' intervals are told by mean and standard deviation. */
export const gammaOf = ({ mean, sd }: UsedInterval): GammaSerialInterval => ({
  family: 'gamma',
  mean,
  sd,
  unit: 'day',
});
