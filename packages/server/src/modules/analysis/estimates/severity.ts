import type { SeverityAnalysis } from '@levee/contract';
import { discretiseDelay, estimateSeverity } from '@levee/epi';
import type { CaseFacts } from '../../cases/index.ts';
import { lackingOf, NEEDED, toAnswer } from '../analysis.ts';
import { daysBetween, fitDelay } from './delays.ts';
import { curveOf } from './series.ts';

/** The case fatality three ways. They differ: that is what the page is to show. */
export function severityOf({
  cases,
  cutoff,
}: {
  readonly cases: readonly CaseFacts[];
  readonly cutoff: string;
}): Omit<SeverityAnalysis, 'about'> {
  const died = (one: CaseFacts) => one.outcome === 'died';
  const deathsCount = cases.filter(died).length;
  const recoveredCount = cases.filter(({ outcome }) => outcome === 'recovered').length;
  const resolvedCount = deathsCount + recoveredCount;
  const lacking = lackingOf([['cases', cases.length, NEEDED.datedCases]]);
  const resolvedLacking = lackingOf([
    ['resolved_cases', resolvedCount, NEEDED.resolvedCases],
    ['recovered_cases', recoveredCount, NEEDED.recoveredCases],
  ]);
  const { naive, resolved } = estimateSeverity({ casesCount: cases.length, deathsCount, recoveredCount });
  return {
    lacking,
    deathsCount,
    recoveredCount,
    unresolvedCount: cases.length - resolvedCount,
    naive: lacking.length > 0 ? null : toAnswer(naive),
    resolved: resolvedLacking.length > 0 || !resolved ? null : toAnswer(resolved),
    resolvedLacking,
    ...adjusted(cases, cutoff),
  };
}

/** Among cases with an onset, by the delay to death this very list shows, right-truncated at its cut-off. */
function adjusted(cases: readonly CaseFacts[], cutoff: string) {
  const pairs = daysBetween(cases, 'death').pairs.filter(({ days }) => days >= 0);
  const dated = cases.filter(({ dateOnset }) => dateOnset !== null);
  const adjustedLacking = lackingOf([
    ['deaths_with_days', pairs.length, NEEDED.pairs],
    ['cases_with_onset', dated.length, NEEDED.datedCases],
  ]);
  const best = adjustedLacking.length > 0 ? null : fitDelay(pairs, cutoff).best;
  const [mean, sd] = [best?.mean.estimate ?? null, best?.sd.estimate ?? null];
  if (!best || mean === null || sd === null) {
    const nothing = { adjusted: null, knownOutcomesCount: null, exceedsKnownOutcomes: false };
    return { ...nothing, adjustedLacking, onsetToDeath: null };
  }
  const { days } = curveOf({ cases: dated, cutoff, running: false, basis: 'onset' });
  const { delayAdjusted } = estimateSeverity(
    { casesCount: dated.length, deathsCount: dated.filter(({ outcome }) => outcome === 'died').length },
    {
      delay: {
        casesPerDay: days.map(({ count }) => count),
        onsetToDeath: discretiseDelay({ family: best.family, mean, sd }, days.length),
      },
    },
  );
  return {
    adjusted: toAnswer(delayAdjusted!),
    adjustedLacking,
    knownOutcomesCount: delayAdjusted!.knownOutcomesCount,
    exceedsKnownOutcomes: delayAdjusted!.exceedsKnownOutcomes,
    onsetToDeath: { mean, sd, pairsCount: pairs.length },
  };
}
