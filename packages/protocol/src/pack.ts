/**
 * The shape of a protocol pack: dated data, one source and one confidence per value.
 *
 * A `Rule<T>` is a leaf. `extends` replaces whole leaves, comparison lists leaves, and the console prints leaves:
 * that is why nothing in a pack is a bare number. Timed rules also say how they count (`counting`), because
 * documents say "day N" in at least three ways.
 */
import * as z from 'zod';

const civilDay = z.iso.date();

const textSchema = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
/** A text a person reads, Chinese first. */
export type Text = z.infer<typeof textSchema>;

const sourceSchema = z.strictObject({
  title: z.string().min(1),
  section: z.string().optional(),
  address: z.string().optional(),
  /** 'S:n' read in a stored public page · 'M' from memory · 'M?' weak memory · 'levee' our own proposal. */
  mark: z.string().regex(/^(S:\d+|M\??|levee)$/, 'a mark is S:n, M, M? or levee'),
});
export type Source = z.infer<typeof sourceSchema>;

const confidenceSchema = z.enum(['sourced', 'unverified']);
export type Confidence = z.infer<typeof confidenceSchema>;

export const ANCHORS = [
  'last_exposure',
  'isolation_start',
  'onset',
  'first_positive_sample',
  'last_negative_sample',
  'last_new_case',
  'level_start',
  'discharge',
  'determination',
  'arrival',
  'leaving_area',
  'leaving_post',
  'sampling',
  'node_resolved',
  'event',
] as const;
export type Anchor = (typeof ANCHORS)[number];

const countingSchema = z.strictObject({
  anchor: z.enum(ANCHORS),
  anchorIsDay: z.union([z.literal(0), z.literal(1)]),
  unit: z.enum(['calendar_day', 'hour']),
  /** Whether "N days" are reached when day N begins or when it is over. Only calendar days can differ. */
  reached: z.enum(['day_start', 'day_end']).optional(),
  tz: z.string().min(1),
});
/** How a timed rule counts: from which anchor, whether the anchor is day 0 or 1, in days or hours, in which zone. */
export type Counting = z.infer<typeof countingSchema>;

const provenance = {
  source: sourceSchema,
  confidence: confidenceSchema,
  note: z.string().optional(),
  /** For local overlays: how this value stands to the one it replaces. Stated, never merged. */
  overlay: z.enum(['stricter', 'looser', 'different']).optional(),
};

const rule = <T extends z.ZodType>(value: T) =>
  z.strictObject({ value, ...provenance }).check(confidenceFitsMark);

const timedRule = <T extends z.ZodType>(value: T) =>
  z.strictObject({ value, counting: countingSchema, ...provenance }).check(confidenceFitsMark);

export type Rule<T> = {
  value: T;
  source: Source;
  confidence: Confidence;
  note?: string | undefined;
  overlay?: 'stricter' | 'looser' | 'different' | undefined;
};
export type TimedRule<T> = Rule<T> & { counting: Counting };

const distributionSchema = z.strictObject({
  family: z.enum(['gamma', 'lognormal', 'weibull']),
  mean: z.number().positive(),
  sd: z.number().positive(),
  unit: z.literal('day'),
});

// --- tracing and contacts ---

export const WINDOW_KINDS = ['case', 'asymptomatic', 'regularly_tested'] as const;
export type WindowKind = (typeof WINDOW_KINDS)[number];
const windowSchema = z.strictObject({
  /** Days (or hours) before the anchor at which the window opens; 0 = at the anchor. */
  before: z.number().nonnegative(),
  until: z.literal('isolation_of_source'),
});

export const SETTINGS = [
  'household',
  'care',
  'meal',
  'entertainment',
  'work_or_study',
  'transport',
  'shared_facility',
  'contaminated_environment',
  'animal_exposure',
  'funeral',
  'public_place',
  'other',
] as const;
export type Setting = (typeof SETTINGS)[number];

