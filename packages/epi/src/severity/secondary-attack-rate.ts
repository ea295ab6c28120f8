import { studentTQuantile } from '../distributions/student-t.ts';
import { type Estimate, readLevel } from '../interval/estimate.ts';
import { scoreBounds, wilsonInterval } from '../interval/wilson-interval.ts';

/** One household (class, ward, table): contacts exposed to its first case, first and co-primary cases left out. */
export type ExposedGroup = { exposedCount: number; infectedCount: number };

export type SecondaryAttackRate = Estimate & {
  infectedCount: number;
  exposedCount: number;
  /** Groups with at least one exposed contact. */
  groupsCount: number;
  /**
   * Variance as found between groups over the variance of independent contacts; null where it cannot be seen (fewer
   * than 2 groups, or nobody or everybody infected).
   */
  designEffect: number | null;
};

/**
 * The share of exposed contacts that were infected, with an interval that knows that households share their luck.
 *
 * p = Σ xᵢ / Σ nᵢ over groups i. Its variance is that of a ratio of sums, v = m/(m - 1) Σ (xᵢ - p nᵢ)² / (Σ nᵢ)², m groups; the
 * design effect is v / (p (1 - p) / Σ nᵢ), and the interval is Wilson's for Σ nᵢ / max(1, design effect) contacts with the
 * t quantile of m - 1 degrees of freedom (after Korn and Graubard): never narrower than for independent contacts. Where
 * the design effect cannot be seen, contacts are taken as independent. A proportion, 0 to 1.
 *
 * Assumes that every exposed contact is known and was followed (and tested) to the end of the incubation period.
 * Misleads when asymptomatic contacts were not tested (too low), when cases infected elsewhere are counted in (too high),
 * and when tertiary cases are counted as secondary in large groups. Fewer than ten groups: the interval is rough.
 *
 * Citation: Cochran WG, Sampling Techniques 1977, ch. 3; Korn EL, Graubard BI, Surv Methodol 1998;24:193; definition:
 * Halloran ME, in Encyclopedia of Biostatistics 2005, doi:10.1002/0470011815.b2a07142
 *
 * @throws RangeError naming item and value
 * @example secondaryAttackRate([{ exposedCount: 3, infectedCount: 1 }, { exposedCount: 4, infectedCount: 0 }]).estimate // 0.143
 */
export function secondaryAttackRate(
  groups: Iterable<ExposedGroup>,
  { level = 0.95 }: { level?: number | undefined } = {},
): SecondaryAttackRate {
  readLevel(level);
  const list = Array.from(groups, checkGroup).filter((group) => group.exposedCount > 0);
  const infectedCount = list.reduce((sum, group) => sum + group.infectedCount, 0);
  const exposedCount = list.reduce((sum, group) => sum + group.exposedCount, 0);
  const groupsCount = list.length;
  const counts = { infectedCount, exposedCount, groupsCount };

  const p = infectedCount / exposedCount;
  if (groupsCount < 2 || p === 0 || p === 1)
    return { ...wilsonInterval(infectedCount, exposedCount, level), ...counts, designEffect: null };
  const squares = list.reduce((sum, group) => sum + (group.infectedCount - p * group.exposedCount) ** 2, 0);
  const variance = ((groupsCount / (groupsCount - 1)) * squares) / exposedCount ** 2;
  const designEffect = variance / ((p * (1 - p)) / exposedCount);
  const t = studentTQuantile((1 + level) / 2, groupsCount - 1);
  const bounds = scoreBounds(p, exposedCount / Math.max(1, designEffect), t);
  return { estimate: p, ...bounds, level, ...counts, designEffect };
}

function checkGroup({ exposedCount, infectedCount }: ExposedGroup, item: number): ExposedGroup {
  if (!Number.isInteger(exposedCount) || exposedCount < 0)
    throw new RangeError(`item ${item}, exposedCount: ${exposedCount} is not a whole number from 0`);
  if (!Number.isInteger(infectedCount) || infectedCount < 0)
    throw new RangeError(`item ${item}, infectedCount: ${infectedCount} is not a whole number from 0`);
  if (infectedCount > exposedCount)
    throw new RangeError(
      `item ${item}, infectedCount: ${infectedCount} is more than the ${exposedCount} exposed`,
    );
  return { exposedCount, infectedCount };
}
