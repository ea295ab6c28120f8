import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { seeded } from './random.ts';
import { measured, Skipped, type Soak, within } from './soak.ts';
import { type CardHolder, openWorksite } from './stage/card-holders.ts';
import { type Line, type LineShape, openLine } from './stage/line.ts';
import { capture, findChromium, openPhone, openTube, type Phone, untilStored } from './stage/phone.ts';
import { checkPhones } from './stage/phone-check.ts';
import { openTown } from './stage/town.ts';

export const name = 'slow-line';
export const title =
  'T29 T27: a phone on a line of 20 kbit/s and 800 ms each way that stalls and breaks installs the app, takes its list and hands over 200 samples recorded offline, and 200 more while it is cut and its page loaded anew; beside it 200 on a good line';
export const defaults = { records: 200, residents: 40_000, kbit: 20, delay: 800, port: 8220 };

const TUBE_SIZE = 10;
const MINUTE = 60_000;
/** So long after a batch has left. */
const CUT_AFTER_MS = 1_000;

export const run: Soak<typeof defaults>['run'] = async (options) => {
  const { records, residents, kbit, delay, port, seed, print } = options;
  const badLine: LineShape = { bitsPerSecond: kbit * 1_000, delayMs: delay };
  const executablePath = findChromium();
  if (!executablePath) throw new Skipped('no Chromium on this machine; install one or set CHROMIUM_PATH');
  const town = await openTown({ port, people: 0, residents, seed });
  const open: { close(): Promise<void> }[] = [];
  try {
    const site = await openWorksite(town, town.counties[0]!, records * 3);
    const phoneOn = async (name: string, number: number) => {
      const line = await openLine(port + number, port);
      open.push(line);
      const folder = join(town.dataDir, name);
      const phone = await openPhone({ executablePath, folder, line, patienceMs: 10 * MINUTE });
      open.push(phone);
      return phone;
    };
    const [good, bad] = [await phoneOn('good', 1), await phoneOn('bad', 2)];
    bad.line.shape(badLine);

    print('the app and the list, on the good line');
    const goodFirst = await install(good, site.account);
    const goodList = await takeListPlainly(good);
    print('the app, on the bad line');
    const badFirst = await install(bad, site.account);
    print(`${seconds(badFirst.ms)}, ${kB(badFirst.bytes)}; the list, cut and its page loaded anew`);
    const badList = await takeListCutOff(bad);
    print(`${seconds(badList.ms)}, ${kB(badList.bytes)} for ${badList.people} people; recording offline`);

    const people = (part: number) => site.people.slice(part * records, (part + 1) * records);
    const tubes = new Map<string, string>();
    const recordOffline = async (phone: Phone, part: number) => {
      await phone.device.flightMode(true);
      await record(phone, people(part), `P${part}`, tubes);
    };
    await recordOffline(good, 0);
    await recordOffline(bad, 1);
    print(`${records} samples on each phone; handing over, on the good line`);
    const plain = await handOver(good, async () => {});
    print(`${seconds(plain.ms)}, ${kB(plain.bytes)}; on the bad line, which stalls`);
    const stalling = brew(bad.line, { seed, cuts: 0, print });
    const slow = await handOver(bad, async () => {});
    stalling.stop();
    print(`${seconds(slow.ms)}, ${kB(slow.bytes)}; ${records} more, the line stalls and breaks`);
    await recordOffline(bad, 2);
    const breaking = brew(bad.line, { seed: seed + 1, cuts: 0.3, print });
    const broken = await handOver(bad, async (progress) => {
      await progress(0.2);
      print('the page is loaded anew under a batch');
      await bad.device.restart();
      await progress(0.6);
      print(`cut under a batch: ${bad.line.cut()} connections`);
    });
    breaking.stop();
    print(`${seconds(broken.ms)}, ${kB(broken.bytes)}`);

    const ratio = slow.bytes / plain.bytes;
    const sizes = (one: { batches: readonly number[] }) => one.batches.join(' ');
    const tubesOf = (part: number) => people(part).map(({ id }) => [id, tubes.get(id)!] as const);
    return [
      measured('the app: good line, bad line', tell(goodFirst, badFirst)),
      measured(`the list of ${badList.people} people: good line, bad line`, tell(goodList, badList)),
      measured('of it, on the bad line', `${badList.pages} pages, one cut, one page loaded anew`),
      within('pages asked for again', badList.again, '2', badList.again <= 2),
      measured('records in each queue', plain.records),
      measured('the queue: good line, bad line that stalls', tell(plain, slow)),
      measured('batches: good line, bad line', `${sizes(plain)}; ${sizes(slow)}`),
      measured('stalls meanwhile', `${stalling.stalls}, ${seconds(stalling.stalledMs)}`),
      within('bytes, bad to good', ratio.toFixed(2), '1.2', ratio <= 1.2),
      measured('the queue, line cut and page loaded anew', `${seconds(broken.ms)} ${kB(broken.bytes)}`),
      measured('batches', sizes(broken)),
      measured('breaks: the page, ours, the seed’s', `1, 1, ${breaking.cuts}`),
      within(
        'records sent again after a break, most',
        broken.worst,
        `one batch (${broken.largest})`,
        broken.worst <= broken.largest,
      ),
      within(
        'records sent again in all',
        broken.sent - broken.records,
        'a batch a break',
        broken.sent - broken.records <= (2 + breaking.cuts) * broken.largest,
      ),
      ...(await checkPhones(town.adminUrl, [
        { phone: good, said: new Map(tubesOf(0)), unknown: [] },
        { phone: bad, said: new Map([...tubesOf(1), ...tubesOf(2)]), unknown: [] },
      ])),
    ];
  } finally {
    for (const one of open.reverse()) await one.close().catch(() => {});
    for (const error of town.server.errors().slice(0, 8)) print(`the server said: ${error}`);
    await town.close();
  }
};

