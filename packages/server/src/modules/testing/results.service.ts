import { LeveeError, newId, refuse, refuseState, type Target, type TestOutcome } from '@levee/contract';
import { type Context, requireScope } from '../../platform/context.ts';
import { emit } from '../../platform/outbox/emit.ts';
import { needsReflex, type Pool, requireConsistent, requirePast } from './pool.ts';
import * as pools from './pools.repository.ts';
import { laboratory, lockByTube, viewAmendment } from './pools.service.ts';
import { cancelReflex, wantReflex } from './reflex.ts';
import * as resamples from './resamples.repository.ts';
import * as results from './results.repository.ts';
import * as samples from './samples.repository.ts';
import { followSpecimen } from './specimens/follow.ts';
import { viewPool, viewResults } from './views.ts';

export interface NewResult {
  readonly id: string;
  readonly tubeCode: string;
  readonly labId: string;
  readonly outcome: TestOutcome;
  readonly targets: readonly Target[];
  readonly testedAt: string;
}

/**
 * Reports what came out of a tube. A pool that is not clean wants its members back at once; a positive single
 * sample is told as screening-positive (初筛阳性). An invalid run may be reported again, any other result
 * only be amended by two people.
 */
export async function reportResult(context: Context, input: NewResult) {
  const { poolId, result } = await putResult(context, input);
  return answer(context, poolId, result);
}

/** The same for who asks for no answer: a plate, a message with a hundred tubes. */
export async function putResult(
  context: Context,
  input: NewResult,
): Promise<{ readonly poolId: string; readonly result: results.Result }> {
  const { trx } = context;
  const lab = await laboratory(context, input.labId);
  requirePast(input.testedAt, context.now);
  requireConsistent(input.outcome, input.targets);
  const pool = await lockByTube(context, input.tubeCode);
  const known = await results.findResultById(trx, input.id);
  if (known) return { poolId: pool.id, result: known };
  const before = await results.findCurrentResult(trx, pool.id);
  requireReportable(pool, before, lab.id);
  const result = await putInForce(context, pool, {
    id: input.id,
    labId: lab.id,
    outcome: input.outcome,
    targets: input.targets,
    testedAt: input.testedAt,
    supersedes: before?.id ?? null,
  });
  await emit(context, {
    kind: 'result.reported',
    division: pool.division,
    subject: { type: 'result', id: result.id },
    data: {
      poolId: pool.id,
      outcome: result.outcome,
      memberCount: pool.memberCount,
      labId: lab.id,
      sampleId: result.sampleId,
      personId: result.personId,
    },
  });
  await follow(context, pool, result);
  return { poolId: pool.id, result };
}

/** A result of a tube that was never received is somebody else's, or a wrong code: it changes nothing (T66). */
function requireReportable(pool: Pool, before: results.Result | undefined, labId: string): void {
  if (pool.rejectedAt !== null) {
    throw refuseState(
      { zh: `采样管 ${pool.tubeCode} 已拒收`, en: `tube ${pool.tubeCode} was rejected` },
      { zh: '等待重新采样。', en: 'Wait for the new samples.' },
    );
  }
  if (pool.receivedAt === null) {
    throw refuseState(
      {
        zh: `采样管 ${pool.tubeCode} 未收样先报结果`,
        en: `tube ${pool.tubeCode} was not received before this result`,
      },
      {
        zh: '核对管码；管在手中的，先扫码收样再报告。',
        en: 'Check the code; if you hold the tube, receive it first, then report.',
      },
    );
  }
  if (pool.labId !== labId) {
    throw refuseState(
      {
        zh: `采样管 ${pool.tubeCode} 在另一家实验室`,
        en: `tube ${pool.tubeCode} is with another laboratory`,
      },
      {
        zh: '核对管码；已转送的，先办理转送交接。',
        en: 'Check the code; if it was passed on, record the transfer first.',
      },
    );
  }
  if (before && before.outcome !== 'invalid') {
    throw refuseState(
      { zh: `采样管 ${pool.tubeCode} 已有结果`, en: `tube ${pool.tubeCode} has a result` },
      {
        zh: '结果有误的，提出更正并由另一人复核。',
        en: 'If it is wrong, propose an amendment for another person to confirm.',
      },
    );
  }
}

type Finding = Pick<results.Result, 'id' | 'labId' | 'outcome' | 'targets' | 'testedAt' | 'supersedes'>;

async function putInForce(context: Context, pool: Pool, finding: Finding): Promise<results.Result> {
  const { trx, now, actor } = context;
  const single = pool.capacity === 1 ? (await samples.findMembers(trx, pool.id))[0] : undefined;
  await results.insertResult(trx, {
    ...finding,
    poolId: pool.id,
    sampleId: single?.id ?? null,
    personId: single?.personId ?? null,
    division: pool.division,
    reportedAt: now,
    reportedBy: actor.id,
  });
  await samples.sealSamples(trx, pool.id);
  await pools.updatePool(trx, pool.id, {
    labId: pool.labId ?? finding.labId,
    resultedAt: pool.resultedAt ?? now,
  });
  return results.findResultByIdOrThrow(trx, finding.id);
}

