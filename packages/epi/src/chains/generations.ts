import type { CivilDay } from '../calendar/civil-day.ts';
import type { Chains } from './chains.ts';

export type Generation = {
  generation: number;
  casesCount: number;
  /** Links from cases of this generation to any case. */
  infecteesCount: number;
  /** Cases with neither infector nor infectee known; they stand in generation 0 because nothing is known. */
  unlinkedCount: number;
  firstOnset: CivilDay | null;
  lastOnset: CivilDay | null;
};

/**
 * Cases by generation, from 0 (no known infector) on.
 *
 * generation(case) = 0 without known infector, else 1 + the smallest generation among its possible infectors.
 * Misleads when infectors are missing: their infectees restart at 0, so later generations are undercounted; and the
 * last generations are always incomplete while the outbreak runs. Definition: Fine PEM, Am J Epidemiol 2003,
 * doi:10.1093/aje/kwg251
 *
 * @example generations(chains).map((row) => row.casesCount)
 */
export function generations(chains: Chains): Generation[] {
  return [...Map.groupBy(chains.nodes, (node) => node.generation)]
    .sort(([a], [b]) => a - b)
    .map(([generation, nodes]) => {
      const onsets = nodes.flatMap((node) => node.dateOnset ?? []).sort();
      return {
        generation,
        casesCount: nodes.length,
        infecteesCount: nodes.reduce((sum, node) => sum + node.infecteesCount, 0),
        unlinkedCount: nodes.filter((node) => node.infectors.length + node.infecteesCount === 0).length,
        firstOnset: onsets[0] ?? null,
        lastOnset: onsets.at(-1) ?? null,
      };
    });
}
