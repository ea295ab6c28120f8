/** A run: a plate with its controls, read by the kit's cut-offs. Controls that fail make the whole run void. */
import {
  type Assay,
  type Bilingual,
  LeveeError,
  newId,
  type Run as RunView,
  refuse,
  refuseState,
  type Target,
  type TestOutcome,
} from '@levee/contract';
import { sql } from 'kysely';
import { type Context, requireScope } from '../../../platform/context.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import { findPlacesByIds } from '../../places/index.ts';
import { requirePast } from '../pool.ts';
import { findPoolByTube } from '../pools.repository.ts';
import { laboratory } from '../pools.service.ts';
import { putResult } from '../results.service.ts';
import { judge } from './assay.ts';
import { getAssayOrThrow } from './assays.repository.ts';
import * as runs from './runs.repository.ts';

export interface NewRun {
  readonly id: string;
  readonly labId: string;
  readonly assay: string;
  readonly plateCode: string;
  readonly startedAt: string;
  readonly wells: readonly {
    readonly well: string;
    readonly kind: runs.Well['kind'];
    readonly tubeCode?: string | undefined;
  }[];
}

/** Lays out a plate: tubes the laboratory has received, one well each, and a control of both kinds. */
export async function openRun(context: Context, input: NewRun): Promise<RunView> {
  const { trx, actor } = context;
  const lab = await laboratory(context, input.labId);
  requireScope(context, lab.division);
  requirePast(input.startedAt, context.now);
  await getAssayOrThrow(trx, input.assay);
  if (await runs.findRun(trx, input.id)) return viewRun(context, input.id);
  requirePlate(input);
  const wells: Pick<runs.Well, 'well' | 'kind' | 'poolId'>[] = [];
  for (const { well, kind, tubeCode } of input.wells) {
    const poolId = kind === 'tube' ? await testable(context, input.labId, tubeCode ?? '') : null;
    wells.push({ well, kind, poolId });
  }
  await runs.insertRun(
    trx,
    {
      id: input.id,
      labId: lab.id,
      division: lab.division,
      assay: input.assay,
      plateCode: input.plateCode,
      startedAt: input.startedAt,
      openedBy: actor.id,
      openedByName: actor.name,
    },
    wells,
  );
  await tell(context, 'run.opened', input.id, { tubeCount: wells.filter(({ poolId }) => poolId).length });
  return viewRun(context, input.id);
}

function requirePlate({ wells }: NewRun): void {
  const of = (kind: runs.Well['kind']) => wells.filter((one) => one.kind === kind);
  const repeated = (values: (string | undefined)[]) =>
    values.find((one, index) => values.indexOf(one) !== index);
  const place = repeated(wells.map(({ well }) => well));
  const tube = repeated(of('tube').map(({ tubeCode }) => tubeCode));
  const nameless = of('tube').find(({ tubeCode }) => tubeCode === undefined);
  if (of('positive_control').length === 0 || of('negative_control').length === 0) {
    throw refuse(
      { zh: '缺少阳性或阴性质控孔', en: 'a positive or a negative control is missing' },
      { zh: '每板至少各设一个。', en: 'Put at least one of each on the plate.' },
    );
  }
  if (of('tube').length === 0 || place !== undefined || tube !== undefined || nameless) {
    const shown = place ?? tube ?? nameless?.well ?? '';
    throw refuse(
      { zh: `排板有误：${shown || '没有样本孔'}`, en: `the plate is wrong: ${shown || 'no tube on it'}` },
      { zh: '每孔一管，每管一孔。', en: 'One tube to a well, one well to a tube.' },
    );
  }
}

async function testable(context: Context, labId: string, tubeCode: string): Promise<string> {
  const pool = await findPoolByTube(context.trx, tubeCode);
  if (!pool || pool.labId !== labId || pool.receivedAt === null || pool.rejectedAt !== null) {
    throw refuseState(
      { zh: `采样管 ${tubeCode} 不在本实验室待检`, en: `tube ${tubeCode} does not wait in this laboratory` },
      { zh: '先扫码收样，或从板上取下。', en: 'Receive it first, or take it off the plate.' },
    );
  }
  const done = pool.outcome !== null && pool.outcome !== 'invalid';
  const other = done ? undefined : await runs.findOpenRunOf(context.trx, pool.id);
  if (done || other !== undefined) {
    throw refuseState(
      done
        ? { zh: `采样管 ${tubeCode} 已有结果`, en: `tube ${tubeCode} has a result` }
        : { zh: `采样管 ${tubeCode} 已在板 ${other} 上`, en: `tube ${tubeCode} is on plate ${other}` },
      { zh: '从板上取下。', en: 'Take it off the plate.' },
    );
  }
  return pool.id;
}

export interface Reading {
  readonly readAt: string;
  readonly wells: readonly { readonly well: string; readonly targets: readonly Target[] }[];
  readonly recheck: readonly string[];
}

/**
 * Controls first: a negative control that amplifies or a positive one that does not makes the run void, and nothing is
 * reported. Otherwise each tube is reported, but those kept for a second run.
 */
