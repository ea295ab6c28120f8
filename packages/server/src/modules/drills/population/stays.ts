import { type CommunityPlan, type Resident, residentsOf } from './people.ts';
import type { Population } from './population.ts';
import { pickWeighted, type Random, randomStream } from './random.ts';
import { type PlaceRow, type StayRow, syntheticId, type VenueClass } from './rows.ts';

export interface StaysInput {
  population: Population;
  /** First civil day. */
  from: string;
  /** Civil day after the last. */
  until: string;
  /** How many people; fewer live in the area: all of them. */
  people: number;
  /** Only residents of this division, such as 632521100; the whole prefecture without it. */
  within?: string;
}

/** Minutes of the day. */
type Span = [from: number, until: number];
interface Visit {
  place: Pick<PlaceRow, 'id' | 'division'>;
  span: Span;
  seat: string | null;
}

/** Chance of one visit a day to a place of the class, the hours it falls in, and its length in minutes. */
const ERRANDS: readonly [VenueClass, chance: number, hours: Span, length: Span][] = [
  ['market', 0.35, [9 * 60, 19 * 60], [10, 45]],
  ['catering', 0.18, [18 * 60, 20 * 60], [30, 80]],
  ['gathering_indoor', 0.04, [19 * 60, 20 * 60], [60, 120]],
  ['gathering_outdoor', 0.08, [19 * 60, 20 * 60], [20, 60]],
  ['public_office', 0.02, [9 * 60, 16 * 60], [15, 40]],
  ['care', 0.015, [9 * 60, 16 * 60], [30, 90]],
];
const COACH_CHANCE = 0.02;
const COACH_DEPARTURES: Span[] = [
  [8 * 60, 9 * 60 + 40],
  [11 * 60, 12 * 60 + 40],
  [15 * 60, 16 * 60 + 40],
];
const SUMMER_HOLIDAY = ['-07-10', '-08-21'] as const;

/**
 * Everyday stays outside the home for a sample of people, day by day: class, work, errands, coach journeys. Nobody is in
 * two places at once, and nobody shares a seat. The sample is spread evenly over the residents of the area.
 */
export function* generateStays({
  population,
  from,
  until,
  people,
  within = '',
}: StaysInput): Generator<StayRow> {
  const plans = population.communities.filter(({ division }) => division.startsWith(within));
  const living = plans.reduce((sum, plan) => sum + plan.headcount, 0);
  const share = living === 0 ? 0 : Math.min(1, people / living);
  const days = civilDays(from, until);
  const divisionOf = new Map(population.places.map((place) => [place.id, place.division]));
  const seats = new Map<string, number>();
  let ordinal = 0;
  let met = 0;
  for (const plan of plans) {
    for (const resident of residentsOf(plan, population.seed, population.today).residents) {
      const chosen = Math.floor((met + 1) * share) > Math.floor(met * share);
      met += 1;
      if (!chosen) continue;
      for (const day of days) {
        const random = randomStream(population.seed, 6, resident.ordinal, Date.parse(day) / 86_400_000);
        for (const { place, span, seat } of dayOf(random, resident, plan, day, divisionOf, seats))
          yield {
            id: syntheticId(population.seed, 'stay', ordinal++),
            personId: resident.id,
            placeId: place.id,
            division: place.division,
            from: instant(day, span[0]),
            until: instant(day, span[1]),
            seat,
            source: 'synthetic',
          };
      }
    }
  }
}

function dayOf(
  random: Random,
  resident: Resident,
  { township, seat: seatTown }: CommunityPlan,
  day: string,
  divisionOf: Map<string, string>,
  seats: Map<string, number>,
): Visit[] {
  const visits: Visit[] = [];
  const visit = (place: Visit['place'], span: Span, seat: string | null = null) => {
    if (visits.every((other) => span[1] <= other.span[0] || span[0] >= other.span[1]))
      visits.push({ place, span, seat });
  };
  const weekday = new Date(day).getUTCDay();
  const isWorkday = weekday !== 0 && weekday !== 6;
  const fixed = (id: string) => ({ id, division: divisionOf.get(id)! });
  const lessons = isWorkday && !(day.slice(4) >= SUMMER_HOLIDAY[0] && day.slice(4) < SUMMER_HOLIDAY[1]);
  if (resident.schoolId && lessons) {
    visit(fixed(resident.schoolId), [8 * 60 + 20, 11 * 60 + 50]);
    visit(fixed(resident.schoolId), [14 * 60 + 20, 17 * 60 + 20]);
  }
  const openAtWeekends = ['food_service', 'trade_service', 'health_worker', 'driver'].includes(
    resident.occupation,
  );
  const teaches = resident.occupation === 'teacher';
  if (resident.workId && (teaches ? lessons : isWorkday || (openAtWeekends && random.chance(0.6)))) {
    visit(fixed(resident.workId), [8 * 60 + random.between(10, 45), 12 * 60 + random.between(0, 20)]);
    visit(fixed(resident.workId), [14 * 60 + random.between(10, 40), 18 * 60 + random.between(0, 30)]);
  }
  if (resident.age < 6) return visits;

  const vehicle =
    random.chance(COACH_CHANCE) && township.vehicles.length ? random.pick(township.vehicles) : null;
  if (vehicle) {
    const span = random.pick(COACH_DEPARTURES);
    const trip = `${vehicle.id} ${day} ${span[0]}`;
    const taken = seats.get(trip) ?? 0;
    const before = visits.length;
    if (taken < vehicle.seatCount!) visit(vehicle, span, seatName(taken));
    if (visits.length > before) seats.set(trip, taken + 1);
  }
  for (const [kind, chance, hours, length] of ERRANDS) {
    if (!random.chance(chance)) continue;
    const town = pickWeighted(random, [
      [township, 85],
      [seatTown, 15],
    ] as const);
    const places = town.byClass.get(kind);
    const start = random.between(...hours);
    if (places?.length) visit(random.pick(places), [start, start + random.between(...length)]);
  }
  return visits.sort((a, b) => a.span[0] - b.span[0]);
}

/** The n-th passenger sits in row n/4, seats A to D: 1A, 1B, 1C, 1D, 2A … */
function seatName(taken: number): string {
  return `${Math.floor(taken / 4) + 1}${'ABCD'[taken % 4]}`;
}

function civilDays(from: string, until: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at < Date.parse(until); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** Asia/Shanghai has kept +08:00 all year since 1991. */
function instant(day: string, minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00+08:00`;
}
