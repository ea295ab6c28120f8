import {
  type DraftMeasureInput,
  LeveeError,
  type MeasureDetail,
  type Notice,
  newId,
  refuse,
  refuseState,
} from '@levee/contract';
import { getPackOrThrow, ProtocolError, type ProtocolPack } from '@levee/protocol';
import {
  type Actor,
  type Context,
  requirePermission,
  requireScope,
  SYSTEM_ACTOR_ID,
} from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { countResidents, findPersonByIdOrThrow } from '../people/index.ts';
import { findPlaceByIdOrThrow } from '../places/index.ts';
import { noteBatch, noteRefusal } from './alarm.service.ts';
import { milderWays } from './alternatives.ts';
import { smallestHolding } from './evidence.repository.ts';
import {
  AREA_REVIEW_HOURS,
  daysBetweenInstants,
  EMERGENCY_HOURS,
  hoursAfter,
  isPersonKind,
  longestHours,
  type Measure,
  missingOf,
} from './measure.ts';
import * as measures from './measures.repository.ts';
import { writeNotice } from './notice.ts';
import { placeRefs } from './place-refs.ts';

export type NewMeasureInput = Omit<DraftMeasureInput, 'notice' | 'alternatives'> & {
  readonly notice?: Notice | undefined;
  /** Left out: the milder ways of the kind. */
  readonly alternatives?: DraftMeasureInput['alternatives'] | undefined;
  /** Who decided what the measure rests on, where a rule drafts it for them. Never the system for a measure to approve. */
  readonly author?: Pick<Actor, 'id' | 'name'> | undefined;
  readonly extendsId?: string | undefined;
};

export function packOrRefuse(packId: string): ProtocolPack {
  try {
    return getPackOrThrow(packId);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw refuse(
      { zh: `没有防控方案“${packId}”`, en: `no protocol pack "${packId}"` },
      { zh: '选择已装入的方案。', en: 'Choose a pack that is loaded.' },
    );
  }
}

/** Where the subject lies, whom the limit touches. */
async function subjectOf(context: Context, input: Pick<NewMeasureInput, 'subjectType' | 'subjectId'>) {
  const { trx } = context;
  if (input.subjectType === 'person') {
    const person = await findPersonByIdOrThrow(trx, input.subjectId);
    return { division: person.division, place: null, peopleCount: 1, vulnerableCount: null };
  }
  const place = await findPlaceByIdOrThrow(trx, input.subjectId);
  const residents = await countResidents(trx, place, context.now);
  return { division: place.division, place, ...residents };
}

/** Everything a draft says beyond what the author typed. */
async function compose(context: Context, input: NewMeasureInput) {
  const pack = packOrRefuse(input.packId);
  const subject = await subjectOf(context, input);
  requireScope(context, subject.division);
  const smallestId = input.smallest?.placeId ?? (await smallestFor(context, input));
  const smallestPlace = smallestId === null ? null : await findPlaceByIdOrThrow(context.trx, smallestId);
  const named = smallestPlace && (await placeRefs(context.trx, [smallestPlace.id])).get(smallestPlace.id);
  const smallest = smallestPlace && {
    code: smallestPlace.code ?? smallestPlace.id,
    level: smallestPlace.level,
    nameZh: named?.nameZh ?? smallestPlace.nameZh,
    nameEn: named?.nameEn ?? smallestPlace.nameEn,
    peopleCount: (await countResidents(context.trx, smallestPlace, context.now)).peopleCount,
  };
  const notice = input.notice ?? writeNotice({ ...input, place: subject.place, pack });
  const alternatives =
    input.alternatives ??
    milderWays({
      kind: input.kind,
      level: input.level,
      peopleCount: subject.peopleCount,
      days: daysBetweenInstants(input.startsAt, input.endsAt),
      smaller: smallest,
      pack,
    });
  return { pack, subject, smallest, smallestId, notice, alternatives };
}

/** A risk area always has its smallest: without one nobody could approve it. Where nothing smaller holds the evidence, itself. */
const smallestFor = async (context: Context, input: NewMeasureInput): Promise<string | null> =>
  input.kind === 'risk_area' && input.subjectType === 'place'
    ? ((await smallestHolding(context.trx, input.ground, input.subjectId)) ?? input.subjectId)
    : null;

type Fault = { readonly zh: string; readonly en: string };