export async function readRun(context: Context, id: string, reading: Reading): Promise<RunView> {
  const { trx } = context;
  const run = await openRunOrThrow(context, id);
  if (run.state === 'reported') return viewRun(context, id);
  requirePast(reading.readAt, context.now);
  const assay = await getAssayOrThrow(trx, run.assay);
  const wells = (await runs.wellsOf(trx, [id])).get(id) ?? [];
  const judged = wells.map((well) => ({ well, ...judgeWell(assay, well, reading) }));
  const failed = judged.find(
    ({ well, outcome }) =>
      (well.kind === 'negative_control' && outcome !== 'negative') ||
      (well.kind === 'positive_control' && outcome !== 'positive'),
  );
  if (failed) {
    for (const { well, targets, outcome } of judged) {
      const decision = well.kind === 'tube' ? 'recheck' : null;
      await runs.updateWell(trx, id, well.well, { targets, outcome, decision, problem: null });
    }
    const { well, kind } = failed.well;
    const control = kind === 'negative_control' ? '阴性质控扩增' : '阳性质控未扩增';
    return endInvalid(context, id, reading.readAt, `${control}（${well}）`);
  }
  for (const { well, targets, outcome } of judged) {
    if (well.kind !== 'tube') {
      await runs.updateWell(trx, id, well.well, { targets, outcome, decision: null, problem: null });
      continue;
    }
    const decided = reading.recheck.includes(well.well)
      ? { decision: 'recheck' as const, problem: null }
      : await report(context, run, well, outcome, targets, reading.readAt);
    await runs.updateWell(trx, id, well.well, { targets, outcome, ...decided });
  }
  await runs.updateRun(trx, id, { state: 'reported', readAt: reading.readAt, invalidReason: null });
  await tell(context, 'run.reported', id, {
    tubeCount: judged.filter(({ well }) => well.kind === 'tube').length,
  });
  return viewRun(context, id);
}

function judgeWell(assay: Assay, well: runs.Well, reading: Reading) {
  const given = reading.wells.find((one) => one.well === well.well);
  if (!given) {
    throw refuse(
      { zh: `缺少 ${well.well} 孔的判读`, en: `well ${well.well} is not read` },
      {
        zh: '全板判读后提交；未检出请留空Ct。',
        en: 'Read the whole plate; leave a Ct empty where nothing amplified.',
      },
    );
  }
  return judge(assay, given.targets);
}

/** One tube that cannot be reported must not hold up the plate: its reason stands at its well. */
async function report(
  context: Context,
  run: runs.Run,
  well: runs.Well,
  outcome: TestOutcome,
  targets: readonly Target[],
  readAt: string,
): Promise<{ decision: 'reported' | 'refused'; problem: Bilingual | null }> {
  await sql`savepoint well`.execute(context.trx);
  try {
    await putResult(context, {
      id: newId(Date.parse(context.now)),
      tubeCode: well.tubeCode!,
      labId: run.labId,
      outcome,
      targets,
      testedAt: readAt,
    });
    await sql`release savepoint well`.execute(context.trx);
    return { decision: 'reported', problem: null };
  } catch (error) {
    await sql`rollback to savepoint well`.execute(context.trx);
    if (!(error instanceof LeveeError)) throw error;
    return { decision: 'refused', problem: error.messages };
  }
}

export async function invalidateRun(context: Context, id: string, reason: string): Promise<RunView> {
  const run = await openRunOrThrow(context, id);
  if (run.state === 'reported') {
    throw refuseState(
      { zh: `板 ${run.plateCode} 已报告`, en: `plate ${run.plateCode} is reported` },
      { zh: '结果有误的，逐管提出更正。', en: 'Propose an amendment for each wrong result.' },
    );
  }
  return endInvalid(context, id, context.now, reason);
}

async function endInvalid(context: Context, id: string, at: string, reason: string): Promise<RunView> {
  await runs.updateRun(context.trx, id, { state: 'invalid', readAt: at, invalidReason: reason });
  await tell(context, 'run.invalid', id, {});
  return viewRun(context, id);
}

async function openRunOrThrow(context: Context, id: string): Promise<runs.Run> {
  const run = await runs.lockRun(context.trx, id);
  if (!run) throw new LeveeError('not_found');
  requireScope(context, run.division);
  if (run.state === 'invalid') {
    throw refuseState(
      { zh: `板 ${run.plateCode} 已作废`, en: `plate ${run.plateCode} is void` },
      { zh: '另开一板重做。', en: 'Open another run.' },
    );
  }
  return run;
}

async function tell(
  context: Context,
  kind: 'run.opened' | 'run.reported' | 'run.invalid',
  id: string,
  data: Record<string, unknown>,
): Promise<void> {
  const run = (await runs.findRun(context.trx, id))!;
  await emit(context, {
    kind,
    division: run.division,
    subject: { type: 'lab_run', id },
    data: { labId: run.labId, ...data },
  });
}

export async function viewRuns(context: Context, found: readonly runs.Run[]): Promise<RunView[]> {
  const places = await findPlacesByIds(
    context.trx,
    found.map(({ labId }) => labId),
  );
  const wells = await runs.wellsOf(
    context.trx,
    found.map(({ id }) => id),
  );
  return found.map(({ labId, division: _, openedBy, openedByName, ...run }) => {
    const lab = places.get(labId);
    const own = wells.get(run.id) ?? [];
    return {
      ...run,
      lab: lab ? { id: lab.id, nameZh: lab.nameZh, nameEn: lab.nameEn } : null,
      openedBy: { id: openedBy, name: openedByName },
      tubeCount: own.filter(({ kind }) => kind === 'tube').length,
      wells: own.map((well) => ({ ...well, targets: [...well.targets] })),
    };
  });
}

const viewRun = async (context: Context, id: string): Promise<RunView> =>
  (await viewRuns(context, [(await runs.findRun(context.trx, id))!]))[0]!;
