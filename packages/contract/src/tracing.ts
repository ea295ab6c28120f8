/** Who met whom: searches, exposures, contacts, assistance between areas. */
import * as z from 'zod';
import { personSummary } from './people.ts';
import { get, post } from './route.ts';
import {
  actorRef,
  bilingual,
  civilDay,
  division,
  id,
  instant,
  list,
  page,
  pageQuery,
  prose,
  version,
} from './shapes.ts';

export const tracingEvents = {
  'search.made': { zh: '开展时空交集排查', en: 'Co-location search made' },
  'search.adopted': { zh: '采纳排查结果', en: 'Search result adopted' },
  'contact.proposed': { zh: '提出接触者判定建议', en: 'Contacts proposed' },
  'contact.accepted': { zh: '判定接触者', en: 'Contact accepted' },
  'contact.reclassified': { zh: '接触者类别变更', en: 'Contact reclassified' },
  'contact.rejected': { zh: '排除接触者', en: 'Contact rejected' },
  'contact.lost': { zh: '再次排查未再发现该接触者', en: 'Contact no longer found' },
  'contact.fact_added': { zh: '补充接触事实', en: 'Fact about a contact added' },
  'assistance.requested': { zh: '发出协查函', en: 'Assistance requested' },
  'assistance.answered': { zh: '协查函已复函', en: 'Assistance request answered' },
} as const;

