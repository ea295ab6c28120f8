/** The server held against the clients' own ledger: every figure, every tube, every planted error. */
import pg from 'pg';
import { equal, type Finding, within } from '../soak.ts';
import { FAULTS } from './faults.ts';
import type { Planted } from './ledger.ts';
import type { Stage } from './stage.ts';

const PAGE = 500;
const STRIP = [
  'registered',
  'inOpenPools',
  'awaitingTransport',
  'inTransit',
  'received',
  'rejected',
  'lost',
  'resulted',
  'missing',
] as const;

export async function checkDay(stage: Stage, adminUrl: string): Promise<Finding[]> {
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  try {
    return [
      ...(await checkFigures(stage)),
      ...(await checkTubes(stage, database)),
      ...(await checkPlanted(stage, database)),
      equal('answers no plan foresaw', stage.ledger.surprises.length, 0),
    ];
  } finally {
    await database.end();
  }
}

/** What the screens say, over the API, against the ledger; and what the screens say against themselves. */
async function checkFigures({ commander: { client }, ledger, plan, roundId }: Stage): Promise<Finding[]> {
  const figures = await client.testing.accounting({ query: {} });
  const strip = Object.fromEntries(STRIP.map((name) => [name, figures[name].value ?? Number.NaN])) as Record<
    (typeof STRIP)[number],
    number
  >;
  const round = await client.rounds.byId({ params: { roundId } });
  const people = (...states: Parameters<typeof ledger.peopleIn>) => ledger.peopleIn(...states);
  const onTheWay = strip.inOpenPools + strip.awaitingTransport + strip.inTransit;
  const all = ledger.tubes.reduce((sum, { personIds }) => sum + personIds.length, 0);
  const gaps = round.accounting.identities
    .filter(({ gap }) => gap !== 0)
    .map(({ name, gap }) => `${name} ${gap}`);
  return [
    equal('registered, by the strip and by the clients', strip.registered, all),
    equal('waiting at sites', strip.awaitingTransport, people('closed')),
    equal('in transit', strip.inTransit, people('sent')),
    equal('received, waiting for the analyser', strip.received, people('received')),
    equal('rejected', strip.rejected, people('rejected')),
    equal('declared lost', strip.lost, people('lost')),
    equal('resulted', strip.resulted, people('resulted')),
    equal('in open tubes', strip.inOpenPools, 0),
    equal(
      'registered = in transit + received + rejected + lost',
      strip.registered,
      onTheWay + strip.received + strip.resulted + strip.rejected + strip.lost,
    ),
    equal('missing, as the strip says', strip.missing, 0),
    equal('equations of the round that do not balance', gaps.join(', ') || 'none', 'none'),
    equal('round: sampled, each person once', round.counts.sampled, ledger.sampled.size),
    equal('round: missed', round.counts.missed, plan.missed),
    equal('round: headcount', round.counts.headcount, ledger.sampled.size + plan.missed),
    equal(
      'round: positives',
      round.positives,
      ledger.tubes.filter((tube) => tube.capacity === 1 && tube.outcome === 'positive').length,
    ),
  ];
}

async function checkTubes({ ledger }: Stage, database: pg.Client): Promise<Finding[]> {
  const { rows } = await database.query<{
    code: string;
    state: string;
    members: number;
    outcome: string | null;
  }>(
    `select pool.tube_code as code, pool.state, pool.member_count as members, result.outcome
       from pool left join result on result.pool_id = pool.id and result.current`,
  );
  const kept = new Map(rows.map((row) => [row.code, row]));
  const wrong = ledger.tubes.filter(({ code, state, outcome, personIds }) => {
    const row = kept.get(code);
    return !row || row.state !== state || row.outcome !== outcome || row.members !== personIds.length;
  });
  const known = new Set(ledger.tubes.map(({ code }) => code));
  const shown = wrong
    .slice(0, 3)
    .map(({ code, state, fault }) => `${code} ${state} (${fault}) is ${JSON.stringify(kept.get(code))}`);
  return [
    equal(
      'tubes in another state, with other people or another result than the clients know',
      shown.join('; ') || 0,
      0,
    ),
    equal('tubes nobody registered', rows.filter(({ code }) => !known.has(code)).length, 0),
  ];
}

