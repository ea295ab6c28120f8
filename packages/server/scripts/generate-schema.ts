/**
 * Writes row types (`src/platform/db/schema.gen.ts`) and the snapshot (`schema.sql`) from a freshly migrated
 * database. `--check` compares instead and fails on a difference. `--url` names an empty database to use;
 * otherwise a throw-away cluster is started.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { migrate } from '../src/platform/db/migrate.ts';
import { dumpSchema } from './dump-schema.ts';

const { values } = parseArgs({
  options: { url: { type: 'string' }, check: { type: 'boolean', default: false } },
});
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const typesFile = here('../src/platform/db/schema.gen.ts');
const snapshotFile = here('../schema.sql');

await withDatabase(async (url) => {
  await migrate(url);
  const fresh = { [snapshotFile]: await dumpSchema(url), [typesFile]: rowTypes(url) };
  for (const [file, text] of Object.entries(fresh)) {
    if (!values.check) writeFileSync(file, text);
    else if (readFileSync(file, 'utf8') !== text) {
      console.error(`${file} is not what the migrations make; run npm run db:types and read the difference`);
      process.exitCode = 1;
    }
  }
});

async function withDatabase(work: (url: string) => Promise<void>): Promise<void> {
  if (values.url) return work(values.url);
  const { startTestCluster } = await import('../src/platform/postgres/test-cluster.ts');
  const { postgres, remove } = await startTestCluster();
  try {
    await postgres.createDatabase('schema');
    await work(postgres.ownerUrl('schema'));
  } finally {
    await remove();
  }
}

function rowTypes(url: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'levee-schema-'));
  const file = join(folder, 'schema.ts');
  const program = createRequire(import.meta.url).resolve('kysely-codegen/dist/cli/bin.js');
  const options = {
    url,
    dialect: 'postgres',
    'default-schema': 'public',
    'include-pattern': 'public.*',
    'exclude-pattern': '*migration',
    'out-file': file,
    'numeric-parser': 'number',
    'date-parser': 'string',
    'type-mapping': JSON.stringify({ timestamptz: 'string', int8: 'number', division_code: 'string' }),
  };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const ran = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`kysely-codegen failed: ${ran.stderr}${ran.stdout}`);
  const text = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  return text;
}
