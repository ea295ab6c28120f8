/** From meetings to one proposal per person: the best class over all meetings. Pure. */
import type { ContactClassCode, ExposureFacts } from '@levee/contract';
import {
  type ContactDecision,
  type ContactEvidence,
  classifyContact,
  type ProtocolPack,
} from '@levee/protocol';
import { type MeetingFacts, toEvidence } from './evidence.ts';

export interface ExposureRecord extends MeetingFacts {
  readonly id: string;
  readonly personId: string;
  readonly metPersonId: string;
  /** Where the person lives. */
  readonly division: string;
  readonly order: 1 | 2;
  readonly placeId: string;
  /** Instants. */
  readonly from: string;
  readonly until: string;
  /** Null where living together stands for the meeting. */
  readonly minutes: number | null;
  readonly facts: ExposureFacts;
  /** What the pack was asked, so that a fact added later asks the same again. */
  readonly evidence: ContactEvidence;
  readonly decision: ContactDecision;
}

export interface FindingRecord {
  readonly personId: string;
  readonly division: string;
  readonly class: ContactClassCode;
  readonly order: 1 | 2;
  readonly viaPersonId: string | null;
  readonly rule: string;
  readonly source: NonNullable<ContactDecision['source']>;
  readonly confidence: NonNullable<ContactDecision['confidence']>;
  readonly reasons: ContactDecision['reasons'];
  readonly undecided: ContactDecision['undecided'];
  readonly firstExposure: string;
  readonly lastExposure: string;
  readonly minutes: number | null;
  readonly meetingsCount: number;
}

const RANK = { none: 0, general: 1, contact_of_contact: 2, close: 3 } as const;

const LIVING_TOGETHER = {
  zh: '按户籍登记同住，未逐次记录停留',
  en: 'registered in the same household; single stays are not recorded',
};
const BY_SEATS = { zh: '距离按座位估算', en: 'distance estimated from the seats' };

export type Undecided = Omit<ExposureRecord, 'decision' | 'evidence'>;

/** Asks the pack about one meeting and says what the answer stands on. */
export function decide(
  pack: ProtocolPack,
  exposure: Undecided,
  via?: { setting: MeetingFacts['setting']; minutes: number },
): ExposureRecord {
  const evidence = toEvidence(exposure.order, exposure, exposure.minutes, exposure.facts, via);
  const decision = classifyContact(pack, evidence);
  const [text, minutes, ...rest] = decision.reasons;
  const reasons = [
    ...(text ? [text] : []),
    ...(exposure.minutes === null ? [LIVING_TOGETHER] : minutes ? [minutes] : []),
    ...rest,
    ...(exposure.distanceMetres !== null && exposure.facts.distanceMetres === undefined ? [BY_SEATS] : []),
  ];
  return { ...exposure, evidence, decision: { ...decision, reasons } };
}

/** A higher class, then the first order, then more minutes. */
const better = (a: ExposureRecord, b: ExposureRecord) =>
  RANK[b.decision.class] - RANK[a.decision.class] ||
  a.order - b.order ||
  (b.minutes ?? 1e6) - (a.minutes ?? 1e6);

/** One finding per person who fits a criterion; the period and minutes are those of the order that decided. */
export function findingsOf(exposures: readonly ExposureRecord[]): FindingRecord[] {
  const byPerson = Map.groupBy(exposures, ({ personId }) => personId);
  const findings: FindingRecord[] = [];
  for (const [personId, all] of byPerson) {
    const finding = findingOf(personId, all);
    if (finding) findings.push(finding);
  }
  return findings;
}

export function findingOf(personId: string, exposures: readonly ExposureRecord[]): FindingRecord | null {
  const best = exposures.toSorted(better)[0];
  const { decision } = best ?? {};
  if (!best || !decision?.rule || !decision.source || !decision.confidence || decision.class === 'none')
    return null;
  const same = exposures.filter(({ order }) => order === best.order);
  const minutes = same.filter((exposure) => exposure.minutes !== null);
  const raised = exposures
    .flatMap((exposure) => exposure.decision.undecided)
    .filter((open) => RANK[open.class] > RANK[decision.class]);
  return {
    personId,
    division: best.division,
    class: decision.class,
    order: best.order,
    viaPersonId: best.order === 2 ? best.metPersonId : null,
    rule: decision.rule,
    source: decision.source,
    confidence: decision.confidence,
    reasons: decision.reasons,
    undecided: [...new Map(raised.map((open) => [open.rule, open])).values()],
    firstExposure: same.map(({ from }) => from).toSorted()[0]!,
    lastExposure: same
      .map(({ until }) => until)
      .toSorted()
      .at(-1)!,
    minutes: minutes.length === 0 ? null : minutes.reduce((sum, exposure) => sum + exposure.minutes!, 0),
    meetingsCount: same.length,
  };
}

/** How a close contact met the source, told where it decides about contacts of that contact: the riskiest meeting. */
export function riskiestMeeting(pack: ProtocolPack, exposures: readonly ExposureRecord[]) {
  const higher = pack.tracing.higherRiskSettings.value;
  const weight = ({ evidence }: ExposureRecord) =>
    evidence.setting === 'household' ? 1e7 : (higher.includes(evidence.setting) ? 1e6 : 0) + evidence.minutes;
  const { evidence } = exposures.toSorted((a, b) => weight(b) - weight(a))[0]!;
  return { setting: evidence.setting, minutes: evidence.minutes };
}

/** Whether the pack still determines contacts of contacts; where not, nobody looks for them. */
export const tracesSecondOrder = (pack: ProtocolPack): boolean =>
  pack.management.classes.contact_of_contact?.value.determined ?? false;
