import type { AreaLevel, MeasureKind } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../platform/db/pool.ts';
import { reviewIsOverdue } from './measures.repository.ts';

/** How many measures of each kind and level stood, how many people they held and for how long; and what waits for somebody. */
export async function countsAt(
  trx: Trx,
  filter: { within?: string | undefined; incidentId?: string | undefined },
  at: string,
) {
  const within = filter.within ?? null;
  const incidentId = filter.incidentId ?? null;
  const { rows } = await sql<{
    kind: MeasureKind;
    level: AreaLevel | null;
    activeCount: number;
    peopleCount: number;
    personDaysSpent: number;
  }>`
    with chosen as (
      select measure as m, kind, level, people_count,
             measure_active(measure, ${at}) as active,
             case when approved_at is null and not emergency then 0
                  else greatest(0, extract(epoch from least(ends_at, coalesce(closed_at, ends_at), ${at}::timestamptz,
                         case when approved_at is null then drafted_at + interval '12 hours' else ends_at end)
                       - case when emergency or approved_at is null then starts_at else greatest(starts_at, approved_at) end)) / 86400.0
                       * people_count end as days
        from measure
       where drafted_at <= ${at}
         and (${within}::text is null or (division >= ${within} and division < ${within} || '~'))
         and (${incidentId}::uuid is null or incident_id = ${incidentId}))
    select kind, level, count(*) filter (where active)::int as "activeCount",
           coalesce(sum(people_count) filter (where active), 0)::int as "peopleCount",
           round(coalesce(sum(days), 0), 1)::float8 as "personDaysSpent"
      from chosen group by kind, level order by kind, level`.execute(trx);
  const { rows: open } = await sql<{ awaiting: number; review: number; soon: number; active: number }>`
    select count(*) filter (where measure_active(measure, ${at}))::int as active,
           count(*) filter (where measure_active(measure, ${at})
             and ends_at < ${at}::timestamptz + interval '24 hours')::int as soon,
           count(*) filter (where measure_phase(measure, ${at}) = 'awaiting')::int as awaiting,
           count(*) filter (where ${reviewIsOverdue(at)})::int as review
      from measure where drafted_at <= ${at}
       and (${within}::text is null or (division >= ${within} and division < ${within} || '~'))
       and (${incidentId}::uuid is null or incident_id = ${incidentId})`.execute(trx);
  const { active, soon, awaiting, review } = open[0]!;
  return { byKind: rows, active, endsSoon: soon, awaiting, reviewOverdue: review };
}
