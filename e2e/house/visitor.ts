/** `test` with people in it: who signs in, in which language and appearance, and what their browser complained of. */

import { type Client, contract, createClient, newId } from '@levee/contract';
import {
  type Browser,
  type BrowserContext,
  test as base,
  expect,
  type Page,
  request,
} from '@playwright/test';
import { getHouseOrThrow, getLogInOrThrow } from './log-ins.ts';

const FIRST_MINUTE = Date.parse('2022-08-11T20:00:00+08:00');

export type Language = 'zh' | 'en';
export type Theme = 'light' | 'dark';

export interface Visit {
  readonly language?: Language;
  readonly theme?: Theme;
  readonly width?: number;
}

interface Visitors {
  /** A page of somebody signed in through the sign-in screen: `gonghe.duty-officer`. */
  signedIn(username: string, visit?: Visit): Promise<Page>;
  /** A page of a member of the public. */
  passerBy(visit?: Visit): Promise<Page>;
}

export const test = base.extend<Visitors & { readonly world: World }>({
  signedIn: async ({ browser }, use) => {
    const rooms: BrowserContext[] = [];
    await use(async (username, visit = {}) => {
      const page = await enter(browser, visit, rooms);
      await page.goto('/');
      await signIn(page, username);
      return page;
    });
    for (const room of rooms) await room.close();
  },
  passerBy: async ({ browser }, use) => {
    const rooms: BrowserContext[] = [];
    await use((visit = {}) => enter(browser, visit, rooms));
    for (const room of rooms) await room.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures wanted from the pattern
  world: async ({}, use) => use(new World()),
});
export { expect };

async function enter(browser: Browser, visit: Visit, rooms: BrowserContext[]): Promise<Page> {
  const { language = 'zh', theme = 'light', width = 1440 } = visit;
  const room = await browser.newContext({
    baseURL: getHouseOrThrow().address,
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: theme,
    // A fade half way is neither of the two colours.
    reducedMotion: 'reduce',
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
  });
  rooms.push(room);
  await room.addInitScript((chosen) => localStorage.setItem('levee.language', chosen), language);
  return room.newPage();
}

async function signIn(page: Page, username: string): Promise<void> {
  const { password } = getLogInOrThrow(username);
  await page.locator('input[name=username]').fill(username);
  await page.locator('input[name=password]').fill(password);
  await page.locator('form.sign-in__form button[type=submit]').click();
  await expect(page.locator('nav.rail')).toBeVisible();
}

/** The demonstration from outside the browser: begin it anew, play scenes, ask as anybody. */
export class World {
  /** The typed client of somebody signed in over HTTP. */
  async as(username: string): Promise<Client> {
    const { address } = getHouseOrThrow();
    const caller = await request.newContext({ baseURL: address });
    const client = createClient(contract, async ({ method, url, headers, body }) => {
      const answer = await caller.fetch(url, { method, headers, ...(body !== undefined && { data: body }) });
      const text = await answer.text();
      return { status: answer.status(), body: text === '' ? undefined : JSON.parse(text) };
    });
    const { password } = getLogInOrThrow(username);
    await client.access.signIn({ body: { username, password } });
    return client;
  }

  /**
   * Begins a screening round of the county, of an incident of its own: what is done by hand before any scene. Begin the
   * world anew afterwards (`touched`), for the scenes know nothing of it.
   */
  async beginRound(): Promise<string> {
    const commander = await this.as('gonghe.commander');
    const [signalId, incidentId, roundId] = [newId(), newId(), newId()];
    await commander.incidents.raiseSignal({
      body: { id: signalId, division: '632521100', note: '初筛阳性' },
    });
    await commander.incidents.activate({
      body: {
        ...{ id: incidentId, signalIds: [signalId], packId: 'covid19-cn-9', level: 'II', division: '632521' },
        ...{ name: { zh: '共和县疫情', en: 'Gonghe outbreak' }, reason: '社会面发现一名初筛阳性人员' },
      },
    });
    const { sites } = await commander.rounds.plan({ query: { incidentId, division: '632521' } });
    const { now } = await commander.drills.state();
    await commander.rounds.start({
      body: {
        ...{ id: roundId, incidentId, division: '632521', poolSize: 10, startsAt: now },
        endsAt: new Date(Date.parse(now) + 86_400_000).toISOString(),
        siteIds: sites.map(({ id }) => id),
      },
    });
    return roundId;
  }

  /** Drops everything done and waits at the first minute again. Log-ins stay the same; everybody signs in anew. */
  async startOver({ touched = false } = {}): Promise<void> {
    const officer = await this.as('gonghe.duty-officer');
    const before = await officer.drills.state();
    const fresh =
      before.scenes.every(({ state }) => state === 'waiting') && Date.parse(before.now) <= FIRST_MINUTE;
    if (fresh && !touched) return;
    await officer.drills.restart();
    // The house before answers until it closes: gone is it when it no longer knows who was signed in there.
    await expect
      .poll(
        () =>
          officer.drills
            .state()
            .then(() => 'before')
            .catch(() => 'gone'),
        { timeout: 60_000 },
      )
      .toBe('gone');
    await expect
      .poll(
        async () => {
          // While one house closes and the next opens, nobody answers.
          const again = await this.as('gonghe.duty-officer')
            .then((client) => client.drills.state())
            .catch(() => null);
          return again?.scenes[0]?.state;
        },
        { timeout: 60_000 },
      )
      .toBe('waiting');
  }

  /** Plays scenes one by one until the named one has ended. */
  async playTo(key: string): Promise<void> {
    const officer = await this.as('gonghe.duty-officer');
    for (;;) {
      const { scenes } = await officer.drills.state();
      const wanted = scenes.find((scene) => scene.key === key);
      if (!wanted)
        throw new Error(`the model case has no scene ${key}: ${scenes.map((s) => s.key).join(', ')}`);
      if (wanted.state === 'done') return;
      if (wanted.state === 'refused') throw new Error(`scene ${key} was refused: ${wanted.problem?.en}`);
      const ended = scenes.filter(({ state }) => state === 'done' || state === 'refused').length;
      await officer.drills.step();
      await expect
        .poll(
          async () =>
            (await officer.drills.state()).scenes.filter(
              ({ state }) => state === 'done' || state === 'refused',
            ).length,
          { timeout: 60_000 },
        )
        .toBeGreaterThan(ended);
    }
  }
}
