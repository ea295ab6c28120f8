/** The day itself: sites sample, couriers drive, laboratories receive and report, all at the same time. */
import { newId } from '@levee/contract';
import { inParallel } from '../stage/client.ts';
import { Belt } from './belt.ts';
import { type Box, packAndSend, receive } from './custody.ts';
import type { Tube } from './ledger.ts';
import type { Site } from './plan.ts';
import { closeLines, reportPlate } from './reporting.ts';
import { type Device, newDevice, recordLoad } from './sampling.ts';
import type { Laboratory, Stage } from './stage.ts';

/** Sites that hand over at the same moment; 300 take turns. */
const SITES_AT_ONCE = 10;
const COURIERS = 2;
const ANALYSERS = 2;
const PLATE = 94;
/** One site in so many ends the day with a load still at its desk, and one with a load on the road. */
const LEFT_AT_SITE = 40;
/** Tubes each laboratory leaves for tomorrow. */
const LEFT_UNTESTED = 15;

export async function workTheDay(stage: Stage): Promise<void> {
  const { plan, ledger } = stage;
  const road = new Map(plan.counties.map((county) => [county, new Belt<Box>()]));
  const bench = new Map(plan.counties.map((county) => [county, new Belt<Tube>()]));
  const laboratories = [...stage.laboratories.values()].map(async (lab) => {
    const receiving = Array.from({ length: COURIERS }, () =>
      receiveAll(stage, road.get(lab.county)!, bench.get(lab.county)!),
    );
    const reporting = Array.from({ length: ANALYSERS }, () => reportAll(stage, lab, bench.get(lab.county)!));
    await Promise.all(receiving);
    bench.get(lab.county)!.close();
    await Promise.all(reporting);
  });
  await inParallel(plan.sites.entries(), SITES_AT_ONCE, async ([number, site]) => {
    ledger.tubes.push(...site.loads.flat());
    await sampleAt(stage, site, number, road.get(site.county)!);
  });
  for (const belt of road.values()) belt.close();
  await Promise.all(laboratories);
}

async function sampleAt(stage: Stage, { loads }: Site, number: number, road: Belt<Box>): Promise<void> {
  const device = newDevice();
  for (const [at, load] of loads.entries()) {
    await recordLoad(stage, device, load);
    const last = at === loads.length - 1;
    if (last && number % LEFT_AT_SITE === 1) continue;
    const box = await packAndSend(stage, load);
    if (!(last && number % LEFT_AT_SITE === 2)) road.push(box);
  }
}

async function receiveAll(stage: Stage, road: Belt<Box>, bench: Belt<Tube>): Promise<void> {
  for (let [box] = await road.take(1); box; [box] = await road.take(1))
    bench.push(...(await receive(stage, box)));
}

async function reportAll(stage: Stage, lab: Laboratory, bench: Belt<Tube>): Promise<void> {
  for (let tubes = await bench.take(PLATE, PLATE); tubes.length > 0; tubes = await bench.take(PLATE, PLATE)) {
    // Less than a plate: the end of the day.
    const tested = tubes.length === PLATE ? tubes : tubes.slice(LEFT_UNTESTED);
    await reportPlate(stage, lab, tested);
  }
}

/** Everybody of a positive tube is sampled again, singly; of each tube the first is positive. */
export async function sampleAgain(stage: Stage): Promise<{ people: number; positive: number }> {
  const { ledger } = stage;
  const positives = ledger.tubes.filter(({ outcome }) => outcome === 'positive');
  let people = 0;
  for (const pool of positives) {
    const singles = pool.personIds.map(
      (personId, at): Tube => ({
        poolId: newId(),
        code: `${pool.code}-${at + 1}`,
        capacity: 1,
        siteId: pool.siteId,
        county: pool.county,
        personIds: [personId],
        fault: null,
        positive: at === 0,
        state: 'open',
        outcome: null,
      }),
    );
    ledger.tubes.push(...singles);
    people += singles.length;
    const device: Device = newDevice();
    await recordLoad(stage, device, singles);
    await reportPlate(
      stage,
      stage.laboratories.get(pool.county)!,
      await receive(stage, await packAndSend(stage, singles)),
    );
  }
  closeLines();
  return { people, positive: positives.length };
}
