import { defineConfig } from 'vitest/config';
import { leveeContract } from './apps/console/vite-contract.ts';

const shared = {
  exclude: ['**/node_modules/**', '**/dist/**'],
  pool: 'forks' as const,
  testTimeout: 120_000,
  // A bulk load in another test file holds every file's events back until it commits.
  hookTimeout: 300_000,
};

/** `pure` needs nothing but Node; `server` runs against one real PostgreSQL cluster made for the run. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        plugins: [leveeContract()],
        test: {
          ...shared,
          name: 'pure',
          include: [
            'packages/*/src/**/*.test.{ts,tsx}',
            'apps/*/src/**/*.test.{ts,tsx}',
            'scripts/**/*.test.{ts,mjs}',
          ],
          exclude: [...shared.exclude, 'packages/server/**'],
        },
      },
      {
        test: {
          ...shared,
          name: 'server',
          include: ['packages/server/src/**/*.test.ts'],
          globalSetup: ['packages/server/src/platform/testing/global-setup.ts'],
        },
      },
    ],
  },
});