/** What stands against a draft by rule, beside its ground. */
function faultsOf(context: Context, input: NewMeasureInput, pack: ProtocolPack): Fault[] {
  const faults: Fault[] = [];
  if (isPersonKind(input.kind) !== (input.subjectType === 'person')) {
    faults.push({ zh: '措施种类与对象不符', en: 'this kind of measure does not fit its subject' });
  }
  if ((input.kind === 'risk_area') !== (input.level !== null)) {
    faults.push({ zh: '风险区须标明等级', en: 'a risk area has a level, nothing else has' });
  }
  const hours = longestHours(pack, input.kind);
  if (hours === null) {
    faults.push({ zh: '本方案没有这种措施', en: 'this pack knows no such measure' });
  } else if (Date.parse(input.endsAt) > Date.parse(input.startsAt) + hours * 3_600_000) {
    faults.push({
      zh: `期限超过方案规定的最长 ${hours} 小时`,
      en: `the end lies beyond the ${hours} h the pack allows`,
    });
  }
  if (Date.parse(input.endsAt) <= Date.parse(input.startsAt)) {
    faults.push({ zh: '结束时间须晚于开始时间', en: 'the end must lie after the start' });
  }
  if (Date.parse(input.endsAt) <= Date.parse(context.now)) {
    faults.push({ zh: '结束时间已过', en: 'the end has passed' });
  }
  if (Date.parse(input.startsAt) < Date.parse(context.now) - EMERGENCY_HOURS * 3_600_000) {
    faults.push({ zh: '不能补签已过去的限制', en: 'a limit is not signed for the past' });
  }
  if (input.emergency && missingOf(input.notice ?? writeNotice({ ...input, place: null, pack })).length > 0) {
    faults.push({
      zh: '紧急措施立即生效，告知书须完整',
      en: 'an emergency measure acts at once: its notice must be complete',
    });
  }
  return faults;
}

/** What a draft would say, cost and be refused for. Writes nothing. */
export async function previewMeasure(context: Context, input: NewMeasureInput) {
  const { trx } = context;
  const { pack, subject, notice, smallestId, smallest, alternatives } = await compose(context, input);
  const subjectRef = { type: input.subjectType, id: input.subjectId };
  const linked = await measures.concerning(trx, input.ground, subjectRef);
  const faults = faultsOf(context, input, pack);
  const strangers = input.ground.filter(({ id }) => !linked.has(id)).length;
  if (linked.size === 0) faults.push(NO_GROUND);
  else if (strangers > 0) faults.push(notConcerned(strangers));
  else if (!(await hasNewEvidence(context, input))) faults.push(NO_NEW_EVIDENCE);
  const unready: Fault[] = [];
  const missing = missingOf(notice);
  if (missing.length > 0) unready.push(noticeLacks(missing));
  if (alternatives.length < 2) unready.push(TWO_WAYS);
  const ref = smallestId === null ? undefined : (await placeRefs(trx, [smallestId])).get(smallestId);
  const names = await measures.divisionNames(trx, [subject.division]);
  return {
    division: subject.division,
    divisionName: names.get(subject.division) ?? subject.division,
    duties: (input.level && pack.areas.measures[input.level]?.value) || null,
    milder: milderWays({
      kind: input.kind,
      level: input.level,
      peopleCount: subject.peopleCount,
      days: daysBetweenInstants(input.startsAt, input.endsAt),
      smaller: smallestId === input.subjectId ? null : smallest,
      pack,
    }),
    smallest: ref
      ? {
          ...ref,
          ...(await countResidents(trx, await findPlaceByIdOrThrow(trx, ref.id), context.now)),
        }
      : null,
    unready,
    notice,
    peopleCount: subject.peopleCount,
    vulnerableCount: subject.vulnerableCount,
    personDays: Math.round(subject.peopleCount * daysBetweenInstants(input.startsAt, input.endsAt) * 10) / 10,
    latestEnd: hoursAfter(input.startsAt, longestHours(pack, input.kind) ?? 0),
    faults,
  };
}

const notConcerned = (count: number): Fault => ({
  zh: `${count} 条依据与该对象无关`,
  en: `${count} of the evidence does not concern this subject`,
});
const NO_NEW_EVIDENCE: Fault = {
  zh: '同类限制已执行过，继续限制须有新的依据',
  en: 'such a limit was in force before: a further one needs new evidence',
};
const TWO_WAYS: Fault = {
  zh: '至少须比较两种更轻的办法',
  en: 'at least two milder ways have to be compared',
};
const noticeLacks = (missing: MeasureDetail['noticeMissing']): Fault => ({
  zh: `告知书缺：${missing.map((field) => NOTICE_WORDS[field]).join('、')}`,
  en: `the notice lacks: ${missing.join(', ')}`,
});