async function checkPlanted(stage: Stage, database: pg.Client): Promise<Finding[]> {
  const { ledger } = stage;
  const found = new Map<Planted, boolean>();
  const note = (where: Planted['where'], isFound: (planted: Planted) => boolean) => {
    for (const planted of ledger.planted) if (planted.where === where) found.set(planted, isFound(planted));
  };
  const of = <Where extends Planted['where']>(planted: Planted) =>
    planted as Extract<Planted, { where: Where }>;

  const records = await pagesOf((cursor) =>
    stage.commander.client.intake.quarantine({ query: { limit: PAGE, ...cursor } }),
  );
  const kept = new Set(records.map(({ deviceId, order }) => `${deviceId} ${order}`));
  note('kept record', (one) => kept.has(keyOf(of<'kept record'>(one))));
  note('door', (one) => of<'door'>(one).found);

  const devices = new Set(
    ledger.planted.flatMap((one) => (one.where === 'flagged clock' ? [one.deviceId] : [])),
  );
  const flagged = new Set<string>();
  const [field] = stage.field.values();
  for (const deviceId of devices) {
    // Any field worker's screen would do; each sees its own county, so all are asked.
    for (const { client } of [field!, ...stage.field.values()]) {
      const { items } = await client.intake.outcomes({ query: { deviceId, limit: PAGE } });
      for (const { order, clockAheadSeconds } of items) {
        if (Math.abs(Math.abs(clockAheadSeconds ?? 0) - 48 * 3_600) < 120)
          flagged.add(`${deviceId} ${order}`);
      }
      if (items.length > 0) break;
    }
  }
  note('flagged clock', (one) => flagged.has(keyOf(of<'flagged clock'>(one))));

  const twice = ledger.planted.flatMap((one) => (one.where === 'applied once' ? one.ids : []));
  const { rows: once } = await database.query<{ id: string }>(
    `select sample.id from sample join intake_outcome outcome on outcome.id = sample.id
      where sample.id = any($1) and outcome.state = 'applied' group by 1 having count(*) = 1`,
    [twice],
  );
  const applied = new Set(once.map(({ id }) => id));
  note('applied once', (one) => of<'applied once'>(one).ids.every((id) => applied.has(id)));

  const { rows: results } = await database.query<{ key: string; sealed: boolean }>(
    `select concat_ws(' ', tube_code, code, state) as key, length(message.raw) > 0 as sealed
       from lab_quarantine join lab_message message on message.id = message_id`,
  );
  const keptResults = tally(results.map(({ key }) => key));
  note('kept result', (one) => {
    const { tubeCode, code, state } = of<'kept result'>(one);
    // The receipt may be told after it: then it is tried again, and as the very result in force it is settled.
    const settled = one.kind === 'result from another laboratory';
    return (
      takeOne(keptResults, `${tubeCode} ${code} ${state}`) ||
      (settled && takeOne(keptResults, `${tubeCode} ${code} applied`))
    );
  });

  const { rows: messages } = await database.query<{ key: string; outcome: string }>(
    `select concat_ws(' ', outcome, bytes) as key, outcome from lab_message where length(raw) > 0`,
  );
  const keptMessages = tally(messages.map(({ key }) => key));
  note('kept message', (one) =>
    takeOne(keptMessages, `${of<'kept message'>(one).outcome} ${of<'kept message'>(one).bytes}`),
  );

  const { rows: resulted } = await database.query<{ code: string }>(
    `select tube_code as code from pool join result on result.pool_id = pool.id and result.current where outcome = 'negative'`,
  );
  const negative = new Set(resulted.map(({ code }) => code));
  note('read as it is', (one) => negative.has(of<'read as it is'>(one).tubeCode));

  const boxes = await pagesOf((cursor) =>
    stage.commander.client.laboratory.boxes({
      query: { differing: 'true' as never, limit: PAGE, ...cursor },
    }),
  );
  const differing = new Set(boxes.map(({ id }) => id));
  note('box difference', (one) => differing.has(of<'box difference'>(one).boxId));

  const { rows: loose } = await database.query<{
    raw: number;
    duties: number;
    results: number;
    boxes: number;
  }>(
    `select (select count(*)::int from intake_outcome where state = 'quarantined' and body is null) as raw,
            (select count(distinct site_id)::int from intake_outcome where state = 'quarantined' and not exists
               (select 1 from task where kind = 'testing.quarantine' and source_id = site_id)) as duties,
            (select count(distinct lab_id)::int from lab_quarantine where state = 'open' and not exists
               (select 1 from task where kind = 'interchange.quarantine' and source_id = lab_id and state = 'open')) as results,
            (select count(distinct id)::int from sample_box box where exists
               (select 1 from sample_box_tube tube where tube.box_id = box.id and (packed <> (arrived_at is not null)))
               and received_at is not null and not exists
               (select 1 from task where kind = 'testing.box-difference' and source_id = box.id)) as boxes`,
  );
  const planted = (where: Planted['where']) => ledger.planted.filter((one) => one.where === where).length;
  return [
    ...FAULTS.map((kind) => {
      const own = ledger.planted.filter((one) => one.kind === kind);
      const again = own.filter((one) => found.get(one) === true).length;
      return within(
        `planted: ${kind}`,
        `${again} found again`,
        `${own.length}`,
        own.length > 0 && again === own.length,
      );
    }),
    equal(
      'records kept that nobody planted',
      kept.size - planted('kept record') + (records.length - kept.size),
      0,
    ),
    equal(
      'results kept that nobody planted',
      [...keptResults.values()].reduce((sum, count) => sum + count, 0),
      0,
    ),
    equal(
      'boxes that differ and were not planted',
      differing.size -
        new Set(ledger.planted.flatMap((one) => (one.where === 'box difference' ? [one.boxId] : []))).size,
      0,
    ),
    equal('kept records whose content is gone', loose[0]!.raw, 0),
    equal('sites with kept records and no duty', loose[0]!.duties, 0),
    equal('laboratories with kept results and no open duty', loose[0]!.results, 0),
    equal('boxes that differ and are nobody’s duty', loose[0]!.boxes, 0),
  ];
}

const keyOf = ({ deviceId, order }: { deviceId: string; order: number }) => `${deviceId} ${order}`;

function tally(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Each planted one takes one of the found: two of a kind need two. */
function takeOne(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0;
  if (left > 0) counts.set(key, left - 1);
  return left > 0;
}

async function pagesOf<Item>(
  ask: (cursor: { cursor?: string }) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: Item[]; nextCursor: string | null } = await ask(cursor === '' ? {} : { cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}
