/** Who goes where: every resident to a site of the township, ten to a tube, a load of tubes to a box. Pure and seeded. */
import { newId } from '@levee/contract';
import type { Prefecture } from '@levee/server/testing';
import type { Random } from '../random.ts';
import { FAULTS, type FaultKind } from './faults.ts';
import type { Tube } from './ledger.ts';

export const TUBES_A_LOAD = 40;
const TUBE_SIZE = 10;
/** People of each county kept aside for planted records; they stay missed. */
const RESERVES = 150;

export interface Site {
  readonly id: string;
  readonly county: string;
  readonly loads: Tube[][];
}

export interface DayPlan {
  readonly sites: readonly Site[];
  readonly counties: readonly string[];
  /** Somebody of the county no tube holds. */
  reserve(county: string): string;
  readonly missed: number;
  /** A place of the county where nobody samples. */
  marketOf(county: string): string;
}

export function planDay(
  { residents, venues }: Prefecture,
  settings: { readonly sites: number; readonly errors: number; readonly positives: number },
  random: Random,
): DayPlan {
  const sites = chooseSites(venues, settings.sites);
  const counties = [...new Set(sites.map(({ county }) => county))].sort();
  const reserves = new Map(counties.map((county) => [county, [] as string[]]));
  const turn = new Map<string, number>();
  const tubes: Tube[] = [];
  let dealt = 0;
  for (const [community, people] of residents) {
    const county = community.slice(0, 6);
    const aside = reserves.get(county)!;
    // A few of each community, so that the missed are spread as the missed are.
    const own = people.slice(aside.length < RESERVES ? Math.min(3, people.length - 1) : 0);
    aside.push(...people.slice(0, people.length - own.length));
    const near = sitesNear(sites, community);
    for (let at = 0; at < own.length; at += TUBE_SIZE) {
      const at9 = community.slice(0, 9);
      const number = turn.get(at9) ?? 0;
      turn.set(at9, number + 1);
      const personIds = own.slice(at, at + TUBE_SIZE);
      let fault: FaultKind | null = null;
      if (personIds.length === TUBE_SIZE && random.next() < settings.errors)
        fault = FAULTS[dealt++ % FAULTS.length]!;
      tubes.push({
        poolId: newId(),
        code: `SK${String(tubes.length + 1).padStart(7, '0')}`,
        capacity: TUBE_SIZE,
        siteId: near[number % near.length]!.id,
        county,
        personIds,
        fault,
        positive: false,
        state: 'open',
        outcome: null,
      });
    }
  }
  const clean = tubes.filter(({ fault, personIds }) => fault === null && personIds.length === TUBE_SIZE);
  for (let count = 0; count < settings.positives; count += 1) {
    (random.pick(clean) as { positive: boolean }).positive = true;
  }
  const ofSite = Map.groupBy(tubes, ({ siteId }) => siteId);
  const drawn = new Map(counties.map((county) => [county, 0]));
  return {
    sites: sites.map((site) => ({ ...site, loads: loadsOf(ofSite.get(site.id) ?? []) })),
    counties,
    reserve(county) {
      const at = drawn.get(county)!;
      drawn.set(county, at + 1);
      const aside = reserves.get(county)!;
      return aside[at % aside.length]!;
    },
    missed: [...reserves.values()].reduce((sum, { length }) => sum + length, 0),
    marketOf: (county) => venues.get('market')!.find(({ division }) => division.startsWith(county))!.id,
  };
}

/** Test sites first, then health stations, which sample too; the counties take turns. */
function chooseSites(venues: Prefecture['venues'], count: number): (Site & { township: string })[] {
  const all = [...(venues.get('test_site') ?? []), ...(venues.get('care') ?? [])];
  const ofCounty = [...Map.groupBy(all, ({ division }) => division.slice(0, 6)).values()];
  const turns = Array.from({ length: count }, (_, turn) => ofCounty.flatMap((own) => own[turn] ?? [])).flat();
  if (turns.length < count) throw new RangeError(`there are only ${turns.length} places to sample at`);
  return turns.slice(0, count).map(({ id, division }) => ({
    id,
    county: division.slice(0, 6),
    township: division.slice(0, 9),
    loads: [],
  }));
}

function sitesNear(sites: readonly (Site & { township: string })[], community: string): Site[] {
  const township = sites.filter((site) => site.township === community.slice(0, 9));
  return township.length > 0 ? township : sites.filter(({ county }) => county === community.slice(0, 6));
}

function loadsOf(tubes: readonly Tube[]): Tube[][] {
  const loads: Tube[][] = [];
  for (let at = 0; at < tubes.length; at += TUBES_A_LOAD) loads.push(tubes.slice(at, at + TUBES_A_LOAD));
  return loads;
}
