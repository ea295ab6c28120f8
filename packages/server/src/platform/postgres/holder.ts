import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere, writeWhole } from './stored.ts';

/**
 * Which Levee process holds a data folder: a process id and the moment that process began, because ids
 * are given out again. A holder that is gone left its database behind for adoption.
 */
type Holder = { pid: number; began: string };

const holderFile = (dataDir: string) => join(dataDir, 'holder.json');

/** The process id of a living Levee other than us that holds the folder. */
export async function findHolder(dataDir: string): Promise<number | undefined> {
  const text = await readIfThere(holderFile(dataDir));
  if (text === undefined) return undefined;
  const holder = JSON.parse(text) as Holder;
  return holder.pid !== process.pid && isAlive(holder.pid) && began(holder.pid) === holder.began
    ? holder.pid
    : undefined;
}

export async function hold(dataDir: string): Promise<void> {
  const holder: Holder = { pid: process.pid, began: began(process.pid) };
  await writeWhole(holderFile(dataDir), `${JSON.stringify(holder)}\n`, 0o644);
}

export function letGo(dataDir: string): void {
  rmSync(holderFile(dataDir), { force: true });
}

/** A process that still runs; one that ended but was not yet collected by its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return statFields(pid)[0] !== 'Z';
}

/** Start time in clock ticks since boot; '' where there is no /proc. */
function began(pid: number): string {
  return statFields(pid)[19] ?? '';
}

/** /proc/pid/stat from field 3 (the state) on; empty where there is no /proc. */
function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
