/** A limit on a person or a place: when it holds, how long it may last, what it costs. Pure rules. */
import {
  type ActorRef,
  type Alternative,
  type AreaLevel,
  type DraftMeasureInput,
  type Evidence,
  type MeasureKind,
  type MeasurePhase,
  type MeasureState,
  NOTICE_FIELDS,
  type Notice,
  PERSON_MEASURE_KINDS,
} from '@levee/contract';
import { PHASE_KINDS, type PhaseKind, type ProtocolPack } from '@levee/protocol';
import type { Actor } from '../../platform/context.ts';

export const EMERGENCY_HOURS = 12;
export const AREA_REVIEW_HOURS = 72;
export const SUSPENSION_HOURS = 48;
const HOUR_MS = 3_600_000;

export interface Measure {
  readonly id: string;
  readonly kind: MeasureKind;
  readonly level: AreaLevel | null;
  readonly subjectType: 'person' | 'place';
  readonly subjectId: string;
  readonly division: string;
  readonly incidentId: string | null;
  readonly packId: string;
  readonly ground: readonly Evidence[];
  readonly legalBasis: string;
  readonly power: { readonly zh: string; readonly en: string };
  readonly author: ActorRef;
  readonly draftedAt: string;
  readonly approver: ActorRef | null;
  readonly approvedAt: string | null;
  readonly closedBy: ActorRef | null;
  readonly closedAt: string | null;
  readonly closeReason: string | null;
  readonly state: MeasureState;
  /** Both as the query answered for the time it was asked for. */
  readonly phase: MeasurePhase;
  readonly active: boolean;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly reviewAt: string | null;
  readonly lastReviewAt: string | null;
  readonly emergency: boolean;
  readonly extendsId: string | null;
  readonly alternatives: readonly Alternative[];
  readonly smallest: Smallest | null;
  readonly peopleCount: number;
  readonly vulnerableCount: number | null;
  readonly notice: Notice;
  readonly version: number;
}

export interface Smallest {
  readonly code: string;
  readonly level: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly peopleCount: number;
}

/** The facts the time test reads. */
export interface TimeFacts {
  readonly emergency: boolean;
  readonly draftedAt: string;
  readonly approvedAt: string | null;
  readonly closedAt: string | null;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly suspended: boolean;
}

export const isPersonKind = (kind: MeasureKind): boolean =>
  (PERSON_MEASURE_KINDS as readonly MeasureKind[]).includes(kind);

export const hoursAfter = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * HOUR_MS).toISOString();

export const daysBetweenInstants = (from: string, until: string): number =>
  Math.max(0, Date.parse(until) - Date.parse(from)) / (24 * HOUR_MS);

/**
 * The longest one decision of this kind may last under the pack, in hours; null where the pack knows no such limit.
 * Phases: their days, and the day that counts as 0. Areas: the days of the longest step down, and the day of the
 * last case; where the pack draws no areas, a venue is limited no longer than the longest monitoring.
 */
export function longestHours(pack: ProtocolPack, kind: MeasureKind): number | null {
  if (kind === 'pool_hold') return EMERGENCY_HOURS;
  if (kind === 'checkpoint_hold') return 24;
  if ((PHASE_KINDS as readonly string[]).includes(kind)) return phaseHours(pack, [kind as PhaseKind]);
  const steps = Object.values(pack.areas.steps).map(({ value }) => value.days);
  if (steps.length > 0) return (Math.max(...steps) + 1) * 24;
  return kind === 'venue_limit' ? phaseHours(pack, PHASE_KINDS) : null;
}

function phaseHours(pack: ProtocolPack, kinds: readonly PhaseKind[]): number | null {
  const days = Object.values(pack.management.classes).flatMap((rule) =>
    [rule.value.phases, ...rule.value.variants.map(({ phases }) => phases)]
      .flat()
      .filter((phase) => kinds.includes(phase.kind))
      .map((phase) => phase.days + (rule.counting.anchorIsDay === 0 ? 1 : 0)),
  );
  return days.length > 0 ? Math.max(...days) * 24 : null;
}

/** Person-days planned over the whole time, and spent until `at`. */
export function personDays(measure: Measure, at: string): { planned: number; spent: number } {
  const begins =
    measure.emergency || !measure.approvedAt ? measure.startsAt : later(measure.startsAt, measure.approvedAt);
  const stops = earlier(measure.endsAt, measure.closedAt ?? measure.endsAt);
  const began = measure.approvedAt !== null || measure.emergency;
  const lapsed =
    measure.emergency && !measure.approvedAt
      ? earlier(stops, hoursAfter(measure.draftedAt, EMERGENCY_HOURS))
      : stops;
  return {
    planned: tenth(measure.peopleCount * daysBetweenInstants(measure.startsAt, measure.endsAt)),
    spent: began ? tenth(measure.peopleCount * daysBetweenInstants(begins, earlier(lapsed, at))) : 0,
  };
}

const earlier = (a: string, b: string) => (Date.parse(a) <= Date.parse(b) ? a : b);
const later = (a: string, b: string) => (Date.parse(a) >= Date.parse(b) ? a : b);
const tenth = (value: number) => Math.round(value * 10) / 10;

/** The fields of the notice that are still empty in Chinese or English: each blocks activation (R5). */
export const missingOf = (notice: Notice): (typeof NOTICE_FIELDS)[number][] =>
  NOTICE_FIELDS.filter((field) => notice[field].zh.trim() === '' || notice[field].en.trim() === '');

export const boMissing = (notice: Notice): boolean =>
  NOTICE_FIELDS.some((field) => (notice[field].bo ?? '').trim() === '');

/** When "still needed?" must be answered next (R18); null for one person. */
export function reviewDueOf(measure: Measure): string | null {
  if (measure.reviewAt === null) return null;
  return measure.lastReviewAt === null
    ? measure.reviewAt
    : hoursAfter(measure.lastReviewAt, AREA_REVIEW_HOURS);
}

/** What a person or a rule wants to put on somebody or some place. */
export type NewMeasureInput = Omit<DraftMeasureInput, 'notice' | 'alternatives'> & {
  readonly notice?: Notice | undefined;
  /** Left out: the milder ways of the kind. */
  readonly alternatives?: DraftMeasureInput['alternatives'] | undefined;
  /** Who decided what the measure rests on, where a rule drafts it for them. Never the system for a measure to approve. */
  readonly author?: Pick<Actor, 'id' | 'name'> | undefined;
  readonly extendsId?: string | undefined;
};
