import { join } from 'node:path';
import { planBlows } from './nemesis/plan.ts';
import { sampleOn } from './nemesis/sampling.ts';
import { type StruckPhone, strikeAll } from './nemesis/strike.ts';
import { equal, measured, Skipped, type Soak, within } from './soak.ts';
import { openWorksite } from './stage/card-holders.ts';
import { openLine } from './stage/line.ts';
import { findChromium, openPhone, untilStored } from './stage/phone.ts';
import { checkPhones } from './stage/phone-check.ts';
import { openTown } from './stage/town.ts';

export const name = 'nemesis';
export const title =
  'T30: six field apps in real browsers record samples while phones are killed, pages frozen, lines cut, stalled and shut, the server paused and killed and its database killed; then everything is let alone';
export const defaults = { phones: 6, seconds: 120, settle: 60, people: 400, port: 8220 };

export const run: Soak<typeof defaults>['run'] = async (options) => {
  const { phones: count, seconds, settle, people, port, seed, print } = options;
  const executablePath = findChromium();
  if (!executablePath) throw new Skipped('no Chromium on this machine; install one or set CHROMIUM_PATH');
  const plan = planBlows({ seed, phones: count, seconds });
  const town = await openTown({ port, people: 0, seed });
  const open: { close(): Promise<void> }[] = [];
  try {
    const site = await openWorksite(town, town.counties[0]!, people * count);
    const part = (at: number) => site.people.slice(at * people, (at + 1) * people);
    // The first of each phone's people are met by the next phone as well.
    const sharedOf = (at: number) => part(at).slice(0, people / 10);
    const phones: StruckPhone[] = [];
    for (let at = 0; at < count; at += 1) {
      const line = await openLine(port + 1 + at, port);
      open.push(line);
      const phone = await openPhone({ executablePath, folder: join(town.dataDir, `phone-${at}`), line });
      open.push(phone);
      await phone.device.page.goto('/field/');
      await phone.device.signIn(site.account);
      await phone.device.takeList();
      phones.push({ phone, ready: Promise.resolve(), isBack: true });
      print(`phone ${at} is at work`);
    }
    // A browser writes its cookies down every half minute; nobody is signed in a second before the battery fails.
    await new Promise((resolve) => setTimeout(resolve, 31_000));

    print(`seed ${seed}: ${plan.length} blows in ${seconds} s`);
    let over = false;
    const sampling = phones.map((one, number) =>
      sampleOn(one, {
        ...{ number, seed, until: () => over },
        own: part(number)
          .slice(people / 10)
          .reverse(),
        shared: sharedOf(number)
          .flatMap((one, place) => [one, sharedOf((number + 1) % count)[place]!])
          .reverse(),
      }),
    );
    const struck = await strikeAll(town, phones, plan, print);
    over = true;
    const overAt = performance.now();
    const samplers = await Promise.all(sampling);
    const unsent = await Promise.all(
      phones.map(({ phone }) =>
        phone.device.stored().then(
          (all) => all.filter(({ state }) => state === 'saved' || state === 'queued').length,
          () => 'dead',
        ),
      ),
    );
    print(`it is over; ${unsent.join(', ')} records wait on the phones`);

    const since = () => (performance.now() - overAt) / 1000;
    const all = (isSo: (states: Readonly<Record<string, number>>) => boolean) =>
      Promise.all(phones.map(({ phone }) => untilStored(phone, isSo, 5 * 60_000)));
    const none =
      (...states: string[]) =>
      (found: Readonly<Record<string, number>>) =>
        states.every((state) => (found[state] ?? 0) === 0);
    await struck.back;
    const backAfter = since();
    const sent = (await all(none('saved', 'queued'))).includes(null) ? Number.POSITIVE_INFINITY : since();
    await all(none('saved', 'queued', 'sent'));
    const settledAfter = since();
    const sharedIds = phones.flatMap((_, at) => sharedOf(at).map(({ id }) => id));
    return [
      measured('seed', seed),
      measured('blows', [...struck.times].map(([kind, times]) => `${kind} ${times}`).join(', ')),
      measured('samples a phone', samplers.map(({ said }) => said.size).join(', ')),
      measured(
        'answers nobody saw',
        samplers.reduce((sum, { unknown }) => sum + unknown.length, 0),
      ),
      measured('waiting on the phones at the end of it', unsent.join(', ')),
      measured('server and phones back after', `${backAfter.toFixed(1)} s`),
      within('every queue empty after', `${sent.toFixed(1)} s`, `${settle} s`, sent <= settle),
      measured('every record known as accepted or kept after', `${settledAfter.toFixed(1)} s`),
      equal('the server itself ended', town.server.process.exitCode ?? 'never', 'never'),
      ...(await checkPhones(
        town.adminUrl,
        phones.map(({ phone }, at) => ({ phone, ...samplers[at]! })),
        sharedIds,
      )),
    ];
  } finally {
    for (const one of open.reverse()) await one.close().catch(() => {});
    for (const error of town.server.errors().slice(0, 12)) print(`the server said: ${error}`);
    await town.close();
  }
};
