/** What an analysis needs of cases: days and outcomes, no person, no name, no place below the division. */
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import { insideArea } from '../places/index.ts';

export interface CaseFacts {
  readonly externalId: string;
  readonly classification: string;
  readonly outcome: string | null;
  readonly dateInfection: string | null;
  readonly dateOnset: string | null;
  readonly dateSample: string | null;
  readonly dateReporting: string | null;
  readonly dateAdmission: string | null;
  readonly dateOutcome: string | null;
}

type Source = { readonly incidentId: string } | { readonly lineListId: string };

/** Facts of every case of one incident or list inside an area, in the order of their numbers. */
export async function caseFactsOf(trx: Trx, of: Source, within: string): Promise<CaseFacts[]> {
  const source =
    'incidentId' in of
      ? sql<boolean>`incident_id = ${of.incidentId}::uuid`
      : sql<boolean>`line_list_id = ${of.lineListId}::uuid`;
  return trx
    .selectFrom('case_file')
    .select([
      'external_id as externalId',
      'classification',
      'outcome',
      'date_infection as dateInfection',
      'date_onset as dateOnset',
      'date_sample as dateSample',
      'date_reporting as dateReporting',
      'date_admission as dateAdmission',
      'date_outcome as dateOutcome',
    ])
    .where(source)
    .where(insideArea('division', within))
    .orderBy('external_id')
    .orderBy('id')
    .execute();
}
