/**
 * The hash chain over the audit entries. Each link's hash covers the entry and the hash before it, so an edited,
 * deleted or inserted entry is found at its place. A chain alone does not find a cut tail: the head is written
 * outside the database every hour (anchor.ts), and verification compares.
 */
import { createHash } from 'node:crypto';
import type { AuditVerdict, Bilingual } from '@levee/contract';
import { sql } from 'kysely';
import type { Database, Trx } from '../../../platform/db/pool.ts';
import type { Anchor } from './anchor.ts';

interface ChainedEntry {
  readonly sequence: number;
  /** The entry as one text, fields in a fixed order. */
  readonly content: string;
}

const CHAIN_LOCK = 0xa0d17;
const GENESIS = Buffer.alloc(32);
const BATCH = 1000;

const hashOf = (before: Buffer, entry: ChainedEntry): Buffer =>
  createHash('sha256')
    .update(before)
    .update(String(entry.sequence))
    .update('\0')
    .update(entry.content)
    .digest();

/** jsonb_build_array keeps the order and quotes every field, so no two entries share a text. */
const content = sql<string>`jsonb_build_array(entry.at at time zone 'UTC', entry.division, entry.actor_id, entry.actor_name,
  entry.role, entry.route, entry.purpose, entry.command_id, entry.outcome, entry.opened)::text`;

/**
 * Links every settled entry that has no link yet, in the order the transactions settled. Returns how many.
 * One at a time over the whole cluster; safe to call from several servers.
 */
export async function sealEntries(trx: Trx): Promise<number> {
  const { rows: locked } = await sql<{
    ok: boolean;
  }>`select pg_try_advisory_xact_lock(${CHAIN_LOCK}) as ok`.execute(trx);
  if (!locked[0]?.ok) return 0;
  const head = await readHead(trx);
  const { rows } = await sql<ChainedEntry>`
    select entry.sequence, ${content} as content
      from audit_entry entry
     where entry.transaction < pg_snapshot_xmin(pg_current_snapshot())
       and not exists (select from audit_link link where link.entry_sequence = entry.sequence)
     order by entry.transaction, entry.sequence
     limit ${BATCH}`.execute(trx);
  let { ordinal, hash } = head;
  const links = rows.map((entry) => {
    hash = hashOf(hash, entry);
    ordinal += 1;
    return { ordinal, entry_sequence: entry.sequence, hash };
  });
  if (links.length > 0) await trx.insertInto('audit_link').values(links).execute();
  return links.length;
}

export async function readHead(trx: Trx | Database): Promise<{ ordinal: number; hash: Buffer }> {
  const head = await trx
    .selectFrom('audit_link')
    .select(['ordinal', 'hash'])
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst();
  return head ?? { ordinal: 0, hash: GENESIS };
}

/**
 * Walks the whole chain and compares it with the anchors kept outside. The transaction's scope must be the whole
 * jurisdiction. Problems are named by their place in the chain, the first first (at most 20).
 */
export async function verifyChain(trx: Trx, anchors: readonly Anchor[], asOf: string): Promise<AuditVerdict> {
  const problems: { ordinal: number | null; problem: Bilingual }[] = [];
  const found = (ordinal: number | null, zh: string, en: string) => {
    if (problems.length < 20) problems.push({ ordinal, problem: { zh, en } });
  };
  const anchored = new Map(anchors.map((anchor) => [anchor.ordinal, anchor.hash]));
  let before: Buffer = GENESIS;
  let ordinal = 0;
  for (;;) {
    const { rows } = await sql<{
      ordinal: number;
      hash: Buffer;
      sequence: number | null;
      content: string | null;
    }>`
      select link.ordinal, link.hash, entry.sequence, case when entry.sequence is not null then ${content} end as content
        from audit_link link left join audit_entry entry on entry.sequence = link.entry_sequence
       where link.ordinal > ${ordinal} order by link.ordinal limit ${BATCH}`.execute(trx);
    for (const row of rows) {
      if (row.ordinal !== ordinal + 1) {
        found(ordinal + 1, `第 ${ordinal + 1} 环起缺失`, `links are missing from ${ordinal + 1}`);
      }
      ordinal = row.ordinal;
      if (row.sequence === null || row.content === null) {
        found(ordinal, `第 ${ordinal} 环所指的记录已被删除`, `the entry behind link ${ordinal} was deleted`);
      } else if (!hashOf(before, { sequence: row.sequence, content: row.content }).equals(row.hash)) {
        found(
          ordinal,
          `第 ${ordinal} 环的记录或顺序被改动`,
          `the entry behind link ${ordinal} or its order was changed`,
        );
      }
      const outside = anchored.get(ordinal);
      if (outside !== undefined && outside !== row.hash.toString('hex')) {
        found(
          ordinal,
          `第 ${ordinal} 环与库外锚点不符，链可能被整体重写`,
          `link ${ordinal} differs from the anchor outside: the chain was rewritten`,
        );
      }
      before = row.hash;
    }
    if (rows.length < BATCH) break;
  }
  const lastAnchor = anchors.at(-1);
  if (lastAnchor && lastAnchor.ordinal > ordinal) {
    found(
      ordinal + 1,
      `库外锚点已到第 ${lastAnchor.ordinal} 环，库内只到第 ${ordinal} 环：尾部被截断`,
      `an anchor outside knows link ${lastAnchor.ordinal}, the database ends at ${ordinal}: the tail was cut`,
    );
  }
  const { rows: counted } = await sql<{ entries: number; overtaken: number }>`
    select count(*)::int as entries,
           (count(*) filter (where link.ordinal is null and entry.sequence < (select max(entry_sequence) from audit_link)
              and entry.transaction < (select max(linked.transaction) from audit_entry linked join audit_link on entry_sequence = linked.sequence)))::int as overtaken
      from audit_entry entry left join audit_link link on link.entry_sequence = entry.sequence`.execute(trx);
  const { entries, overtaken } = counted[0]!;
  if (overtaken > 0) {
    found(
      null,
      `${overtaken} 条记录不在链中，位置早于已封存的记录：可能是补插的`,
      `${overtaken} entries older than sealed ones stand outside the chain: they may have been inserted`,
    );
  }
  return {
    intact: problems.length === 0,
    entries,
    links: ordinal,
    anchors: anchors.length,
    problems,
    headHash: ordinal > 0 ? before.toString('hex') : null,
    asOf,
  };
}
