/** Writing a measure: what it would say and cost, what stands against it, and the draft that waits for its second person. */

import { type DraftMeasureInput, refuse } from '@levee/contract';
import { getPackOrThrow, ProtocolError, type ProtocolPack } from '@levee/protocol';
import { type Context, requirePermission, requireScope, SYSTEM_ACTOR_ID } from '../../platform/context.ts';
import { divisionNames } from '../../platform/db/division-name.ts';
import { countResidents, findPersonByIdOrThrow } from '../people/index.ts';
import { findPlaceByIdOrThrow } from '../places/index.ts';
import { noteBatch, noteRefusal } from './alarm.service.ts';
import { milderWays } from './alternatives.ts';
import { insertMeasure } from './drafting.repository.ts';
import { smallestHolding } from './evidence.repository.ts';
import {
  type Fault,
  faultsOf,
  NO_GROUND,
  NO_NEW_EVIDENCE,
  notConcerned,
  noticeLacks,
  TWO_WAYS,
} from './faults.ts';
import { concerning, usedEvidence } from './grounds.repository.ts';
import {
  AREA_REVIEW_HOURS,
  daysBetweenInstants,
  hoursAfter,
  longestHours,
  type Measure,
  missingOf,
  type NewMeasureInput,
} from './measure.ts';
import * as measures from './measures.repository.ts';
import { writeNotice } from './notice.ts';
import { placeRefs } from './place-refs.ts';
import { tell } from './tell.ts';

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

/** What a draft would say, cost and be refused for. Writes nothing. */
export async function previewMeasure(context: Context, input: NewMeasureInput) {
  const { trx } = context;
  const { pack, subject, notice, smallestId, smallest, alternatives } = await compose(context, input);
  const subjectRef = { type: input.subjectType, id: input.subjectId };
  const linked = await concerning(trx, input.ground, subjectRef);
  const faults = faultsOf(input, pack, context.now);
  const strangers = input.ground.filter(({ id }) => !linked.has(id)).length;
  if (linked.size === 0) faults.push(NO_GROUND);
  else if (strangers > 0) faults.push(notConcerned(strangers));
  else if (!(await hasNewEvidence(context, input))) faults.push(NO_NEW_EVIDENCE);
  const unready: Fault[] = [];
  const missing = missingOf(notice);
  if (missing.length > 0) unready.push(noticeLacks(missing));
  if (alternatives.length < 2) unready.push(TWO_WAYS);
  const ref = smallestId === null ? undefined : (await placeRefs(trx, [smallestId])).get(smallestId);
  const names = await divisionNames(trx, [subject.division]);
  return {
    division: subject.division,
    divisionName: names(subject.division),
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

  const linked = await concerning(trx, input.ground, {
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
  const [fault] = faultsOf(input, pack, now);
  if (fault) throw refuse(fault, { zh: '调整后重新提交。', en: 'Change it and send again.' });
  await requireNewEvidence(context, input);

  await insertMeasure(trx, {
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
  const used = await usedEvidence(context.trx, input);
  return used === null || input.ground.some(({ id }) => !used.has(id));
}

export async function requireNewEvidence(context: Context, input: Grounded): Promise<void> {
  if (await hasNewEvidence(context, input)) return;
  throw refuse(NO_NEW_EVIDENCE, {
    zh: '引用新的检测结果、接触判定或病例；没有则到期解除。',
    en: 'Cite a new result, contact or case; without one it ends when it ends.',
  });
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
