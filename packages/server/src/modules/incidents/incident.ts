/** Signals, incidents, statutory clocks, levels. Pure rules over the protocol pack. */
import type {
  ActorRef,
  Bilingual,
  LevelLine,
  ResponseLevelCode,
  Role,
  SignalEvidence,
  SignalKind,
  SignalState,
} from '@levee/contract';
import {
  compareLevels,
  getPackOrThrow,
  type ProtocolPack,
  reportClocks,
  type StatutoryClock,
} from '@levee/protocol';

export interface Signal {
  readonly id: string;
  readonly kind: SignalKind;
  readonly division: string;
  readonly divisionName: Bilingual;
  readonly at: string;
  readonly state: SignalState;
  readonly resultId: string | null;
  readonly sampleId: string | null;
  readonly personId: string | null;
  readonly siteId: string | null;
  readonly siteName: Bilingual | null;
  readonly foundIn: string | null;
  readonly note: string | null;
  readonly evidence: SignalEvidence | null;
  readonly incidentId: string | null;
  readonly decidedBy: ActorRef | null;
  readonly decidedAt: string | null;
  readonly reason: string | null;
}

export interface Incident {
  readonly id: string;
  readonly name: Bilingual;
  readonly division: string;
  readonly divisionName: Bilingual;
  readonly packId: string;
  readonly level: ResponseLevelCode;
  readonly reason: string;
  readonly activatedAt: string;
  readonly activatedBy: ActorRef;
  readonly stoodDownAt: string | null;
  readonly signalCount: number;
  readonly version: number;
}

export interface Clock {
  readonly id: string;
  readonly incidentId: string;
  readonly division: string;
  readonly kind: string;
  readonly name: Bilingual;
  readonly startedAt: string;
  readonly dueAt: string;
  readonly metAt: string | null;
  readonly metBy: ActorRef | null;
  readonly evidence: string | null;
  readonly source: string;
  readonly confidence: 'sourced' | 'unverified';
}

export const packOf = (incident: Pick<Incident, 'packId'>): ProtocolPack => getPackOrThrow(incident.packId);

/** running and late while nobody reported it done; met and met_late after. A test of time. */
export function clockState({ dueAt, metAt }: Clock, now: string): 'running' | 'late' | 'met' | 'met_late' {
  if (metAt !== null) return metAt <= dueAt ? 'met' : 'met_late';
  return now < dueAt ? 'running' : 'late';
}

/**
 * The clocks an activation starts. The law counts from when the positive was known, so they start at the earliest
 * signal, not at the moment somebody opened the incident: opening late gains no time.
 */
export function clocksAtActivation(pack: ProtocolPack, knownAt: string): StatutoryClock[] {
  return reportClocks(pack, { kind: ['case_diagnosed', 'first_case_in_county'], at: knownAt });
}

/** Who does what a clock asks for: investigations are the investigators', reports the duty officer's. */
export const roleOfClock = (kind: string): Role =>
  /investigation/i.test(kind) ? 'epidemiologist' : 'duty_officer';

/** A measure named by a level restricts nobody: somebody drafts it with ground and end, within these hours. */
export const DRAFT_WITHIN_HOURS = 4;

/** What a level adds to the one before and what it ends, as lines to adopt one by one. */
export function levelLines(
  pack: ProtocolPack,
  from: ResponseLevelCode | null,
  to: ResponseLevelCode,
): LevelLine[] {
  const change = compareLevels(pack, from, to);
  const measure =
    (effect: 'add' | 'end') =>
    ({ id, zh, en, reviewHours }: (typeof change.measuresAdded)[number]): LevelLine => ({
      kind: 'measure',
      id,
      text: { zh, en },
      effect,
      dueHours: null,
      reviewHours,
      group: null,
    });
  const task =
    (effect: 'add' | 'end') =>
    ({ id, zh, en, dueHours, group }: (typeof change.tasksAdded)[number]): LevelLine => ({
      kind: 'task',
      id,
      text: { zh, en },
      effect,
      dueHours,
      reviewHours: null,
      group,
    });
  return [
    ...change.tasksAdded.map(task('add')),
    ...change.measuresAdded.map(measure('add')),
    ...change.tasksEnded.map(task('end')),
    ...change.measuresEnded.map(measure('end')),
  ];
}

const ROLE_OF_GROUP: readonly (readonly [word: RegExp, role: Role])[] = [
  [/流调|溯源/, 'epidemiologist'],
  [/检测|核酸/, 'laboratory'],
  [/救治|医疗/, 'hospital'],
  [/隔离|社区/, 'field_worker'],
  [/保障|物资|供应/, 'department'],
  [/宣传|信息|舆情/, 'information_officer'],
  [/督查/, 'inspector'],
];

/** The post a line's working group stands for; the command group is the commander's. */
export function roleOfLine(line: Pick<LevelLine, 'kind' | 'group'>): Role {
  if (line.kind === 'measure') return 'duty_officer';
  return ROLE_OF_GROUP.find(([word]) => word.test(line.group?.zh ?? ''))?.[1] ?? 'commander';
}
