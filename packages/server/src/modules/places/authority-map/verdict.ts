/** What is wrong with one line of a file an authority gives, and where; nothing is written while one stands. */
import type { Bilingual } from '@levee/contract';

export interface Verdict {
  /** `第 3 行`, `第 2 个要素（632521 共和县）`: as a person finds it in the file. */
  readonly where: Bilingual;
  readonly problem: Bilingual;
}

export const inLine = (line: number): Bilingual => ({ zh: `第 ${line} 行`, en: `line ${line}` });

/** A whole file that cannot be read as what it should be. */
export class UnreadableMapError extends Error {
  override readonly name = 'UnreadableMapError';
}
