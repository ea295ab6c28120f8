import type { Chains } from './chains.ts';

export type InfectorRow = { id: string; infecteesCount: number; generation: number; cluster: number };

/**
 * Cases that infected at least one other, most infectees first (ties in line-list order).
 *
 * infecteesCount = possible links going out. An infectee with two possible infectors counts for both. Misleads while
 * the outbreak runs: recent cases have not had the time to infect, or their infectees are not found yet.
 *
 * @example infecteesPerInfector(chains)[0] // { id: 'SK_14', infecteesCount: 38, … } for MERS Korea 2015
 */
export function infecteesPerInfector(chains: Chains): InfectorRow[] {
  return chains.nodes
    .filter((node) => node.infecteesCount > 0)
    .map(({ id, infecteesCount, generation, cluster }) => ({ id, infecteesCount, generation, cluster }))
    .sort((a, b) => b.infecteesCount - a.infecteesCount);
}