export const CONTACT_CLASSES = ['close', 'contact_of_contact', 'general'] as const;
export type ContactClass = (typeof CONTACT_CLASSES)[number];

const criterionSchema = z.strictObject({
  class: z.enum(CONTACT_CLASSES),
  order: z.union([z.literal(1), z.literal(2)]),
  settings: z.array(z.enum(SETTINGS)).min(1),
  text: textSchema,
  unprotected: z.boolean().optional(),
  closedSpace: z.boolean().optional(),
  aerosolProcedure: z.boolean().optional(),
  /** 'required': nearness must be known; 'unless_denied': sharing the place is enough unless nearness is denied. */
  near: z.enum(['required', 'unless_denied']).optional(),
  maxDistanceMetres: z.number().positive().optional(),
  maxSeatRows: z.number().int().nonnegative().optional(),
  minMinutes: z.number().positive().optional(),
  throughHigherRiskContact: z.boolean().optional(),
  sourceForms: z.array(z.string()).optional(),
});
export type ContactCriterion = z.infer<typeof criterionSchema>;

// --- management ---

export const MANAGED_CLASSES = [
  'close',
  'contact_of_contact',
  'general',
  'inbound',
  'risk_post',
  'high_area_history',
  'medium_area_history',
  'low_area_history',
  'discharged',
] as const;
export type ManagedClass = (typeof MANAGED_CLASSES)[number];

export const PHASE_KINDS = [
  'centralised_isolation',
  'home_isolation',
  'home_monitoring',
  'self_monitoring',
] as const;
export type PhaseKind = (typeof PHASE_KINDS)[number];

export const PERSON_CONDITIONS = [
  'child_14_or_under',
  'cannot_self_care',
  'pregnant',
  'aged_70_or_over',
  'severe_disease',
  'vaccinated',
] as const;
export type PersonCondition = (typeof PERSON_CONDITIONS)[number];

const phaseSchema = z
  .strictObject({
    kind: z.enum(PHASE_KINDS),
    days: z.number().int().positive(),
    mayGoOut: z.boolean(),
    tests: z.array(
      z.strictObject({
        day: z.number().int().positive(),
        method: z.enum(['pcr', 'antigen', 'temperature']),
        specimen: z.enum(['oropharyngeal_swab', 'nasopharyngeal_swab']).optional(),
      }),
    ),
  })
  .refine(
    (phase) => phase.tests.every((test) => test.day <= phase.days),
    'a test day lies after the phase ends',
  );

const planSchema = z.strictObject({
  /** false: this edition no longer determines the class, so nobody may be held under it. */
  determined: z.boolean(),
  phases: z.array(phaseSchema),
  /** How test days of the first phase are counted; the period itself follows the rule's own `counting`. */
  testCounting: countingSchema,
  /** Placed late: tests after the end fall away, and this moves the last one to the last day. */
  releaseTestOnLastDay: z.boolean(),
  /** Goods and environment sampled together with the person before leaving centralised isolation. */
  siteSamplesAtRelease: z.boolean(),
  /** First n tests of the close contact that must be negative before a contact of that contact is released. */
  linkedContactTests: z.number().int().nonnegative(),
  variants: z.array(z.strictObject({ condition: z.enum(PERSON_CONDITIONS), phases: z.array(phaseSchema) })),
});
export type ManagementPlan = z.infer<typeof planSchema>;
export type PlanPhase = z.infer<typeof phaseSchema>;

const releaseSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('consecutive_tests'),
    test: z.enum(['pcr', 'sputum_culture']),
    count: z.number().int().positive(),
    hoursApart: z.number().nonnegative(),
    /** Positive results at or above this Ct in every target count as passed. */
    ctAtLeast: z.number().positive().optional(),
    targets: z.array(z.string()).optional(),
    temperatureNormalHours: z.number().nonnegative().optional(),
    clinicalImprovement: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('observation_after'),
    event: z.literal('node_resolved'),
    days: z.number().int().positive(),
  }),
]);
export type ReleaseRule = z.infer<typeof releaseSchema>;

