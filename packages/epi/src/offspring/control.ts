/** What is known, or assumed, of how unequally cases infect others and of the measures against it. */
export type OffspringAssumption = {
  /** Mean number of infectees of a case without control; from 0. */
  R: number;
  /** Dispersion of the negative binomial offspring distribution; above 0. Infinity is the Poisson distribution. */
  k: number;
  /** Cases that start a chain each; a whole number from 1. */
  initialCasesCount?: number | undefined;
  /** Share of cases, 0 to 1, that are stopped from infecting anyone (isolated in time); the others infect as before. */
  individualControlProportion?: number | undefined;
  /** Share of every case's infections, 0 to 1, that is prevented (masks, distance). */
  populationControlProportion?: number | undefined;
};

export type Offspring = {
  /** Mean of a case that is not stopped, after population control. */
  R: number;
  k: number;
  initialCasesCount: number;
  /** Probability that a case is stopped by individual control. */
  stopped: number;
};

/** @throws RangeError naming the argument and its value */
export function readOffspring({
  R,
  k,
  initialCasesCount = 1,
  individualControlProportion = 0,
  populationControlProportion = 0,
}: OffspringAssumption): Offspring {
  if (!(R >= 0 && R < Infinity)) throw new RangeError(`R: ${R} is not a number from 0`);
  if (!(k > 0)) throw new RangeError(`k: ${k} is not above 0`);
  if (!Number.isInteger(initialCasesCount) || initialCasesCount < 1)
    throw new RangeError(`initialCasesCount: ${initialCasesCount} is not a whole number from 1`);
  for (const [name, value] of Object.entries({ individualControlProportion, populationControlProportion })) {
    if (!(value >= 0 && value <= 1)) throw new RangeError(`${name}: ${value} is not between 0 and 1`);
  }
  return {
    R: R * (1 - populationControlProportion),
    k,
    initialCasesCount,
    stopped: individualControlProportion,
  };
}
