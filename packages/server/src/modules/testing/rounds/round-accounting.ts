/** Where everybody of a round is: two counts that know nothing of each other, and what must be equal. */
import type { Bilingual, RoundAccounting } from '@levee/contract';
import { sql } from 'kysely';
import type { Trx } from '../../../platform/db/pool.ts';
import { identitiesOf, type Round, type TubeCounts } from './round.ts';

interface Counted extends TubeCounts {
  readonly positivePools: number;
  readonly wanted: number;
}

/** A tube declared lost counts with the rejected: its people have no result and are asked back. Over the tubes of the round: some ten thousand lines with an index, not over its people. */
async function count(trx: Trx, roundId: string): Promise<Counted> {
  const { rows } = await sql<Counted>`
    with tube as (
      select pool.id, pool.state, pool.member_count, pool.capacity, pool.received_at, pool.rejected_at, pool.resulted_at,
             round_tube.people
        from round_tube join pool on pool.id = round_tube.pool_id where round_tube.round_id = ${roundId}
    ), people as (
      select coalesce(sum(people), 0)::int as "countedInTubes",
             coalesce(sum(member_count) filter (where state = 'open'), 0)::int as open,
             coalesce(sum(member_count) filter (where state = 'closed'), 0)::int as closed,
             coalesce(sum(member_count) filter (where state = 'sent'), 0)::int as sent,
             coalesce(sum(member_count) filter (where state = 'received'), 0)::int as received,
             coalesce(sum(member_count) filter (where state in ('rejected', 'lost')), 0)::int as rejected,
             coalesce(sum(member_count) filter (where state = 'resulted'), 0)::int as resulted,
             coalesce(sum(member_count) filter (where (received_at is not null or resulted_at is not null)
                                                  and (rejected_at is null or resulted_at is not null)), 0)::int as arrived
        from tube
    )
    select people.*,
           (select coalesce(sum(sampled), 0)::int from round_area where round_id = ${roundId}) as counted,
           (select count(*)::int from sample join tube on tube.id = sample.pool_id where withdrawn_at is null) as registered,
           (select coalesce(sum(member_count), 0)::int from tube join result on result.pool_id = tube.id and current) as reported,
           (select count(*)::int from tube join result on result.pool_id = tube.id and current
             where outcome = 'positive' and capacity > 1) as "positivePools",
           (select count(*)::int from resample_request as request join tube on tube.id = request.pool_id
             where met_at is null and cancelled_at is null) as wanted
      from people`.execute(trx);
  return rows[0]!;
}

/** People in tubes of each round that have no result and were not rejected or lost. */
export async function waitingOf(trx: Trx, roundIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; waiting: number }>`
    select round_tube.round_id as id, sum(pool.member_count)::int as waiting
      from round_tube join pool on pool.id = round_tube.pool_id
     where round_tube.round_id = any(${[...roundIds]}::uuid[]) and pool.state not in ('resulted', 'rejected', 'lost')
     group by 1`.execute(trx);
  const found = new Map(rows.map(({ id, waiting }) => [id, waiting]));
  return new Map(roundIds.map((id) => [id, found.get(id) ?? 0]));
}

const GRIDS: Bilingual = { zh: '网格计数', en: 'Counters of the grids' };
const REGISTRATION: Bilingual = { zh: '采样登记', en: 'Sample registrations' };
const CUSTODY: Bilingual = { zh: '采样管流转记录', en: 'Custody of tubes' };
const RESULTS: Bilingual = { zh: '实验室结果', en: 'Laboratory results' };

export async function roundAccounting(trx: Trx, round: Round, now: string): Promise<RoundAccounting> {
  const of = await count(trx, round.id);
  const figure = (value: number, source: Bilingual) => ({ value, asOf: now, source });
  return {
    counted: figure(of.counted, GRIDS),
    registered: figure(of.registered, REGISTRATION),
    inOpenPools: figure(of.open, CUSTODY),
    awaitingTransport: figure(of.closed, CUSTODY),
    inTransit: figure(of.sent, CUSTODY),
    rejected: figure(of.rejected, CUSTODY),
    received: figure(of.arrived, CUSTODY),
    waiting: figure(of.received, CUSTODY),
    tested: figure(of.resulted, CUSTODY),
    reported: figure(of.reported, RESULTS),
    positivePools: figure(of.positivePools, RESULTS),
    resamplesWanted: figure(of.wanted, CUSTODY),
    identities: identitiesOf(of),
    holeSince: round.holeSince,
    asOf: now,
  };
}