/** What a result sets off. */
async function follow(context: Context, pool: Pool, result: results.Result): Promise<void> {
  const { outcome } = result;
  if (pool.content === 'specimen') return followSpecimen(context, pool, { resultId: result.id, outcome });
  const members = await samples.findMembers(context.trx, pool.id);
  const subject = { type: 'pool', id: pool.id };
  if (pool.capacity > 1) {
    await emit(context, {
      kind: 'pool.resulted',
      division: pool.division,
      subject,
      data: { resultId: result.id, outcome, memberCount: pool.memberCount, siteId: pool.siteId },
    });
  }
  if (!needsReflex(outcome)) return;
  const [single] = members;
  if (pool.capacity === 1 && single && outcome === 'positive') {
    await emit(context, {
      kind: 'result.screening_positive',
      division: pool.division,
      subject: { type: 'result', id: result.id },
      data: {
        resultId: result.id,
        sampleId: single.id,
        personId: single.personId,
        siteId: single.siteId,
        foundIn: single.foundIn,
      },
    });
    return;
  }
  await wantReflex(context, pool, members);
  if (pool.capacity > 1) {
    await emit(context, {
      kind: 'pool.positive',
      division: pool.division,
      subject,
      data: {
        poolId: pool.id,
        resultId: result.id,
        outcome,
        siteId: pool.siteId,
        memberSampleIds: members.map(({ id }) => id),
        memberPersonIds: members.map(({ personId }) => personId),
      },
    });
  }
}

async function answer(context: Context, poolId: string, result: results.Result) {
  const pool = (await pools.findPoolById(context.trx, poolId))!;
  const wanted = await resamples.listResamples(context.trx, { state: 'all', poolId }, 0, 1);
  return {
    pool: await viewPool(context, pool),
    result: (await viewResults(context, [result]))[0]!,
    resampleCount: wanted.total,
  };
}

export interface NewAmendment {
  readonly id: string;
  readonly outcome: TestOutcome;
  readonly targets: readonly Target[];
  readonly reason: string;
}

/** Proposes another reading of a result. Nothing changes until somebody else confirms it. */
export async function proposeAmendment(context: Context, resultId: string, input: NewAmendment) {
  const { trx, actor, now } = context;
  const result = await results.findResultByIdOrThrow(trx, resultId);
  requireScope(context, result.division);
  requireConsistent(input.outcome, input.targets);
  if (!result.current) {
    throw refuseState(
      { zh: '该结果已被更正取代', en: 'this result has been superseded' },
      { zh: '对现行结果提出更正。', en: 'Propose an amendment of the result in force.' },
    );
  }
  const inserted = await results.insertAmendment(trx, {
    ...input,
    resultId,
    division: result.division,
    authorId: actor.id,
    authorName: actor.name,
    at: now,
  });
  if (!inserted) {
    throw refuseState(
      { zh: '该结果已有一项更正待复核', en: 'an amendment of this result waits for confirmation' },
      { zh: '先复核那一项。', en: 'Decide that one first.' },
    );
  }
  await emit(context, {
    kind: 'result.amendment_proposed',
    division: result.division,
    subject: { type: 'result', id: resultId },
    data: { amendmentId: input.id, poolId: result.poolId, from: result.outcome, to: input.outcome },
  });
  return viewAmendment(await results.lockAmendmentById(trx, input.id));
}

/** A second person confirms or refuses. Confirmed, a new result stands in the old one's place and is followed at once. */
export async function decideAmendment(context: Context, id: string, decision: 'confirmed' | 'refused') {
  const { trx, actor, now } = context;
  const amendment = await results.lockAmendmentById(trx, id);
  requireScope(context, amendment.division);
  if (amendment.decision !== null) {
    throw refuseState(
      { zh: '该更正已复核', en: 'this amendment is decided' },
      { zh: '如仍有误，另提更正。', en: 'If it is still wrong, propose another.' },
    );
  }
  if (amendment.authorId === actor.id) {
    throw refuse(
      { zh: '更正须由另一人复核', en: 'an amendment is confirmed by another person' },
      { zh: '请其他检验员复核。', en: 'Ask another member of the laboratory.' },
    );
  }
  const decided = await results.decideAmendment(trx, id, actor, decision, now);
  const before = await results.findResultByIdOrThrow(trx, amendment.resultId);
  if (decision === 'confirmed') await amend(context, before, decided);
  else {
    await emit(context, {
      kind: 'result.amendment_refused',
      division: amendment.division,
      subject: { type: 'result', id: before.id },
      data: { amendmentId: id, poolId: before.poolId },
    });
  }
  return viewAmendment(decided);
}

async function amend(context: Context, before: results.Result, amendment: results.Amendment) {
  const { trx } = context;
  const pool = await pools.lockPoolById(trx, before.poolId);
  if (!pool) throw new LeveeError('not_found');
  const result = await putInForce(context, pool, {
    id: newId(),
    labId: before.labId,
    outcome: amendment.outcome,
    targets: amendment.targets,
    testedAt: before.testedAt,
    supersedes: before.id,
  });
  await emit(context, {
    kind: 'result.amended',
    division: pool.division,
    subject: { type: 'result', id: result.id },
    data: {
      poolId: pool.id,
      supersedes: before.id,
      from: before.outcome,
      to: result.outcome,
      sampleId: result.sampleId,
      personId: result.personId,
    },
  });
  if (!needsReflex(result.outcome)) await cancelReflex(context, pool.id);
  if (result.outcome !== before.outcome) await follow(context, pool, result);
}
