/** The processes of a run as the system counts them: which are the database's, and what they took. Linux only. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The processes of the database on this folder: the postmaster first, then its children. */
export async function databaseProcesses(dataDir: string): Promise<number[]> {
  const text = await readFile(join(dataDir, 'pg/postmaster.pid'), 'utf8').catch(() => '');
  const postmaster = Number.parseInt(text, 10);
  if (!postmaster) return [];
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const children = await Promise.all(
    all.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === postmaster ? [pid] : [];
    }),
  );
  return [postmaster, ...children.flat()];
}

const TICKS_A_SECOND = 100;

/** Processor time of these processes and of their children that have ended, in seconds: what a run cost, whoever else was at work. */
export async function processorSeconds(pids: readonly number[]): Promise<number> {
  const each = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // utime, stime, cutime, cstime: fields 14 to 17, counted from behind the name.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks || 0), 0);
    }),
  );
  return each.reduce((sum, ticks) => sum + ticks, 0) / TICKS_A_SECOND;
}

/** The most memory a process held since, by looking twice a second; asking ends the watch. */
export function watchMemory(pid: number): () => number {
  let most = 0;
  const look = setInterval(async () => {
    most = Math.max(most, await residentMegabytes(pid));
  }, 500);
  return () => {
    clearInterval(look);
    return most;
  };
}

export async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
}
