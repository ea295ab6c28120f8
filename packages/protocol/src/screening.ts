import { addDays, type CivilDay } from './calendar.ts';
import type { FoundIn, ProtocolPack, Text } from './pack.ts';
import { type RuleRef, ruleOrThrow, ruleRef } from './rules.ts';

/** One round of area screening. A positive counts by where it was found, not by its number. */
export type ScreeningRound = {
  sampledOn: CivilDay;
  /** Sampling reached everybody due and all results are out. */
  complete: boolean;
  /** How each positive of the round was found. */
  positives: readonly FoundIn[];
};

export type ScreeningStep = RuleRef & {
  step: 'screen' | 'finish_round' | 'pause' | 'final_round' | 'stop';
  /** Civil day of the next round; null when the running one must be finished first, or none is needed. */
  nextOn: CivilDay | null;
  cleanRounds: number;
  cleanRoundsNeeded: number;
  text: Text;
};

/**
 * What comes after the rounds so far. 9th edition: after 3 consecutive rounds without an infection in the community
 * pause 3 days, screen once more, and stop when that is clean too. People found in isolation do not break the
 * row; one community positive starts it again. An unfinished round decides nothing.
 *
 * @throws ProtocolError `rule_not_in_pack` when the pack screens no areas
 */
export function screeningNextStep(pack: ProtocolPack, rounds: readonly ScreeningRound[]): ScreeningStep {
  const next = 'this pack screens no areas';
  const rule = ruleOrThrow(pack, 'screening.stop', pack.screening.stop, next);
  const { cleanRounds: needed, pauseDays, finalRounds } = rule.value;
  const community = ruleOrThrow(
    pack,
    'screening.communityFoundIn',
    pack.screening.communityFoundIn,
    next,
  ).value;
  const inOrder = [...rounds].sort((a, b) => a.sampledOn.localeCompare(b.sampledOn));

  let clean = 0;
  let finalDone = 0;
  let pausedUntil: CivilDay | null = null;
  for (const round of inOrder) {
    if (!round.complete) continue;
    if (round.positives.some((foundIn) => community.includes(foundIn))) {
      clean = 0;
      finalDone = 0;
      pausedUntil = null;
    } else if (pausedUntil === null) {
      clean += 1;
      if (clean >= needed) pausedUntil = addDays(round.sampledOn, pauseDays);
    } else if (round.sampledOn > pausedUntil) {
      finalDone += 1;
    }
  }

  const last = inOrder.at(-1);
  const base = { ...ruleRef(pack, 'screening.stop', rule), cleanRounds: clean, cleanRoundsNeeded: needed };
  if (last && !last.complete) {
    return {
      ...base,
      step: 'finish_round',
      nextOn: null,
      text: { zh: '先完成本轮采样和检测', en: 'finish the running round first' },
    };
  }
  if (pausedUntil === null) {
    return {
      ...base,
      step: 'screen',
      nextOn: last ? addDays(last.sampledOn, 1) : null,
      text: {
        zh: `已连续${clean}轮无社会面感染者，需${needed}轮`,
        en: `${clean} of ${needed} consecutive rounds without a community infection`,
      },
    };
  }
  if (finalDone >= finalRounds) {
    return {
      ...base,
      step: 'stop',
      nextOn: null,
      text: { zh: '末轮无社会面感染者，停止', en: 'the last round is clean: stop' },
    };
  }
  return {
    ...base,
    step: finalDone === 0 && pauseDays > 0 ? 'pause' : 'final_round',
    nextOn: addDays(pausedUntil, 1),
    text: { zh: `间隔${pauseDays}天后再做1轮`, en: `pause ${pauseDays} days, then one more round` },
  };
}
