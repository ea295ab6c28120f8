import { type Offspring, type OffspringAssumption, readOffspring } from './control.ts';
import { probabilityExtinct } from './probability-extinct.ts';

export type ContainOptions = OffspringAssumption & {
  /** An outbreak is contained while all its cases, the first ones included, stay fewer than this. Default 100. */
  caseThreshold?: number | undefined;
};

/**
 * The probability that an outbreak stays below `caseThreshold` cases in all: that it is contained.
 *
 * P(Z < T) with Z the total number of cases of the chains. By Dwass' theorem P(Z = j) = (a / j) P(S_j = j - a), where a is
 * the number of initial cases and S_j the infectees of j cases: a negative binomial with mean m R and dispersion m k,
 * m of the j cases not being stopped (binomial). Computed exactly where superspreading::probability_contain simulates;
 * `caseThreshold: Infinity` is `probabilityExtinct`. No unit, 0 to 1.
 *
 * Population control lowers every case's R; individual control stops a share of cases altogether. For the same mean the
 * second contains better, for it makes offspring more unequal. Assumes independent cases and measures in force from the
 * first day. Misleads when R and k stem from cases that were found because they infected many.
 *
 * Citation: Lloyd-Smith JO et al., Nature 2005, doi:10.1038/nature04153; Dwass M, J Appl Probab 1969, doi:10.2307/3212112
 *
 * @throws RangeError on an argument out of range, naming it
 * @example probabilityContain({ R: 1.5, k: 0.5 }) // 0.767
 */
export function probabilityContain({ caseThreshold = 100, ...assumption }: ContainOptions): number {
  if (caseThreshold === Infinity) return probabilityExtinct(assumption);
  if (!Number.isInteger(caseThreshold) || caseThreshold < 1)
    throw new RangeError(`caseThreshold: ${caseThreshold} is not a whole number from 1`);
  const offspring = readOffspring(assumption);
  const first = offspring.initialCasesCount;
  if (first >= caseThreshold) return 0;

  const infecteesCount = tabulateInfectees(offspring, caseThreshold - 1);
  let probability = 0;
  for (let total = first; total < caseThreshold; total++)
    probability += (first / total) * infecteesCount(total, total - first);
  return Math.min(1, probability);
}

/** P(j cases have n infectees together), for j and n up to `largest`. */
function tabulateInfectees(offspring: Offspring, largest: number): (j: number, n: number) => number {
  const { stopped } = offspring;
  if (stopped === 0) return (j, n) => Math.exp(logInfectees(offspring, j, n)[n]!);

  const logOf = Array.from({ length: largest + 1 }, (_, active) => logInfectees(offspring, active, largest));
  const logFactorial = new Float64Array(largest + 1);
  for (let i = 1; i <= largest; i++) logFactorial[i] = logFactorial[i - 1]! + Math.log(i);
  return (j, n) => {
    if (stopped === 1) return n === 0 ? 1 : 0;
    let probability = 0;
    for (let active = 0; active <= j; active++) {
      const logActive =
        logFactorial[j]! -
        logFactorial[active]! -
        logFactorial[j - active]! +
        active * Math.log1p(-stopped) +
        (j - active) * Math.log(stopped);
      probability += Math.exp(logActive + logOf[active]![n]!);
    }
    return probability;
  };
}

/** log P(`active` cases have 0 … `largest` infectees together). Built up factor by factor: log-gammas of a huge k cancel. */
function logInfectees({ R, k }: Offspring, active: number, largest: number): Float64Array {
  const logs = new Float64Array(largest + 1).fill(-Infinity);
  if (active === 0 || R === 0) {
    logs[0] = 0;
    return logs;
  }
  const poisson = k === Infinity;
  logs[0] = poisson ? -active * R : -active * k * Math.log1p(R / k);
  for (let n = 0; n < largest; n++) {
    const factor = poisson ? active * R : ((active + n / k) * R) / (1 + R / k);
    logs[n + 1] = logs[n]! + Math.log(factor / (n + 1));
  }
  return logs;
}
