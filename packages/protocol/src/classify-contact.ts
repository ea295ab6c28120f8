import type {
  Confidence,
  ContactClass,
  ContactCriterion,
  ProtocolPack,
  Setting,
  Source,
  Text,
} from './pack.ts';

/** What is known about one meeting of a person with a source of infection (order 1) or with a contact (order 2). */
export type ContactEvidence = {
  order: 1 | 2;
  setting: Setting;
  indoors: boolean;
  minutes: number;
  distanceMetres?: number | undefined;
  /** Rows between the two seats; 0 = same row. Only read where the pack has a seat table. */
  seatDistanceRows?: number | undefined;
  /** A person's judgement: same or next table, same office, passing by often. */
  near?: boolean | undefined;
  /** Travelled together or cared for each other on the way. */
  companion?: boolean | undefined;
  ventilation?: 'good' | 'poor' | undefined;
  /** Not stated = treated as none: protection has to be shown, not assumed. */
  protection?: 'none' | 'partial' | 'effective' | undefined;
  aerosolProcedure?: boolean | undefined;
  /** Form of disease of the source, where the pack distinguishes (pneumonic, bubonic). */
  sourceForm?: string | undefined;
  /** Order 2 only: how the contact in between met the source. */
  via?: { setting: Setting; minutes: number } | undefined;
};

export type EvidenceFact = keyof ContactEvidence;

export type ContactDecision = {
  class: ContactClass | 'none';
  /** Path of the deciding rule, or null when no rule fits. */
  rule: string | null;
  source: Source | null;
  confidence: Confidence | null;
  reasons: Text[];
  /** Higher classes that one more fact would decide: what to ask the person next. */
  undecided: { class: ContactClass; rule: string; missing: EvidenceFact[]; text: Text }[];
};

/**
 * Proposes a contact class for one meeting; a person reviews it.
 *
 * Every criterion of the pack is tested with three answers: yes, no, not known. The highest class with a criterion
 * met decides. A criterion that fails only for facts not known never decides: it is listed in `undecided` with the
 * facts to ask for, so it is not forgotten either. Two things are presumed until denied, because the place itself
 * speaks for them, and `reasons` says so each time: missing protection, and nearness where the pack says that sharing
 * the room is enough (`near: 'unless_denied'`). Learning more can then only lower the class.
 *
 * Several meetings of one pair: classify each, take the highest. The time window is `traceWindow`, not tested here.
 */
export function classifyContact(pack: ProtocolPack, evidence: ContactEvidence): ContactDecision {
  const met: Match[] = [];
  const open: Match[] = [];
  for (const [name, rule] of Object.entries(pack.tracing.criteria)) {
    const criterion = rule.value;
    if (criterion.order !== evidence.order || !criterion.settings.includes(evidence.setting)) continue;
    if (!isDetermined(pack, criterion.class)) continue;
    const answers = conditionsOf(pack, criterion, evidence);
    if (answers.some((answer) => answer.holds === 'no')) continue;
    const missing = answers.flatMap((answer) => (answer.holds === 'unknown' ? [answer.fact] : []));
    const match = { path: `tracing.criteria.${name}`, rule, missing };
    (missing.length === 0 ? met : open).push(match);
  }

  const best = met.reduce<Match | null>((a, b) => (a && rank(a) >= rank(b) ? a : b), null);
  return {
    class: best?.rule.value.class ?? 'none',
    rule: best?.path ?? null,
    source: best?.rule.source ?? null,
    confidence: best?.rule.confidence ?? null,
    reasons: best ? reasonsOf(pack, best, evidence) : [NO_RULE_FITS],
    undecided: open
      .filter((match) => rank(match) > (best ? rank(best) : 0))
      .map(({ path, rule, missing }) => ({
        class: rule.value.class,
        rule: path,
        missing,
        text: rule.value.text,
      })),
  };
}

type Match = { path: string; rule: ProtocolPack['tracing']['criteria'][string]; missing: EvidenceFact[] };
type Answer = { fact: EvidenceFact; holds: 'yes' | 'no' | 'unknown' };

const RANK: Record<ContactClass, number> = { general: 1, contact_of_contact: 2, close: 3 };

function rank(match: Match): number {
  return RANK[match.rule.value.class];
}

const NO_RULE_FITS: Text = { zh: '现有证据不符合任何判定条款', en: 'no criterion fits the evidence given' };

