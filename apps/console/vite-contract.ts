import { contract, eventKinds, type Route } from '@levee/contract';
import type { Plugin } from 'vite';

/**
 * `virtual:levee-contract`: the titles of events, and of every route its method, path and title, read from the contract when the console is built.
 * The schemas stay with the server, which parses what goes in and out; in the browser they were a third of the first view.
 */
export function leveeContract(): Plugin {
  const name = 'virtual:levee-contract';
  const bare = Object.fromEntries(
    Object.entries(contract).map(([group, routes]) => [
      group,
      Object.fromEntries(
        Object.entries(routes as Record<string, Route>).map(([route, { method, path, summary }]) => [
          route,
          { method, path, summary },
        ]),
      ),
    ]),
  );
  return {
    name: 'levee-contract',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) =>
      id === `\0${name}`
        ? `export const routes = ${JSON.stringify(bare)};\nexport const eventKinds = ${JSON.stringify(eventKinds)};`
        : undefined,
  };
}
