/** An object from the phone without a network to the duties its positive opens, in real browsers. */
import { newId } from '@levee/contract';
import { FieldDevice } from './field-device.ts';
import { expect, test } from './house/visitor.ts';

/** A code no other test of the run uses. */
const TUBE = 'WHE2E0001';

test('a carton scanned without a network is in the laboratory’s list, and its positive opens recall, disinfection and the search for handlers on the screen [C5 K3]', async ({
  browser,
  world,
  signedIn,
}) => {
  const phone = await FieldDevice.atWork(browser);
  const { page } = phone;
  await phone.flightMode(true);
  await phone.open('物品环境');
  await page.getByRole('button', { name: '物品', exact: true }).click();
  await page.getByLabel('场所').fill('综合市场');
  await page.locator('.choices button').first().click();
  // Scanned before anything is said of it: the tube waits in the field, the app says what is missing.
  await phone.scan(TUBE);
  await expect(phone.said).toContainText('先填品名');
  await page.getByLabel('品名').fill('冻带鱼');
  await page.getByLabel('批号').fill('lot-e2e');
  await page.getByRole('button', { name: '外包装' }).click();
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await expect(phone.said).toContainText(`已登记 ${TUBE}`);
  await phone.scan(TUBE);
  await expect(phone.said).toContainText('此管已用');
  await expect(page.locator('.status')).toContainText('未上传 1');
  await phone.flightMode(false);
  await phone.open('队列');
  await expect.poll(() => phone.states()).toEqual({ 已入库: 1 });
  await phone.throwAway();

  const lab = await world.as('gonghe.laboratory');
  const [{ id: labId } = { id: '' }] = (await lab.places.search({ query: { class: ['laboratory'] } })).items;
  const now = (await lab.system.health()).demonstration!.now;
  await lab.testing.receive({ body: { tubeCode: TUBE, labId, receivedAt: now } });
  const targets = [
    { name: 'ORF1ab', ct: 30.1 },
    { name: 'N', ct: 29.4 },
  ];
  await lab.testing.reportResult({
    purpose: 'testing',
    body: { id: newId(), tubeCode: TUBE, labId, outcome: 'positive', targets, testedAt: now },
  });

  const console = await signedIn('gonghe.epidemiologist');
  await console.goto('/specimens');
  await console.getByRole('link', { name: TUBE }).click();
  const section = (name: string) => console.getByRole('region', { name });
  await expect(section('批次召回')).toContainText('LOT-E2E');
  await expect(section('任务')).toContainText('终末消毒');
  await expect(section('任务')).toContainText('就地封存');
  await expect(section('接触者')).toContainText('在此工作');
});
