import { isTown } from '../../places/index.ts';
import { pickWeighted, type Random } from './random.ts';
import type { Occupation, PlaceRow, VenueClass } from './rows.ts';
import { schoolYear } from './schools.ts';
import type { TownshipVenues } from './venues.ts';

type Table = readonly (readonly [Occupation, number])[];

/** Per cent of those of working age; by eye, not from a census. */
const TOWN: Table = [
  ['office_worker', 20],
  ['trade_service', 16],
  ['worker', 14],
  ['food_service', 9],
  ['migrant_worker', 10],
  ['driver', 6],
  ['teacher', 5],
  ['health_worker', 4],
  ['herder', 2],
  ['farmer', 3],
  ['home', 11],
];
const VILLAGE: Table = [
  ['farmer', 38],
  ['herder', 30],
  ['migrant_worker', 11],
  ['trade_service', 4],
  ['food_service', 4],
  ['driver', 4],
  ['worker', 3],
  ['office_worker', 2],
  ['teacher', 1.5],
  ['health_worker', 0.8],
  ['home', 1.7],
];
const PASTURE: Table = VILLAGE.map(([occupation, weight]) => [
  occupation,
  occupation === 'herder' ? 63 : occupation === 'farmer' ? 5 : weight,
]);

const WORKPLACE: Partial<Record<Occupation, VenueClass>> = {
  office_worker: 'public_office',
  trade_service: 'market',
  food_service: 'catering',
  worker: 'work',
  migrant_worker: 'work',
  driver: 'transport',
  teacher: 'school',
  health_worker: 'care',
};

export interface Calling {
  occupation: Occupation;
  schoolId: string | null;
  workId: string | null;
}

/** What a person of this age does, and where: in the township if it has such a place, else in the county seat. */
export function drawCalling(
  random: Random,
  age: number,
  division: string,
  township: TownshipVenues,
  seat: TownshipVenues,
): Calling {
  const year = schoolYear(age);
  if (year !== null) {
    const rooms = township.classrooms.get(year) ?? seat.classrooms.get(year);
    // Some village children stay at home until primary school.
    if (year < 0 && !isTown(division.slice(0, 12)) && random.chance(0.25))
      return { occupation: 'home_child', schoolId: null, workId: null };
    return {
      occupation: year < 0 ? 'nursery_child' : 'student',
      schoolId: pickId(random, rooms),
      workId: null,
    };
  }
  if (age < 3) return { occupation: 'home_child', schoolId: null, workId: null };

  const community = division.slice(0, 12);
  const town = isTown(community);
  if (town && age >= 60) return { occupation: 'retired', schoolId: null, workId: null };
  // A third of the villages live by their herds; who farms or herds does so into old age.
  const pastoral = !town && Number(community.slice(9)) % 3 === 2;
  if (age >= 60) return { occupation: pastoral ? 'herder' : 'farmer', schoolId: null, workId: null };
  const occupation = pickWeighted(random, town ? TOWN : pastoral ? PASTURE : VILLAGE);
  const kind = WORKPLACE[occupation];
  if (!kind) return { occupation, schoolId: null, workId: null };
  const near = occupation === 'driver' ? township.vehicles : township.byClass.get(kind);
  return { occupation, schoolId: null, workId: pickId(random, near?.length ? near : seat.byClass.get(kind)) };
}

function pickId(random: Random, places: readonly PlaceRow[] | undefined): string | null {
  return places?.length ? random.pick(places).id : null;
}
