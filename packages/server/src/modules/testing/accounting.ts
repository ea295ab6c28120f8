/** Where every sample is. Two counts that know nothing of each other must agree: registrations, and tubes by state. */
import type { Accounting, Bilingual } from '@levee/contract';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Trx } from '../../platform/db/pool.ts';

const IN_TRANSIT_HOURS = 6;

export interface AccountingFilter {
  readonly within?: string | undefined;
  readonly siteId?: string | undefined;
  /** Of tubes opened in this time. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

interface Counts {
  registered: number;
  open: number;
  closed: number;
  sent: number;
  received: number;
  rejected: number;
  lost: number;
  resulted: number;
  overdue: number;
  positivePools: number;
  wanted: number;
  screeningPositive: number;
}

async function count(trx: Trx, filter: AccountingFilter, now: string): Promise<Counts> {
  const { within, siteId, from, until } = filter;
  const tubes = sql`
    select pool.id, pool.state, pool.member_count, pool.sent_at, pool.capacity
      from pool
     where content = 'people'
       ${within ? sql`and division >= ${within} and division < ${`${within}~`}` : sql``}
       ${siteId ? sql`and site_id = ${siteId}` : sql``}
       ${from ? sql`and opened_at >= ${from}` : sql``}
       ${until ? sql`and opened_at < ${until}` : sql``}`;
  const overdueBefore = new Date(Date.parse(now) - IN_TRANSIT_HOURS * 3_600_000).toISOString();
  const { rows } = await sql<Counts>`
    with tube as (${tubes}),
    people as (
      select coalesce(sum(member_count) filter (where state = 'open'), 0)::int as open,
             coalesce(sum(member_count) filter (where state = 'closed'), 0)::int as closed,
             coalesce(sum(member_count) filter (where state = 'sent'), 0)::int as sent,
             coalesce(sum(member_count) filter (where state = 'received'), 0)::int as received,
             coalesce(sum(member_count) filter (where state = 'rejected'), 0)::int as rejected,
             coalesce(sum(member_count) filter (where state = 'lost'), 0)::int as lost,
             coalesce(sum(member_count) filter (where state = 'resulted'), 0)::int as resulted,
             coalesce(sum(member_count) filter (where state = 'sent' and sent_at < ${overdueBefore}), 0)::int
               as overdue
        from tube
    )
    select people.*,
           (select count(*)::int from sample join tube on tube.id = sample.pool_id where withdrawn_at is null)
             as registered,
           (select count(*)::int from result join tube on tube.id = result.pool_id
             where current and outcome = 'positive' and tube.capacity > 1) as "positivePools",
           (select count(*)::int from result join tube on tube.id = result.pool_id
             where current and outcome = 'positive' and tube.capacity = 1) as "screeningPositive",
           (select count(*)::int from resample_request as request join tube on tube.id = request.pool_id
             where met_at is null and cancelled_at is null) as wanted
      from people`.execute(trx);
  return rows[0]!;
}

const REGISTRATION: Bilingual = { zh: '采样登记', en: 'Sample registrations' };
const CUSTODY: Bilingual = { zh: '采样管流转记录', en: 'Custody of tubes' };
const RESULTS: Bilingual = { zh: '实验室结果', en: 'Laboratory results' };

export async function accountingOf(context: Context, filter: AccountingFilter): Promise<Accounting> {
  const counts = await count(context.trx, filter, context.now);
  const figure = (value: number, source: Bilingual) => ({ value, asOf: context.now, source });
  const found =
    counts.open +
    counts.closed +
    counts.sent +
    counts.lost +
    counts.received +
    counts.rejected +
    counts.resulted;
  return {
    asOf: context.now,
    registered: figure(counts.registered, REGISTRATION),
    inOpenPools: figure(counts.open, CUSTODY),
    awaitingTransport: figure(counts.closed, CUSTODY),
    inTransit: figure(counts.sent, CUSTODY),
    received: figure(counts.received, CUSTODY),
    rejected: figure(counts.rejected, CUSTODY),
    resulted: figure(counts.resulted, CUSTODY),
    lost: figure(counts.lost, CUSTODY),
    missing: figure(counts.registered - found, CUSTODY),
    overdueInTransit: figure(counts.overdue, CUSTODY),
    positivePools: figure(counts.positivePools, RESULTS),
    resamplesWanted: figure(counts.wanted, RESULTS),
    screeningPositive: figure(counts.screeningPositive, RESULTS),
  };
}
