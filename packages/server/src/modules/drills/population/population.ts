import type { Place } from '../../places/index.ts';
import { planDwellings } from './dwellings.ts';
import { distributeHeadcount } from './headcounts.ts';
import { identityIssuer, syntheticPhone } from './identity.ts';
import { type CommunityPlan, residentsOf } from './people.ts';
import type { HouseholdRow, PersonRow, PlaceRow } from './rows.ts';
import { planVenues } from './venues.ts';

export interface PopulationInput {
  /** The administrative tree, parents first. */
  divisions: readonly Place[];
  /** A whole number below 2^32; the same seed gives the same rows on every machine. */
  seed: number;
  /** People in all, exactly; at least one per community. */
  headcount: number;
  /** Civil day on which the ages hold. */
  today: string;
}

export interface PopulationBatch {
  /** The community: its 12-digit code. */
  division: string;
  households: HouseholdRow[];
  persons: PersonRow[];
}

export interface Population {
  seed: number;
  today: string;
  /** The division tree, 533 rows, parents first. */
  divisionPlaces: PlaceRow[];
  /** Grids, buildings, units, venues and vehicles below it, parents first. */
  places: PlaceRow[];
  communities: CommunityPlan[];
  /** Everybody, one community at a time; can be walked again and gives the same rows. */
  batches(): Generator<PopulationBatch>;
}

/**
 * A synthetic prefecture: places, households and people in no relation to any real person. Pure: the caller reads the
 * files and loads the rows. Only the plan is held in memory; people are made batch by batch.
 */
export function generatePopulation(input: PopulationInput): Population {
  const { divisions, seed, headcount, today } = input;
  const headcounts = distributeHeadcount(divisions, headcount, seed);
  const tree = divisions.map(
    (place): PlaceRow => ({
      ...(place as PlaceRow),
      headcount: headcounts.get(place.division) ?? 0,
      seatCount: null,
    }),
  );
  const venues = planVenues(tree, seed);
  const places: PlaceRow[] = [];
  const communities: CommunityPlan[] = [];
  let dwellingCount = 0;
  let householdCount = 0;
  let personCount = 0;
  for (const community of tree) {
    if (community.level !== 'community') continue;
    const { dwellings, places: built } = planDwellings(community, seed, () => dwellingCount++);
    for (const place of built) places.push(place);
    communities.push({
      division: community.division,
      headcount: community.headcount,
      dwellings,
      firstHousehold: householdCount,
      firstPerson: personCount,
      township: venues.townships.get(community.division.slice(0, 9))!,
      seat: venues.townships.get(`${community.division.slice(0, 6)}100`)!,
    });
    householdCount += dwellings.reduce((sum, { sizes }) => sum + sizes.length, 0);
    personCount += community.headcount;
  }
  for (const venue of venues.places) places.push(venue);

  return {
    seed,
    today,
    divisionPlaces: tree,
    places,
    communities,
    *batches() {
      const issue = identityIssuer();
      for (const plan of communities) {
        const { households, residents } = residentsOf(plan, seed, today);
        const persons = residents.map(
          ({ age, ordinal, ...resident }): PersonRow => ({
            ...resident,
            identityNumber: issue(resident.dateBirth, resident.sex),
            phone: age < 12 ? null : syntheticPhone(ordinal),
            synthetic: true,
          }),
        );
        yield { division: plan.division, households, persons };
      }
    },
  };
}