interface Took {
  readonly ms: number;
  readonly bytes: number;
}
const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
const kB = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
const tell = (good: Took, bad: Took) =>
  `${seconds(good.ms)} ${kB(good.bytes)}; ${seconds(bad.ms)} ${kB(bad.bytes)}`;

async function timed<T>(line: Line, work: () => Promise<T>): Promise<T & Took> {
  const began = performance.now();
  const before = line.carried().sum;
  const answer = await work();
  return { ...answer, ms: performance.now() - began, bytes: line.carried().sum - before };
}

/** From an empty browser to the list of sites, with the app on the phone for good. A load that broke is begun again, as a person would. */
function install(phone: Phone, account: { username: string; password: string }): Promise<Took> {
  return timed(phone.line, async () => {
    const { page } = phone.device;
    await page.goto('/field/');
    await phone.device.signIn(account);
    await page.locator('.choices button').first().waitFor();
    await phone.device.installed();
    return {};
  });
}

function takeListPlainly(phone: Phone): Promise<Took> {
  return timed(phone.line, async () => {
    await phone.device.takeList();
    return {};
  });
}

/** Cut once and loaded anew once; from then on under "more", where it goes on. */
function takeListCutOff(phone: Phone) {
  return timed(phone.line, async () => {
    const { device } = phone;
    const asked: string[] = [];
    device.page.on('request', (request) => {
      const page = /bundles\/(\S+\/pages\/\d+)/.exec(request.url());
      if (page) asked.push(page[1]!);
    });
    const come = async (pages: number) => {
      const until = Date.now() + 5 * MINUTE;
      while (new Set(asked).size < pages) {
        if (Date.now() > until)
          throw new Error(`no ${pages} pages were asked for: a list of so few people proves nothing`);
        await device.page.waitForTimeout(50);
      }
      await device.page.waitForTimeout(1_000);
    };
    await device.page.locator('.choices button').first().click();
    await device.page.getByRole('button', { name: '登记并下载名单' }).click();
    await come(2);
    phone.line.cut();
    await come(4);
    await device.restart();
    await device.open('更多');
    await device.page.getByRole('button', { name: '更新名单' }).click();
    const told = device.page.getByText(/，\d+ 人/);
    await told.waitFor();
    const people = Number(/，(\d+) 人/.exec((await told.textContent()) ?? '')?.[1]);
    await device.open('采样');
    const pages = new Set(asked).size;
    return { people, pages, again: asked.length - pages };
  });
}