const NO_GROUND: Fault = {
  zh: '没有与该对象相关的流行病学依据（检测结果、接触判定、暴露、病例停留）',
  en: 'no epidemiological evidence that concerns this subject (result, contact, exposure, stay of a case)',
};

/**
 * Writes a measure that waits for its second person; an emergency one acts at once and lapses after 12 h.
 *
 * @throws LeveeError `rule.refused` without ground that concerns the subject (R3), beyond the pack's maximum (R6), or
 *   for a further limit of the same kind without new evidence (R6)
 */
export async function draftMeasure(context: Context, input: NewMeasureInput): Promise<Measure> {
  requirePermission(context, 'measures.draft');
  const { trx, now } = context;
  const { pack, subject, smallest, notice, alternatives } = await compose(context, input);
  const author = input.author ?? context.actor;

  const linked = await measures.concerning(trx, input.ground, {
    type: input.subjectType,
    id: input.subjectId,
  });
  const strangers = input.ground.filter(({ id }) => !linked.has(id));
  if (linked.size === 0 || strangers.length > 0) {
    noteRefusal(context, { division: subject.division, author, kind: input.kind });
    throw refuse(linked.size === 0 ? NO_GROUND : notConcerned(strangers.length), {
      zh: '先完成检测、流调或接触判定，引用其编号；不能只写文字理由。',
      en: 'Finish the test, the investigation or the determination first and cite it; words alone are no ground.',
    });
  }
  const [fault] = faultsOf(context, input, pack);
  if (fault) throw refuse(fault, { zh: '调整后重新提交。', en: 'Change it and send again.' });
  await requireNewEvidence(context, input);

  await measures.insertMeasure(trx, {
    id: input.id,
    kind: input.kind,
    level: input.level,
    subjectType: input.subjectType,
    subjectId: input.subjectId,
    division: subject.division,
    incidentId: input.incidentId,
    packId: pack.id,
    ground: input.ground,
    legalBasis: input.legalBasis,
    power: powerOf(author.id === SYSTEM_ACTOR_ID ? null : context.actor, subject.division),
    author: { id: author.id, name: author.name },
    draftedAt: now,
    startsAt: input.startsAt,
    endsAt: input.endsAt,
    reviewAt: input.subjectType === 'place' ? reviewAtOf(input, pack) : null,
    emergency: input.emergency,
    extendsId: input.extendsId ?? null,
    alternatives,
    smallest,
    peopleCount: subject.peopleCount,
    vulnerableCount: subject.vulnerableCount,
    notice,
  });
  const measure = await measures.findMeasureByIdOrThrow(trx, input.id, now);
  await tell(context, measure, 'measure.drafted');
  if (author.id !== SYSTEM_ACTOR_ID) await noteBatch(context, measure);
  return measure;
}

const reviewAtOf = (input: NewMeasureInput, pack: ProtocolPack) =>
  hoursAfter(input.startsAt, Math.min(AREA_REVIEW_HOURS, pack.service.areaReview.value.minutes / 60));

const powerOf = (actor: Context['actor'] | null, division: string) =>
  actor === null || actor.role === 'system'
    ? { zh: `按防控方案自动触发（${division}）`, en: `by the rule of the protocol (${division})` }
    : { zh: `${actor.name}（辖区 ${actor.scope}）`, en: `${actor.name} (area ${actor.scope})` };

type Grounded = Pick<Measure, 'subjectId' | 'kind' | 'level' | 'ground'>;

async function hasNewEvidence(context: Context, input: Grounded): Promise<boolean> {
  const used = await measures.usedEvidence(context.trx, input);
  return used === null || input.ground.some(({ id }) => !used.has(id));
}

async function requireNewEvidence(context: Context, input: Grounded): Promise<void> {
  if (await hasNewEvidence(context, input)) return;
  throw refuse(NO_NEW_EVIDENCE, {
    zh: '引用新的检测结果、接触判定或病例；没有则到期解除。',
    en: 'Cite a new result, contact or case; without one it ends when it ends.',
  });
}

async function tell(
  context: Context,
  measure: Measure,
  kind:
    | 'measure.drafted'
    | 'measure.approved'
    | 'measure.rejected'
    | 'measure.withdrawn'
    | 'measure.extended'
    | 'measure.reviewed',
  more: Record<string, unknown> = {},
): Promise<void> {
  await emit(context, {
    kind,
    division: measure.division,
    subject: { type: 'measure', id: measure.id },
    incidentId: measure.incidentId,
    data: {
      kind: measure.kind,
      level: measure.level,
      subjectType: measure.subjectType,
      subjectId: measure.subjectId,
      emergency: measure.emergency,
      from: measure.startsAt,
      until: measure.endsAt,
      peopleCount: measure.peopleCount,
      ...more,
    },
  });
}

