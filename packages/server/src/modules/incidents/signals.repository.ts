import {
  type ActorRef,
  LeveeError,
  type SignalEvidence,
  type SignalKind,
  type SignalState,
} from '@levee/contract';
import { sql } from 'kysely';
import { divisionNameOf } from '../../platform/db/division-name.ts';
import type { Trx } from '../../platform/db/pool.ts';
import type { Signal } from './incident.ts';

const signalRows = (trx: Trx) =>
  trx
    .selectFrom('signal')
    .leftJoin('place as site', 'site.id', 'signal.site_id')
    .selectAll('signal')
    .select([
      divisionNameOf('signal.division').as('division_name'),
      'site.name_zh as site_zh',
      'site.name_en as site_en',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof signalRows>['executeTakeFirstOrThrow']>>;

const toSignal = (row: Row): Signal => ({
  id: row.id,
  kind: row.kind as SignalKind,
  division: row.division,
  divisionName: row.division_name,
  at: row.at,
  state: row.state as SignalState,
  resultId: row.result_id,
  sampleId: row.sample_id,
  personId: row.person_id,
  siteId: row.site_id,
  siteName: row.site_zh === null ? null : { zh: row.site_zh, en: row.site_en || row.site_zh },
  foundIn: row.found_in,
  note: row.note,
  evidence: row.evidence as SignalEvidence | null,
  incidentId: row.incident_id,
  decidedBy: row.decided_by && row.decided_by_name ? { id: row.decided_by, name: row.decided_by_name } : null,
  decidedAt: row.decided_at,
  reason: row.reason,
});

export async function findSignalByIdOrThrow(trx: Trx, id: string): Promise<Signal> {
  const row = await signalRows(trx).where('signal.id', '=', id).executeTakeFirst();
  if (!row) throw new LeveeError('not_found');
  return toSignal(row);
}

/** Locks the signals in the order of their ids, so that two people deciding on the same ones wait in line. */
export async function lockSignalsByIds(trx: Trx, ids: readonly string[]): Promise<Signal[]> {
  if (ids.length === 0) return [];
  const rows = await signalRows(trx)
    .where('signal.id', 'in', [...new Set(ids)])
    .orderBy('signal.id')
    .forUpdate('signal')
    .execute();
  if (rows.length < new Set(ids).size) throw new LeveeError('not_found');
  return rows.map(toSignal);
}

export interface SignalFilter {
  readonly state?: readonly SignalState[] | undefined;
  readonly within?: string | undefined;
  readonly incidentId?: string | undefined;
}

/** Undecided first, then the newest. */
export async function listSignals(trx: Trx, filter: SignalFilter, offset: number, limit: number) {
  const rows = await signalRows(trx)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(Boolean(filter.state?.length), (query) =>
      query.where('signal.state', 'in', filter.state as SignalState[]),
    )
    .$if(filter.within !== undefined, (query) =>
      query.where('signal.division', '>=', filter.within!).where('signal.division', '<', `${filter.within}~`),
    )
    .$if(filter.incidentId !== undefined, (query) =>
      query.where('signal.incident_id', '=', filter.incidentId!),
    )
    .orderBy(sql`signal.state <> 'open'`)
    .orderBy('signal.at', 'desc')
    .orderBy('signal.id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(toSignal), total: rows[0]?.total ?? 0 };
}

export type NewSignal = Pick<
  Signal,
  'id' | 'kind' | 'division' | 'at' | 'resultId' | 'sampleId' | 'personId' | 'siteId' | 'foundIn' | 'note'
> &
  Partial<Pick<Signal, 'evidence'>>;

/** False when the result, or the place and day, raised its signal before. */
export async function insertSignal(trx: Trx, signal: NewSignal): Promise<boolean> {
  const inserted = await trx
    .insertInto('signal')
    .values({
      id: signal.id,
      kind: signal.kind,
      division: signal.division,
      at: signal.at,
      result_id: signal.resultId,
      sample_id: signal.sampleId,
      person_id: signal.personId,
      site_id: signal.siteId,
      found_in: signal.foundIn,
      note: signal.note,
      evidence: signal.evidence ? JSON.stringify(signal.evidence) : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** How the person was found, once the ledger has said. */
export async function putFoundIn(trx: Trx, resultId: string, foundIn: string): Promise<void> {
  await trx.updateTable('signal').set({ found_in: foundIn }).where('result_id', '=', resultId).execute();
}

export async function updateSignal(
  trx: Trx,
  id: string,
  decision: {
    state: 'joined' | 'dismissed';
    incidentId: string | null;
    by: ActorRef;
    at: string;
    reason: string | null;
  },
): Promise<void> {
  await trx
    .updateTable('signal')
    .set({
      state: decision.state,
      incident_id: decision.incidentId,
      decided_by: decision.by.id,
      decided_by_name: decision.by.name,
      decided_at: decision.at,
      reason: decision.reason,
    })
    .where('id', '=', id)
    .execute();
}
