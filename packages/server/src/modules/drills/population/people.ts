import type { Dwelling } from './dwellings.ts';
import { drawMembers } from './households.ts';
import { drawNaming } from './names.ts';
import { drawCalling } from './occupations.ts';
import { randomStream } from './random.ts';
import { type HouseholdRow, type PersonRow, syntheticId } from './rows.ts';
import type { TownshipVenues } from './venues.ts';

/** All that is needed to make the people of one community, independently of every other. */
export interface CommunityPlan {
  division: string;
  headcount: number;
  dwellings: Dwelling[];
  /** Ordinals of its first household and its first person. */
  firstHousehold: number;
  firstPerson: number;
  township: TownshipVenues;
  seat: TownshipVenues;
}

/** A person before identity number and phone are issued. */
export type Resident = Omit<PersonRow, 'identityNumber' | 'phone' | 'synthetic'> & {
  age: number;
  ordinal: number;
};

export interface Residents {
  households: HouseholdRow[];
  residents: Resident[];
}

/** @param today civil day on which the ages hold */
export function residentsOf(plan: CommunityPlan, seed: number, today: string): Residents {
  const random = randomStream(seed, 5, Number(plan.division));
  const birthDate = birthDates(today);
  const households: HouseholdRow[] = [];
  const residents: Resident[] = [];
  for (const { placeId, division, sizes } of plan.dwellings) {
    for (const size of sizes) {
      const id = syntheticId(seed, 'household', plan.firstHousehold + households.length);
      households.push({ id, placeId, division });
      const name = drawNaming(random);
      for (const { age, sex } of drawMembers(random, size)) {
        const ordinal = plan.firstPerson + residents.length;
        const { occupation, schoolId, workId } = drawCalling(random, age, division, plan.township, plan.seat);
        residents.push({
          id: syntheticId(seed, 'person', ordinal),
          householdId: id,
          placeId,
          division,
          nameZh: name(random, sex),
          sex,
          dateBirth: birthDate(age, random.next()),
          occupation,
          schoolId,
          workId,
          age,
          ordinal,
        });
      }
    }
  }
  return { households, residents };
}

const DAY_MS = 86_400_000;

/** Of somebody `age` completed years old today; `share` (0 to 1) says how long the last birthday is ago. */
function birthDates(today: string): (age: number, share: number) => string {
  const [year, month, day] = today.split('-').map(Number) as [number, number, number];
  return (age, share) => {
    // From the day after the next older birthday's eve to today's birthday: never a day too young or too old.
    const latest = Date.UTC(year - age, month - 1, day);
    const earliest = Date.UTC(year - age - 1, month - 1, day) + DAY_MS;
    const days = (latest - earliest) / DAY_MS + 1;
    return new Date(earliest + Math.floor(share * days) * DAY_MS).toISOString().slice(0, 10);
  };
}
