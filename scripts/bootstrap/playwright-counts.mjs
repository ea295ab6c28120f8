/**
 * `{ passed, failed, skipped }` from Playwright's JSON report, skipped as lines "test: reason".
 * A test that passed only when repeated counts as failed.
 */
export function countPlaywright({ suites, errors }) {
  const counts = { passed: 0, failed: errors.length, skipped: [] };
  for (const { title, status, annotations } of suites.flatMap(testsOf)) {
    if (status === 'expected') counts.passed += 1;
    else if (status !== 'skipped') counts.failed += 1;
    else {
      const reason = annotations.find(({ type }) => type === 'skip')?.description;
      counts.skipped.push(`${title}: ${reason ?? 'marked skipped'}`);
    }
  }
  return counts;
}

function testsOf({ suites = [], specs = [] }) {
  const own = specs.flatMap(({ title, tests }) => tests.map((test) => ({ title, ...test })));
  return [...own, ...suites.flatMap(testsOf)];
}
