/** What evidence speaks for a measure, and what has been used already. */
import type { Evidence } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import type { Measure } from './measure.ts';

/** Those of the evidence that exist and concern the subject. */
export async function concerning(
  trx: Trx,
  ground: readonly Evidence[],
  subject: { readonly type: 'person' | 'place'; readonly id: string },
): Promise<Set<string>> {
  if (ground.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from jsonb_to_recordset(${JSON.stringify(ground)}::jsonb) as item (type text, id uuid)
     where evidence_concerns(item.type, item.id, ${subject.type}, ${subject.id})`.execute(trx);
  return new Set(rows.map(({ id }) => id));
}

/** Evidence already used for a limit of this kind on this subject that took effect. */
export async function usedEvidence(
  trx: Trx,
  subject: Pick<Measure, 'subjectId' | 'kind' | 'level'>,
): Promise<Set<string> | null> {
  const { rows } = await sql<{ id: string }>`
    select distinct used ->> 'id' as id from measure, jsonb_array_elements(ground) as used
     where subject_id = ${subject.subjectId} and kind = ${subject.kind}
       and level is not distinct from ${subject.level} and (approved_at is not null or emergency)`.execute(
    trx,
  );
  return rows.length === 0 ? null : new Set(rows.map(({ id }) => id));
}
