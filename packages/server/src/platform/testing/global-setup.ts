import type { TestProject } from 'vitest/node';
import { startTestCluster, type TestCluster } from '../postgres/test-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's PostgreSQL cluster; read with `inject('postgres')`. */
    postgres: TestCluster;
  }
}

/** Starts one cluster for all server tests of a run and removes it at the end. */
export async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const { cluster, remove } = await startTestCluster();
  project.provide('postgres', cluster);
  return remove;
}

export default globalSetup;
