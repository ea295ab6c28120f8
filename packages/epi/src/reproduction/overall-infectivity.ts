/**
 * Total infectiousness of the cases so far on each day: Λₜ = Σₛ Iₜ₋ₛ wₛ, in cases a day that a reproduction number of 1
 * would give.
 *
 * Assumes that infectiousness follows the serial interval and that all cases are counted. Misleads at the start of a series,
 * when infectors before its first day are missing: it is too low, and a reproduction number over it too high. Cori A et al.,
 * Am J Epidemiol 2013, doi:10.1093/aje/kwt133. R: EpiEstim::overall_infectivity.
 *
 * @param total cases of each day, imported ones too
 * @param probabilities of a serial interval of 0, 1, … days
 * @returns one number a day; NaN on the first day, before which nothing is known
 * @example overallInfectivity([1, 0, 2], [0, 0.5, 0.5]) // NaN, 0.5, 0.5
 */
export function overallInfectivity(total: ArrayLike<number>, probabilities: ArrayLike<number>): Float64Array {
  let longest = probabilities.length - 1;
  while (longest > 0 && probabilities[longest] === 0) longest--;

  const infectivity = new Float64Array(total.length);
  infectivity[0] = Number.NaN;
  for (let day = 1; day < total.length; day++) {
    const reach = Math.min(day, longest);
    let sum = 0;
    for (let back = 1; back <= reach; back++) sum += probabilities[back]! * total[day - back]!;
    infectivity[day] = sum;
  }
  return infectivity;
}