/** Why `actor` cannot approve the measure now; empty when nothing stands against it. */
export function approvalBlocks(measure: Measure, actor: Actor, now: string): Fault[] {
  const blocks: Fault[] = [];
  if (measure.state !== 'awaiting_approval') blocks.push({ zh: '已作出决定', en: 'already decided' });
  if (measure.author.id === actor.id) {
    blocks.push({ zh: '拟定人不能批准自己拟定的措施', en: 'the author does not approve their own measure' });
  }
  if (measure.author.id === SYSTEM_ACTOR_ID) {
    blocks.push({
      zh: '按规则触发的临时等候不转为正式决定，须另行拟定',
      en: 'a hold by rule does not become a decision: draft one',
    });
  }
  const missing = missingOf(measure.notice);
  if (missing.length > 0) {
    blocks.push(noticeLacks(missing));
  }
  if (measure.alternatives.length < 2) {
    blocks.push(TWO_WAYS);
  }
  if (measure.kind === 'risk_area' && measure.smallest === null) {
    blocks.push({ zh: '未记录足以控制的最小范围', en: 'the smallest sufficient area is not recorded' });
  }
  if (Date.parse(measure.endsAt) <= Date.parse(now))
    blocks.push({ zh: '期限已过', en: 'its end has passed' });
  if (measure.emergency && Date.parse(now) >= Date.parse(measure.draftedAt) + EMERGENCY_HOURS * 3_600_000) {
    blocks.push({
      zh: '紧急措施已满12小时自动失效，须重新拟定',
      en: 'the emergency measure lapsed after 12 h: draft anew',
    });
  }
  return blocks;
}

export const NOTICE_WORDS: Record<MeasureDetail['noticeMissing'][number], string> = {
  what: '措施内容',
  why: '理由',
  from: '起始',
  until: '截止',
  release: '提前解除条件',
  appeal: '申诉途径',
  help: '可得帮助',
};

/** The second person's signature. Its ground is looked at again: what fell away meanwhile is no ground. */
export async function approveMeasure(
  context: Context,
  input: { measureId: string; version?: number },
): Promise<Measure> {
  requirePermission(context, 'measures.approve');
  const { trx, now, actor } = context;
  const measure = await measures.lockMeasure(trx, input.measureId, now);
  requireScope(context, measure.division);
  if (measure.state !== 'awaiting_approval') throw decided();
  if (input.version !== undefined && input.version !== measure.version) throw new LeveeError('edit.clash');
  const [block] = approvalBlocks(measure, actor, now);
  if (block) throw refuse(block, { zh: '补齐后由另一人批准。', en: 'Complete it; another person approves.' });
  const linked = await measures.concerning(trx, measure.ground, {
    type: measure.subjectType,
    id: measure.subjectId,
  });
  if (linked.size < new Set(measure.ground.map(({ id }) => id)).size) {
    throw refuse(
      { zh: '所依据的判定或结果已更正', en: 'the evidence has been corrected since' },
      { zh: '驳回，按新的事实重新拟定。', en: 'Reject it and draft anew on the facts.' },
    );
  }
  await requireNewEvidence(context, measure);
  await measures.approve(trx, measure.id, actor, now);
  const approved = await measures.findMeasureByIdOrThrow(trx, measure.id, now);
  await tell(context, approved, 'measure.approved', {
    activeFrom: [now, approved.startsAt].sort()[1],
  });
  return approved;
}

const decided = () =>
  refuseState(
    { zh: '该措施已作出决定', en: 'this measure is decided already' },
    { zh: '刷新后查看。', en: 'Reload to see it.' },
  );

export async function rejectMeasure(
  context: Context,
  input: { measureId: string; reason: string; version?: number },
): Promise<Measure> {
  requirePermission(context, 'measures.approve');
  const measure = await measures.lockMeasure(context.trx, input.measureId, context.now);
  requireScope(context, measure.division);
  if (measure.state !== 'awaiting_approval') throw decided();
  if (input.version !== undefined && input.version !== measure.version) throw new LeveeError('edit.clash');
  return closeMeasure(context, measure, 'rejected', input.reason);
}

