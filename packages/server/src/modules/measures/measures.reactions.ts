import { newId } from '@levee/contract';
import type { Reaction } from '../../platform/outbox/dispatch.ts';
import { findPeopleByIds } from '../people/index.ts';
import { openTask } from '../tasks/index.ts';
import { findMemberIds, findSamplesOfPeople } from '../testing/index.ts';
import { endMeasure } from './decisions.service.ts';
import { draftMeasure } from './drafting.service.ts';
import { usedEvidence } from './grounds.repository.ts';
import { packInForce } from './incident-pack.ts';
import { EMERGENCY_HOURS, hoursAfter } from './measure.ts';
import { activeMeasures } from './measures.repository.ts';

/** A positive pool holds its members in place, 12 h at most, by the rule and for its result alone (C3). */
const holdPoolMembers: Reaction = {
  name: 'measures.hold-pool-members',
  kinds: ['pool.positive'],
  async handle(context, event) {
    const { poolId, memberPersonIds } = event.data as { poolId: string; memberPersonIds: string[] };
    const people = await findPeopleByIds(context.trx, memberPersonIds);
    const packId = await packInForce(context.trx);
    for (const person of people.values()) {
      const used = await usedEvidence(context.trx, { subjectId: person.id, kind: 'pool_hold', level: null });
      // Heard twice, or released and told again: one result holds a person once.
      if (used?.has(poolId)) continue;
      await draftMeasure(context, {
        id: newId(Date.parse(context.now)),
        kind: 'pool_hold',
        level: null,
        subjectType: 'person',
        subjectId: person.id,
        incidentId: event.incidentId,
        packId,
        ground: [{ type: 'pool', id: poolId }],
        legalBasis: '混管阳性成员在复核结果出来前就地等候（防控方案混采检测规定）',
        startsAt: context.now,
        endsAt: hoursAfter(context.now, EMERGENCY_HOURS),
        emergency: true,
        smallest: null,
      });
    }
  },
};

/** The single re-test is out: who is negative is free at once. */
const releaseRetested: Reaction = {
  name: 'measures.release-retested',
  kinds: ['result.reported', 'result.amended'],
  async handle(context, event) {
    const { personId, outcome, to } = event.data as {
      personId?: string | null;
      outcome?: string;
      to?: string;
    };
    if (!personId || (to ?? outcome) !== 'negative') return;
    const holds = await activeMeasures(context.trx, { personIds: [personId] }, context.now);
    const samples = await findSamplesOfPeople(context.trx, [personId]);
    for (const hold of holds.filter(({ kind }) => kind === 'pool_hold')) {
      const poolIds = new Set(hold.ground.map(({ id }) => id));
      // Only a sample taken again for this pool clears what the pool said.
      const cleared = samples.some(
        ({ resampleOf, outcome: found }) =>
          resampleOf !== null && poolIds.has(resampleOf) && found === 'negative',
      );
      if (cleared) await endMeasure(context, hold.id, '单采复核阴性');
    }
  },
};

/** The pool itself was amended to negative: its ground is gone, and everybody it held is free. */
const releaseAmendedPool: Reaction = {
  name: 'measures.release-amended-pool',
  kinds: ['result.amended'],
  async handle(context, event) {
    const { poolId, to } = event.data as { poolId: string; to: string };
    if (to !== 'negative') return;
    const personIds = await findMemberIds(context.trx, poolId);
    const holds = await activeMeasures(context.trx, { personIds }, context.now);
    for (const hold of holds) {
      const rests = hold.kind === 'pool_hold' && hold.ground.every(({ id }) => id === poolId);
      if (rests) await endMeasure(context, hold.id, '混管结果更正为阴性');
    }
  },
};

/** The clocks of an appeal have an owner: whoever may decide it, and took no part. */
const openAppealTask: Reaction = {
  name: 'measures.open-appeal-task',
  kinds: ['appeal.lodged'],
  async handle(context, event) {
    const { decideDueAt } = event.data as { decideDueAt: string };
    await openTask(context, {
      kind: 'appeal',
      title: { zh: '受理并答复申诉', en: 'Acknowledge and answer an appeal' },
      division: event.division,
      role: 'inspector',
      dueAt: decideDueAt,
      source: { type: 'appeal', id: event.subject.id },
      key: `appeal-${event.subject.id}`,
    });
  },
};

export const measuresReactions: readonly Reaction[] = [
  holdPoolMembers,
  releaseRetested,
  releaseAmendedPool,
  openAppealTask,
];
