/** Who must be tested how often. Pure rules over the pack: by the post held, or by where somebody has been. */
import type { DueState, PopulationRule } from '@levee/contract';
import {
  dayOf,
  getPackOrThrow,
  KEY_POPULATIONS,
  type KeyPopulation,
  nextTestDue,
  type RiskLevel,
  travelTests,
} from '@levee/protocol';

/** Each population of the pack with its frequency and where that is written. Empty where the pack tests none. */
export function populationRules(packId: string): PopulationRule[] {
  const pack = getPackOrThrow(packId);
  return KEY_POPULATIONS.flatMap((population) => {
    const rule = pack.monitoring.populations[population];
    if (!rule) return [];
    return [
      {
        population,
        ...rule.value,
        rule: `monitoring.populations.${population}`,
        source: rule.source.section ? `${rule.source.title} · ${rule.source.section}` : rule.source.title,
        address: rule.source.address ?? null,
        confidence: rule.confidence,
      },
    ];
  });
}

/** The day by whose end the next swab is due, and the moment before which it is too soon. */
export function dueAfter(
  packId: string,
  population: KeyPopulation,
  lastSampledAt: string | null,
  now: string,
) {
  const { dueOn, notBefore } = nextTestDue(getPackOrThrow(packId), population, lastSampledAt, now);
  return { dueOn, notBefore };
}

export const today = (packId: string, now: string): string => dayOf(now, getPackOrThrow(packId).tz);

/** A test of time: no job has to have run for somebody to be overdue. */
export const stateOf = (dueOn: string, day: string): DueState =>
  dueOn < day ? 'overdue' : dueOn === day ? 'due' : 'ahead';

export interface Travel {
  readonly where: string;
  readonly level: RiskLevel;
  readonly leftAt: string;
}

/** What the pack makes of a journey: the class it decides and the days on which it asks a test. */
export function dutyOfTravel(packId: string, travel: readonly Travel[], arrivedAt: string) {
  const duty = travelTests(getPackOrThrow(packId), travel, arrivedAt);
  if (!duty) return null;
  const { class: managedClass, leftOn, testDays, rule } = duty;
  return { managedClass, leftOn, testDays, rule };
}
