/** The evening of 11 August as the duty officer meets it, in both languages: from the first positive to the bulletin. */
import type { Page } from '@playwright/test';
import { expect, type Language, test } from './house/visitor.ts';

const words = {
  zh: {
    step: '下一情节',
    signal: '初筛阳性',
    activate: '启动响应…',
    reason: '启动理由',
    confirm: /确认启动 .+ 级响应/,
    closeContacts: '密切接触者',
    contactsOfContacts: '密接的密接',
    approve: '批准…',
    approveNow: '批准',
    cannotApprove: '您不能批准',
    demo: '演练演示',
  },
  en: {
    step: 'Next scene',
    signal: 'Screening-positive',
    activate: 'Activate the response…',
    reason: 'Why',
    confirm: /Activate at level .+/,
    closeContacts: 'Close contacts',
    contactsOfContacts: 'Contacts of contacts',
    approve: 'Approve…',
    approveNow: 'Approve',
    cannotApprove: 'You cannot approve it',
    demo: 'Demonstration',
  },
} as const;

for (const language of ['zh', 'en'] as const satisfies Language[]) {
  test.describe(`the first night, ${language}`, () => {
    test.describe.configure({ mode: 'serial' });
    const t = words[language];
    let duty: Page;

    test.beforeAll(async ({ world }) => {
      test.setTimeout(180_000);
      await world.startOver();
    });

    test('a screening-positive appears live on the situation, and one form activates the response with its clocks [A1 A2 K1]', async ({
      signedIn,
      world,
    }) => {
      test.setTimeout(240_000);
      duty = await signedIn('gonghe.duty-officer', { language });
      await expect(duty.getByText(t.demo).first()).toBeVisible();
      await expect(duty.locator('main canvas')).toBeVisible();
      await expect(duty.locator('.situation__signal')).toHaveCount(0);
      await world.playTo('single-samples');
      await duty.getByRole('button', { name: t.step }).click();
      // No reload: the signal comes over the live stream.
      await expect(duty.locator('.situation__signal')).toHaveCount(1, { timeout: 60_000 });
      await expect(duty.locator('.situation__signal')).toContainText(t.signal);
      await expect(duty.locator('.top-bar__badge')).toHaveText('1');

      await duty.getByRole('button', { name: t.activate }).click();
      const form = duty.getByRole('dialog');
      await form.getByLabel(t.reason).fill('恰卜恰镇社会面筛查发现一名初筛阳性人员');
      await form.getByRole('button', { name: t.confirm }).click();
      await expect(form).toBeHidden();
      await expect(duty.locator('.situation__bar')).toBeVisible();
      await expect(duty.locator('.situation__signal')).toHaveCount(0);
      // Report within 2 h, first investigation within 24 h, from the pack.
      expect(await duty.locator('.situation__now .lv-clock').count()).toBeGreaterThanOrEqual(2);
    });

    test('12 close contacts and 38 contacts of contacts come out of the search and the review, and the figures say so [B3 B4]', async ({
      signedIn,
      world,
    }) => {
      test.setTimeout(240_000);
      await world.playTo('traced');
      const page = await signedIn('gonghe.duty-officer', { language });
      const figure = (label: string) =>
        page.locator('.lv-figure', { hasText: label }).locator('.lv-figure__value');
      await expect(figure(t.closeContacts)).toHaveText('12');
      await expect(figure(t.contactsOfContacts)).toHaveText('38');
      const investigator = await signedIn('gonghe.epidemiologist', { language });
      await investigator.goto('/cases');
      await investigator.locator('[role=grid] [role=row]').nth(1).click();
      await expect(investigator.locator('aside, [role=complementary]').last()).toBeVisible();
    });

    test('the author cannot approve a risk area, the commander can, and the notice then stands [D1 R4 R5]', async ({
      signedIn,
      world,
    }) => {
      test.setTimeout(240_000);
      await world.playTo('areas-drafted');
      const author = await signedIn('gonghe.duty-officer', { language });
      await author.goto('/approvals');
      await expect(author.getByText(t.cannotApprove)).toBeVisible();
      await expect(author.getByRole('button', { name: t.approve })).toHaveCount(0);
      const commander = await signedIn('gonghe.commander', { language });
      await commander.goto('/approvals');
      const waiting = commander.locator('.measures-inbox__list button');
      await expect(waiting).not.toHaveCount(0);
      const before = await waiting.count();
      await commander.getByRole('button', { name: t.approve }).click();
      await commander.getByRole('dialog').getByRole('button', { name: t.approveNow, exact: true }).click();
      await expect(waiting).toHaveCount(before - 1);
    });

    test('the bulletin approved by a second person is on the portal within seconds [H1 H5]', async ({
      passerBy,
      world,
    }) => {
      test.setTimeout(300_000);
      const reader = await passerBy({ language, width: 390 });
      await world.playTo('bulletin-12');
      await reader.goto(`/portal/${language}`);
      await expect(
        reader.getByRole('article').or(reader.locator('main a[href*="/bulletins/"]')).first(),
      ).toBeVisible();
      await reader.locator('main a[href*="/bulletins/"]').first().click();
      await expect(reader.locator('h1')).toBeVisible();
      await expect(reader.getByText('2022').first()).toBeVisible();
    });
  });
}