export const CONTACT_CLASS_CODES = ['close', 'contact_of_contact', 'general'] as const;
export const contactClass = z.enum(CONTACT_CLASS_CODES);
export type ContactClassCode = z.output<typeof contactClass>;
export const CONTACT_STATES = ['proposed', 'accepted', 'rejected'] as const;
export const contactState = z.enum(CONTACT_STATES);
export type ContactState = z.output<typeof contactState>;
export const EXPOSURE_SETTINGS = [
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
export const exposureSetting = z.enum(EXPOSURE_SETTINGS);
export type ExposureSetting = z.output<typeof exposureSetting>;

const confidence = z.enum(['sourced', 'unverified']);
const ruleSource = z.strictObject({
  title: z.string(),
  section: z.string().optional(),
  address: z.string().optional(),
  mark: z.string(),
});
const period = z.strictObject({ from: instant, until: instant });

export const tracedPlace = z.strictObject({
  id,
  nameZh: z.string(),
  nameEn: z.string(),
  class: z.string().nullable(),
  level: z.string(),
  division,
  indoors: z.boolean(),
});

/** When the source could infect others, by the pack; a person may choose other bounds and the search says so. */
export const searchWindow = z.strictObject({
  packId: z.string(),
  packTitle: bilingual,
  from: instant,
  until: instant,
  kind: z.string(),
  rule: z.string(),
  source: ruleSource,
  confidence,
  /** The source is not isolated yet: `until` is the time of asking. */
  open: z.boolean(),
  empty: z.boolean(),
  reasons: z.array(bilingual),
  /** Recorded stays of the person inside the window: what the search can go by. */
  staysCount: z.int(),
});
export type SearchWindowAnswer = z.output<typeof searchWindow>;

/** What only a person can know about a meeting; each fact may change the class the pack proposes. */
export const exposureFacts = z.strictObject({
  setting: exposureSetting.optional(),
  near: z.boolean().optional(),
  distanceMetres: z.number().min(0).max(100).optional(),
  companion: z.boolean().optional(),
  ventilation: z.enum(['good', 'poor']).optional(),
  protection: z.enum(['none', 'partial', 'effective']).optional(),
  aerosolProcedure: z.boolean().optional(),
  sourceForm: z.string().max(40).optional(),
});
export type ExposureFacts = z.output<typeof exposureFacts>;

/** A higher class that one more fact would decide: what to ask next. */
const openQuestion = z.strictObject({
  class: contactClass,
  rule: z.string(),
  missing: z.array(z.string()),
  text: bilingual,
});

export const exposure = z.strictObject({
  id,
  personId: id,
  /** Whom this person met: the case's person, or in second order the close contact; null where outside the area. */
  met: z.strictObject({ id, nameZh: z.string() }).nullable(),
  order: z.union([z.literal(1), z.literal(2)]),
  setting: exposureSetting,
  place: tracedPlace.nullable(),
  from: instant,
  until: instant,
  /** Null where living together stands for the meeting and no stay was recorded. */
  minutes: z.int().nullable(),
  indoors: z.boolean(),
  household: z.boolean(),
  /** Rows between the seats in a vehicle (0 = same row), tables apart in a restaurant; null where not recorded. */
  seatRows: z.int().nullable(),
  /** Estimated from both seats, else null. */
  distanceMetres: z.number().nullable(),
  facts: exposureFacts,
  class: z.enum([...CONTACT_CLASS_CODES, 'none']),
  rule: z.string().nullable(),
  reasons: z.array(bilingual),
  undecided: z.array(openQuestion),
});
export type Exposure = z.output<typeof exposure>;

/** The proposal for one person: the best class over all meetings. */
const proposal = {
  order: z.union([z.literal(1), z.literal(2)]),
  /** Second order: the close contact in between; null where that person lives outside the area. */
  via: z.strictObject({ id, nameZh: z.string() }).nullable(),
  rule: z.string(),
  source: ruleSource,
  confidence,
  reasons: z.array(bilingual),
  undecided: z.array(openQuestion),
  firstExposure: instant,
  lastExposure: instant,
  minutes: z.int().nullable(),
  meetingsCount: z.int(),
};

export const finding = z.strictObject({
  person: personSummary,
  class: contactClass,
  ...proposal,
  placeIds: z.array(id),
  /** Against the contacts of this case as they stand. */
  difference: z.enum(['added', 'changed', 'unchanged']),
  contactId: id.nullable(),
});
export type Finding = z.output<typeof finding>;

const classCounts = z.strictObject({ close: z.int(), contact_of_contact: z.int(), general: z.int() });

export const search = z.strictObject({
  id,
  caseId: id,
  personId: id,
  incidentId: id,
  packId: z.string(),
  window: period,
  traceWindow: searchWindow.omit({ staysCount: true }),
  /** A person chose other bounds than the pack gives. */
  adjusted: z.boolean(),
  minMinutes: z.int(),
  lingeringMinutes: z.int(),
  placeIds: z.array(id).nullable(),
  /** Which of the two implementations of the one definition answered, and as of when. */
  path: z.enum(['index', 'sql']),
  asOf: instant,
  staysCount: z.int(),
  meetingsCount: z.int(),
  milliseconds: z.int(),
  /** People in the reader's area by class. */
  counts: classCounts,
  /** People outside the area, by county: counted for a request, never shown. */
  outside: z.array(z.strictObject({ division, divisionName: bilingual, peopleCount: z.int() })),
  actor: actorRef,
  at: instant,
  adoptedAt: instant.nullable(),
});
export type Search = z.output<typeof search>;

export const searchResult = z.strictObject({
  search,
  findings: z.array(finding),
  places: z.array(
    z.strictObject({ place: tracedPlace, peopleCount: z.int(), from: instant, until: instant }),
  ),
  /** Contacts of this case that this search does not find: adopting takes them back, or asks again if accepted. */
  dropped: z.array(
    z.strictObject({ contactId: id, person: personSummary, class: contactClass, state: contactState }),
  ),
});
export type SearchResult = z.output<typeof searchResult>;

export const contact = z.strictObject({
  id,
  incidentId: id,
  caseId: id,
  person: personSummary,
  state: contactState,
  proposedClass: contactClass,
  /** What a person decided; null while proposed. */
  class: contactClass.nullable(),
  packId: z.string(),
  ...proposal,
  reason: z.string().nullable(),
  reviewedBy: actorRef.nullable(),
  reviewedAt: instant.nullable(),
  lostAt: instant.nullable(),
  proposedAt: instant,
  searchId: id,
  version,
});
export type Contact = z.output<typeof contact>;

/** What the class asks of the person, by the pack, if isolation began now: a preview, no order. */
export const contactDuties = z.strictObject({
  class: contactClass,
  rule: z.string(),
  source: ruleSource,
  confidence,
  anchor: civilDay,
  untilDate: civilDay.nullable(),
  phases: z.array(
    z.strictObject({
      kind: z.string(),
      kindName: bilingual,
      fromDate: civilDay,
      untilDate: civilDay,
      tests: z.array(z.strictObject({ day: z.int(), date: civilDay, method: z.string() })),
    }),
  ),
});

export const contactDetail = z.strictObject({
  contact,
  exposures: z.array(exposure),
  duties: contactDuties.nullable(),
});
export type ContactDetail = z.output<typeof contactDetail>;

export const REVIEW_OUTCOMES = [
  'accepted',
  'reclassified',
  'rejected',
  'unchanged',
  'clash',
  'refused',
  'not_found',
] as const;

export const assistanceRequest = z.strictObject({
  id,
  searchId: id,
  caseId: id,
  fromDivision: division,
  fromName: z.string(),
  toDivision: division,
  toName: z.string(),
  peopleCount: z.int(),
  note: z.string().nullable(),
  author: actorRef,
  at: instant,
  dueAt: instant,
  state: z.enum(['sent', 'answered']),
  answer: z.string().nullable(),
  answeredByName: z.string().nullable(),
  answeredAt: instant.nullable(),
  /** What the asked area has decided so far: numbers, no names. */
  counts: z.strictObject({ proposed: z.int(), accepted: z.int(), rejected: z.int() }),
  version,
});
export type AssistanceRequest = z.output<typeof assistanceRequest>;

const tracingPurposes = ['contact_tracing', 'case_investigation'] as const;
const readingPurposes = [
  'contact_tracing',
  'case_investigation',
  'isolation_care',
  'outbreak_command',
] as const;

export const tracing = {
  window: get('/tracing/cases/:caseId/window', {
    summary: { zh: '按方案计算追踪时段', en: 'The window of a case by the pack' },
    access: 'tracing.search',
    purposes: tracingPurposes,
    params: z.strictObject({ caseId: id }),
    query: z.strictObject({ packId: z.string().max(60).optional() }),
    response: searchWindow,
  }),
  search: post('/tracing/searches', {
    summary: { zh: '时空交集排查', en: 'Search who met the person of a case' },
    access: 'tracing.search',
    purposes: tracingPurposes,
    answersAgain: true,
    body: z.strictObject({
      id,
      caseId: id,
      /** Default: the pack of the incident. */
      packId: z.string().max(60).optional(),
      /** Default: the window of the pack. */
      window: period.optional(),
      /** Shorter meetings are left out. */
      minMinutes: z.int().min(0).max(1440).default(0),
      /** How long the air of a place stays infectious after the source has left. */
      lingeringMinutes: z.int().min(0).max(1440).default(0),
      placeIds: z.array(id).min(1).max(500).optional(),
      /** Default: the index when it is ready, else SQL. */
      path: z.enum(['index', 'sql']).optional(),
      /** Take the result over as proposed contacts at once. */
      adopt: z.boolean().default(false),
    }),
    response: searchResult,
  }),
  searches: get('/tracing/searches', {
    summary: { zh: '排查记录', en: 'Searches of a case' },
    access: 'tracing.search',
    query: z.strictObject({ ...pageQuery, caseId: id.optional() }),
    response: page(search),
  }),
  searchById: get('/tracing/searches/:searchId', {
    summary: { zh: '排查结果', en: 'A search and what it found' },
    access: 'tracing.search',
    purposes: tracingPurposes,
    params: z.strictObject({ searchId: id }),
    response: searchResult,
  }),
  searchExposures: get('/tracing/searches/:searchId/people/:personId', {
    summary: { zh: '某人的接触证据', en: 'The meetings of one person in a search' },
    access: 'tracing.search',
    purposes: tracingPurposes,
    params: z.strictObject({ searchId: id, personId: id }),
    response: z.strictObject({ exposures: z.array(exposure) }),
  }),
  adopt: post('/tracing/searches/:searchId/adopt', {
    summary: { zh: '采纳排查结果', en: 'Take a search over as proposed contacts' },
    access: 'tracing.review',
    purposes: tracingPurposes,
    params: z.strictObject({ searchId: id }),
    response: z.strictObject({
      addedCount: z.int(),
      changedCount: z.int(),
      unchangedCount: z.int(),
      /** Proposals taken back. */
      withdrawnCount: z.int(),
      /** Accepted contacts no longer found: a person decides again. */
      lostCount: z.int(),
    }),
  }),
  contacts: get('/contacts', {
    summary: { zh: '接触者列表', en: 'Contacts' },
    access: 'cases.read',
    purposes: readingPurposes,
    query: z.strictObject({
      ...pageQuery,
      incidentId: id.optional(),
      caseId: id.optional(),
      personId: id.optional(),
      within: division.optional(),
      q: z.string().max(60).optional(),
      class: list(contactClass),
      state: list(contactState),
      lost: z.stringbool().optional(),
    }),
    response: page(contact),
  }),
  contactById: get('/contacts/:contactId', {
    summary: { zh: '接触者详情', en: 'One contact with evidence and duties' },
    access: 'cases.read',
    purposes: readingPurposes,
    params: z.strictObject({ contactId: id }),
    response: contactDetail,
  }),
  counts: get('/contacts/counts', {
    summary: { zh: '接触者分类人数', en: 'People by contact class' },
    access: 'incidents.read',
    priority: 'dashboard',
    query: z.strictObject({ incidentId: id.optional(), caseId: id.optional(), within: division.optional() }),
    response: z.strictObject({
      asOf: instant,
      source: bilingual,
      /** Accepted people, each once, by their highest class. */
      accepted: classCounts,
      /** People nobody has decided on yet, each once, by their highest proposed class. */
      proposed: classCounts,
      rejectedCount: z.int(),
    }),
  }),
  review: post('/contacts/reviews', {
    summary: { zh: '批量研判接触者', en: 'Decide on contacts, many at a time' },
    access: 'tracing.review',
    purposes: tracingPurposes,
    body: z.strictObject({
      items: z
        .array(
          z.strictObject({
            contactId: id,
            version,
            decision: z.enum(['accept', 'reject']),
            /** Default: the proposed class. Another one needs a reason. */
            class: contactClass.optional(),
            reason: prose(500).optional(),
          }),
        )
        .min(1)
        .max(1000),
    }),
    response: z.strictObject({
      items: z.array(
        z.strictObject({
          contactId: id,
          outcome: z.enum(REVIEW_OUTCOMES),
          problem: bilingual.nullable(),
          version: version.nullable(),
        }),
      ),
    }),
  }),
  addFacts: post('/contacts/:contactId/facts', {
    summary: { zh: '补充接触事实并重新判定', en: 'Add facts about a meeting and classify again' },
    access: 'tracing.review',
    purposes: tracingPurposes,
    params: z.strictObject({ contactId: id }),
    body: z.strictObject({ version, exposureId: id, facts: exposureFacts }),
    response: contactDetail,
  }),
  requestAssistance: post('/tracing/assistance', {
    summary: { zh: '发协查函', en: 'Ask another area for assistance' },
    access: 'tracing.review',
    purposes: tracingPurposes,
    body: z.strictObject({ id, searchId: id, toDivision: division, note: prose(1000).optional() }),
    response: assistanceRequest,
  }),
  assistanceRequests: get('/tracing/assistance', {
    summary: { zh: '协查函', en: 'Assistance requests, sent and received' },
    access: 'tracing.review',
    query: z.strictObject({ ...pageQuery, state: list(z.enum(['sent', 'answered'])) }),
    response: page(assistanceRequest),
  }),
  answerAssistance: post('/tracing/assistance/:requestId/answer', {
    summary: { zh: '协查复函', en: 'Answer an assistance request' },
    access: 'tracing.review',
    params: z.strictObject({ requestId: id }),
    body: z.strictObject({ version, answer: prose(1000) }),
    response: assistanceRequest,
  }),
};
