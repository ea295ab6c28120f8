import type { ChainLink, ChainNode } from '@levee/epi';
import { drawChart, type Layer } from './draw-chart.ts';

const GENERATION_COLOURS = ['#0b5cad', '#b26a00', '#2e7d32', '#8e24aa', '#00838f', '#c62828'];

/** Cases by day of onset, linked; each chain from its root downwards. Cases without onset cannot be drawn. */
export function drawChains(nodes: ChainNode[], links: ChainLink[], dayOf: (date: string) => number): string {
  const shown = nodes
    .filter((node) => node.dateOnset !== null && node.infectors.length + node.infecteesCount > 0)
    .sort(
      (a, b) =>
        a.cluster - b.cluster || a.generation - b.generation || a.dateOnset!.localeCompare(b.dateOnset!),
    );
  const place = new Map(shown.map((node, i) => [node.id, { x: dayOf(node.dateOnset!), y: i + 1 }]));
  const lines = links.flatMap(({ from, to }): Layer[] => {
    const ends = [place.get(from), place.get(to)];
    return ends[0] && ends[1] ? [{ kind: 'line', colour: '#c3cad6', points: [ends[0], ends[1]] }] : [];
  });
  const generations = Map.groupBy(shown, (node) => node.generation);
  const points = [...generations].map(
    ([generation, group]): Layer => ({
      kind: 'points',
      colour: GENERATION_COLOURS[generation % GENERATION_COLOURS.length]!,
      points: group.map((node) => place.get(node.id)!),
    }),
  );
  return drawChart({
    title: `${shown.length} linked cases by onset, coloured by generation`,
    xLabel: 'day of onset',
    yLabel: 'cases, by chain',
    xNames: new Map(shown.map((node) => [dayOf(node.dateOnset!), node.dateOnset!])),
    layers: [...lines, ...points],
  });
}
