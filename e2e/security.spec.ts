/** What another site, or a text somebody typed, can do to a person's browser: nothing. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@levee/contract';
import type { Page } from '@playwright/test';
import { getHouseOrThrow } from './house/log-ins.ts';
import { expect, test, type World } from './house/visitor.ts';

const payloads = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '</title><script>alert(1)</script>',
];

test('another site can neither act in a person’s name, nor read answers, nor frame the console [T46]', async ({
  signedIn,
}) => {
  const page = await signedIn('gonghe.duty-officer');
  const { address } = getHouseOrThrow();
  // localhost and 127.0.0.1 are two sites to a browser.
  const elsewhere = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>elsewhere</title><iframe id=frame></iframe>');
  }).listen(0, 'localhost');
  await new Promise((resolve) => elsewhere.once('listening', resolve));
  try {
    const other = await page.context().newPage();
    await other.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`);
    const read = await other.evaluate(
      (url) =>
        fetch(url, { credentials: 'include' }).then(
          (answer) => answer.text(),
          () => 'refused',
        ),
      `${address}/api/incidents/situation`,
    );
    expect(read).toBe('refused');
    // A "simple" request needs no permission to be sent: the server itself has to refuse it.
    const before = await stateOfDrill(page);
    await other.evaluate(
      (url) =>
        fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' }).catch(() => {}),
      `${address}/api/drills/resume`,
    );
    await other.evaluate((url) => {
      const form = document.createElement('form');
      form.method = 'post';
      form.enctype = 'text/plain';
      form.action = url;
      document.body.append(form);
      form.submit();
    }, `${address}/api/drills/resume`);
    await other.waitForURL(`${address}/**`);
    expect(await stateOfDrill(page)).toBe(before);
    await other.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`);
    await other.evaluate((url) => {
      (document.getElementById('frame') as HTMLIFrameElement).src = url;
    }, address);
    await other.waitForTimeout(500);
    const framed = other.frames().find((frame) => frame !== other.mainFrame());
    await expect(framed!.locator('nav.rail, form.sign-in__form')).toHaveCount(0);
    const cookies = await page.context().cookies(address);
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  } finally {
    elsewhere.close();
  }
});

test('script in a name, a place, a task, a case or a bulletin stays text on every screen [T54]', async ({
  world,
  signedIn,
  passerBy,
}) => {
  test.setTimeout(180_000);
  await world.playTo('bulletin-12');
  const planted = await plant(world);
  const alarms: string[] = [];
  const watch = (page: Page) => {
    page.on('dialog', (dialog) => {
      alarms.push(`dialog on ${page.url()}: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) alarms.push(`${page.url()}: ${message.text()}`);
    });
  };
  const officer = await signedIn('gonghe.duty-officer');
  const investigator = await signedIn('gonghe.epidemiologist');
  const passer = await passerBy();
  for (const page of [officer, investigator, passer]) watch(page);

  await officer.goto('/');
  await expect(officer.getByText(payloads[0]!).first()).toBeAttached();
  await officer.goto('/tasks');
  await expect(officer.getByText(payloads[0]!).first()).toBeVisible();
  await investigator.goto('/cases');
  await expect(investigator.getByText(planted.personName).first()).toBeAttached();
  for (const path of [`/cases/${planted.caseId}`, `/people/${planted.personId}`, '/contacts', '/tracing']) {
    await investigator.goto(path);
    await expect(investigator.locator('main h1')).toBeVisible();
    await expect(investigator.locator('.lv-loading')).toHaveCount(0);
  }
  await passer.goto('/portal/zh');
  await passer.getByRole('link', { name: planted.headline }).first().click();
  await expect(passer.getByText(payloads[1]!).first()).toBeVisible();
  await expect(passer.locator('img[src=x], svg[onload]')).toHaveCount(0);
  expect(alarms).toEqual([]);
});

async function stateOfDrill(page: Page): Promise<string> {
  const answer = await page.request.get('/api/drills');
  const { now, paused } = (await answer.json()) as { now: string; paused: boolean };
  return `${now} ${paused}`;
}

const text = (title: string, body: string) => ({
  title: { zh: title, en: title },
  body: { zh: body, en: body },
});

/** Writes every payload wherever people write, through the doors they use. */
async function plant(world: World) {
  const duty = await world.as('gonghe.duty-officer');
  const investigator = await world.as('gonghe.epidemiologist');
  const officer = await world.as('gonghe.information-officer');
  const commander = await world.as('gonghe.commander');
  const incident = (await duty.incidents.current()).items[0]!;
  for (const payload of payloads) {
    await duty.tasks.open({
      body: {
        id: newId(),
        title: { zh: payload, en: payload },
        division: '632521',
        role: 'duty_officer',
        dueAt: '2022-08-13T08:00:00+08:00',
        evidenceWanted: { zh: payload, en: payload },
      },
    });
  }
  const village = (await investigator.places.search({ query: { q: '城北' } })).items[0]!;
  const venueId = newId();
  await investigator.places.add({
    body: {
      id: venueId,
      parentId: village.id,
      class: 'market',
      nameZh: payloads[1]!,
      nameEn: payloads[2]!,
      lon: 100.62,
      lat: 36.28,
      indoors: true,
    },
  });
  const personId = newId();
  const personName = '<b onmouseover=alert(1)>卓玛</b>';
  await investigator.people.register({
    purpose: 'case_investigation',
    body: {
      id: personId,
      nameZh: personName,
      sex: 'female',
      dateBirth: '1980-01-01',
      placeId: village.id,
      occupation: payloads[1]!,
    },
  });
  const caseId = newId();
  await investigator.cases.open({
    purpose: 'case_investigation',
    body: {
      id: caseId,
      incidentId: incident.id,
      personId,
      classification: 'suspected',
      division: '632521',
      values: {},
      reason: payloads.join(' '),
    },
  });
  await investigator.cases.recordStay({
    params: { caseId },
    purpose: 'case_investigation',
    body: {
      id: newId(),
      placeId: venueId,
      placeText: null,
      from: '2022-08-11T09:00:00+08:00',
      until: '2022-08-11T10:00:00+08:00',
      seatRow: null,
      source: 'interview',
      certainty: 'certain',
    },
  });
  const bulletinId = newId();
  const params = { bulletinId };
  const drafted = await officer.information.draft({
    body: { id: bulletinId, incidentId: incident.id, division: '632521' },
  });
  const headline = `情况通报 ${payloads[0]}`;
  const written = await officer.information.write({
    params,
    body: {
      version: drafted.version,
      ...text(headline, payloads.filter((payload) => !payload.includes('{{')).join('\n\n')),
      tibetan: null,
    },
  });
  const checked = await officer.information.check({ params, body: { version: written.version } });
  await commander.information.approve({ params, body: { version: checked.version } });
  return { personId, personName, caseId, headline };
}
