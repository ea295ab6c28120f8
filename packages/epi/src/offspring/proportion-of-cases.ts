/**
 * The share of cases, most infectious first, that causes a given share of all transmission ("20 % cause 80 %").
 *
 * Offspring are negative binomial with mean R and dispersion k. An infection picked at random comes from a case whose other
 * infectees are negative binomial with dispersion k + 1 and mean R (k + 1) / k; cumulating that from below finds the
 * number x of infectees at which the bottom 1 - share of transmission ends, and the result counts the cases above it, the
 * class x by the part it contributes. Proportion, 0 to 1. k = ∞ is the Poisson distribution: even then not everybody
 * infects equally many, so 80 % of transmission comes from fewer than 80 % of the cases.
 *
 * Misleads when k is imprecise (it nearly always is): give the result for both ends of its interval.
 *
 * Citation: Endo A et al., Wellcome Open Res 2020;5:67, doi:10.12688/wellcomeopenres.15842.3; R:
 * superspreading::proportion_transmission(method = "p_80")
 *
 * @returns null where R = 0: nobody transmits
 * @throws RangeError naming the argument
 * @example proportionOfCases({ R: 2, k: 0.5 }) // 0.264: a quarter of the cases causes 80 % of transmission
 */
export function proportionOfCases({
  R,
  k,
  transmissionProportion = 0.8,
}: {
  R: number;
  k: number;
  transmissionProportion?: number | undefined;
}): number | null {
  if (!(R >= 0 && R < Infinity)) throw new RangeError(`R: ${R} is not a number from 0`);
  if (!(k > 0)) throw new RangeError(`k: ${k} is not above 0`);
  if (!(transmissionProportion >= 0 && transmissionProportion <= 1))
    throw new RangeError(`transmissionProportion: ${transmissionProportion} is not between 0 and 1`);
  if (R === 0) return null;

  const bottom = 1 - transmissionProportion;
  const cases = negativeBinomialFrom0(R, 1 / k);
  // The share of transmission by cases with x infectees is the probability of x - 1 others.
  let transmission = 0;
  let casesBelow = cases.next().value;
  for (let x = 1; ; x++) {
    const ofCases = cases.next().value;
    const ofTransmission = (x * ofCases) / R;
    if (transmission + ofTransmission >= bottom || (ofTransmission < 1e-18 && x > R)) {
      const remaining = ofTransmission === 0 ? 0 : (bottom - transmission) / ofTransmission;
      return Math.max(0, 1 - casesBelow - ofCases * Math.min(1, remaining));
    }
    transmission += ofTransmission;
    casesBelow += ofCases;
  }
}

/** P(X = 0), P(X = 1), …; in logarithms, for exp(-R) may be too small to start from. `dispersion` = 1 / k. */
function* negativeBinomialFrom0(R: number, dispersion: number): Generator<number, never> {
  let log = dispersion === 0 ? -R : -Math.log1p(R * dispersion) / dispersion;
  for (let x = 0; ; x++) {
    yield Math.exp(log);
    log += Math.log(((1 + x * dispersion) * R) / ((1 + R * dispersion) * (x + 1)));
  }
}