/** An edition that no longer determines a class must not produce it. */
function isDetermined(pack: ProtocolPack, contactClass: ContactClass): boolean {
  return pack.management.classes[contactClass]?.value.determined ?? false;
}

function conditionsOf(pack: ProtocolPack, criterion: ContactCriterion, evidence: ContactEvidence): Answer[] {
  const answers: Answer[] = [];
  const ask = (fact: EvidenceFact, holds: boolean | undefined) =>
    answers.push({ fact, holds: holds === undefined ? 'unknown' : holds ? 'yes' : 'no' });

  if (criterion.unprotected) ask('protection', evidence.protection !== 'effective');
  if (criterion.closedSpace) ask('indoors', inClosedSpace(evidence));
  if (criterion.aerosolProcedure) ask('aerosolProcedure', evidence.aerosolProcedure ?? false);
  if (criterion.minMinutes !== undefined) ask('minutes', evidence.minutes >= criterion.minMinutes);
  if (criterion.near) ask('near', isNear(pack, criterion.near, evidence));
  if (criterion.sourceForms) {
    ask(
      'sourceForm',
      evidence.sourceForm === undefined ? undefined : criterion.sourceForms.includes(evidence.sourceForm),
    );
  }
  if (criterion.maxDistanceMetres !== undefined) ask('distanceMetres', isWithin(criterion, evidence));
  if (criterion.throughHigherRiskContact) ask('via', isHigherRisk(pack, evidence.via));
  return answers;
}

function inClosedSpace(evidence: ContactEvidence): boolean {
  return evidence.ventilation === 'poor' || (evidence.indoors && evidence.ventilation !== 'good');
}

function isNear(
  pack: ProtocolPack,
  demand: 'required' | 'unless_denied',
  evidence: ContactEvidence,
): boolean | undefined {
  if (evidence.near !== undefined) return evidence.near;
  if (evidence.distanceMetres !== undefined && evidence.distanceMetres <= pack.tracing.nearMetres.value)
    return true;
  return demand === 'unless_denied' ? true : undefined;
}

function isWithin(criterion: ContactCriterion, evidence: ContactEvidence): boolean | undefined {
  if (evidence.companion) return true;
  if (evidence.distanceMetres !== undefined) return evidence.distanceMetres <= criterion.maxDistanceMetres!;
  if (criterion.maxSeatRows !== undefined && evidence.seatDistanceRows !== undefined) {
    return evidence.seatDistanceRows <= criterion.maxSeatRows;
  }
  return undefined;
}

/** A close contact is of higher risk when it met the source in a listed setting, for long. */
function isHigherRisk(pack: ProtocolPack, via: ContactEvidence['via']): boolean | undefined {
  if (!via) return undefined;
  const { higherRiskSettings, longContactMinutes } = pack.tracing;
  if (!higherRiskSettings.value.includes(via.setting)) return false;
  // Living together is long by nature; a stay record of one evening would understate it.
  return via.setting === 'household' || via.minutes >= longContactMinutes.value;
}

function reasonsOf(pack: ProtocolPack, { rule }: Match, evidence: ContactEvidence): Text[] {
  const reasons: Text[] = [rule.value.text];
  const { minutes, distanceMetres, via } = evidence;
  const measuredNear = distanceMetres !== undefined && distanceMetres <= pack.tracing.nearMetres.value;
  reasons.push({ zh: `接触 ${minutes} 分钟`, en: `${minutes} minutes of contact` });
  if (distanceMetres !== undefined) {
    reasons.push({ zh: `距离约 ${distanceMetres} 米`, en: `about ${distanceMetres} m apart` });
  }
  if (rule.value.unprotected && evidence.protection === undefined) {
    reasons.push({
      zh: '未记录防护，按无有效防护判定',
      en: 'protection not recorded: judged as not effective',
    });
  }
  if (rule.value.near === 'unless_denied' && evidence.near === undefined && !measuredNear) {
    reasons.push({
      zh: '同处一室，未否认近距离，按近距离判定',
      en: 'same room and nearness not denied: judged as near',
    });
  }
  if (via) {
    reasons.push({
      zh: `该密接与传染源接触 ${via.minutes} 分钟`,
      en: `the contact in between met the source for ${via.minutes} minutes`,
    });
  }
  return reasons;
}
