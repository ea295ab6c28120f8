import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportGround, isWhole, openImportGround, purpose } from './imports-ground.ts';

const ROWS = 20_000;
/** Every hundredth row is wrong and every fiftieth said twice. */
const makeList = (): string => {
  const lines = ['id,date_onset,age'];
  for (let row = 1; lines.length <= ROWS; row += 1) {
    lines.push(`M-${row},2022-0${(row % 7) + 1}-15,${row % 100 === 0 ? 203 : row % 90}`);
    if (row % 50 === 1 && lines.length <= ROWS) lines.push(lines.at(-1)!);
  }
  return lines.join('\n');
};

describe('a crash in the middle of an import', () => {
  let ground: ImportGround;
  let child: ChildProcess | undefined;
  const dataDir = mkdtempSync(join(tmpdir(), 'levee-crash-'));
  beforeAll(async () => {
    ground = await openImportGround();
  });
  afterAll(async () => {
    child?.kill('SIGKILL');
    await ground.house.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('another server goes on where it stopped: no row twice, none lost, in = accepted + rejected + left [T04 T16]', async () => {
    const { house, client } = ground;
    const checked = await ground.check(await ground.upload(makeList()));
    await house.jobs.stop();
    await client.cases.commitImport({
      purpose,
      params: { importId: checked.id },
      body: { into: { name: 'crash', packId: null } },
    });
    const file = fileURLToPath(new URL('./crash-worker.ts', import.meta.url));
    const now = new Date(house.clock.nowMs()).toISOString();
    const args = [
      '--url',
      house.appUrl,
      '--data',
      dataDir,
      '--secret',
      'a test secret that is long enough',
      '--now',
      now,
    ];
    child = spawn(process.execPath, [file, ...args], { stdio: 'inherit' });
    const doneCount = async () =>
      Number(
        (await house.asSuperuser(`select done_count from job where kind = 'cases.commit-import'`))[0]![
          'done_count'
        ],
      );
    while ((await doneCount()) < ROWS / 2) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    await new Promise((resolve) => child!.once('exit', resolve));
    const atCrash = await doneCount();
    expect(atCrash).toBeLessThan(ROWS);

    // The lease of the dead runs out.
    await house.asSuperuser(`update job set lease_until = clock_timestamp() where state = 'running'`);
    await house.jobs.start();
    const done = await ground.settled(checked.id);
    expect(done.state).toBe('committed');
    expect(done.counts.cases).toMatchObject({
      rows: ROWS,
      accepted: checked.counts.cases.ok,
      rejected: checked.counts.cases.error,
      left: checked.counts.cases.duplicate,
    });
    expect(isWhole(done.counts.cases)).toBe(true);
    const [stored] = await house.asSuperuser(
      'select count(*)::int as cases, count(distinct external_id)::int as ids from case_file where import_id = $1',
      [checked.id],
    );
    expect(stored).toEqual({ cases: done.counts.cases.accepted, ids: done.counts.cases.accepted });
    const written = await house.asSuperuser(
      'select written, count(*)::int as count from import_row where import_id = $1 group by 1 order by 1',
      [checked.id],
    );
    expect(written).toEqual([
      { written: 'accepted', count: done.counts.cases.accepted },
      { written: 'duplicate', count: done.counts.cases.left },
      { written: 'rejected', count: done.counts.cases.rejected },
    ]);
  });
});
