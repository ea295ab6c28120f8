import type { Trx } from '../../platform/db/pool.ts';
import type { Measure } from './measure.ts';

export type NewMeasure = Pick<
  Measure,
  | 'id'
  | 'kind'
  | 'level'
  | 'subjectType'
  | 'subjectId'
  | 'division'
  | 'incidentId'
  | 'packId'
  | 'ground'
  | 'legalBasis'
  | 'power'
  | 'author'
  | 'draftedAt'
  | 'startsAt'
  | 'endsAt'
  | 'reviewAt'
  | 'emergency'
  | 'extendsId'
  | 'alternatives'
  | 'smallest'
  | 'peopleCount'
  | 'vulnerableCount'
  | 'notice'
>;

export async function insertMeasure(trx: Trx, measure: NewMeasure): Promise<void> {
  await trx
    .insertInto('measure')
    .values({
      id: measure.id,
      kind: measure.kind,
      level: measure.level,
      subject_type: measure.subjectType,
      subject_id: measure.subjectId,
      division: measure.division,
      incident_id: measure.incidentId,
      pack_id: measure.packId,
      ground: JSON.stringify(measure.ground),
      legal_basis: measure.legalBasis,
      power_zh: measure.power.zh,
      power_en: measure.power.en,
      author_id: measure.author.id,
      author_name: measure.author.name,
      drafted_at: measure.draftedAt,
      emergency: measure.emergency,
      starts_at: measure.startsAt,
      ends_at: measure.endsAt,
      review_at: measure.reviewAt,
      extends_id: measure.extendsId,
      alternatives: JSON.stringify(measure.alternatives),
      smallest: measure.smallest && JSON.stringify(measure.smallest),
      people_count: measure.peopleCount,
      vulnerable_count: measure.vulnerableCount,
      notice: JSON.stringify(measure.notice),
    })
    .execute();
}
