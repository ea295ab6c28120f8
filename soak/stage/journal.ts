/** A client's own record on its own disk: what it is about to send, and what it was told. Written through before it goes on. */
import { type FileHandle, open } from 'node:fs/promises';

export interface Journal {
  /** Safe on disk when it resolves: the process may die after it. */
  write(line: object): Promise<void>;
  close(): Promise<void>;
}

export async function openJournal(file: string): Promise<Journal> {
  const handle: FileHandle = await open(file, 'a');
  return {
    async write(line) {
      await handle.write(`${JSON.stringify(line)}\n`);
      await handle.datasync();
    },
    close: () => handle.close(),
  };
}