// --- areas ---

export const RISK_LEVELS = ['high', 'medium', 'low', 'routine'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

export const PLACE_LEVELS = [
  'household',
  'floor',
  'unit',
  'building',
  'compound',
  'grid',
  'village',
  'township',
  'county',
  'prefecture',
] as const;
export type PlaceLevel = (typeof PLACE_LEVELS)[number];

const stepSchema = z.strictObject({
  from: z.enum(RISK_LEVELS),
  /** Only for an area that came down from this level; such a step goes before the plain one. */
  cameFrom: z.enum(RISK_LEVELS).optional(),
  to: z.enum(RISK_LEVELS),
  days: z.number().int().nonnegative(),
  /** A full round of the area sampled on this day of the clock or later, all negative; null = not asked. */
  screeningOnDay: z.number().int().positive().nullable(),
});
const areaMeasureSchema = z.strictObject({ zh: z.string(), en: z.string() });

// --- screening, pooling, monitoring ---

export const FOUND_IN = [
  'centralised_isolation',
  'home_isolation',
  'controlled_area_screening',
  'community_screening',
  'key_population',
  'fever_clinic',
  'self_presented',
  'contact_tracing',
] as const;
export type FoundIn = (typeof FOUND_IN)[number];

export const TEST_POPULATIONS = [
  'large_low_risk',
  'key_population',
  'high_risk_area',
  'contacts_in_isolation',
  'patients',
] as const;
export type TestPopulation = (typeof TEST_POPULATIONS)[number];

export const KEY_POPULATIONS = ['direct_exposure_posts', 'crowded_service_posts'] as const;
export type KeyPopulation = (typeof KEY_POPULATIONS)[number];

// --- clocks ---

export const CLOCK_EVENTS = [
  'case_diagnosed',
  'card_received',
  'first_case_in_county',
  'cluster_found',
  'classification_corrected',
  'investigation_form_completed',
  'case_reported',
  'infected_diagnosed',
  'contact_determined',
  'transfer_finished',
  'release_test_negative',
  'assistance_needed',
  'assistance_received',
  'fever_clinic_sample_taken',
  'isolation_sample_taken',
  'screening_round_started',
  'appeal_received',
  'general_appeal_received',
  'liberty_appeal_received',
  'area_measure_started',
  'emergency_measure_started',
  'help_life_threatening',
  'help_medicine',
  'help_necessities',
] as const;
export type ClockEvent = (typeof CLOCK_EVENTS)[number];

const clockSchema = z.strictObject({
  name: textSchema,
  startsOn: z.enum(CLOCK_EVENTS),
  minutes: z.number().positive(),
  onBreach: z.enum(['escalate', 'suspend', 'lapse', 'offer_downgrade']),
});
const clock = timedRule(clockSchema);
// --- response levels ---

export const RESPONSE_LEVELS = ['I', 'II', 'III', 'IV'] as const;
export type ResponseLevel = (typeof RESPONSE_LEVELS)[number];

const standingMeasureSchema = z.strictObject({
  id: z.string(),
  ...textSchema.shape,
  /** A measure proposed here is adopted line by line and still needs its own ground, approver and end. */
  reviewHours: z.number().positive(),
});
const standingTaskSchema = z.strictObject({
  id: z.string(),
  ...textSchema.shape,
  group: textSchema,
  dueHours: z.number().positive(),
});
const responseLevelSchema = z.strictObject({
  name: textSchema,
  colour: textSchema,
  authority: textSchema,
  authorityLevel: z.enum(['state', 'province', 'prefecture', 'county']),
  measures: z.array(standingMeasureSchema),
  tasks: z.array(standingTaskSchema),
});
const levelCriterionSchema = z.strictObject({
  level: z.enum(RESPONSE_LEVELS),
  metric: z.enum(['cases_in_one_county', 'counties_affected', 'prefectures_affected', 'provinces_affected']),
  atLeast: z.number().positive(),
  withinDays: z.number().int().positive(),
  forms: z.array(z.string()).optional(),
  text: textSchema,
});

// --- the pack ---

const sections = {
  definition: z.strictObject({
    incubation: rule(distributionSchema),
    incubationRangeDays: rule(z.strictObject({ min: z.number(), max: z.number() })),
    serialInterval: rule(distributionSchema),
    /** An infectee may fall ill up to so many days before its infector; 0 or none: never. */
    onsetBeforeInfectorDays: rule(z.number().int().nonnegative()).optional(),
    cluster: rule(
      z.strictObject({
        cases: z.number().int().positive(),
        withinDays: z.number().int().positive(),
        units: textSchema,
      }),
    ).optional(),
    forms: z.record(z.string(), rule(textSchema)),
  }),
  tracing: z.strictObject({
    windows: z.partialRecord(z.enum(WINDOW_KINDS), timedRule(windowSchema)),
    lookBackDays: timedRule(z.number().int().positive()).optional(),
    nearMetres: rule(z.number().positive()),
    longContactMinutes: rule(z.number().positive()),
    higherRiskSettings: rule(z.array(z.enum(SETTINGS))),
    criteria: z.record(z.string(), rule(criterionSchema)),
  }),
  management: z.strictObject({
    classes: z.partialRecord(z.enum(MANAGED_CLASSES), timedRule(planSchema)),
    homeInsteadOfCentralised: rule(z.array(z.enum(PERSON_CONDITIONS))),
    prophylaxis: rule(textSchema).optional(),
  }),
  infected: z.strictObject({
    place: rule(textSchema),
    release: z.record(z.string(), timedRule(releaseSchema)),
  }),
  areas: z.strictObject({
    levels: rule(z.array(z.enum(RISK_LEVELS))),
    highUnits: rule(z.array(z.enum(PLACE_LEVELS))),
    highUnitsWhenUnclear: rule(z.array(z.enum(PLACE_LEVELS))),
    mediumUnits: rule(z.array(z.enum(PLACE_LEVELS))).optional(),
    measures: z.partialRecord(z.enum(RISK_LEVELS), rule(areaMeasureSchema)),
    steps: z.record(z.string(), timedRule(stepSchema)),
  }),
  screening: z.strictObject({
    trigger: rule(textSchema),
    stop: timedRule(
      z.strictObject({
        cleanRounds: z.number().int().positive(),
        pauseDays: z.number().int().nonnegative(),
        finalRounds: z.number().int().nonnegative(),
      }),
    ).optional(),
    communityFoundIn: rule(z.array(z.enum(FOUND_IN))).optional(),
    scope: z.record(z.string(), rule(textSchema)),
  }),
  pooling: z.strictObject({
    validatedSizes: rule(z.array(z.number().int().positive())).optional(),
    sizes: z.partialRecord(z.enum(TEST_POPULATIONS), rule(z.array(z.number().int().positive()).min(1))),
    dilutionMaxPositivity: rule(z.number().positive()).optional(),
    reflex: rule(
      z.strictObject({
        holdMembers: z.boolean(),
        resampleSize: z.number().int().positive(),
        samplesPerPerson: z.number().int().positive(),
        assays: z.number().int().positive(),
        retestOriginalTube: z.boolean(),
      }),
    ).optional(),
  }),
  monitoring: z.strictObject({
    populations: z.partialRecord(
      z.enum(KEY_POPULATIONS),
      timedRule(
        z.strictObject({
          who: textSchema,
          perWeek: z.number().int().positive(),
          minHoursBetween: z.number().nonnegative(),
        }),
      ),
    ),
    goodsAndEnvironment: rule(
      z.strictObject({ everyDays: z.number().int().positive(), what: textSchema }),
    ).optional(),
    // A positive object or surface: how far back whoever handled it, or was where it stood, is asked for a test.
    objectPositive: rule(
      z.strictObject({
        handlerDays: z.number().int().positive(),
        samplesPerPerson: z.number().int().positive(),
      }),
    ).optional(),
  }),
  clocks: z.record(z.string(), clock),
  response: z.strictObject({
    levels: z.record(z.enum(RESPONSE_LEVELS), rule(responseLevelSchema)),
    criteria: z.record(z.string(), rule(levelCriterionSchema)),
    termination: rule(textSchema),
  }),
  // Changeable by the authority, never removable: each key is required by name.
  service: z.strictObject({
    appealAcknowledged: clock,
    appealDecided: clock,
    libertyAppealDecided: clock,
    libertySuspended: clock,
    areaReview: clock,
    emergencyLapse: clock,
    lifeThreatening: clock,
    medicine: clock,
    necessities: clock,
  }),
  privacy: z.strictObject({ smallestCount: rule(z.number().int().min(2)) }),
};

const identity = {
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a pack id is kebab-case, like covid19-cn-9'),
  disease: z.strictObject({
    code: z.string().min(1),
    zh: z.string().min(1),
    en: z.string().min(1),
    icd10: z.array(z.string()).min(1),
  }),
  title: textSchema,
  issuer: textSchema,
  edition: z.string().min(1),
  effectiveFrom: civilDay,
  effectiveTo: civilDay.nullable(),
  supersedes: z.string().nullable(),
  /** The document behind a pack as a whole is described per rule; this is the area it binds (CN = national). */
  jurisdiction: z.string().min(2),
  tz: z.string().min(1),
  onEditionChange: z.enum(['keep', 'retime']),
};

export const packSchema = z
  .strictObject({ ...identity, lineage: z.array(z.string()).min(1), ...sections })
  .refine((pack) => pack.effectiveTo === null || pack.effectiveFrom <= pack.effectiveTo, {
    message: 'effectiveTo lies before effectiveFrom',
    path: ['effectiveTo'],
  });

/** A pack with everything it inherits filled in. `lineage` names the packs it was built from, oldest first. */
export type ProtocolPack = z.infer<typeof packSchema>;

export const SECTIONS = Object.keys(sections) as (keyof typeof sections)[];
export type Section = keyof typeof sections;

/** A pack as written in its file, standing on its own. */
export type ProtocolPackInput = Omit<ProtocolPack, 'lineage'>;

/**
 * A pack that amends another: its own identity, and only the rules it changes, each as a whole. `null` takes a rule
 * away; what the schema demands (the service levels, for one) cannot be taken away.
 */
export type PackAmendmentInput = Omit<ProtocolPackInput, Section> & {
  extends: string;
} & { [S in Section]?: Amendment<ProtocolPackInput[S]> };

export type AnyPackInput = ProtocolPackInput | PackAmendmentInput;

type Amendment<T> =
  NonNullable<T> extends { value: unknown; source: unknown }
    ? T
    : { [K in keyof T]?: Amendment<T[K]> | null };

/** A leaf of a pack: has a value and a source of its own. */
export function isRule(node: unknown): node is Rule<unknown> & { counting?: Counting } {
  return (
    typeof node === 'object' && node !== null && 'value' in node && 'source' in node && 'confidence' in node
  );
}

function confidenceFitsMark(context: {
  value: { source: Source; confidence: Confidence };
  issues: z.core.$ZodRawIssue[];
}): void {
  const { source, confidence } = context.value;
  const read = source.mark.startsWith('S:');
  if (confidence === 'sourced' && !(read && source.address)) {
    context.issues.push({
      code: 'custom',
      input: context.value,
      message: `"sourced" needs a mark S:n and an address, this has "${source.mark}"; call it "unverified"`,
      path: ['confidence'],
    });
  }
}
