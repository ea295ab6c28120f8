/**
 * Import: a stock of samples handed over in the largest batches the door takes, against COPY of the same rows into a
 * table with the same columns and one key. Both have their bytes ready before the clock runs.
 */
import { setTimeout } from 'node:timers/promises';
import type { TestCluster } from '@levee/server/testing';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Device } from './device.ts';
import { PEER_BODY, peerUrl } from './pgbench.ts';

/** Most commands in one batch of the door. */
const BATCH = 500;

export interface Imported {
  /** Rows a second until the last is committed and acknowledged. */
  readonly committed: number;
  /** Rows a second until the last stands in its tube. */
  readonly applied: number;
  readonly ids: readonly string[];
}

/** Sends `rows` samples by `devices`, each its next batch when it has the answer to the last. */
export async function importSamples(
  adminUrl: string,
  devices: readonly Device[],
  rows: number,
): Promise<Imported> {
  const shares = devices.map((device) => {
    const batches = Math.round(rows / BATCH / devices.length);
    return { device, parcels: Array.from({ length: batches }, () => device.pack(BATCH)) };
  });
  const ids: string[] = [];
  const began = performance.now();
  await Promise.all(
    shares.map(async ({ device, parcels }) => {
      for (const parcel of parcels) {
        for (;;) {
          const { status, retryAfterSeconds } = await device.deliver(parcel);
          if (status === 200) break;
          if (status !== 503) throw new Error(`the door answered ${status}`);
          await setTimeout((retryAfterSeconds ?? 1) * 1000);
        }
        for (const id of parcel.ids) ids.push(id);
      }
    }),
  );
  const committedMs = performance.now() - began;
  await untilApplied(adminUrl);
  const appliedMs = performance.now() - began;
  return { committed: (ids.length / committedMs) * 1000, applied: (ids.length / appliedMs) * 1000, ids };
}

export async function untilApplied(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (;;) {
      const { rowCount } = await client.query('select from intake limit 1');
      if (rowCount === 0) return;
      await setTimeout(20);
    }
  } finally {
    await client.end();
  }
}

/** COPYs rows of the same samples into the peer's table, as one statement; rows a second until it is committed. */
export async function copySamples({ adminUrl }: TestCluster, ids: readonly string[]): Promise<number> {
  const client = new pg.Client({ connectionString: peerUrl(adminUrl) });
  await client.connect();
  try {
    await client.query('truncate peer');
    const chunks: Buffer[] = [];
    for (let at = 0; at < ids.length; at += 1_000) {
      const lines = ids
        .slice(at, at + 1_000)
        .map(
          (id) =>
            `${id}\t${id}\t1\t632521100\t${id}\tsample\t${PEER_BODY}\t2022-08-11 21:00:00+08\t2022-08-11 21:00:00+08\t0\t${id}\n`,
        );
      chunks.push(Buffer.from(lines.join(''), 'latin1'));
    }
    const began = performance.now();
    const stream = client.query(
      copyFrom(
        'copy peer (id, device_id, device_order, division, site_id, kind, body, at, received_at, ahead_seconds, actor_id) from stdin',
      ),
    );
    for (const chunk of chunks) if (!stream.write(chunk)) await new Promise((go) => stream.once('drain', go));
    await new Promise((resolve, reject) => stream.on('finish', resolve).on('error', reject).end());
    return (ids.length / (performance.now() - began)) * 1000;
  } finally {
    await client.end();
  }
}
