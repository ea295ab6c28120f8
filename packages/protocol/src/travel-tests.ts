import { type CivilDay, dayOf, type Instant } from './calendar.ts';
import { type TravelDuty, travelDuty } from './monitoring.ts';
import type { ProtocolPack, RiskLevel } from './pack.ts';
import { quarantineSchedule } from './quarantine-schedule.ts';

export type TravelTests = TravelDuty & {
  /** Civil days on which the pack asks a PCR test, in order. */
  testDays: readonly CivilDay[];
  /** Pack and path of the rule. */
  rule: string;
};

/** What the pack makes of a journey: the class it decides and the days on which it asks a test. null = nothing. */
export function travelTests(
  pack: ProtocolPack,
  travel: readonly { level: RiskLevel; leftAt: Instant }[],
  arrivedAt: Instant,
): TravelTests | null {
  const duty = travelDuty(pack, travel, arrivedAt);
  if (!duty) return null;
  const { phases, rule } = quarantineSchedule(pack, {
    class: duty.class,
    anchors: { leaving_area: duty.leftOn, arrival: dayOf(arrivedAt, pack.tz) },
    placedAt: arrivedAt,
  });
  const days = phases.flatMap(({ tests }) =>
    tests.filter(({ method }) => method === 'pcr').map(({ date }) => date),
  );
  return { ...duty, testDays: [...new Set(days)].sort(), rule: `${pack.id} ${rule}` };
}
