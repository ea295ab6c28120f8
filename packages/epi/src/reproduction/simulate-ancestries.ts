import { sampleBinomial } from '../distributions/sample-counts.ts';
import type { Random } from '../random/random.ts';

/**
 * Draws an infector for every case, again and again, and counts the infectees of each day's cases.
 *
 * The cases of one day choose among the days before it with probabilities wₖ · cases; their counts are multinomial, drawn
 * day by day as binomials of what is left.
 *
 * @returns per simulation, infectees by the day their infector fell ill
 */
export function simulateAncestries(
  total: Float64Array,
  probabilities: ArrayLike<number>,
  { simulationsCount, random }: { simulationsCount: number; random: Random },
): Float64Array[] {
  const choices = Array.from(total, (count, day) => (count > 0 ? choicesOf(total, probabilities, day) : []));
  return Array.from({ length: simulationsCount }, () => {
    const infectees = new Float64Array(total.length);
    for (let day = 1; day < total.length; day++) {
      let left = total[day]!;
      for (const { infectorDay, shareOfRest } of choices[day]!) {
        if (left === 0) break;
        const count = sampleBinomial(random, left, shareOfRest);
        infectees[infectorDay]! += count;
        left -= count;
      }
    }
    return infectees;
  });
}

/** Possible days of the infector, most recent first, each with its share of the probability not yet given out. */
function choicesOf(
  total: Float64Array,
  probabilities: ArrayLike<number>,
  day: number,
): { infectorDay: number; shareOfRest: number }[] {
  const choices: { infectorDay: number; weight: number }[] = [];
  for (let back = 1; back <= Math.min(day, probabilities.length - 1); back++) {
    const weight = probabilities[back]! * total[day - back]!;
    if (weight > 0) choices.push({ infectorDay: day - back, weight });
  }
  let rest = 0;
  const shares = choices.toReversed().map(({ infectorDay, weight }) => {
    rest += weight;
    return { infectorDay, shareOfRest: weight / rest };
  });
  return shares.reverse();
}
