/** What has no peer: bytes a stay with later additions, and how soon an index is ready from its snapshot file. */
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CoLocationIndex } from '@levee/epi';
import { type BenchRow, median } from '../bench.ts';
import { inWords } from './compare.ts';
import type { Ours } from './ours.ts';
import { START } from './workload.ts';

const READS = 3;
const AT_ONCE = 1 << 26;

export async function measureIndex(ours: Ours, print: (line: string) => void): Promise<BenchRow[]> {
  const { index } = ours;
  const folder = mkdtempSync(join(tmpdir(), 'levee-bench-'));
  const file = join(folder, 'stays.snapshot');
  const times: number[] = [];
  let writing = 0;
  try {
    const started = performance.now();
    const out = openSync(file, 'w');
    for (const part of index.serialise('')) writeWhole(out, part);
    closeSync(out);
    writing = performance.now() - started;
    for (let n = 0; n < READS; n++) {
      const began = performance.now();
      const { index: again } = CoLocationIndex.deserialise(readShared(file));
      times.push(performance.now() - began);
      if (again.staysCount !== index.staysCount) throw new Error('the snapshot holds other stays');
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  // One stay in a hundred comes later, before anything is compacted.
  const later = Math.round(index.staysCount / 100);
  for (let n = 0; n < later; n++)
    index.add({
      person: index.personName(n),
      place: '018f2c4e-2000-7000-8000-000000000000',
      from: START + n,
      until: START + n + 60,
    });
  const row = (
    job: string,
    value: number,
    unit: string,
    n: number,
    goal: number,
    note: string,
  ): BenchRow => ({
    job,
    ours: value,
    peer: null,
    peerName: null,
    ratio: null,
    unit,
    n,
    note: `goal ${goal} ${value <= goal ? 'reached' : 'MISSED'}, ${note}`,
  });
  const scale = Math.max(1, index.staysCount / 10_100_000);
  const rows = [
    row(
      'resident bytes a stay',
      index.byteLength / index.staysCount,
      'B',
      1,
      16,
      'names and 1 % later additions included',
    ),
    row(
      'ready from a snapshot file',
      median(times),
      'ms',
      READS,
      Math.round(5000 * scale),
      `written in ${Math.round(writing)} ms`,
    ),
    row(
      'built from memory',
      ours.buildMilliseconds,
      'ms',
      1,
      Math.round(20_000 * scale),
      'without the database',
    ),
  ];
  for (const one of rows) print(inWords(one));
  return rows;
}

function writeWhole(file: number, part: Uint8Array): void {
  for (let at = 0; at < part.length; ) at += writeSync(file, part, at, Math.min(AT_ONCE, part.length - at));
}

function readShared(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(new SharedArrayBuffer(fstatSync(file).size));
    for (let at = 0; at < bytes.length; )
      at += readSync(file, bytes, at, Math.min(AT_ONCE, bytes.length - at), null);
    return bytes;
  } finally {
    closeSync(file);
  }
}
