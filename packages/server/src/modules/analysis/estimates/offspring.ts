import type { OffspringAnalysis } from '@levee/contract';
import { buildChains, dayNumber, estimateOffspring, negativeBinomialPmf, serialIntervals } from '@levee/epi';
import type { CaseFacts } from '../../cases/index.ts';
import { lackingOf, NEEDED, toAnswer } from '../analysis.ts';
import { tallyDays } from './delays.ts';
import { chainCases, type Link } from './interval.ts';

const TRANSMISSION = 0.8;
/** A case is left out until it has had this many mean serial intervals to infect in; where none is known, this many days. */
const INTERVALS_GIVEN = 2;
const DAYS_GIVEN = 14;

export interface OffspringAsked {
  readonly cases: readonly CaseFacts[];
  readonly links: readonly Link[];
  readonly cutoff: string;
  readonly running: boolean;
  /** Mean serial interval of the source's pack, days. */
  readonly packMean: number | null;
  /** How many days an infectee may fall ill before its infector, by that pack. */
  readonly onsetBeforeInfectorDays: number;
}

/** How unequally cases infected, and the days between onsets along the links. */
export function offspringOf({
  cases,
  links,
  cutoff,
  running,
  packMean,
  onsetBeforeInfectorDays,
}: OffspringAsked): Omit<OffspringAnalysis, 'about'> {
  const chains = buildChains(chainCases(cases), links, { toleranceDays: onsetBeforeInfectorDays });
  const given = packMean === null ? DAYS_GIVEN : Math.ceil(INTERVALS_GIVEN * packMean);
  const isYoung = ({ dateOnset }: { dateOnset: string | null }) =>
    running && dateOnset !== null && dayNumber(cutoff) - dayNumber(dateOnset) < given;
  // A young case that has infected already is left out too: keeping it alone would raise the mean.
  const counts = chains.nodes.filter((node) => !isYoung(node)).map(({ infecteesCount }) => infecteesCount);
  const infected = counts.reduce((sum, count) => sum + count, 0);
  const lacking = lackingOf([
    ['cases', counts.length, NEEDED.datedCases],
    ['links', infected, NEEDED.links],
  ]);
  const fit = lacking.length > 0 ? null : estimateOffspring(counts, { transmissionProportion: TRANSMISSION });
  const most = counted(counts, infected);
  return {
    lacking,
    linksCount: chains.links.length,
    impossibleCount: chains.impossible.length,
    ambiguousCount: chains.ambiguous.length,
    leftOutCount: chains.nodes.length - counts.length,
    R: fit && toAnswer(fit.R),
    k: fit && toAnswer(fit.k),
    fittedProportion: fit?.casesProportion ?? null,
    countedProportion: fit ? most / counts.length : null,
    countedCases: fit ? most : null,
    table: tallyDays([0, ...counts])
      .map(({ days, count }) => ({ infecteesCount: days, casesCount: days === 0 ? count - 1 : count }))
      .map((row) => ({
        ...row,
        expectedCount: fit ? counts.length * probability(row.infecteesCount, fit) : null,
      })),
    serialInterval: intervalOf(chains),
  };
}

/** A k without end is the Poisson distribution. */
const probability = (count: number, { R, k }: ReturnType<typeof estimateOffspring>): number =>
  k.estimate === null || R.estimate === null ? 0 : negativeBinomialPmf(count, R.estimate, k.estimate);

/** The fewest cases that together infected 80 % of the infected. */
function counted(counts: readonly number[], infected: number): number {
  let sum = 0;
  let cases = 0;
  for (const count of counts.toSorted((a, b) => b - a)) {
    if (sum >= TRANSMISSION * infected) break;
    sum += count;
    cases += 1;
  }
  return cases;
}

function intervalOf(chains: ReturnType<typeof buildChains>): OffspringAnalysis['serialInterval'] {
  const { n, mean, sd, median, negativeCount, undatedCount, values } = serialIntervals(chains);
  return {
    lacking: lackingOf([['pairs', n, NEEDED.pairs]]),
    pairsCount: n,
    negativeCount,
    undatedCount,
    mean,
    sd,
    median,
    days: tallyDays(values),
  };
}
