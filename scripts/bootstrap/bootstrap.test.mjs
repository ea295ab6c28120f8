import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fingerprint } from './build.mjs';
import { isRightNode } from './node.mjs';
import { countPlaywright } from './playwright-counts.mjs';
import { capture, root, run } from './run.mjs';

const folder = mkdtempSync(join(tmpdir(), 'levee-bootstrap-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = process.execPath;

describe('the bootstrap', () => {
  it('takes Node 22.18, 24.2 and later, and no other [bootstrap]', () => {
    const right = ['v22.18.0', 'v22.19.1', 'v24.2.0', 'v24.21.0', 'v25.0.0', 'v26.1.0'];
    const wrong = ['v18.0.0', 'v20.20.2', 'v22.17.9', 'v23.11.0', 'v24.1.0'];
    expect(right.filter(isRightNode)).toEqual(right);
    expect(wrong.filter(isRightNode)).toEqual([]);
  });

  it('hands on the exit code of what it ran, and 128 + the number of a signal [bootstrap]', async () => {
    expect(await run(node, ['-e', 'process.exit(7)'])).toBe(7);
    expect(await run(node, ['-e', 'process.kill(process.pid, "SIGTERM")'])).toBe(143);
  });

  it('passes SIGTERM on, waits for the child and leaves no process [bootstrap]', async () => {
    const child = `process.on('SIGTERM', () => setTimeout(() => process.exit(5), 100)); setInterval(() => {}, 1000); console.log(process.pid)`;
    const parent = `
      import { run } from ${JSON.stringify(join(root, 'scripts/bootstrap/run.mjs'))};
      process.exitCode = await run(process.execPath, ['-e', ${JSON.stringify(child)}]);`;
    const process_ = spawn(node, ['--input-type=module', '-e', parent], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(process_.stdout, 'data');
    process_.kill('SIGTERM');
    expect(await once(process_, 'exit')).toEqual([5, null]);
    expect(() => process.kill(Number(line), 0)).toThrow(/ESRCH/);
  });

  it('keeps what a silent step said, and its exit code [bootstrap]', async () => {
    const { code, output } = await capture(node, [
      '-e',
      'console.log("one"); console.error("two"); process.exit(3)',
    ]);
    expect({ code, output }).toEqual({ code: 3, output: 'one\ntwo\n' });
  });

  it('builds again when a source file is written, added or removed, and not otherwise [bootstrap]', () => {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/a.ts'), 'a');
    const first = fingerprint(['src', 'missing'], folder);
    expect(fingerprint(['src', 'missing'], folder)).toBe(first);
    writeFileSync(join(folder, 'src/b.ts'), 'b');
    const second = fingerprint(['src', 'missing'], folder);
    expect(second).not.toBe(first);
    writeFileSync(join(folder, 'src/b.ts'), 'bb');
    expect(fingerprint(['src', 'missing'], folder)).not.toBe(second);
    rmSync(join(folder, 'src/b.ts'));
    expect(fingerprint(['src', 'missing'], folder)).toBe(first);
  });

  it('counts browser tests, a repeated one and a file that did not load as failures [bootstrap]', () => {
    const test = (status, annotations = []) => ({ title: status, tests: [{ status, annotations }] });
    const report = {
      errors: [{ message: 'cannot load' }],
      suites: [
        {
          specs: [test('expected'), test('flaky')],
          suites: [
            { specs: [test('unexpected'), test('skipped', [{ type: 'skip', description: 'no camera' }])] },
          ],
        },
      ],
    };
    expect(countPlaywright(report)).toEqual({ passed: 1, failed: 3, skipped: ['skipped: no camera'] });
  });

  it('reports every kind of test outcome, with the reason of a skip, and a file that breaks on loading [bootstrap]', () => {
    const file = (name, text) => writeFileSync(join(folder, name), text);
    file('vitest.config.mjs', 'export default {}');
    file(
      'a.test.mjs',
      `
      import { expect, it } from ${JSON.stringify(join(root, 'node_modules/vitest/dist/index.js'))};
      it('passes', () => {});
      it('fails', () => expect(1).toBe(2));
      it('leaves', (context) => context.skip('no data here'));
      it.skip('rests', () => {});`,
    );
    file('b.test.mjs', 'throw new Error("breaks");');
    const counts = join(folder, 'counts.json');
    spawnSync(
      join(root, 'node_modules/.bin/vitest'),
      ['run', '--root', folder, `--reporter=${join(root, 'scripts/bootstrap/vitest-counts.mjs')}`],
      { env: { ...process.env, LEVEE_TEST_COUNTS: counts }, cwd: folder },
    );
    const read = spawnSync('cat', [counts], { encoding: 'utf8' }).stdout;
    expect(JSON.parse(read)).toEqual({
      passed: 1,
      failed: 2,
      skipped: ['leaves: no data here', 'rests: marked skip'],
    });
  });

  it('says how it is used when the command is unknown [bootstrap]', () => {
    const { status, stderr } = spawnSync(node, [join(root, 'scripts/bootstrap.mjs'), 'dance'], {
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toContain('demo|start|test|check');
  });
});
