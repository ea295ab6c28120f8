import type { AuditVerdict } from '@levee/contract';
import { addDays, startOfDay } from '@levee/protocol';
import type { Context } from '../../../platform/context.ts';
import { inScopedTransaction } from '../../../platform/db/pool.ts';
import { emit } from '../../../platform/outbox/emit.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readAnchors, writeAnchor } from './anchor.ts';
import * as audit from './audit.repository.ts';
import { readHead, sealEntries, verifyChain } from './chain.ts';

const ANCHOR_EVERY_MS = 3_600_000;

/** Seals what has settled; once an hour of wall time writes the head outside. Called every few seconds. */
export function createSealer(platform: Platform): () => Promise<void> {
  let anchoredAtMs = 0;
  let anchoredOrdinal = 0;
  return async () => {
    const { db, config, dataDir } = platform;
    while ((await inScopedTransaction(db, config.LEVEE_JURISDICTION, sealEntries)) > 0);
    if (Date.now() - anchoredAtMs < ANCHOR_EVERY_MS) return;
    const head = await readHead(db);
    if (head.ordinal === anchoredOrdinal) return;
    await writeAnchor(dataDir, {
      at: new Date().toISOString(),
      ordinal: head.ordinal,
      hash: head.hash.toString('hex'),
    });
    anchoredAtMs = Date.now();
    anchoredOrdinal = head.ordinal;
  };
}

/** Verifies over the whole jurisdiction, whoever asks: a chain is whole or it is not. */
export async function verify(platform: Platform): Promise<AuditVerdict> {
  const anchors = await readAnchors(platform.dataDir);
  const asOf = new Date(platform.clock.nowMs()).toISOString();
  return inScopedTransaction(platform.db, platform.config.LEVEE_JURISDICTION, (trx) =>
    verifyChain(trx, anchors, asOf),
  );
}

export async function verifyAndTell(context: Context): Promise<AuditVerdict> {
  const verdict = await verify(context.platform);
  await emit(context, {
    kind: verdict.intact ? 'audit.verified' : 'audit.broken',
    division: context.actor.scope,
    subject: { type: 'account', id: context.actor.id },
    data: { links: verdict.links, problems: verdict.problems.length },
  });
  return verdict;
}

interface AuditQuery {
  readonly actorId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly outcome?: 'done' | 'refused' | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** `from` and `until` are civil days of the installation's zone, both inclusive. */
export function listEntries(context: Context, query: AuditQuery, offset: number, limit: number) {
  const zone = context.platform.config.LEVEE_TIME_ZONE;
  return audit.listEntries(
    context.trx,
    {
      ...query,
      from: query.from && startOfDay(query.from, zone),
      until: query.until && startOfDay(addDays(query.until, 1), zone),
    },
    offset,
    limit,
  );
}
