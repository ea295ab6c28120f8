import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOrInstallChromium } from './browser.mjs';
import { countPlaywright } from './playwright-counts.mjs';
import { root, run } from './run.mjs';

/**
 * Runs the unit and server tests, then the browser tests, and ends with the line `N passed, N failed`.
 * With arguments only the unit and server tests they select run.
 *
 * @returns exit code: 1 when a test failed or none ran
 */
export async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'levee-test-report-'));
  try {
    const runs = [await runVitest(join(folder, 'vitest.json'), args)];
    if (runs[0].interrupted) return runs[0].interrupted;
    runs.push(
      args.length > 0 ? skip('a selection was asked for') : await runBrowser(join(folder, 'e2e.json')),
    );
    const passed = runs.reduce((total, counts) => total + counts.passed, 0);
    const failed = runs.reduce((total, counts) => total + counts.failed, 0);
    for (const line of runs.flatMap(({ skipped }) => skipped)) console.log(`skipped: ${line}`);
    console.log(`${passed} passed, ${failed} failed`);
    return failed > 0 || passed === 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runVitest(reportFile, args) {
  const reporters = ['--reporter=default', '--reporter=./scripts/bootstrap/vitest-counts.mjs'];
  const code = await run(join(root, 'node_modules/.bin/vitest'), ['run', ...reporters, ...args], {
    env: { ...process.env, LEVEE_TEST_COUNTS: reportFile },
  });
  return counted('unit and server tests', code, reportFile, (counts) => counts);
}

async function runBrowser(reportFile) {
  const folder = join(root, 'e2e');
  if (!existsSync(join(folder, 'playwright.config.ts')))
    return skip('e2e/playwright.config.ts is not there yet');
  const chromium = await findOrInstallChromium();
  if (!chromium) return skip('no Chromium on this machine');
  const code = await run(join(root, 'node_modules/.bin/playwright'), ['test', '--reporter=list,json'], {
    cwd: folder,
    env: { ...process.env, CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile },
  });
  return counted('browser tests', code, reportFile, countPlaywright);
}

/** Reads a report. A run that ended badly without a counted failure counts as one: nothing fails in silence. */
function counted(title, code, reportFile, count) {
  const none = { passed: 0, failed: 0, skipped: [] };
  const counts = existsSync(reportFile) ? count(JSON.parse(readFileSync(reportFile, 'utf8'))) : none;
  if (code >= 128) return { ...counts, interrupted: code, failed: counts.failed + 1 };
  if (code === 0 || counts.failed > 0) return counts;
  console.error(`${title}: ended with exit code ${code} outside any test; counted as one failure`);
  return { ...counts, failed: 1 };
}

const skip = (reason) => ({ passed: 0, failed: 0, skipped: [`browser tests: ${reason}`] });
