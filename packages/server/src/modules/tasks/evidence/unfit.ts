import type { Bilingual } from '@levee/contract';

/** Why a file is not kept as evidence. */
export class UnfitFile extends Error {
  override readonly name = 'UnfitFile';
  readonly problem: Bilingual;
  constructor(problem: Bilingual) {
    super(problem.en);
    this.problem = problem;
  }
}

export const notA = (kind: string): UnfitFile =>
  new UnfitFile({ zh: `内容不是 ${kind}，或已损坏`, en: `it is no ${kind}, or is damaged` });
