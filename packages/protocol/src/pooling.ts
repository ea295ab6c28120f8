import type { ProtocolPack, TestPopulation } from './pack.ts';
import { type RuleRef, ruleOrThrow, ruleRef } from './rules.ts';

export type PoolingRule = RuleRef & {
  /** Swabs per tube the pack allows here, all of them validated; the first is the usual one. */
  sizes: readonly number[];
  /** Highest population positivity (0–1) at which laboratory dilution pooling may be used; null = never. */
  dilutionMaxPositivity: number | null;
};

/** How many people may share one tube. @throws ProtocolError `rule_not_in_pack` when the pack pools nobody here */
export function poolingRule(pack: ProtocolPack, population: TestPopulation): PoolingRule {
  const path = `pooling.sizes.${population}`;
  const rule = ruleOrThrow(pack, path, pack.pooling.sizes[population], 'test singly');
  return {
    ...ruleRef(pack, path, rule),
    sizes: rule.value.filter((size) => size === 1 || pack.pooling.validatedSizes?.value.includes(size)),
    dilutionMaxPositivity: pack.pooling.dilutionMaxPositivity?.value ?? null,
  };
}

export type PoolReflex = RuleRef & {
  /** Members who stay where they are until their own single result is negative. */
  hold: readonly string[];
  resample: { personId: string; tubeSize: number; samples: number; assays: number }[];
  retestTubeId: string | null;
};

/** What a pool that is positive, in the grey zone or positive in one target sets off at once. */
export function poolReflex(
  pack: ProtocolPack,
  pool: { tubeId: string; memberIds: readonly string[] },
): PoolReflex {
  const rule = ruleOrThrow(pack, 'pooling.reflex', pack.pooling.reflex, 'this pack pools nobody');
  const { holdMembers, resampleSize, samplesPerPerson, assays, retestOriginalTube } = rule.value;
  return {
    ...ruleRef(pack, 'pooling.reflex', rule),
    hold: holdMembers ? pool.memberIds : [],
    resample: pool.memberIds.map((personId) => ({
      personId,
      tubeSize: resampleSize,
      samples: samplesPerPerson,
      assays,
    })),
    retestTubeId: retestOriginalTube ? pool.tubeId : null,
  };
}

/**
 * Expected number of single re-samplings of a round: sum over pools of (1 − (1 − p)^k) · k.
 *
 * @param poolSizes people per tube, one entry per tube
 * @param prevalence share of positive persons, 0–1; assumes independence inside a tube, so households sharing a
 *   tube make the true load smaller
 */
export function expectedReflexLoad(poolSizes: readonly number[], prevalence: number): number {
  if (!(prevalence >= 0 && prevalence <= 1)) {
    throw new RangeError(`prevalence ${prevalence} is not a share between 0 and 1`);
  }
  return poolSizes.reduce((sum, size) => sum + (1 - (1 - prevalence) ** size) * size, 0);
}
