/** Every screen a role can reach from its rail: it opens, says nothing red, and axe finds nothing serious in it. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type Language, type Theme, test } from './house/visitor.ts';

/** Between them these see every entry of the rail. */
const roles = [
  'gonghe.duty-officer',
  'gonghe.epidemiologist',
  'gonghe.commander',
  'gonghe.laboratory',
  'gonghe.field-worker',
  'gonghe.information-officer',
  'hainan.security-administrator',
  'hainan.auditor',
];
const looks: readonly [Language, Theme][] = [
  ['zh', 'light'],
  ['en', 'dark'],
];

test.beforeAll(async ({ world }) => {
  test.setTimeout(240_000);
  await world.playTo('bulletin-12');
});

for (const [language, theme] of looks) {
  const seen = new Set<string>();
  for (const role of roles) {
    test(`${role} opens every screen of the rail in ${language}, ${theme}: no error, no serious finding [WCAG 2.2 AA]`, async ({
      signedIn,
    }) => {
      test.setTimeout(180_000);
      const page = await signedIn(role, { language, theme });
      const complaints = complaintsOf(page);
      for (const path of await screensOf(page)) {
        // What another role's rail led to has been looked at; what is refused here would show there as well.
        if (seen.has(path)) continue;
        seen.add(path);
        await page.goto(path);
        await expect(page.locator('main h1')).toBeVisible();
        await expect(page.locator('.lv-loading')).toHaveCount(0);
        await expect(page.locator('.lv-error'), path).toHaveCount(0);
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
          .analyze();
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        const found = serious.map(
          ({ id, nodes }) =>
            `${path}: ${id} at ${nodes[0]?.target.join(' ')} (${nodes.length}): ${nodes[0]?.failureSummary}`,
        );
        expect.soft(found).toEqual([]);
      }
      expect(complaints).toEqual([]);
    });
  }
}

test('the portal opens without script and within its budget in zh and en [H5 F42]', async ({
  browser,
  passerBy,
}) => {
  const page = await passerBy({ width: 390 });
  for (const language of ['zh', 'en']) {
    let bytes = 0;
    page.on(
      'response',
      (response) =>
        void response.body().then(
          (body) => {
            bytes += body.length;
          },
          () => {},
        ),
    );
    await page.goto(`/portal/${language}`);
    await expect(page.locator('h1')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect
      .soft(
        violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id),
      )
      .toEqual([]);
    expect(bytes).toBeLessThan(100_000);
  }
  const plain = await browser.newContext({ javaScriptEnabled: false, baseURL: new URL(page.url()).origin });
  const reader = await plain.newPage();
  await reader.goto('/portal/zh');
  await expect(reader.locator('h1')).toBeVisible();
  await plain.close();
});

/** Addresses behind the rail, its folded groups included. */
async function screensOf(page: Page): Promise<string[]> {
  const paths = new Set<string>();
  const groups = await page.locator('a.rail__row').count();
  for (let index = 0; index < groups; index += 1) {
    const row = page.locator('a.rail__row').nth(index);
    paths.add((await row.getAttribute('href'))!);
    await row.click();
    for (const screen of await page.locator('a.rail__screen').all())
      paths.add((await screen.getAttribute('href'))!);
  }
  return [...paths];
}

/** What went wrong unseen: scripts that threw, and violations of the content policy. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  return complaints;
}