async function record(phone: Phone, people: readonly CardHolder[], mark: string, tubes: Map<string, string>) {
  for (const [at, who] of people.entries()) {
    const code = `SL-${mark}${String(Math.floor(at / TUBE_SIZE)).padStart(4, '0')}`;
    if (at % TUBE_SIZE === 0) await openTube(phone, code);
    await capture(phone, who);
    tubes.set(who.id, code);
  }
  // The next tube seals the last one.
  await openTube(phone, `SL-${mark}9999`);
}

/** Back on the line until everything is accepted; `meddle` may wait for a share of the records to be through and a batch under way. */
async function handOver(phone: Phone, meddle: (progress: (share: number) => Promise<void>) => Promise<void>) {
  const { device } = phone;
  const batches: string[][] = [];
  const underWay = new Set<unknown>();
  device.page.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/api/intake')) return;
    batches.push(idsIn(request.postDataBuffer()));
    underWay.add(request);
  });
  device.page.on('requestfinished', (request) => underWay.delete(request));
  device.page.on('requestfailed', (request) => underWay.delete(request));
  const isUnsent = ({ state }: { state: string }) => state === 'saved' || state === 'queued';
  const stored = await device.stored();
  const records = stored.filter(isUnsent).length;
  const before = stored.length - records;
  const through = (states: Readonly<Record<string, number>>) =>
    (states['sent'] ?? 0) + (states['accepted'] ?? 0) - before;
  const progress = async (share: number) => {
    await untilStored(phone, (states) => through(states) >= share * records, 10 * MINUTE);
    const until = Date.now() + MINUTE;
    while (underWay.size === 0) {
      if (Date.now() > until) throw new Error('everything was through before the line could be cut under it');
      await device.page.waitForTimeout(20);
    }
    await device.page.waitForTimeout(CUT_AFTER_MS);
  };
  const took = await timed(phone.line, async () => {
    await device.flightMode(false);
    await meddle(progress);
    const ms = await untilStored(phone, (states) => states['accepted'] === stored.length, 20 * MINUTE);
    if (ms === null) throw new Error(`not everything was accepted: ${JSON.stringify(await device.states())}`);
    return {};
  });
  return { ...took, records, ...countBatches(batches) };
}

function idsIn(body: Buffer | null): string[] {
  if (!body) return [];
  const text = (body[0] === 0x1f ? gunzipSync(body) : body).toString('utf8');
  return (JSON.parse(text) as { commands: { id: string }[] }).commands.map(({ id }) => id);
}

/** `worst`: the most records any one sending repeated. */
function countBatches(batches: readonly (readonly string[])[]) {
  const seen = new Set<string>();
  let worst = 0;
  for (const batch of batches) {
    worst = Math.max(worst, batch.filter((id) => seen.has(id)).length);
    for (const id of batch) seen.add(id);
  }
  const sizes = batches.map(({ length }) => length);
  return {
    batches: sizes,
    sent: sizes.reduce((sum, size) => sum + size, 0),
    worst,
    largest: Math.max(...sizes),
  };
}

interface Weather {
  readonly seed: number;
  /** Share of what happens that is a cut and not a stall, 0 to 1. */
  readonly cuts: number;
  readonly print: (text: string) => void;
}

/** Stalls and cuts at moments and of lengths the seed decides. */
function brew(line: Line, { seed, cuts, print }: Weather) {
  const random = seeded(seed);
  let timer: NodeJS.Timeout;
  const weather = { stalls: 0, stalledMs: 0, cuts: 0, stop: () => clearTimeout(timer) };
  const next = () => {
    timer = setTimeout(() => {
      const ms = 2_000 + random.whole(6_000);
      if (random.next() < cuts) {
        weather.cuts += 1;
        print(`the line breaks: ${line.cut()} connections`);
      } else {
        weather.stalls += 1;
        weather.stalledMs += ms;
        print(`the line stalls for ${seconds(ms)}`);
        line.stall(ms);
      }
      next();
    }, 5_000 + random.whole(10_000));
  };
  next();
  return weather;
}
