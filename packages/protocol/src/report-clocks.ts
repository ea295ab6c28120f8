import { type Instant, instantMs, toInstant } from './calendar.ts';
import type { ClockEvent, ProtocolPack } from './pack.ts';
import { type RuleRef, ruleRef } from './rules.ts';

export type StatutoryClock = RuleRef & {
  /** Name of the clock inside the pack; stable, use it as key. */
  id: string;
  nameZh: string;
  nameEn: string;
  startsAt: Instant;
  dueAt: Instant;
  /** What follows when nobody acted in time. Suspension and lapse are tests of time in the query. */
  onBreach: 'escalate' | 'suspend' | 'lapse' | 'offer_downgrade';
};

/**
 * The clocks an event starts: statutory reports, seams of the closed loop, and service levels (appeal, help).
 * An event often is several at once (a first case is also a diagnosed case): give all kinds.
 * Ordered by due time.
 */
export function reportClocks(
  pack: ProtocolPack,
  event: { kind: ClockEvent | readonly ClockEvent[]; at: Instant },
): StatutoryClock[] {
  const kinds = [event.kind].flat();
  const startMs = instantMs(event.at);
  const clocks: StatutoryClock[] = [];
  for (const section of ['clocks', 'service'] as const) {
    for (const [id, rule] of Object.entries(pack[section])) {
      const { name, startsOn, minutes, onBreach } = rule.value;
      if (!kinds.includes(startsOn)) continue;
      clocks.push({
        ...ruleRef(pack, `${section}.${id}`, rule),
        id,
        nameZh: name.zh,
        nameEn: name.en,
        startsAt: toInstant(startMs, rule.counting.tz),
        dueAt: toInstant(startMs + minutes * 60_000, rule.counting.tz),
        onBreach,
      });
    }
  }
  return clocks.sort((a, b) => instantMs(a.dueAt) - instantMs(b.dueAt));
}
