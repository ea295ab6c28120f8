import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Region } from './regions.ts';

export type Method = 'parametric_si' | 'non_parametric_si';
/** Per region and window: mean, sd and the seven quantiles; NaN where there is no estimate. */
export type RtAnswer = Float64Array;
export type EpiEstimRun = { seconds: number; answer: RtAnswer };

/** @returns the reason when R or the package cannot be had */
export function findEpiEstim(): { name: string } | string {
  const asked = spawnSync('Rscript', ['-e', 'cat(as.character(packageVersion("EpiEstim")))'], {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC' },
  });
  if (asked.error) return 'Rscript is not on this machine (apt-get install r-cran-epiestim)';
  if (asked.status !== 0) return 'the R package EpiEstim is not installed (apt-get install r-cran-epiestim)';
  return { name: `EpiEstim ${asked.stdout.trim()}` };
}

/** Estimates all regions in one R process on one thread; start of R and reading are not timed. */
export function runEpiEstim(regions: Region[], method: Method, table: ArrayLike<number>): EpiEstimRun {
  const folder = mkdtempSync(join(tmpdir(), 'levee-bench-epi-'));
  try {
    writeFileSync(join(folder, 'cases.csv'), regions.map(({ cases }) => cases.join(',')).join('\n'));
    writeFileSync(join(folder, 'interval.csv'), Array.from(table).join('\n'));
    const script = join(import.meta.dirname, 'estimate-rt.R');
    const { status, stderr } = spawnSync('Rscript', [script, folder, method], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'UTC', OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    });
    if (status !== 0) throw new Error(`Rscript ended with ${status}: ${stderr}`);
    const bytes = readFileSync(join(folder, 'answer.bin'));
    return {
      seconds: Number(readFileSync(join(folder, 'seconds.txt'), 'utf8')),
      answer: new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
