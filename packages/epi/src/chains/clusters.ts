import type { CivilDay } from '../calendar/civil-day.ts';
import type { Chains } from './chains.ts';

export type Cluster = {
  cluster: number;
  /** Members in line-list order. */
  ids: string[];
  casesCount: number;
  /** Members without known infector: where the cluster may have come in. */
  rootIds: string[];
  generationsCount: number;
  firstOnset: CivilDay | null;
  lastOnset: CivilDay | null;
};

/**
 * The connected groups of cases, largest first (ties in line-list order).
 *
 * Two cases are in one cluster when a path of possible links joins them, whatever its direction. Lone cases are
 * clusters of one; `minimumSize: 2` leaves them out. Misleads where links were searched harder in one place than in
 * another: a cluster is a cluster of *found* links. Nagraj VP et al., F1000Research 2018,
 * doi:10.12688/f1000research.15168.1. epicontacts: `get_clusters`.
 *
 * @example clusters(chains, { minimumSize: 2 })[0]?.ids
 */
export function clusters(chains: Chains, { minimumSize = 1 }: { minimumSize?: number } = {}): Cluster[] {
  return [...Map.groupBy(chains.nodes, (node) => node.cluster)]
    .filter(([, nodes]) => nodes.length >= minimumSize)
    .map(([cluster, nodes]) => {
      const onsets = nodes.flatMap((node) => node.dateOnset ?? []).sort();
      return {
        cluster,
        ids: nodes.map((node) => node.id),
        casesCount: nodes.length,
        rootIds: nodes.filter((node) => node.infectors.length === 0).map((node) => node.id),
        generationsCount: 1 + nodes.reduce((deepest, node) => Math.max(deepest, node.generation), 0),
        firstOnset: onsets[0] ?? null,
        lastOnset: onsets.at(-1) ?? null,
      };
    })
    .sort((a, b) => b.casesCount - a.casesCount || a.cluster - b.cluster);
}
