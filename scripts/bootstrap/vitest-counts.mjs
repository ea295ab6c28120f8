import { readFileSync, writeFileSync } from 'node:fs';

/** Vitest reporter: writes `{ passed, failed, skipped }` to LEVEE_TEST_COUNTS. Its own JSON drops the reason of a skip. */
export default class CountsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      // A file or suite whose set-up broke holds tests that never ran.
      counts.failed += module.errors().length;
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        if (state === 'passed') counts.passed += 1;
        else if (state === 'failed') counts.failed += 1;
        else counts.skipped.push(`${test.fullName}: ${note ?? reasonOf(test, module)}`);
      }
    }
    writeFileSync(process.env.LEVEE_TEST_COUNTS, JSON.stringify(counts));
  }
}

/** A test marked by a condition carries no note; those that read real outbreaks are known by what their file asks for. */
function reasonOf(test, module) {
  const readsOutbreaks = readFileSync(module.moduleId, 'utf8').includes('readOutbreak(');
  return readsOutbreaks
    ? 'the real outbreak data are not here (no shared/data/outbreaks folder above the checkout)'
    : `marked ${test.options.mode}`;
}