/** Ending early needs one person: whoever may approve, or the author of a draft. */
export async function withdrawMeasure(
  context: Context,
  input: { measureId: string; reason: string; version?: number },
): Promise<Measure> {
  const measure = await measures.lockMeasure(context.trx, input.measureId, context.now);
  requireScope(context, measure.division);
  if (measure.closedAt !== null) throw decided();
  if (input.version !== undefined && input.version !== measure.version) throw new LeveeError('edit.clash');
  if (measure.approvedAt !== null || measure.author.id !== context.actor.id)
    requirePermission(context, 'measures.approve');
  return closeMeasure(context, measure, 'withdrawn', input.reason);
}

/** Ends a measure by a rule (release, negative re-test, appeal granted); what has ended already stays as it is. */
export async function endMeasure(context: Context, measureId: string, reason: string): Promise<void> {
  const measure = await measures.lockMeasure(context.trx, measureId, context.now);
  if (measure.closedAt !== null || Date.parse(measure.endsAt) <= Date.parse(context.now)) return;
  await closeMeasure(context, measure, 'withdrawn', reason);
}

async function closeMeasure(
  context: Context,
  measure: Measure,
  kind: 'rejected' | 'withdrawn',
  reason: string,
): Promise<Measure> {
  await measures.close(context.trx, measure.id, { kind, by: context.actor, at: context.now, reason });
  const closed = await measures.findMeasureByIdOrThrow(context.trx, measure.id, context.now);
  await tell(context, closed, kind === 'rejected' ? 'measure.rejected' : 'measure.withdrawn', {
    at: context.now,
  });
  return closed;
}

export async function amendNotice(
  context: Context,
  input: { measureId: string; notice: Notice; version: number },
): Promise<Measure> {
  const measure = await measures.lockMeasure(context.trx, input.measureId, context.now);
  requireScope(context, measure.division);
  if (measure.state !== 'awaiting_approval' || measure.emergency) throw decided();
  if (input.version !== measure.version) throw new LeveeError('edit.clash');
  await measures.setNotice(context.trx, measure.id, input.notice);
  return measures.findMeasureByIdOrThrow(context.trx, measure.id, context.now);
}

/** Going on is a new decision: new evidence, new end, new approval (R6). */
export async function extendMeasure(
  context: Context,
  input: { measureId: string; id: string; ground: DraftMeasureInput['ground']; endsAt: string },
): Promise<Measure> {
  const before = await measures.findMeasureByIdOrThrow(context.trx, input.measureId, context.now);
  const used = new Set(before.ground.map(({ id }) => id));
  if (!input.ground.some(({ id }) => !used.has(id))) {
    throw refuse(
      { zh: '延长须有新的依据', en: 'an extension needs new evidence' },
      {
        zh: '引用新的检测结果、接触判定或病例；没有则到期解除。',
        en: 'Cite a new result, contact or case; without one it ends when it ends.',
      },
    );
  }
  const startsAt = Date.parse(before.endsAt) > Date.parse(context.now) ? before.endsAt : context.now;
  const extension = await draftMeasure(context, {
    id: input.id,
    kind: before.kind,
    level: before.level,
    subjectType: before.subjectType,
    subjectId: before.subjectId,
    incidentId: before.incidentId,
    packId: before.packId,
    ground: input.ground,
    legalBasis: before.legalBasis,
    startsAt,
    endsAt: input.endsAt,
    emergency: false,
    smallest: null,
    extendsId: before.id,
  });
  await tell(context, before, 'measure.extended', { extensionId: extension.id, newEnd: extension.endsAt });
  return extension;
}

export async function reviewMeasure(
  context: Context,
  input: { measureId: string; stillNeeded: boolean; reason: string },
): Promise<Measure> {
  requirePermission(context, 'measures.approve');
  const { trx, now, actor } = context;
  const measure = await measures.lockMeasure(trx, input.measureId, now);
  requireScope(context, measure.division);
  if (measure.subjectType !== 'place' || measure.phase !== 'active') {
    throw refuseState(
      { zh: '只复核正在执行的区域、场所措施', en: 'only a place measure in force is reviewed' },
      { zh: '无需操作。', en: 'Nothing to do.' },
    );
  }
  await measures.insertReview(trx, {
    id: newId(Date.parse(now)),
    measureId: measure.id,
    division: measure.division,
    at: now,
    by: actor,
    stillNeeded: input.stillNeeded,
    reason: input.reason,
  });
  await tell(context, measure, 'measure.reviewed', { stillNeeded: input.stillNeeded });
  if (!input.stillNeeded) return closeMeasure(context, measure, 'withdrawn', input.reason);
  return measures.findMeasureByIdOrThrow(trx, measure.id, now);
}
