import type { Chains } from './chains.ts';

export type OffspringRow = { infecteesCount: number; casesCount: number; casesProportion: number };

/**
 * How many cases infected 0, 1, 2 … others: the offspring distribution as observed, gaps filled with 0.
 *
 * casesProportion = casesCount / all cases. All cases of the line list count, so the table misleads where nobody looked for
 * the contacts of some: they stand in row 0 and pull the mean down. Pass chains built from the investigated cases only, or from those whose
 * infectious period is over, when the table is to be read as a distribution. See Lloyd-Smith JO et al., Nature 2005,
 * doi:10.1038/nature04153
 *
 * @returns rows from 0 to the largest count; empty without cases
 * @example offspringTable(chains).at(-1) // { infecteesCount: 38, casesCount: 1, casesProportion: 0.0062 }
 */
export function offspringTable(chains: Chains): OffspringRow[] {
  const casesCount = chains.nodes.length;
  if (casesCount === 0) return [];
  const largest = chains.nodes.reduce((most, node) => Math.max(most, node.infecteesCount), 0);
  const counts = new Array<number>(largest + 1).fill(0);
  for (const node of chains.nodes) counts[node.infecteesCount]!++;
  return counts.map((count, infecteesCount) => ({
    infecteesCount,
    casesCount: count,
    casesProportion: count / casesCount,
  }));
}
