import { addDays, dayOf, type Instant, startOfDay } from './calendar.ts';
import type { ProtocolPack } from './pack.ts';
import { type RuleRef, ruleOrThrow, ruleRef } from './rules.ts';

export type ObjectPositive = RuleRef & {
  /** Whoever worked at, or was at, the place from here on is asked for a test. */
  from: Instant;
  samplesPerPerson: number;
};

/**
 * What a positive specimen of an object or of surroundings asks of the people around it: the window opens at the start
 * of the civil day `handlerDays` before the day of sampling.
 *
 * @throws ProtocolError `rule_not_in_pack` when the pack says nothing about objects
 */
export function objectPositive(pack: ProtocolPack, sampledAt: Instant): ObjectPositive {
  const rule = ruleOrThrow(
    pack,
    'monitoring.objectPositive',
    pack.monitoring.objectPositive,
    'this pack does not say what a positive object sets off',
  );
  return {
    ...ruleRef(pack, 'monitoring.objectPositive', rule),
    from: startOfDay(addDays(dayOf(sampledAt, pack.tz), -rule.value.handlerDays), pack.tz),
    samplesPerPerson: rule.value.samplesPerPerson,
  };
}
