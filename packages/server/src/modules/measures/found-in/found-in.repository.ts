import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';

export interface Control {
  readonly id: string;
  readonly kind: string;
}

/**
 * The limit a person was under at an instant that says they were not in the community: isolation, else a high or medium
 * area around their home. A hold after a positive pool is left out, for it began with the finding itself; monitoring too,
 * for whoever is monitored may go out.
 */
export async function controlOf(trx: Trx, personId: string, at: string): Promise<Control | undefined> {
  const { rows } = await sql<Control>`
    with recursive home as (
      select place.id, place.parent_id from person join place on place.id = person.place_id where person.id = ${personId}
      union all
      select place.id, place.parent_id from home join place on place.id = home.parent_id)
    select measure.id, measure.kind from measure
     where measure_active(measure, ${at})
       and ((measure.subject_type = 'person' and measure.subject_id = ${personId}
             and measure.kind in ('centralised_isolation', 'home_isolation'))
            or (measure.subject_type = 'place' and measure.kind = 'risk_area' and measure.level in ('high', 'medium')
                and measure.subject_id in (select id from home)))
     order by array_position(array['centralised_isolation', 'home_isolation', 'risk_area'], measure.kind), measure.starts_at
     limit 1`.execute(trx);
  return rows[0];
}
