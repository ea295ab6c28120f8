/** A phone at a sampling site: a browser of its own, with its own storage, and a network that the test can cut. */
import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { getHouseOrThrow, getLogInOrThrow } from './house/log-ins.ts';

const PIN = '135790';
const SAMPLER = 'gonghe.field-worker';

/** What a phone's browser is opened with. */
export const PHONE = {
  viewport: { width: 390, height: 844 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
} as const;

/** What a screen may take, unless the line is slow. */
const PATIENCE_MS = 15_000;

export class FieldDevice {
  readonly page: Page;
  readonly #room: BrowserContext;
  readonly #expect: typeof expect;

  private constructor(room: BrowserContext, page: Page, patienceMs: number) {
    this.#room = room;
    this.page = page;
    this.#expect = expect.configure({ timeout: patienceMs });
  }

  /** Opened at the door, nobody signed in. */
  static unpack(browser: Browser): Promise<FieldDevice> {
    return FieldDevice.unpackInto(browser, async () => {});
  }

  /** What lies on the phone before the app is opened is put there first, from a page of the same origin. */
  static async unpackInto(browser: Browser, leave: (page: Page) => Promise<void>): Promise<FieldDevice> {
    const room = await browser.newContext({ ...PHONE, baseURL: getHouseOrThrow().address });
    const device = await FieldDevice.inRoom(room);
    await device.page.goto('/field/icon.svg');
    await leave(device.page);
    await device.page.goto('/field/');
    return device;
  }

  /** In a browser that is open already: with a profile of its own on the disk, behind a line of its own. */
  static async inRoom(room: BrowserContext, patienceMs = PATIENCE_MS): Promise<FieldDevice> {
    return new FieldDevice(room, room.pages()[0] ?? (await room.newPage()), patienceMs);
  }

  /** Signed in, PIN set, at the first site of the list, with its list. */
  static async atWork(browser: Browser): Promise<FieldDevice> {
    const device = await FieldDevice.unpack(browser);
    await device.signIn(getLogInOrThrow(SAMPLER));
    await device.takeList();
    return device;
  }

  async signIn({ username, password }: { username: string; password: string }): Promise<void> {
    const { page } = this;
    await page.locator('input[name=username]').fill(username);
    await page.locator('input[name=password]').fill(password);
    await page.locator('form.sign-in__form button[type=submit]').click();
    for (const title of ['设置六位 PIN', '再输一次']) {
      await this.#expect(page.getByRole('heading', { name: title })).toBeVisible();
      await page.keyboard.type(PIN);
    }
  }

  /** The first site of the list, and whom it serves. */
  async takeList(): Promise<void> {
    const { page } = this;
    await page.locator('.choices button').first().click();
    await page.getByRole('button', { name: '登记并下载名单' }).click();
    await this.#expect(this.field).toBeVisible();
    await this.installed();
  }

  /** The app is on the phone: it opens without a network. */
  async installed(): Promise<void> {
    const state = () => this.page.evaluate(() => navigator.serviceWorker.controller?.state ?? null);
    await this.#expect.poll(state).toBe('activated');
  }

  get field(): Locator {
    return this.page.locator('.scan__field');
  }
  get said(): Locator {
    return this.page.locator('.said');
  }

  async flightMode(on: boolean): Promise<void> {
    await this.#room.setOffline(on);
  }

  /** Closed and opened again: whatever was only in memory is gone. */
  async restart(pin = PIN): Promise<void> {
    await this.page.reload();
    await this.enter(pin);
  }

  /** Past the door, as the one who works with this phone. */
  async enter(pin = PIN): Promise<void> {
    await this.page.locator('.choices button').first().click();
    await this.page.keyboard.type(pin);
  }

  async scan(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** Types the beginning of a name and takes the n-th of those found; returns the name. */
  async take(typed: string, place = 0): Promise<string> {
    await this.field.fill(typed);
    const candidate = this.page.locator('.scan__candidates li > button:first-child').nth(place);
    const name = (await candidate.locator('strong').textContent())!;
    await candidate.click();
    await this.#expect(this.said).toContainText(name);
    return name;
  }

  async open(tab: '采样' | '物品环境' | '送检' | '队列' | '更多'): Promise<void> {
    await this.page.locator('nav.tabs').getByRole('button', { name: tab }).click();
  }

  /** What is stored of the queue, read past the app: what is open of each record. */
  async stored(): Promise<{ id: string; order: number; state: string }[]> {
    return this.page.evaluate(async () => {
      const open = indexedDB.open('levee-field');
      await new Promise((resolve) => (open.onsuccess = resolve));
      const all = open.result.transaction('records').objectStore('records').getAll();
      await new Promise((resolve) => (all.onsuccess = resolve));
      open.result.close();
      return all.result.map(({ id, order, state }) => ({ id, order, state }));
    });
  }

  /** How many records stand in each state, by the words on the screen. */
  async states(): Promise<Record<string, number>> {
    const words = await this.page.locator('.record .line > .state').allInnerTexts();
    return Object.fromEntries(
      [...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]),
    );
  }

  /** No byte more for this app: the quota is taken away, and what the browser had set aside for it used up. */
  async fillDisk(): Promise<void> {
    await this.#quota(1);
    await this.page.evaluate(async () => {
      const open = indexedDB.open('everything-else', 1);
      open.onupgradeneeded = () => open.result.createObjectStore('bytes', { autoIncrement: true });
      await new Promise((resolve) => {
        open.onsuccess = resolve;
        open.onerror = resolve;
      });
      // Ever smaller, until not even a record's size goes in.
      for (const size of open.error === null ? [65_536, 8_192, 1_024, 128] : []) {
        for (let full = false; !full; ) {
          const write = open.result.transaction('bytes', 'readwrite', { durability: 'strict' });
          write.objectStore('bytes').add(crypto.getRandomValues(new Uint8Array(size)));
          full = await new Promise<boolean>((resolve) => {
            write.oncomplete = () => resolve(false);
            write.onabort = () => resolve(true);
          });
        }
      }
    });
  }
  emptyDisk = (): Promise<void> => this.#quota(undefined);

  async #quota(quotaSize: number | undefined): Promise<void> {
    const devtools = await this.#room.newCDPSession(this.page);
    const { origin } = new URL(this.page.url());
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize && { quotaSize }) });
    await devtools.detach();
  }

  /** What keeps the browser from offering to install the app; nothing where it would. */
  async hindrances(): Promise<string[]> {
    const devtools = await this.#room.newCDPSession(this.page);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    await devtools.detach();
    // A room of the test keeps nothing, like a private window; everything else must be in order.
    return installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito');
  }

  async throwAway(): Promise<void> {
    await this.#room.close();
  }
}
