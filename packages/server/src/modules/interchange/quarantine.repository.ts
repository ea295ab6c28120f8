import type { Bilingual, Quarantined, Target, TestOutcome } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import type { Finding } from './finding.ts';

export interface KeptFinding {
  readonly id: string;
  readonly messageId: string;
  readonly senderId: string;
  readonly labId: string;
  readonly division: string;
  readonly code: string;
  readonly finding: Finding;
  readonly outcome: TestOutcome | null;
  readonly targets: readonly Target[];
  readonly problem: Bilingual;
  readonly nextStep: Bilingual;
  readonly at: string;
  readonly actorId: string;
}

export async function insertKept(trx: Trx, kept: readonly KeptFinding[]): Promise<void> {
  if (kept.length === 0) return;
  await trx
    .insertInto('lab_quarantine')
    .values(
      kept.map((one) => ({
        id: one.id,
        message_id: one.messageId,
        sender_id: one.senderId,
        lab_id: one.labId,
        division: one.division,
        position: one.finding.position,
        tube_code: one.finding.tubeCode,
        code: one.code,
        finding: JSON.stringify({ finding: one.finding, outcome: one.outcome, targets: one.targets }),
        problem: JSON.stringify(one.problem),
        next_step: JSON.stringify(one.nextStep),
        at: one.at,
        actor_id: one.actorId,
      })),
    )
    .execute();
}

const keptRows = (trx: Trx) =>
  trx
    .selectFrom('lab_quarantine')
    .leftJoin('place', 'place.id', 'lab_quarantine.lab_id')
    .selectAll('lab_quarantine')
    .select(['place.name_zh as labZh', 'place.name_en as labEn']);
type Row = Awaited<ReturnType<ReturnType<typeof keptRows>['executeTakeFirstOrThrow']>>;

interface StoredFinding {
  readonly finding: Finding;
  readonly outcome: TestOutcome | null;
  readonly targets: Target[];
}

export const WAITS_FOR_RECEIPT: readonly string[] = ['unknown_tube', 'before_receipt'];

const toView = (row: Row): Quarantined => {
  const stored = row.finding as unknown as StoredFinding;
  return {
    id: row.id,
    messageId: row.message_id,
    lab: { id: row.lab_id, nameZh: row.labZh ?? '', nameEn: row.labEn ?? row.labZh ?? '' },
    tubeCode: row.tube_code,
    outcome: stored.outcome,
    targets: stored.targets,
    waitsForReceipt: row.state === 'open' && WAITS_FOR_RECEIPT.includes(row.code),
    problem: row.problem as unknown as Bilingual,
    nextStep: row.next_step as unknown as Bilingual,
    state: row.state as Quarantined['state'],
    at: row.at,
    settledAt: row.settled_at,
    settledBy: row.settled_by_name,
    reason: row.reason,
  };
};

/** Longest waiting first. */
export async function listKept(trx: Trx, state: Quarantined['state'], offset: number, limit: number) {
  const rows = await keptRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('lab_quarantine.state', '=', state)
    .orderBy('lab_quarantine.at')
    .orderBy('lab_quarantine.message_id')
    .orderBy('lab_quarantine.position')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(toView), total: rows[0]?.total ?? 0 };
}

export async function lockKept(trx: Trx, id: string) {
  await trx.selectFrom('lab_quarantine').select('id').where('id', '=', id).forUpdate().execute();
  const row = await keptRows(trx).where('lab_quarantine.id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const { finding } = row.finding as unknown as StoredFinding;
  return {
    view: toView(row),
    finding,
    labId: row.lab_id,
    senderId: row.sender_id,
    division: row.division,
    actorId: row.actor_id,
  };
}

/** Those a receipt of these tubes may make applicable. */
export async function findWaitingOfTubes(
  trx: Trx,
  tubeCodes: readonly string[],
): Promise<{ id: string; actorId: string }[]> {
  return trx
    .selectFrom('lab_quarantine')
    .select(['id', 'actor_id as actorId'])
    .where(sql<boolean>`tube_code = any(${[...tubeCodes]}::text[])`)
    .where('state', '=', 'open')
    .where('code', 'in', [...WAITS_FOR_RECEIPT])
    .orderBy('at')
    .execute();
}

export async function settleKept(
  trx: Trx,
  id: string,
  settled: {
    readonly state: 'applied' | 'set_aside';
    readonly at: string;
    readonly by: { readonly id: string; readonly name: string };
    readonly reason: string;
  },
): Promise<void> {
  await trx
    .updateTable('lab_quarantine')
    .set({
      state: settled.state,
      settled_at: settled.at,
      settled_by: settled.by.id,
      settled_by_name: settled.by.name,
      reason: settled.reason,
    })
    .where('id', '=', id)
    .execute();
}

export async function countOpen(trx: Trx, labId: string): Promise<number> {
  const row = await trx
    .selectFrom('lab_quarantine')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('lab_id', '=', labId)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  return row.n;
}

export async function findOpenOfMessage(trx: Trx, messageId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('lab_quarantine')
    .select('id')
    .where('message_id', '=', messageId)
    .where('state', '=', 'open')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
