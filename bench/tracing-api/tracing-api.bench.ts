/** One first-order search as a person makes it: over HTTP, with scope, purpose, audit and everything found written down. */
import { newId } from '@levee/contract';
import { openTestHouse, startTestCluster } from '@levee/server/testing';
import { type Bench, type BenchRow, median } from '../bench.ts';
import { chooseCases, makeWorkload } from '../co-location/workload.ts';
import { toColumns } from '../co-location/workload-columns.ts';
import { loadWorld } from './load-world.ts';

export const defaults = { stays: 10_000_000, searches: 30, seed: 1 };

const NOW = '2022-08-15T09:00:00+08:00';
/** With what is found in it a search writes and answers much or little. */
const WINDOWS = [
  { words: 'a morning', from: '2022-08-14T08:00:00+08:00', until: '2022-08-14T12:00:00+08:00' },
  { words: '3 days', from: '2022-08-12T09:00:00+08:00', until: NOW },
];

type Path = 'index' | 'sql';
const PATHS: readonly Path[] = ['index', 'sql'];
const WARMING = 15;

export const run: Bench<typeof defaults>['run'] = async ({ stays, searches, seed, print }) => {
  const workload = makeWorkload(stays, seed);
  const { cluster, remove } = await startTestCluster();
  const house = await openTestHouse(NOW, cluster);
  try {
    const cases = chooseCases(workload, searches + WARMING, seed);
    const started = performance.now();
    const caseIds = await loadWorld(house.adminUrl, workload, toColumns(workload), cases);
    print(`${workload.staysCount} stays loaded in ${Math.round((performance.now() - started) / 1000)} s`);
    const rows = [...(await measureStart(house.startStayIndex, print))];
    const [warming, measured] = [caseIds.slice(searches), caseIds.slice(0, searches)];
    const prefecture = await house.signIn('epidemiologist', '6325');
    for (const { words, from, until } of WINDOWS) {
      const search = async (caseId: string, path: Path) => {
        const began = performance.now();
        const result = await prefecture.client.tracing.search({
          purpose: 'contact_tracing',
          body: { id: newId(), caseId, window: { from, until }, minMinutes: 15, path },
        });
        const inside = result.search.milliseconds;
        return { ms: performance.now() - began, people: result.findings.length, inside };
      };
      // A server on duty is warm; the cases it is warmed with are not measured.
      for (const caseId of warming) for (const path of PATHS) await search(caseId, path);
      const found: Record<Path, Awaited<ReturnType<typeof search>>[]> = { index: [], sql: [] };
      for (const [n, caseId] of measured.entries()) {
        // Taking turns at going first: the second finds the pages of the first in memory.
        for (const path of n % 2 === 0 ? PATHS : PATHS.toReversed())
          found[path].push(await search(caseId, path));
      }
      for (const path of PATHS) {
        const of = (read: (one: (typeof found)['index'][number]) => number) => found[path].map(read);
        const note =
          `slowest ${Math.round(Math.max(...of((one) => one.ms)))} ms, ${median(of((one) => one.people))} people found (p50), ` +
          `${median(of((one) => one.inside))} ms before they are written`;
        const p50 = median(of((one) => one.ms));
        rows.push(alone(`search of ${words} through the API by ${path}, p50`, p50, measured.length, note));
        print(`${rows.at(-1)!.job}: ${p50.toFixed(1)} ms; ${note}`);
      }
    }
    return rows;
  } finally {
    await house.close();
    await remove();
  }
};

/** From the database, then from the file the first one left. */
async function measureStart(
  start: Awaited<ReturnType<typeof openTestHouse>>['startStayIndex'],
  print: (line: string) => void,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const from of ['database', 'snapshot'] as const) {
    const began = performance.now();
    const index = start();
    const ready = await index.ready;
    if (ready.from !== from) throw new Error(`the index came from the ${ready.from}: ${ready.thrownAway}`);
    const note = `${(ready.bytes / ready.staysCount).toFixed(1)} B a stay`;
    rows.push(alone(`index ready from the ${from}`, performance.now() - began, 1, note));
    print(`${rows.at(-1)!.job}: ${Math.round(rows.at(-1)!.ours)} ms, ${note}`);
    if (from === 'database') await index.stop();
  }
  return rows;
}

const alone = (job: string, ours: number, n: number, note: string): BenchRow => ({
  job,
  ours,
  peer: null,
  peerName: null,
  ratio: null,
  unit: 'ms',
  n,
  note,
});
