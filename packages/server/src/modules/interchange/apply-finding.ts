/** A finding becomes a result, or it is said why it cannot be one. */
import { type Assay, type Bilingual, LeveeError, newId, refuse, refuseState } from '@levee/contract';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { findCurrentResult, findPoolByTube, proposeAmendment, putResult } from '../testing/index.ts';
import { type Finding, type Interpreted, interpret } from './finding.ts';

export type KeptCode =
  | 'content'
  | 'unknown_tube'
  | 'before_receipt'
  | 'other_laboratory'
  | 'rejected_tube'
  | 'conflict'
  | 'together'
  | 'refused';

export type Verdict =
  /** known: the very same result is in force already; amended: a correction waits for a second person. */
  | { readonly kind: 'applied' | 'known' | 'amended'; readonly read: Interpreted }
  | {
      readonly kind: 'kept';
      readonly code: KeptCode;
      readonly read: Interpreted | null;
      readonly problem: Bilingual;
      readonly nextStep: Bilingual;
    };

class Kept extends Error {
  readonly code: KeptCode;
  readonly refusal: LeveeError;
  constructor(code: KeptCode, refusal: LeveeError) {
    super(refusal.message);
    this.code = code;
    this.refusal = refusal;
  }
}

/** In a savepoint of its own: what is refused leaves nothing half-written. */
export async function applyFinding(
  context: Context,
  assays: readonly Assay[],
  labId: string,
  finding: Finding,
): Promise<Verdict> {
  let read: Interpreted | null = null;
  await sql`savepoint finding`.execute(context.trx);
  try {
    read = readOrKeep(assays, finding);
    const kind = await report(context, labId, finding, read);
    await sql`release savepoint finding`.execute(context.trx);
    return { kind, read };
  } catch (error) {
    await sql`rollback to savepoint finding`.execute(context.trx);
    if (error instanceof Kept) return kept(error.code, read, error.refusal);
    if (error instanceof LeveeError && error.status < 500) return kept('refused', read, error);
    throw error;
  }
}

const kept = (code: KeptCode, read: Interpreted | null, { messages, nextStep }: LeveeError): Verdict => ({
  kind: 'kept',
  code,
  read,
  problem: messages,
  nextStep,
});

function readOrKeep(assays: readonly Assay[], finding: Finding): Interpreted {
  if (finding.fault) {
    throw new Kept(
      'content',
      refuse(finding.fault, {
        zh: '由实验室改正后重发，或在此作废并写明理由。',
        en: 'Have the laboratory correct and send it again, or set it aside with the reason.',
      }),
    );
  }
  try {
    return interpret(assays, finding);
  } catch (error) {
    throw error instanceof LeveeError ? new Kept('content', error) : error;
  }
}

async function report(
  context: Context,
  labId: string,
  finding: Finding,
  read: Interpreted,
): Promise<'applied' | 'known' | 'amended'> {
  const tubeCode = finding.tubeCode!;
  const pool = await findPoolByTube(context.trx, tubeCode);
  if (!pool || pool.memberCount === 0) throw new Kept('unknown_tube', UNKNOWN(tubeCode));
  if (pool.rejectedAt !== null) throw new Kept('rejected_tube', REJECTED(tubeCode));
  const before = await findCurrentResult(context.trx, pool.id);
  if (before && before.outcome !== 'invalid') {
    const same = before.outcome === read.outcome && sameTargets(before.targets, read.targets);
    if (same) return 'known';
    if (!finding.correction) throw new Kept('conflict', CONFLICT(tubeCode));
    await proposeAmendment(context, before.id, {
      id: newId(Date.parse(context.now)),
      outcome: read.outcome,
      targets: read.targets,
      reason: '实验室系统发来更正报文 · corrected by the laboratory’s system',
    });
    return 'amended';
  }
  if (pool.receivedAt === null) throw new Kept('before_receipt', BEFORE_RECEIPT(tubeCode));
  if (pool.labId !== labId) throw new Kept('other_laboratory', OTHER_LABORATORY(tubeCode));
  await putResult(context, {
    id: newId(Date.parse(context.now)),
    tubeCode,
    labId,
    outcome: read.outcome,
    targets: read.targets,
    testedAt: finding.testedAt ?? context.now,
  });
  return 'applied';
}

const sameTargets = (
  one: readonly { name: string; ct: number | null }[],
  other: readonly { name: string; ct: number | null }[],
): boolean => {
  const key = (targets: typeof one) =>
    targets
      .map(({ name, ct }) => `${name}=${ct}`)
      .sort()
      .join();
  return key(one) === key(other);
};

const UNKNOWN = (code: string) =>
  refuseState(
    { zh: `管码 ${code} 尚无采样登记`, en: `nothing is registered under tube ${code} yet` },
    {
      zh: '采样点上传、实验室收样后自动补录；管码有误的请作废。',
      en: 'Applied by itself once the site has sent and the tube is received; set it aside if the code is wrong.',
    },
  );
const BEFORE_RECEIPT = (code: string) =>
  refuseState(
    { zh: `采样管 ${code} 未收样先出结果`, en: `tube ${code} has a result before it was received` },
    {
      zh: '扫码收样后自动补录；管不在实验室的，查明结果来源。',
      en: 'Applied by itself when the tube is received; if it is not in the laboratory, find out whose result this is.',
    },
  );
const OTHER_LABORATORY = (code: string) =>
  refuseState(
    { zh: `采样管 ${code} 在另一家实验室`, en: `tube ${code} is with another laboratory` },
    {
      zh: '核对管码；已转送的，先办理转送交接。',
      en: 'Check the code; if it was passed on, record the transfer first.',
    },
  );
const REJECTED = (code: string) =>
  refuseState(
    { zh: `采样管 ${code} 已拒收`, en: `tube ${code} was rejected` },
    {
      zh: '拒收的管不出结果；核对管码后作废此条。',
      en: 'A rejected tube has no result; check the code and set this aside.',
    },
  );
const CONFLICT = (code: string) =>
  refuseState(
    { zh: `采样管 ${code} 已有不同的结果`, en: `tube ${code} has a different result already` },
    {
      zh: '结果不可改写：确需更正的，由一人提出、另一人复核。',
      en: 'A result is never overwritten: one person proposes an amendment, another confirms it.',
    },
  );
