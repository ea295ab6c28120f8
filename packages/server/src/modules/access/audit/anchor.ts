/** The chain's head, written outside the database: what tells a cut or rewritten tail from a true one. */
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const anchor = z.object({ at: z.string(), ordinal: z.int(), hash: z.string() });
export type Anchor = z.output<typeof anchor>;

const fileOf = (dataDir: string) => join(dataDir, 'anchors', 'audit.jsonl');

/** Appends the head. The folder is best a disk or share the database's administrator cannot write. */
export async function writeAnchor(dataDir: string, head: Anchor): Promise<void> {
  await mkdir(join(dataDir, 'anchors'), { recursive: true });
  const file = await open(fileOf(dataDir), 'a', 0o640);
  try {
    const { size } = await file.stat();
    // On a full disk half a line may be written: it is taken off again, or the next would stand behind it.
    await file.writeFile(`${JSON.stringify(head)}\n`).catch(async (error: unknown) => {
      await file.truncate(size);
      throw error;
    });
    await file.sync();
  } finally {
    await file.close();
  }
}

/** All anchors, oldest first. A torn last line (power cut while writing) is left out; any other bad line is an error. */
export async function readAnchors(dataDir: string): Promise<Anchor[]> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n');
  const whole = lines.slice(0, -1);
  return whole.map((line, index) => {
    const parsed = anchor.safeParse(JSON.parse(line));
    if (!parsed.success) throw new Error(`anchors/audit.jsonl line ${index + 1} is not an anchor`);
    return parsed.data;
  });
}
