/** The peer: pgbench writing rows of the same width into a table with one key, on the same PostgreSQL. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestCluster } from '@levee/server/testing';
import pg from 'pg';

const DATABASE = 'levee_pgbench';
export const PEER_BODY =
  '{"poolId":"0198c0de-0000-7000-8000-000000000000","tubeCode":"QH000000","capacity":10,"who":{"personId":"0198c0de-0000-7000-8000-000000000000"},"foundIn":"community_screening"}';

/** @returns the reason where pgbench cannot be had */
export function findPgbench(): { name: string } | string {
  const asked = spawnSync('pgbench', ['--version'], { encoding: 'utf8' });
  if (asked.error) return 'pgbench is not on this machine (apt-get install postgresql)';
  return { name: asked.stdout.trim().replace(/ \(Debian.*/, '') };
}

export async function preparePeer({ adminUrl }: TestCluster): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create database ${DATABASE}`);
  await admin.end();
  const client = new pg.Client({ connectionString: peerUrl(adminUrl) });
  await client.connect();
  await client.query(`
    create table peer (
      position bigint generated always as identity primary key,
      id uuid not null, device_id uuid not null, device_order integer not null, division text not null,
      site_id uuid not null, kind text not null, body jsonb not null, at timestamptz not null,
      received_at timestamptz not null, ahead_seconds integer not null, actor_id uuid not null
    )`);
  await client.end();
}

/** Rows a second, committed one statement at a time by `clients` connections. */
export function runPgbench(
  { adminUrl }: TestCluster,
  clients: number,
  rowsAStatement: number,
  seconds: number,
): number {
  const folder = mkdtempSync(join(tmpdir(), 'levee-pgbench-'));
  try {
    const row = `(gen_random_uuid(), gen_random_uuid(), 1, '632521100', gen_random_uuid(), 'sample', '${PEER_BODY}', now(), now(), 0, gen_random_uuid())`;
    const script = join(folder, 'insert.sql');
    const columns =
      'id, device_id, device_order, division, site_id, kind, body, at, received_at, ahead_seconds, actor_id';
    writeFileSync(
      script,
      `insert into peer (${columns}) values ${Array.from({ length: rowsAStatement }, () => row).join(', ')};\n`,
    );
    const { hostname, port, username, password } = new URL(adminUrl);
    const args = [
      '-n',
      '-M',
      'prepared',
      '-f',
      script,
      '-c',
      String(clients),
      '-j',
      '2',
      '-T',
      String(seconds),
    ];
    const { status, stdout, stderr } = spawnSync(
      'pgbench',
      [...args, '-h', hostname, '-p', port, '-U', username, DATABASE],
      { encoding: 'utf8', env: { ...process.env, PGPASSWORD: decodeURIComponent(password) } },
    );
    if (status !== 0) throw new Error(`pgbench ended with ${status}: ${stderr}`);
    return Number(/tps = ([\d.]+)/.exec(stdout)![1]) * rowsAStatement;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function peerUrl(adminUrl: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${DATABASE}`;
  return url.href;
}
