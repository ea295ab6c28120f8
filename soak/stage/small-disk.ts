/** A disk of its own in memory, and a ballast on it: to fill and to free. Mounting needs root. */
import { execFileSync } from 'node:child_process';
import { chmod, type FileHandle, open, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, removeFolder } from './folder.ts';

const MB = 1024 * 1024;

export interface SmallDisk {
  readonly folder: string;
  readonly totalMegabytes: number;
  /** Room left, as df tells it. */
  freeMegabytes(): Promise<number>;
  /** The ballast grows or shrinks until so much is left; 0 fills to the last page. */
  leave(megabytes: number): Promise<void>;
  /** Keeps to `leave(megabytes)` for so long, whatever others write and give back. */
  hold(megabytes: number, forMs: number): Promise<void>;
  /** The ballast is taken off. */
  free(): Promise<void>;
  remove(): Promise<void>;
}

/** @returns the reason where no disk can be mounted */
export async function mountSmallDisk(totalMegabytes: number): Promise<SmallDisk | string> {
  const folder = await makeFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${totalMegabytes}m,mode=711`, 'tmpfs', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    await removeFolder(folder);
    return `no tmpfs can be mounted: ${String((error as { stderr?: Buffer }).stderr ?? error).trim()}`;
  }
  await chmod(folder, 0o711);
  const ballast: FileHandle = await open(join(folder, 'ballast'), 'w');
  const block = Buffer.alloc(4 * MB);
  let size = 0;
  const freeBytes = async () => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  };

  /** False where the disk takes no more. */
  async function grow(bytes: number): Promise<boolean> {
    try {
      const { bytesWritten } = await ballast.write(block, 0, Math.min(bytes, block.length), size);
      size += bytesWritten;
      return bytesWritten > 0;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
      throw error;
    }
  }

  const disk: SmallDisk = {
    folder,
    totalMegabytes,
    freeMegabytes: async () => (await freeBytes()) / MB,
    async leave(megabytes) {
      const wanted = megabytes * MB;
      for (;;) {
        const over = (await freeBytes()) - wanted;
        if (over < 0) {
          size = Math.max(0, size + over);
          await ballast.truncate(size);
          return;
        }
        if (over < 4096 || !(await grow(over))) return;
      }
    },
    async hold(megabytes, forMs) {
      const until = performance.now() + forMs;
      while (performance.now() < until) {
        await disk.leave(megabytes);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async free() {
      size = 0;
      await ballast.truncate(0);
    },
    async remove() {
      await ballast.close();
      execFileSync('umount', [folder]);
      await removeFolder(folder);
    },
  };
  return disk;
}
