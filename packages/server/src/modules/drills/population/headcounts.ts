import { isTown, type Place } from '../../places/index.ts';
import { randomStream } from './random.ts';
import { isSeat } from './townships.ts';

/**
 * Splits a headcount over the communities and sums it upward: code of every division → people.
 *
 * No count below the prefecture is at hand, so this is a documented choice and not a census: weight 5 for a residents'
 * committee of 恰卜恰镇, 3 in the other county seats, 1.2 elsewhere, 1 for a village, 0.3 for a statistical unit that
 * is neither (township numbers from 400), each times 0.6–1.4. Largest remainders make the sum exact; nobody gets none.
 *
 * @throws RangeError when there are fewer people than communities
 */
export function distributeHeadcount(
  divisions: readonly Place[],
  headcount: number,
  seed: number,
): Map<string, number> {
  const communities = divisions.filter(({ level }) => level === 'community');
  if (headcount < communities.length)
    throw new RangeError(
      `${headcount} people cannot live in ${communities.length} communities; give at least one each`,
    );

  const random = randomStream(seed, 1);
  const weights = communities.map(({ division: code }) => weightOf(code) * (0.6 + 0.8 * random.next()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const spare = headcount - communities.length;
  const shares = weights.map((weight) => (spare * weight) / total);
  const counts = shares.map((share) => 1 + Math.floor(share));

  const missing = headcount - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = shares
    .map((share, i) => [share % 1, i] as const)
    .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, i] of byRemainder.slice(0, missing)) counts[i]! += 1;

  const result = new Map<string, number>();
  communities.forEach(({ division: code }, i) => {
    for (const length of [4, 6, 9, 12]) {
      const area = code.slice(0, length);
      result.set(area, (result.get(area) ?? 0) + counts[i]!);
    }
  });
  return result;
}

function weightOf(code: string): number {
  if (Number(code.slice(6, 9)) >= 400) return 0.3;
  if (!isTown(code)) return 1;
  if (code.startsWith('632521100')) return 5;
  return isSeat(code) ? 3 : 1.2;
}
